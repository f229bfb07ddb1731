"""`cxc mock`: serve the platform from its design."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import Refused, colour_option, exit_code, report, today
from cxc.cli.progress import Progress

if TYPE_CHECKING:
    from cxc.cli.inputs import Request
    from cxc.diagnostics import Diagnostic
    from cxc.mock.platform import Design, Settings
    from cxc.mock.store import Store
    from cxc.source import SourceFile

_NEEDED = ("fastapi", "uvicorn")


@click.command()
@click.argument("path", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to serve it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--store",
    default="memory",
    show_default=True,
    metavar="memory|sqlite[:FILE]",
    help="Where data is kept; that in a file is there again at the next start.",
)
@click.option(
    "--seed-data",
    type=click.IntRange(0, 10_000),
    default=3,
    show_default=True,
    metavar="N",
    help="How many of each entity are there to begin with; the first ones are the examples of the design.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number makes other data.")
@click.option("--simulate", is_flag=True, help="Wait and fail as the latency and availability of the design allow.")
@click.option("--lenient", is_flag=True, help="Make what is asked for and not there, instead of answering 404.")
@click.option("--reload", is_flag=True, help="Follow the design: where its files change, go on with the new one.")
@colour_option
def command(
    path: str | None,
    host: str,
    port: int,
    store: str,
    seed_data: int,
    seed: int,
    simulate: bool,
    lenient: bool,
    reload: bool,
    colour: bool | None,
) -> None:
    """Serve the whole platform from its design, before it is written.

    PATH is a workspace; without it the one around the current folder is taken. Commands make and change entities,
    queries find them, and whoever sends the header `X-Mock-Fail` gets that failure. `/_mock/` tells the rest. Ctrl-C
    ends it.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise Refused(f"`cxc mock` needs {' and '.join(missing)}: run `pip install 'cxc[mock]'`.")
    from cxc.cli.inputs import single_request
    from cxc.mock.platform import Settings

    request = single_request(path)
    design = _first(request, colour)
    # A server goes on for days, so here it is worth while to look for garbage.
    gc.enable()
    settings = Settings(seed=seed, seed_data=seed_data, simulate=simulate, lenient=lenient)
    again = (lambda: _again(request)) if reload else None
    _serve(design, store, settings, (host, port), request.workspace.root, again)


def _first(request: Request, colour: bool | None) -> Design:
    """Return the design to begin with; where it has errors, report them and leave."""
    design, found, sources = _built(request)
    code = exit_code(found, strict=False)
    if code:
        located = [request.located(one) for one in found]
        report("text", located, request.sources(sources), colour=colour, show_allowed=False)
        click.echo("Nothing is served: the design has errors.", err=True)
        sys.exit(code)
    if not design.files:
        raise Refused("The design has no service, so there is nothing to serve.")
    return design


def _again(request: Request) -> Design | None:
    """Return the design as it is now, or None where it has errors."""
    from cxc.cli.inputs import single_request

    try:
        design, found, _ = _built(single_request(str(request.workspace.root)))
    except (click.ClickException, OSError) as error:
        _log(f"The mock goes on as before: {error}")
        return None
    if exit_code(found, strict=False) or not design.files:
        _log("The mock goes on as before: the design has errors, which `cxc check` shows.")
        return None
    return design


def _built(request: Request) -> tuple[Design, list[Diagnostic], list[SourceFile]]:
    """Return the design with its files, what was found in it, and its texts."""
    from cxc.config import target_options
    from cxc.mock.platform import Design
    from cxc.pipeline import build
    from cxc.targets import load_target
    from cxc.targets.fastapi.options import FastApiOptions

    target = load_target("fastapi")
    checked, built = build(request.workspace, today(), [target], Progress())
    options, _ = target_options(request.workspace.config, target)
    chosen = options if isinstance(options, FastApiOptions) else FastApiOptions()
    design = Design(checked.blueprint, tuple(file for _, file in built.files), chosen)
    return design, [*checked.diagnostics, *built.diagnostics], list(checked.sources.values())


def _store(named: str, workspace: str) -> Store:
    from cxc.mock.store import MemoryStore, SqliteStore, StoreFailure

    kind, _, file = named.partition(":")
    if kind == "memory" and not file:
        return MemoryStore()
    if kind != "sqlite":
        raise click.UsageError(f"There is no store `{named}`. Write `memory`, `sqlite` or `sqlite:FILE`.")
    try:
        return SqliteStore(file or f"{workspace}.mock.sqlite")
    except StoreFailure as failure:
        raise Refused(f"{failure}.") from failure


def _serve(
    design: Design,
    named: str,
    settings: Settings,
    place: tuple[str, int],
    root: Path,
    again: Callable[[], Design | None] | None,
) -> None:
    from cxc.mock.platform import Mock
    from cxc.mock.reload import Following
    from cxc.mock.server import NoPort, listen, serve

    try:
        listening = listen(*place)
    except NoPort as failure:
        raise Refused(f"{failure}.") from failure
    with listening, tempfile.TemporaryDirectory(prefix="cxc-mock-") as folder:
        store = _store(named, design.blueprint.name)
        try:

            def made(of: Design) -> Mock:
                return Mock(of, store, settings, Path(folder), _log)

            mock = made(design)
            if misfits := ", ".join(mock.misfits()):
                why = f"The store has data that does not fit the design any more: {misfits}."
                raise Refused(f"{why} Remove the file, or name another one.")
            mock.begin()
            _welcome(design, listening)
            following = Following(mock, made, _log)
            watching = None if again is None else partial(following.watch, root, again)
            serve(following, listening, following.end_streams, watching)
            following.mock.end()
        finally:
            store.close()
    _log("Ended.")


def _welcome(design: Design, listening: socket) -> None:
    from cxc.mock.platform import counted
    from cxc.mock.server import address_of
    from cxc.model.service import Service

    address = address_of(listening)
    title = " ".join(design.blueprint.title.split())
    _log(f"{title} as a mock: {counted(design.blueprint.every(Service))} at {address}")
    _log(f"{address}/_mock/ tells what it can do; Ctrl-C ends it.")


def _log(line: str) -> None:
    # Whoever reads the log may have seen enough of it; the mock goes on.
    with suppress(OSError):
        click.echo(line, err=True)

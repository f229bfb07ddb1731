"""`cxc check`: compile as far as the checked design and report what was found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import exit_code, report, report_options

if TYPE_CHECKING:
    from pathlib import Path

    from cxc.cli.inputs import Request
    from cxc.code import CodeChecked
    from cxc.diagnostics import Diagnostic
    from cxc.pipeline import Checked
    from cxc.source import SourceFile


@click.command()
@click.argument("paths", nargs=-1)
@report_options
@click.option(
    "--code",
    is_flag=False,
    flag_value="",
    metavar="[PATH]",
    help="Compare the handlers below this folder, or in this Python file, with the design too; "
    "without PATH, those in the folder of your code that cxc.toml names. They are read, and never run.",
)
@click.option("--stdin-filename", metavar="PATH", default="<stdin>", help="The name of what comes from standard input.")
def command(
    paths: tuple[str, ...],
    code: str | None,
    format_: str,
    strict: bool,
    show_allowed: bool,
    colour: bool | None,
    stdin_filename: str,
) -> None:
    """Check a design and show what is wrong with it.

    PATHS are workspaces, folders, files or globs; without any, the workspace around the current folder is checked, and
    `-` reads one file from standard input.
    """
    if code is not None and paths == ("-",):
        raise click.UsageError("`--code` goes with a workspace, not with standard input.")
    from cxc.cli.inputs import requests
    from cxc.cli.outcome import today
    from cxc.cli.progress import Progress
    from cxc.pipeline import check

    asked = [_standard_input(stdin_filename)] if paths == ("-",) else requests(paths)
    if code and len(asked) > 1:
        raise click.UsageError("`--code PATH` goes with one workspace, and the paths name several.")
    place = _place(code) if code else None
    progress = Progress()
    diagnostics: list[Diagnostic] = []
    sources: dict[str, SourceFile] = {}
    for request in asked:
        checked = check(request.workspace, today(), progress)
        diagnostics += [request.located(found) for found in checked.diagnostics if request.wants(found)]
        sources |= request.sources(list(checked.sources.values()))
        if code is not None and checked.errors:
            click.echo("The code was not compared with the design, since that has errors.", err=True)
        elif code is not None:
            found = _check_code(request, checked, place)
            diagnostics += [request.located(each) for each in found.diagnostics if request.wants(each)]
            sources |= request.sources(list(found.sources.values()))
    report(format_, diagnostics, sources, colour=colour, show_allowed=show_allowed)
    sys.exit(exit_code(diagnostics, strict=strict))


def _place(path: str) -> Path:
    import os
    from pathlib import Path

    try:
        place = Path(os.path.abspath(path))
        if place.is_dir() or place.is_file():
            return place
    except (OSError, ValueError) as error:
        raise click.UsageError(f"`{path}` cannot be read.") from error
    raise click.UsageError(f"`{path}` is neither a folder nor a file.")


def _check_code(request: Request, checked: Checked, place: Path | None) -> CodeChecked:
    """Compare handlers with a design; where there is no folder of code yet, there are none."""
    from cxc.code import check_code

    workspace = request.workspace
    return check_code(workspace, checked.blueprint, place or workspace.root / workspace.config.build.code)


def _standard_input(name: str) -> Request:
    """Return a request for the one text on standard input."""
    from cxc.cli.inputs import Request
    from cxc.workspace import from_stream

    return Request(from_stream(sys.stdin.buffer, name))

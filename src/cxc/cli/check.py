"""`cxc check`: compile as far as the checked design and report what was found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import exit_code, report, report_options

if TYPE_CHECKING:
    from cxc.cli.inputs import Request
    from cxc.diagnostics import Diagnostic
    from cxc.source import SourceFile


@click.command()
@click.argument("paths", nargs=-1)
@report_options
@click.option("--stdin-filename", metavar="PATH", default="<stdin>", help="The name of what comes from standard input.")
def command(
    paths: tuple[str, ...], format_: str, strict: bool, show_allowed: bool, colour: bool | None, stdin_filename: str
) -> None:
    """Check a design and show what is wrong with it.

    PATHS are workspaces, folders, files or globs; without any, the workspace around the current folder is checked, and
    `-` reads one file from standard input.
    """
    from cxc.cli.inputs import requests
    from cxc.cli.outcome import today
    from cxc.cli.progress import Progress
    from cxc.pipeline import check

    asked = [_standard_input(stdin_filename)] if paths == ("-",) else requests(paths)
    progress = Progress()
    diagnostics: list[Diagnostic] = []
    sources: dict[str, SourceFile] = {}
    for request in asked:
        checked = check(request.workspace, today(), progress)
        diagnostics += [request.located(found) for found in checked.diagnostics if request.wants(found)]
        sources |= request.sources(list(checked.sources.values()))
    report(format_, diagnostics, sources, colour=colour, show_allowed=show_allowed)
    sys.exit(exit_code(diagnostics, strict=strict))


def _standard_input(name: str) -> Request:
    """Return a request for the one text on standard input."""
    from cxc.cli.inputs import Request
    from cxc.workspace import from_stream

    return Request(from_stream(sys.stdin.buffer, name))

"""What the commands that check share: options, the report, and the exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import click

from cxc.diagnostics import Diagnostic, Severity
from cxc.source import SourceFile
from cxc.workspace import SUFFIX

FORMATS = ("text", "json", "sarif", "github")

Options = Callable[[Callable[..., Any]], Callable[..., Any]]


colour_option = click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="Colour the report; without this, only on a terminal and without NO_COLOR.",
)


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a report to a command."""
    for option in reversed(
        (
            click.option(
                "--format",
                "format_",
                type=click.Choice(FORMATS),
                default="text",
                show_default=True,
                help="How to report findings; `github` shows them in a pull request.",
            ),
            click.option("--strict", is_flag=True, help="Fail on warnings too."),
            click.option("--show-allowed", is_flag=True, help="Show findings that are allowed with a reason."),
            colour_option,
        )
    ):
        function = option(function)
    return function


class Refused(click.ClickException):
    """The system does not let a command do its work: no finding about a design, but about the place it is at."""

    exit_code = 2


def today() -> date:
    """Return the current day, or that of SOURCE_DATE_EPOCH, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()


def wants_colour(asked: bool | None) -> bool:
    """Return whether to colour: as asked, else on a terminal unless NO_COLOR is set (no-color.org)."""
    if asked is not None:
        return asked
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report(
    format_: str,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, SourceFile],
    *,
    colour: bool | None,
    show_allowed: bool,
) -> None:
    """Write the findings to standard output."""
    from cxc.diagnostics.report import write_report

    stream = sys.stdout
    write_report(
        format_,  # type: ignore[arg-type]
        diagnostics,
        sources,
        stream,
        colour=wants_colour(colour),
        show_allowed=show_allowed,
        columns=max(60, min(120, shutil.get_terminal_size().columns)),
    )
    stream.flush()


def exit_code(diagnostics: Iterable[Diagnostic], *, strict: bool) -> int:
    """Return 2 where settings are wrong, 1 where other findings fail the run, else 0."""
    failing = [
        found
        for found in diagnostics
        if found.suppression is None
        and (found.severity is Severity.ERROR or (strict and found.severity is Severity.WARNING))
    ]
    from cxc.rules.build import invalid_config

    if any(found.code == invalid_config.KIND.code and not found.span.file.endswith(SUFFIX) for found in failing):
        return 2
    return 1 if failing else 0

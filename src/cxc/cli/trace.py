"""`cxc trace`: what an element depends on, and who depends on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import colour_option, exit_code, today, wants_colour

if TYPE_CHECKING:
    from cxc.flow.trace import Trace
    from cxc.model.base import Named
    from cxc.model.blueprint import Blueprint
    from cxc.source import Span


@click.command()
@click.argument("name")
@click.argument("path", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "mermaid")),
    default="text",
    show_default=True,
    help="How to write the trace; `cxc schema trace` describes the JSON.",
)
@click.option("--down", is_flag=True, help="Only what it depends on.")
@click.option("--up", is_flag=True, help="Only who depends on it.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="Go no further than N links.")
@colour_option
def command(
    name: str, path: str | None, format_: str, down: bool, up: bool, depth: int | None, colour: bool | None
) -> None:
    """Show what an element of a design depends on, and who depends on it, near and far.

    NAME is a name (`RefillPrescription`), a member with its declaration (`RefillPrescription.request`), a name with its
    package, or an id (`journey:northwind.pharmacy.RefillPrescription`). Where a name means several elements,
    declarations come first, then steps and operations. PATH is a workspace, or a file or folder in one; without it the
    workspace around the current folder is taken.

    A design with errors is traced as far as it was understood; the exit code is then 1.
    """
    from cxc.cli.inputs import single_request
    from cxc.cli.progress import Progress
    from cxc.diagnostics.summary import summarise
    from cxc.flow.trace import trace
    from cxc.pipeline import check

    request = single_request(path)
    checked = check(request.workspace, today(), Progress())
    code = exit_code(checked.diagnostics, strict=False)
    element = _element(name, checked.blueprint, has_errors=bool(code))
    # To ask for both directions is to ask for all, as it is to ask for none.
    traced = trace(element, checked.blueprint, down=down or not up, up=up or not down, depth=depth)
    _write(traced, checked.blueprint, format_, colour, depth, len(checked.errors), request.shown_span)
    if code:
        found = summarise(checked.errors)
        click.echo(f"{found}: what they spoil may be missing here; `cxc check` shows them.", err=True)
    sys.exit(code)


def _element(name: str, blueprint: Blueprint, *, has_errors: bool) -> Named:
    """Return the element that a name means; where there is none, or several, that is wrong usage."""
    from cxc.tracing.names import find, listed

    found = find(name, blueprint)
    if len(found.elements) > 1:
        raise click.UsageError(f"`{name}` may mean any of these; name one by its id:\n{listed(found.elements)}")
    if not found.elements:
        hint = f" Did you mean `{found.suggestion}`?" if found.suggestion else ""
        errors = " The design has errors, which `cxc check` shows." if has_errors else ""
        raise click.UsageError(f"Nothing in the design is named `{name}`.{hint}{errors}")
    return found.elements[0]


def _write(
    traced: Trace,
    blueprint: Blueprint,
    format_: str,
    colour: bool | None,
    depth: int | None,
    errors: int,
    shown: Callable[[Span], Span],
) -> None:
    if format_ == "json":
        from cxc.diagnostics.json import write_document
        from cxc.tracing.document import document

        write_document(document(traced, blueprint, depth=depth, errors=errors, shown=shown), sys.stdout)
        return
    if format_ == "mermaid":
        from cxc.tracing import mermaid

        sys.stdout.writelines(f"{line}\n" for line in mermaid.render(traced, blueprint))
        if mermaid.edges(traced) > mermaid.MOST_EDGES:
            click.echo(
                f"The diagram has {mermaid.edges(traced)} edges; Mermaid draws {mermaid.MOST_EDGES} unless its "
                "setting `maxEdges` is raised. `--depth` makes it smaller.",
                err=True,
            )
        return
    from cxc.tracing import text

    encoding = getattr(sys.stdout, "encoding", None)
    lines = text.render(traced, blueprint, shown=shown, colour=wants_colour(colour), encoding=encoding)
    sys.stdout.writelines(f"{line}\n" for line in lines)

"""`cxc score`: how mature a design is, by what can be counted in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import colour_option, exit_code, today, wants_colour

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.score import Card
    from cxc.source import Span


@click.command()
@click.argument("path", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="How to write the cards; `cxc schema score` describes the JSON.",
)
@click.option("--journey", "name", metavar="NAME", help="Only the card of this journey, with all that is missing.")
@click.option(
    "--at-least",
    "least",
    type=click.IntRange(1, 5),
    metavar="LEVEL",
    help="Fail where a dimension has a lower level (1 to 5), or something could not be understood.",
)
@colour_option
def command(path: str | None, format_: str, name: str | None, least: int | None, colour: bool | None) -> None:
    """Score each journey, and the organisation, by what can be counted in the design.

    A card has five dimensions: coverage, continuity, choice, capability and learning. Each is the mean of criteria that
    are counted, with the findings they rest on; docs/score.md explains them all. PATH is a workspace, or a file or
    folder in one; without it the workspace around the current folder is taken.

    The exit code is 0 whatever the score, unless `--at-least` asks for more.
    """
    from cxc.cli.inputs import single_request
    from cxc.cli.progress import Progress
    from cxc.diagnostics.summary import summarise
    from cxc.pipeline import check
    from cxc.score import score_of

    request = single_request(path)
    checked = check(request.workspace, today(), Progress())
    score = score_of(checked.blueprint, checked.diagnostics)
    cards = [_chosen(name, checked.blueprint, score.journeys)] if name is not None else score.journeys
    organisation = None if name is not None else score.organisation
    _write(format_, organisation, cards, checked.blueprint, len(checked.errors), request.shown_span, colour)
    if checked.errors:
        found = summarise(checked.errors)
        click.echo(f"{found}: what they spoil may be missing here; `cxc check` shows them.", err=True)
    code = exit_code(checked.diagnostics, strict=False)
    # Errors in the design are no errors of the score, but with wrong settings there is none to speak of.
    failing = _below(least, [*([organisation] if organisation else []), *cards]) if least is not None else []
    for line in failing:
        click.echo(line, err=True)
    sys.exit(2 if code == 2 else 1 if failing else 0)


def _chosen(name: str, blueprint: Blueprint, cards: Sequence[Card]) -> Card:
    """Return the card of the journey that a name means; where there is none, or several, that is wrong usage."""
    from cxc.model.journey import Journey
    from cxc.tracing.names import find, listed

    found = find(name, blueprint, (Journey,))
    if len(found.elements) > 1:
        raise click.UsageError(f"`{name}` may mean any of these; name one by its id:\n{listed(found.elements)}")
    card = next((card for card in cards if card.journey in found.elements), None)
    if card is None:
        hint = f" Did you mean `{found.suggestion}`?" if found.suggestion else ""
        raise click.UsageError(f"The workspace has no journey `{name}`.{hint}")
    return card


def _write(
    format_: str,
    organisation: Card | None,
    cards: Sequence[Card],
    blueprint: Blueprint,
    errors: int,
    shown: Callable[[Span], Span],
    colour: bool | None,
) -> None:
    if format_ == "json":
        from cxc.diagnostics.json import write_document
        from cxc.score.document import document

        write_document(document(organisation, cards, blueprint, errors=errors, shown=shown), sys.stdout)
        return
    if format_ == "markdown":
        from cxc.score import markdown

        lines = markdown.render(organisation, cards, blueprint, shown=shown)
    else:
        from cxc.score import text

        encoding = getattr(sys.stdout, "encoding", None)
        lines = text.render(organisation, cards, blueprint, shown=shown, colour=wants_colour(colour), encoding=encoding)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _below(least: int, cards: Sequence[Card]) -> list[str]:
    """Return in words which dimensions are below a level, and which cards are not certain."""
    found: list[str] = []
    for card in cards:
        name = card.journey.name if card.journey else "the organisation"
        if not card.certain:
            found.append(f"Not certain: {name}, of which something could not be understood.")
        found += [
            f"Below level {least}: {dimension.name} of {name} is at level {dimension.level}."
            for dimension in card.dimensions
            if dimension.level is not None and dimension.level < least
        ]
    return found

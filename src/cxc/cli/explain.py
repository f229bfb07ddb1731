"""`cxc explain`: what a code means, why it matters, and how to mend it."""

from __future__ import annotations

import shutil

import click


@click.command()
@click.argument("code", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "markdown")), default="text", show_default=True)
def command(code: str | None, format_: str) -> None:
    """Explain a finding by its CODE or slug (`CXC301`, `301` or `entity-without-key`); without one, list them all."""
    from cxc.cli.outcome import wants_colour
    from cxc.diagnostics.explanation import as_markdown, as_text, explanation
    from cxc.diagnostics.suggestion import did_you_mean
    from cxc.rules import all_rules
    from cxc.rules.planned import PLANNED

    rules = all_rules()
    if code is None:
        for rule in rules:
            click.echo(f"{rule.kind.code}  {rule.kind.severity:<8} {rule.kind.slug}")
        return
    wanted = f"CXC{code}" if code.isdigit() else code
    for rule in rules:
        if wanted.lower() in (rule.kind.code.lower(), rule.kind.slug):
            page = explanation(rule)
            columns = min(100, shutil.get_terminal_size().columns)
            colour = wants_colour(None)
            click.echo(as_markdown(page) if format_ == "markdown" else as_text(page, colour=colour, columns=columns))
            return
    for kind in PLANNED:
        if wanted.lower() in (kind.code.lower(), kind.slug):
            raise click.UsageError(f"{kind.code} ({kind.slug}) is planned; this version does not check it yet.")
    names = [name for rule in rules for name in (rule.kind.code, rule.kind.slug)]
    suggestion = did_you_mean(wanted, names)
    hint = f"Did you mean `{suggestion}`?" if suggestion else "`cxc explain` lists them all."
    raise click.UsageError(f"There is no finding `{code}`. {hint}")

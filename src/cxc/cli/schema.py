"""`cxc schema`: the JSON Schemas of the documents that cxc writes, for whoever reads them by machine."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """Print the JSON Schema of a document that cxc writes by its NAME; without one, list the names."""
    from cxc.diagnostics.suggestion import did_you_mean
    from cxc.schemas import schema, schema_names

    known = schema_names()
    if name is None:
        for known_name in known:
            click.echo(known_name)
        return
    if name not in known:
        suggestion = did_you_mean(name, known)
        hint = f"Did you mean `{suggestion}`?" if suggestion else f"The schemas are {', '.join(known)}."
        raise click.UsageError(f"There is no schema `{name}`. {hint}")
    click.echo(json.dumps(schema(name), indent=2, ensure_ascii=False))

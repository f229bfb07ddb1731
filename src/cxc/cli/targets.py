"""`cxc targets`: what can be generated."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """List what can be generated, with the options each takes in cxc.toml."""
    from cxc.targets import load_target, target_names

    for name in target_names():
        target = load_target(name)
        click.echo(f"{name:<12}{target.summary}")
        if target.judged_by:
            click.echo(f"{'':<12}Checked by {target.judged_by}.")
        for option, info in target.options.model_fields.items():
            click.echo(f"{'':<12}[targets.{name}] {info.alias or option}: {info.description or ''}")

"""`cxc completion`: the script that lets a shell complete commands, options and paths."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_WHERE = {
    "bash": 'Add to ~/.bashrc:                    eval "$(cxc completion bash)"',
    "zsh": 'Add to ~/.zshrc:                     eval "$(cxc completion zsh)"',
    "fish": "Write to the completions folder:     cxc completion fish > ~/.config/fish/completions/cxc.fish",
}


@click.command(epilog="\b\n" + "\n".join(_WHERE.values()))
@click.argument("shell", type=click.Choice(tuple(_WHERE)))
def command(shell: str) -> None:
    """Print the completion script for your shell."""
    from cxc.cli import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "cxc", "_CXC_COMPLETE").source())

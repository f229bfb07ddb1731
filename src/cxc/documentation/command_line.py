"""The page on the commands, as `--help` shows them."""

from __future__ import annotations

import click

from cxc.cli import cli


def page() -> str:
    """Return the page."""
    root = click.Context(cli, info_name="cxc", max_content_width=100, terminal_width=100)
    parts = ["# Command line\n", f"```text\n{cli.get_help(root)}\n```\n"]
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, max_content_width=100, terminal_width=100)
        parts.append(f"## `cxc {name}`\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)

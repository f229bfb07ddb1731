"""The command line: one file a command, loaded when it is called, so that `cxc --version` costs no more than click.

What a command does is left to the stages; the clock, the terminal and the environment are read here and nowhere else.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from cxc.version import VERSION

_COMMANDS = {
    "init": ("init", "Start a workspace with an example that is explained."),
    "check": ("check", "Check a design and show what is wrong with it."),
    "build": ("build", "Check a design and write what is generated from it."),
    "mock": ("mock", "Serve the platform from its design, before it is written."),
    "fmt": ("fmt", "Bring blueprint files into their canonical form."),
    "trace": ("trace", "Show what an element depends on, and who depends on it."),
    "score": ("score", "Score each journey, and the organisation, by what can be counted."),
    "explain": ("explain", "Explain a finding by its code, with a bad and a good example."),
    "targets": ("targets", "List what can be generated."),
    "schema": ("schema", "Print the JSON Schema of a document that cxc writes."),
    "completion": ("completion", "Print the completion script for your shell."),
}


class _Commands(click.Group):
    """The commands, each imported at its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"cxc.cli.{_COMMANDS[name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from cxc.diagnostics.suggestion import did_you_mean

            suggestion = did_you_mean(args[0], _COMMANDS)
            hint = f" Did you mean `cxc {suggestion}`?" if suggestion else " `cxc --help` lists the commands."
            ctx.fail(f"There is no command `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing wrong, 1 findings, 2 wrong usage or configuration.",
)
@click.version_option(VERSION, "-V", "--version", prog_name="cxc", message="%(prog)s %(version)s")
def cli() -> None:
    """Compile blueprints of how an organisation serves its customers.

    A workspace is a folder with a cxc.toml and blueprint files, which describe journeys, channels, services and
    capabilities. `cxc init` starts one, `cxc check` checks it, `cxc build` writes what follows from it: API
    descriptions, channel configurations and capability matrices.
    """


def main() -> NoReturn:
    """Run the command line; whatever goes wrong inside becomes one clear sentence."""
    # Whatever is made, imported modules too, lives until the end of the run: looking for garbage would only cost time.
    gc.disable()
    _prepare_streams()
    try:
        code = _run()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        code = 1
    except OSError as error:
        place = f"`{os.fsdecode(error.filename)}`: " if isinstance(error.filename, str | bytes) else ""
        code = _failed(error, f"the system refuses to go on: {place}{(error.strerror or str(error)).lower()}")
    # The process ends at once: to take a large design apart object by object would take as long as to emit it.
    os._exit(code)


def _run() -> int:
    """Return the exit code of the command."""
    try:
        cli.main(prog_name="cxc")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except OSError:
        raise
    except Exception as error:
        return _failed(
            error,
            f"this is a mistake in the compiler, not in your design: {type(error).__name__}: {error}\n"
            "Please report it, with what you ran; CXC_DEBUG=1 shows where it happened.",
        )
    return 0


def _failed(error: Exception, message: str) -> int:
    """Say why the run came to no end, and return its exit code."""
    if os.environ.get("CXC_DEBUG"):
        raise error
    click.echo(f"cxc: {message}", err=True)
    return 2


def _prepare_streams() -> None:
    """Let no stream be missing, and none stumble over a character, such as a byte of a file name that is no text."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open until the end
        elif mode == "w":
            stream.reconfigure(errors="backslashreplace")

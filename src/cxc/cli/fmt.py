"""`cxc fmt`: blueprint files in their canonical form."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxc.cli.outcome import Refused, exit_code, report

if TYPE_CHECKING:
    from cxc.diagnostics import Diagnostic
    from cxc.source import SourceFile


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; fail where a file is not in canonical form.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change, and fail where anything would.")
def command(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Bring blueprint files into their canonical form.

    PATHS are files, folders or globs; without any, the workspace around the current folder. `-` reads standard input
    and writes standard output. A file with syntax errors is reported and left as it is.
    """
    from cxc.syntax.printer import format_source

    changed, unchanged, code = 0, 0, 0
    problems: list[Diagnostic] = []
    sources: dict[str, SourceFile] = {}
    for path, source, found in _read(paths):
        sources[source.path] = source
        text, wrong = (None, found) if found else format_source(source)
        problems += wrong
        if text is None:
            continue
        if path is None and not (check or diff):
            _print(text)
        unchanged += text == source.text
        if text == source.text:
            continue
        changed += 1
        if diff:
            _print(_difference(source, text))
        elif check:
            click.echo(f"Would change {source.path}")
        elif path is not None:
            try:
                _replace(path, text, source.path)
            except Refused as error:
                error.show()
                changed, code = changed - 1, error.exit_code
    if problems:
        report("text", problems, sources, colour=None, show_allowed=False)
    if paths != ("-",):
        verb = "would change" if check or diff else "changed"
        click.echo(f"{_files(changed)} {verb}, {_files(unchanged)} in canonical form already", err=True)
    sys.exit(code or exit_code(problems, strict=False) or int(changed > 0 and (check or diff)))


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"


def _print(text: str) -> None:
    # As bytes: the text is UTF-8 whatever the terminal is, and its line ends are meant.
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _read(paths: Sequence[str]) -> Iterator[tuple[Path | None, SourceFile, tuple[Diagnostic, ...]]]:
    """Yield the files that are meant, with why a file could not be read."""
    from cxc.cli.inputs import requests
    from cxc.source import SourceFile
    from cxc.workspace import from_stream

    if tuple(paths) == ("-",):
        workspace = from_stream(sys.stdin.buffer, "<stdin>")
        source = workspace.sources[0] if workspace.sources else SourceFile("<stdin>", "")
        yield None, source, workspace.diagnostics
        return
    for request in requests(paths):
        unread = set(request.workspace.unread)
        for found in request.workspace.diagnostics:
            if found.span.file in unread or not request.workspace.is_sound:
                located = request.located(found)
                yield None, SourceFile(located.span.file, ""), (located,)
        for source in request.workspace.sources:
            inside = any(source.path == asked or source.path.startswith(f"{asked}/") for asked in request.asked)
            if inside or not request.asked:
                shown = SourceFile(request.shown(source.path), source.text)
                yield request.workspace.root / source.path, shown, ()


def _difference(source: SourceFile, text: str) -> str:
    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = unified_diff(before, after, source.path, f"{source.path} (canonical)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _replace(path: Path, text: str, shown: str) -> None:
    from cxc.output.rewriting import rewrite

    try:
        rewrite(path, text.encode("utf-8"))
    except OSError as error:
        raise Refused(f"`{shown}` cannot be written: {(error.strerror or str(error)).lower()}.") from error

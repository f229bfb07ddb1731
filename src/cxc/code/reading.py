"""The developer's Python files on disk, read and never run: which there are, and why one of them cannot be read."""

from __future__ import annotations

import ast
import io
import os
import tokenize
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cxc.code.modules import Module, Parts
from cxc.diagnostics import Diagnostic, finding
from cxc.reading import SIZE_LIMIT, read_text
from cxc.rules.build import unimplemented_operation
from cxc.source import SourceFile, Span

_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "tests", "test"})
"""Folders without handlers: what tests put in their place does not count."""


@dataclass
class Code:
    """What was read below a folder."""

    modules: list[Module] = field(default_factory=list)
    unread: list[SourceFile] = field(default_factory=list)
    """Files that are not understood: nothing is concluded from what they may hold."""
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def sources(self) -> list[SourceFile]:
        """The texts of all files."""
        return [*(module.source for module in self.modules), *self.unread]

    def broken(self, source: SourceFile, message: str, span: Span, help: str) -> None:
        """Note a file that is not understood."""
        self.unread.append(source)
        self.diagnostics.append(finding(unimplemented_operation.KIND, message, span, help=help))


def read_code(place: Path, root: Path, skipped: Collection[Path]) -> Code:
    """Read the Python files of a folder, or a single one; reports name them as seen from `root`.

    Tests, installed packages, and the `skipped` folders are left out; in a folder that is not there yet, nothing is.
    """
    code = Code()
    if not os.path.lexists(place):
        return code
    single = not place.is_dir()
    for file in [place] if single else _files(place, {folder.resolve() for folder in skipped}, code, root):
        relative = file.relative_to(place.parent if single else place)
        _read(file, _shown(file, root), relative.with_suffix("").parts, code)
    return code


def _files(place: Path, skipped: Collection[Path], code: Code, root: Path) -> Iterator[Path]:
    def closed(error: OSError) -> None:
        shown = _shown(Path(error.filename), root)
        reason = (error.strerror or "it is closed").lower()
        message = f"The folder `{shown}` cannot be read: {reason}"
        code.broken(SourceFile(shown, ""), message, Span(shown, 1, 1, 1, 1), "Give yourself the right to read it.")

    for folder, folders, names in os.walk(place, onerror=closed):
        if "pyvenv.cfg" in names and Path(folder) != place:
            folders.clear()
            continue
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _SKIPPED and (here / name).resolve() not in skipped
        )
        for name in sorted(names):
            if name.endswith(".py") and not name.startswith((".", "test_")) and not name.endswith("_test.py"):
                yield here / name


def _shown(file: Path, root: Path) -> str:
    try:
        return os.path.relpath(file, root).replace(os.sep, "/")
    except ValueError:  # another drive on Windows
        return file.as_posix()


def _read(file: Path, shown: str, name: Parts, code: Code) -> None:
    text = _text(file, shown)
    if isinstance(text, Diagnostic):
        code.broken(SourceFile(shown, ""), text.message, text.span, text.help or "Correct the file.")
        return
    source = SourceFile(shown, text)
    is_package = name[-1] == "__init__"
    try:
        tree = parsed(text)
    except SyntaxError as error:
        reason = error.msg or "it is not complete"
        span = _place(source, error)
        message = f"`{shown}` is no Python that can be read: {reason}"
        code.broken(source, message, span, "Correct it; until then, the handlers in it are not compared.")
    except (ValueError, RecursionError, MemoryError):
        span = Span(shown, 1, 1, 1, 1)
        code.broken(source, f"`{shown}` is no Python that can be read", span, "Are its brackets too deep?")
    else:
        code.modules.append(Module(name[:-1] if is_package else name, source, tree, is_package))


def parsed(text: str) -> ast.Module:
    """Return the syntax tree of a text; warnings about its style are no matter of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text.removeprefix("\ufeff"))


def _text(file: Path, shown: str) -> str | Diagnostic:
    text = read_text(file, shown)
    if isinstance(text, str):
        return text
    try:
        if not file.is_file() or file.stat().st_size > SIZE_LIMIT:
            return text
        # A Python file may name an encoding of its own in its first lines.
        with open(file, "rb") as stream:
            data = stream.read(SIZE_LIMIT)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return text if encoding.startswith("utf-8") else data.decode(encoding)
    except (OSError, SyntaxError, LookupError, ValueError):
        return text


def _place(source: SourceFile, error: SyntaxError) -> Span:
    line = min(max(error.lineno or 1, 1), len(source.line_starts))
    width = len(source.line(line))
    start = min(max(error.offset or 1, 1), width + 1)
    end = error.end_offset if error.end_lineno == line and error.end_offset else start + 1
    return Span(source.path, line, start, line, min(max(end, start + 1), max(width + 1, start)))

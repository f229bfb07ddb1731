"""From paths on the command line to workspaces: which are meant, and which of their findings were asked for.

Reading them is left to `cxc.workspace`.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cxc.diagnostics import Diagnostic, Related
from cxc.source import SourceFile, Span
from cxc.workspace import SUFFIX, Workspace, find_root, from_stream, load_files, load_workspace


@dataclass(frozen=True)
class Request:
    """A workspace to compile, the paths in it that were asked for (all, where empty), and how to name its files."""

    workspace: Workspace
    asked: tuple[str, ...] = ()

    def wants(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is in what was asked for; what is wrong with the settings always is."""
        file = diagnostic.span.file
        inside = any(file == path or file.startswith(f"{path}/") for path in self.asked)
        return not self.asked or inside or not file.endswith(SUFFIX)

    @property
    def shown_root(self) -> str:
        """The workspace's folder as seen from the current one."""
        return _shown(self.workspace.root)

    def shown(self, path: str) -> str:
        """Return a path of the workspace as seen from the current folder."""
        root = self.shown_root
        return path if root == "." or path.startswith("<") else os.path.normpath(f"{root}/{path}").replace(os.sep, "/")

    def located(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a finding with its paths as seen from the current folder."""
        if self.shown_root == ".":
            return diagnostic
        related = tuple(Related(self.shown_span(other.span), other.message) for other in diagnostic.related)
        fix = tuple(replace(edit, span=self.shown_span(edit.span)) for edit in diagnostic.fix)
        suppression = diagnostic.suppression
        if suppression is not None:
            suppression = replace(suppression, span=self.shown_span(suppression.span))
        return replace(
            diagnostic, span=self.shown_span(diagnostic.span), related=related, fix=fix, suppression=suppression
        )

    def shown_span(self, span: Span) -> Span:
        """Return a place with its path as seen from the current folder."""
        return span._replace(file=self.shown(span.file))

    def sources(self, sources: Sequence[SourceFile]) -> dict[str, SourceFile]:
        """Return texts by their paths as seen from the current folder."""
        return {self.shown(source.path): source for source in sources}


def requests(paths: Sequence[str]) -> list[Request]:
    """Return the workspaces that paths and globs mean; without any, the one around the current folder.

    A file or folder inside a workspace asks for the findings in it, and the whole workspace is compiled. Files that no
    `cxc.toml` stands above make a workspace of their own. A path that leads nowhere is wrong usage.
    """
    try:
        here = Path.cwd()
    except OSError as error:
        raise click.UsageError("The current folder is not there any more.") from error
    if not paths:
        return [Request(load_workspace(find_root(here) or here))]
    asked: dict[Path, list[str]] = {}
    loose: list[Path] = []
    folders: list[Path] = []
    for path in expanded(paths):
        absolute = Path(os.path.abspath(path))
        root = find_root(absolute if absolute.is_dir() else absolute.parent)
        if root is not None:
            relative = absolute.relative_to(root).as_posix()
            asked.setdefault(root, []).append("" if relative == "." else relative)
        elif absolute.is_dir():
            folders.append(absolute)
        else:
            loose.append(absolute)
    found = [
        Request(load_workspace(root), () if "" in relatives else tuple(relatives)) for root, relatives in asked.items()
    ]
    found += [Request(load_workspace(folder)) for folder in folders]
    if loose:
        common = Path(os.path.commonpath([str(file.parent) for file in loose]))
        found.append(Request(load_files(loose, common)))
    return found


def single_request(path: str | None) -> Request:
    """Return the one workspace that a path means; without a path, the one around the current folder.

    `-` is a file from standard input. A glob that leads to several workspaces is wrong usage.
    """
    if path == "-":
        return Request(from_stream(sys.stdin.buffer, "<stdin>"))
    found = requests(() if path is None else (path,))
    if len(found) != 1:
        raise click.UsageError(f"`{path}` leads to several workspaces; name one of them.")
    return found[0]


def expanded(paths: Sequence[str]) -> list[str]:
    """Return the paths that exist, with globs resolved; one that leads nowhere is wrong usage."""
    found: list[str] = []
    for path in paths:
        try:
            os.lstat(path)
            found.append(path)
            continue
        except (FileNotFoundError, NotADirectoryError, ValueError):
            pass
        except OSError as error:
            raise click.UsageError(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}.") from error
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            kind = "matches no file" if glob.has_magic(path) else "is not there"
            raise click.UsageError(f"`{path}` {kind}.")
        found += matches
    return list(dict.fromkeys(found))


def _shown(path: Path) -> str:
    try:
        return os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive on Windows
        return path.as_posix()

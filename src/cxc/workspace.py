"""A workspace on disk: its settings, its blueprint files, and the workspaces it depends on, read and never written.

What the files mean is left to `cxc.pipeline`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from cxc.config import FILE_NAME, Config, load_config
from cxc.diagnostics import Diagnostic, finding
from cxc.glob import matches
from cxc.reading import PUBLISHED_LIMIT, SIZE_LIMIT, decoded, read_text, refused, unreadable
from cxc.rules.build import invalid_config
from cxc.rules.text import limit_exceeded
from cxc.source import SourceFile, Span

SUFFIX = ".blueprint"
_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True)
class Workspace:
    """The files of a workspace as they were when they were read.

    `root` is its folder, `path` how reports name it. Files that could not be read are named in `unread`, so that
    nothing is concluded from what they may hold; why is said in `diagnostics`.
    """

    root: Path
    path: str
    config: Config
    sources: tuple[SourceFile, ...]
    config_source: SourceFile | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: tuple[str, ...] = ()
    dependencies: Mapping[str, Workspace | SourceFile] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether its settings could be read; without them nothing else is worth reporting."""
        return not any(found.code == invalid_config.KIND.code for found in self.diagnostics)


def find_root(start: Path) -> Path | None:
    """Return the nearest folder, from `start` upwards, that holds a `cxc.toml`."""
    for folder in (start, *start.parents):
        # Also where it is a folder or a broken link: to say so is better than to go on as if there were none.
        if os.path.lexists(folder / FILE_NAME):
            return folder
    return None


def load_workspace(root: Path, path: str = "") -> Workspace:
    """Read the workspace in a folder; without a `cxc.toml` in it, all blueprint files below with default settings."""
    return _Loader().load(root, path, ())


def load_files(files: Sequence[Path], root: Path) -> Workspace:
    """Read single files, which belong to no workspace, as one."""
    loader = _Loader()
    sources, unread = loader.read_all(files, root)
    return Workspace(root, "", Config(), sources, None, tuple(loader.diagnostics), unread)


def from_stream(stream: BinaryIO, path: str) -> Workspace:
    """Return a workspace of one file that comes from elsewhere, as by standard input; `path` is how reports name it."""
    text = decoded(stream.read(SIZE_LIMIT + 1), path)
    if isinstance(text, Diagnostic):
        return Workspace(Path(), "", Config(), (), None, (text,), (path,))
    return Workspace(Path(), "", Config(), (SourceFile(path, text),))


@dataclass
class _Visit:
    """A workspace on the way to the one that is being read, and where its settings name the next one."""

    root: Path
    diagnostics: list[Diagnostic]
    span: Span = Span(FILE_NAME, 1, 1, 1, 1)  # noqa: RUF009 - a tuple, which nothing can change


class _Loader:
    """Reads workspaces and what they depend on, and remembers on which way it came."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def load(self, root: Path, path: str, way: tuple[_Visit, ...]) -> Workspace:
        self.diagnostics = []
        config, config_source = self._config(root)
        if config is None:
            return Workspace(root, path, Config(), (), config_source, tuple(self.diagnostics))
        files, closed = self._find(root, config)
        sources, unread = self.read_all(files, root)
        unread = (*unread, *closed)
        mine = self.diagnostics
        workspace = Workspace(root, path, config, sources, config_source, (), unread)
        dependencies = self._dependencies(workspace, (*way, _Visit(root.resolve(), mine)))
        return Workspace(root, path, config, sources, config_source, tuple(mine), unread, dependencies)

    # ---- settings ---------------------------------------------------------------------------------------------------

    def _config(self, root: Path) -> tuple[Config | None, SourceFile | None]:
        file = root / FILE_NAME
        if not os.path.lexists(file):
            return Config(), None
        text = read_text(file, FILE_NAME)
        if isinstance(text, Diagnostic):
            help = "Settings are a page of text." if text.kind is limit_exceeded.KIND else text.help
            self.diagnostics.append(finding(invalid_config.KIND, text.message, text.span, help=help))
            return None, None
        source = SourceFile(FILE_NAME, text)
        config, problems = load_config(text, FILE_NAME)
        self.diagnostics += problems
        templates = config.build.templates if config else None
        if templates and not os.path.isdir(root / templates):
            help = "Correct the path, or remove the key to use the templates that come with the compiler."
            place = _mention(source, "build", "templates")
            self.diagnostics.append(
                finding(invalid_config.KIND, f"There is no folder `{templates}` with templates", place, help=help)
            )
        return config, source

    # ---- files ------------------------------------------------------------------------------------------------------

    def _find(self, root: Path, config: Config) -> tuple[list[Path], list[str]]:
        """Return the blueprint files that the settings name, in the order of their paths, and what is closed to us."""
        found, closed = [], []
        home = os.path.realpath(root)

        def report(problem: Diagnostic) -> None:
            self.diagnostics.append(problem)
            closed.append(problem.span.file)

        def skip(error: OSError) -> None:
            report(refused(error, error.filename, _relative(Path(error.filename), root)))

        for relative in _walk(root, PurePosixPath(config.build.out), skip):
            name = relative.as_posix()
            if relative.suffix != SUFFIX or not any(matches(name, glob) for glob in config.sources):
                continue
            file = root / relative
            if os.path.islink(file) and not Path(os.path.realpath(file)).is_relative_to(home):
                help = "Copy the file, or depend on the workspace that it belongs to."
                report(unreadable(name, f"`{name}` is a link that leads out of the workspace", help))
            else:
                found.append(file)
        return sorted(found, key=lambda file: file.as_posix()), closed

    def read_all(self, files: Sequence[Path], root: Path) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
        """Return the files that could be read, and the paths of those that could not."""
        sources, unread = [], []
        for file in files:
            name = _relative(file, root)
            text = read_text(file, name)
            if isinstance(text, Diagnostic):
                self.diagnostics.append(text)
                unread.append(name)
            else:
                sources.append(SourceFile(name, text))
        return tuple(sources), tuple(unread)

    # ---- dependencies -----------------------------------------------------------------------------------------------

    def _dependencies(self, workspace: Workspace, way: tuple[_Visit, ...]) -> dict[str, Workspace | SourceFile]:
        found: dict[str, Workspace | SourceFile] = {}
        mine = way[-1].diagnostics
        for name, path in workspace.config.dependencies.items():
            target = Path(os.path.normpath(workspace.root / path))
            span = _mention(workspace.config_source, "dependencies", name)
            shown = _join(workspace.path, path)
            way[-1].span = span
            if os.path.isdir(target) and target.resolve() in [visit.root for visit in way]:
                _report_cycle(way, target.resolve())
            elif os.path.isdir(target):
                found[name] = inner = self.load(target, shown, way)
                if not (inner.config_source or inner.sources or inner.diagnostics):
                    mine.append(_no_dependency(name, "has no blueprint files", path, span))
            elif target.suffix == ".json":
                text = read_text(target, path, PUBLISHED_LIMIT)
                if isinstance(text, Diagnostic):
                    reason = f"The dependency `{name}` cannot be used: {text.message}"
                    mine.append(finding(invalid_config.KIND, reason, span, help=text.help))
                else:
                    found[name] = SourceFile(shown, text)
            else:
                mine.append(_no_dependency(name, "is not there", path, span))
        return found


def _no_dependency(name: str, why: str, path: str, span: Span) -> Diagnostic:
    return finding(
        invalid_config.KIND,
        f"The dependency `{name}` {why}: `{path}`",
        span,
        help="Write the path of the workspace's folder, or of its `blueprint.json`.",
    )


def _report_cycle(way: tuple[_Visit, ...], target: Path) -> None:
    """Report a circle once, in the settings of the workspace where it begins and ends."""
    from cxc.rules.names import workspace_cycle

    begins = [visit.root for visit in way].index(target)
    route = " → ".join(f"`{visit.root.name}`" for visit in [*way[begins:], way[begins]])
    way[begins].diagnostics.append(
        finding(
            workspace_cycle.KIND,
            f"Workspaces depend on each other in a circle: {route}",
            way[begins].span,
            help="Move what both need into a workspace of its own, or depend on a published `blueprint.json`.",
        )
    )


def _mention(source: SourceFile | None, table: str, key: str) -> Span:
    """Return where the value of a key stands in `cxc.toml`."""
    from cxc.toml_places import places

    place = places(source.text).get((table, key)) if source else None
    return source.span(*place.value) if source and place else Span(FILE_NAME, 1, 1, 1, 1)


def _join(folder: str, path: str) -> str:
    return os.path.normpath(f"{folder}/{path}" if folder else path).replace(os.sep, "/")


def _relative(file: Path, root: Path) -> str:
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return Path(os.path.relpath(file, root)).as_posix()


def _walk(root: Path, out: PurePosixPath, skip: Callable[[OSError], None]) -> Iterator[PurePosixPath]:
    """Yield the paths below a folder; what is hidden, the output, and folders that are links are left alone.

    `skip` is told of a folder that cannot be looked into.
    """
    for folder, folders, files in os.walk(root, onerror=skip):
        here = PurePosixPath(Path(folder).relative_to(root).as_posix())
        blueprint_folders = [name for name in folders if name.endswith(SUFFIX)]
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _SKIPPED and here / name != out
        )
        for name in (*files, *blueprint_folders):
            if not name.startswith("."):
                yield here / name

"""A workspace on disk: its settings, its blueprint files, and the workspaces it depends on, read and never written.

What the files mean is left to `cxc.pipeline`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cxc.config import FILE_NAME, Config, load_config
from cxc.diagnostics import Diagnostic, finding
from cxc.glob import matches
from cxc.rules.build import invalid_config
from cxc.rules.text import invalid_encoding, limit_exceeded
from cxc.source import SourceFile, Span

SUFFIX = ".blueprint"
SIZE_LIMIT = 5 * 1024 * 1024
"""The largest file that is read, in bytes."""
_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True)
class Workspace:
    """The files of a workspace as they were when they were read.

    `root` is its folder, `path` how reports name it. Files that could not be read are named in `unread`, so that nothing is
    concluded from what they may hold; why is said in `diagnostics`.
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
        if (folder / FILE_NAME).is_file():
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


def from_bytes(data: bytes, path: str) -> Workspace:
    """Return a workspace of one file that comes from elsewhere, such as standard input; `path` is how reports name it."""
    text, problem = decode(data, path)
    sources = () if text is None else (SourceFile(path, text),)
    problems = () if problem is None else (problem,)
    return Workspace(Path(), "", Config(), sources, None, problems, () if sources else (path,))


def decode(data: bytes, path: str) -> tuple[str | None, Diagnostic | None]:
    """Return the text of a file's bytes, or why there is none: too large (CXC109), or not UTF-8 (CXC103)."""
    if len(data) > SIZE_LIMIT:
        size, limit = len(data) / 2**20, SIZE_LIMIT // 2**20
        return None, finding(
            limit_exceeded.KIND,
            f"`{path}` is {size:.1f} MiB large; a blueprint file may have {limit} MiB",
            Span(path, 1, 1, 1, 1),
            help="Divide it by package or by journey.",
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        span = SourceFile(path, before + "\ufffd").span(len(before), len(before) + 1)
        guess = " It looks like UTF-16." if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        return None, finding(
            invalid_encoding.KIND,
            f"`{path}` is not UTF-8 text: the byte {data[error.start]:#04x} cannot stand there.{guess}",
            span,
            help="Save the file with the encoding UTF-8.",
        )


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
        sources, unread = self.read_all(self._find(root, config), root)
        mine = self.diagnostics
        workspace = Workspace(root, path, config, sources, config_source, (), unread)
        dependencies = self._dependencies(workspace, (*way, _Visit(root.resolve(), mine)))
        return Workspace(root, path, config, sources, config_source, tuple(mine), unread, dependencies)

    # ---- settings ---------------------------------------------------------------------------------------------------

    def _config(self, root: Path) -> tuple[Config | None, SourceFile | None]:
        file = root / FILE_NAME
        if not file.exists():
            return Config(), None
        data = self._bytes(file, FILE_NAME)
        if data is None:
            return None, None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._cannot(FILE_NAME, "`cxc.toml` is not UTF-8 text", "Save the file with the encoding UTF-8.")
            return None, None
        config, problems = load_config(text, FILE_NAME)
        self.diagnostics += problems
        return config, SourceFile(FILE_NAME, text)

    def _cannot(self, path: str, message: str, advice: str) -> None:
        self.diagnostics.append(finding(invalid_config.KIND, message, Span(path, 1, 1, 1, 1), help=advice))

    # ---- files ------------------------------------------------------------------------------------------------------

    def _find(self, root: Path, config: Config) -> list[Path]:
        """Return the blueprint files that the settings name, in the order of their paths."""
        out = PurePosixPath(config.build.out)
        found = []
        for relative in _walk(root, out):
            if relative.suffix == SUFFIX and any(matches(relative.as_posix(), glob) for glob in config.sources):
                found.append(root / relative)
        return sorted(found, key=lambda file: file.as_posix())

    def read_all(self, files: Sequence[Path], root: Path) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
        """Return the files that could be read, and the paths of those that could not."""
        sources, unread = [], []
        for file in files:
            name = _relative(file, root)
            data = self._bytes(file, name)
            text, problem = (None, None) if data is None else decode(data, name)
            if problem is not None:
                self.diagnostics.append(problem)
            if text is None:
                unread.append(name)
            else:
                sources.append(SourceFile(name, text))
        return tuple(sources), tuple(unread)

    def _bytes(self, file: Path, name: str) -> bytes | None:
        """Return a file's bytes, one more than may be read at most; report why where that is impossible."""
        try:
            if file.is_dir():
                self._cannot(name, f"`{name}` is a folder, not a file", "Rename the folder, or exclude it from `sources`.")
                return None
            if file.exists() and not file.is_file():
                self._cannot(name, f"`{name}` is no ordinary file", "Exclude it from `sources`.")
                return None
            with file.open("rb") as stream:
                return stream.read(SIZE_LIMIT + 1) if file.stat().st_size <= SIZE_LIMIT else stream.read()
        except FileNotFoundError:
            self._cannot(name, f"`{name}` is not there", "Correct the path; if it was deleted just now, run again.")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._cannot(name, f"`{name}` cannot be read: {reason.lower()}", "Make the file readable, or exclude it.")
        return None

    # ---- dependencies -----------------------------------------------------------------------------------------------

    def _dependencies(
        self, workspace: Workspace, way: tuple[_Visit, ...]
    ) -> dict[str, Workspace | SourceFile]:
        found: dict[str, Workspace | SourceFile] = {}
        mine = way[-1].diagnostics
        for name, path in workspace.config.dependencies.items():
            target = Path(os.path.normpath(workspace.root / path))
            span = _mention(workspace.config_source, name)
            shown = _join(workspace.path, path)
            way[-1].span = span
            if target.is_dir() and target.resolve() in [visit.root for visit in way]:
                _report_cycle(way, target.resolve())
            elif target.is_dir():
                found[name] = self.load(target, shown, way)
            elif target.suffix == ".json":
                self.diagnostics = []
                sources, _ = self.read_all([target], target.parent)
                if sources:
                    found[name] = SourceFile(shown, sources[0].text)
                else:
                    mine.append(
                        finding(
                            invalid_config.KIND,
                            f"The dependency `{name}` cannot be read: `{path}`",
                            span,
                            help="Write the path of the `blueprint.json` that the workspace publishes.",
                        )
                    )
            else:
                mine.append(
                    finding(
                        invalid_config.KIND,
                        f"The dependency `{name}` is not there: `{path}`",
                        span,
                        help="Write the path of the workspace's folder, or of its `blueprint.json`.",
                    )
                )
        return found


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


def _mention(source: SourceFile | None, name: str) -> Span:
    """Return where a dependency is named in `cxc.toml`."""
    from cxc.toml_places import places

    place = places(source.text).get(("dependencies", name)) if source else None
    return source.span(*place.value) if source and place else Span(FILE_NAME, 1, 1, 1, 1)


def _join(folder: str, path: str) -> str:
    return os.path.normpath(f"{folder}/{path}" if folder else path).replace(os.sep, "/")


def _relative(file: Path, root: Path) -> str:
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return Path(os.path.relpath(file, root)).as_posix()


def _walk(root: Path, out: PurePosixPath) -> Iterator[PurePosixPath]:
    """Yield the paths below a folder; hidden folders, the output, and folders that are links are left alone."""
    for folder, folders, files in os.walk(root):
        here = PurePosixPath(Path(folder).relative_to(root).as_posix())
        blueprint_folders = [name for name in folders if name.endswith(SUFFIX)]
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _SKIPPED and here / name != out
        )
        for name in (*files, *blueprint_folders):
            yield here / name

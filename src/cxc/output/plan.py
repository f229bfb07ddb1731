"""What a build would do to the output folder: each file compared with what stands there and what builds have left.

Doing it is left to `writing`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from cxc.diagnostics import Diagnostic, Kind, finding, in_order
from cxc.output.errors import CODE, OUTPUT, OutputError, busy, explained
from cxc.output.manifest import MANIFEST, Claim, Entry, History, Manifest, Records
from cxc.output.own import Own, plan_own
from cxc.output.portable import collisions, is_link, lie_in_one_another, same_file_key, unportable
from cxc.rules.build import modified_output, name_collision, stale_output
from cxc.source import Span
from cxc.targets import GeneratedFile


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do to the output folder; nothing at all where there are `diagnostics` (CXC903, CXC904)."""

    out: Path
    shown: str
    """How reports name the output folder."""
    diagnostics: tuple[Diagnostic, ...]
    replan: Callable[[], Plan]
    """Makes the plan again, for the folder as it is by then."""
    before: Records
    after: Records
    writes: Mapping[str, bytes]
    removals: Mapping[str, str]
    """What is no longer generated, with the target that once made it."""
    stale: tuple[Diagnostic, ...] = ()
    """One CXC902 for each file that the design no longer agrees with."""
    notes: bytes | None = None
    """What is noted before the first file is touched."""
    own: Own | None = None
    """What is added to the folder of the developer's code."""

    @property
    def is_done(self) -> bool:
        """Whether the output folder is already as the plan would leave it."""
        return not self.writes and not self.removals and self.before == self.after


@dataclass(frozen=True, slots=True)
class _Job:
    """What a plan is made of, beside what the folder holds."""

    out: Path
    shown: str
    files: Mapping[str, tuple[str, str, bytes]]
    """Target, subject and content by path."""
    targets: Collection[str] | None
    overwrite: bool
    own: Callable[[], Own | None]
    """Compares what is written once with the folder of the developer's code."""

    def about(self, kind: Kind, path: str, message: str, help: str) -> Diagnostic:
        """Return a finding about a generated file; the place is the file as a whole."""
        shown = f"{self.shown}/{path}"
        return finding(kind, message.format(f"`{shown}`"), Span(shown, 1, 1, 1, 1), help=help)


def plan_output(
    out: Path,
    files: Sequence[tuple[str, GeneratedFile]],
    targets: Collection[str] | None,
    *,
    overwrite: bool = False,
    shown: str | None = None,
    code: tuple[Path, str] | None = None,
) -> Plan:
    """Return what there is to do for files (each with the name of its target) to stand in an output folder.

    `targets` are all that were built, also those without a file: what they no longer generate goes. None means that
    this is all the workspace builds, so that the files of any other target go too. `overwrite` gives up what was
    changed by hand. `shown` is the folder's path as reports name it. `code` is the folder of the developer's own files,
    with its path as reports name it; without it, what is written once is left out. Nothing is written; `OutputError`
    where a folder cannot be used.
    """
    shown = shown or out.as_posix()
    generated = [(target, file) for target, file in files if not file.once]
    once = [(target, file) for target, file in files if file.once]
    clashes = (*_name_problems(shown, generated), *_name_problems(code[1] if code else "code", once))
    contents = {file.path: (target, file.subject, _encoded(file.content)) for target, file in generated}
    job = _Job(out, shown, contents, targets, overwrite, lambda: _own((out, shown), code, once))
    if clashes:
        nothing = Records(None, None)
        return Plan(out, shown, tuple(in_order(clashes)), lambda: _plan(job), nothing, nothing, {}, {})
    return _plan(job)


def _own(
    out: tuple[Path, str], code: tuple[Path, str] | None, files: Sequence[tuple[str, GeneratedFile]]
) -> Own | None:
    if code is None or not files:
        return None
    # The settings compare the two as they are written; links, `--out` and `--code` may lead them to one place.
    if lie_in_one_another(*(os.path.realpath(folder) for folder, _ in (out, code))):
        raise OutputError(
            f"The output folder `{out[1]}` and the folder of your code `{code[1]}` are one, or one lies in the other",
            f"Choose {OUTPUT}, or {CODE}.",
        )
    return plan_own(*code, {file.path: _encoded(file.content) for _, file in files})


def _encoded(content: str | bytes) -> bytes:
    # A lone surrogate is no text in any encoding; it can only come from someone else's JSON.
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def _name_problems(shown: str, files: Sequence[tuple[str, GeneratedFile]]) -> tuple[Diagnostic, ...]:
    found = []
    for _, file in files:
        if reason := unportable(file.path):
            message = f"`{file.path}`, made from `{file.subject}`, cannot be a file everywhere: {reason}"
            found.append(_collision(shown, file.path, message, "Give what it is made from another name."))
    for one, other in collisions([file.path for _, file in files]):
        first, second = files[one][1], files[other][1]
        what = "one file" if same_file_key(first.path) == same_file_key(second.path) else "a file and a folder at once"
        message = (
            f"`{first.path}`, made from `{first.subject}`, and `{second.path}`, made from `{second.subject}`, "
            f"would be {what}"
        )
        found.append(_collision(shown, second.path, message, _RENAME))
    return tuple(found)


_RENAME = "Give one of the two another name; upper and lower case do not tell files apart."


def _collision(shown: str, path: str, message: str, help: str) -> Diagnostic:
    return finding(name_collision.KIND, message, Span(f"{shown}/{path}", 1, 1, 1, 1), help=help)


def _clashes_with_others(job: _Job, others: Mapping[str, Entry]) -> Iterable[Diagnostic]:
    """Yield the files that are, where case does not count, those of targets which this build leaves alone."""
    known = {same_file_key(path): path for path in others}
    for path, (_, subject, _) in job.files.items():
        if other := known.get(same_file_key(path)):
            both = f"`{path}`, made from `{subject}`, and `{other}`, made from `{others[other].subject}`"
            message = f"{both}, would be one file"
            yield _collision(job.shown, path, message, _RENAME)


def _plan(job: _Job) -> Plan:
    with explained(job.out, job.shown):
        for _ in range(20):
            records = Records.read(job.out)
            plan = _plan_after(job, records)
            # Beside another build at its work, what was seen of the files may not fit what the records said.
            if Records.read(job.out) == records:
                return plan
    raise busy(job.shown)


def _plan_after(job: _Job, records: Records) -> Plan:
    history = History.of(records)
    if not history.readable and not job.overwrite:
        broken = job.about(
            modified_output.KIND,
            MANIFEST,
            "{} cannot be read, so it is unknown which files were changed by hand",
            "Get it back from version control, or build with `--overwrite` to write all files again.",
        )
        return Plan(job.out, job.shown, (broken,), lambda: _plan(job), records, records, {}, {})
    others, others_pending = history.of_others(job.targets, job.files)
    known = {*history.manifest.files, *history.pending.files}
    obsolete = sorted(known - set(job.files) - set(others) - set(others_pending.files))
    _check_folders(job, obsolete)
    comparison = _Comparison(job, obsolete, history.contents())
    hashes = {path: hashlib.sha256(content).hexdigest() for path, (_, _, content) in job.files.items()}
    entries = {
        path: Entry(target=target, subject=subject, sha256=hashes[path])
        for path, (target, subject, _) in job.files.items()
    }
    claims = {path: Claim(target=job.files[path][0], sha256=(hashes[path],)) for path in comparison.writes}
    return Plan(
        job.out,
        job.shown,
        tuple(in_order([*comparison.conflicts, *_clashes_with_others(job, others)])),
        lambda: _plan(job),
        records,
        Records(others_pending.text(), Manifest(files=others | entries).text()),
        comparison.writes,
        {path: history.target_of(path) for path in comparison.removals},
        tuple(in_order(comparison.stale)),
        history.pending.joined(claims).text(),
        job.own(),
    )


# ---- what the folder holds ---------------------------------------------------------------------------------


class _State(Enum):
    """What stands at a path, compared with what is to stand there and with what builds have left there."""

    MISSING = auto()
    SAME = auto()
    OURS = auto()
    """Another content, but one that a build left there."""
    NOT_OURS = auto()
    FOLDER = auto()


def _state(path: str, content: bytes | None, left: frozenset[str]) -> _State:
    try:
        info = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return _State.MISSING
    if stat.S_ISDIR(info.st_mode):
        return _State.FOLDER
    size = len(content) if content is not None else -1
    if not stat.S_ISREG(info.st_mode) or (info.st_size != size and not left):
        return _State.NOT_OURS
    with open(path, "rb") as file:
        found = file.read()
    if found == content:
        return _State.SAME
    # Version control may have given a file the line endings of this computer; that is nobody's change.
    for text in (found, found.replace(b"\r\n", b"\n")):
        if hashlib.sha256(text).hexdigest() in left:
            return _State.OURS
    return _State.NOT_OURS


class _Comparison:
    """What there is to write, to remove and to report."""

    def __init__(self, job: _Job, obsolete: Sequence[str], left: Mapping[str, frozenset[str]]) -> None:
        self._job = job
        self._left = left
        self._obsolete = frozenset(obsolete)
        self.writes: dict[str, bytes] = {}
        self.removals: list[str] = []
        self.conflicts: list[Diagnostic] = []
        self.stale: list[Diagnostic] = []
        for path in obsolete:
            self._no_longer_wanted(path)
        # Where case does not count, what is removed under the old name is written again under the new one.
        renamed = {same_file_key(path) for path in self.removals}
        for path, (_, _, content) in job.files.items():
            self._wanted(path, content, renamed=same_file_key(path) in renamed)

    def _no_longer_wanted(self, path: str) -> None:
        state = _state(os.path.join(self._job.out, path), None, self._left.get(same_file_key(path), frozenset()))
        if state in (_State.MISSING, _State.FOLDER):
            return
        if state is _State.NOT_OURS and not self._job.overwrite:
            self._conflict(
                path,
                "{} was changed by hand since the last build, and nothing is generated there any more",
                "Keep what you need of it in a file of your own, then build with `--overwrite`.",
            )
            return
        self.removals.append(path)
        self._stale(path, "{} is left over: nothing is generated there any more")

    def _wanted(self, path: str, content: bytes, *, renamed: bool) -> None:
        full = os.path.join(self._job.out, path)
        left = self._left.get(same_file_key(path), frozenset())
        state = _state(full, content, left)
        if state is _State.FOLDER and not self._goes_away(full):
            raise OutputError(
                f"A folder stands where the file `{self._job.shown}/{path}` is to be written",
                "Move the folder to another place, or choose another output folder.",
            )
        if state is _State.NOT_OURS and not self._job.overwrite:
            if left:
                self._conflict(
                    path,
                    "{} was changed by hand since the last build",
                    "Carry the change over to the design or a template, then build with `--overwrite`.",
                )
            else:
                self._conflict(
                    path,
                    "A file that cxc did not write stands at {}, where one is to be written",
                    "Move it to another place, or give it up with `--overwrite`.",
                )
        elif state is not _State.SAME:
            self.writes[path] = content
            missing = state in (_State.MISSING, _State.FOLDER)
            self._stale(path, "{} is missing" if missing else "{} is not what the design gives now")
        elif renamed:
            self.writes[path] = content

    def _goes_away(self, folder: str) -> bool:
        """Whether nothing but files that are removed stands in a folder."""
        out = self._job.out
        files = [os.path.join(top, name) for top, _, names in os.walk(folder) for name in names]
        return all(Path(file).relative_to(out).as_posix() in self._obsolete for file in files)

    def _conflict(self, path: str, message: str, help: str) -> None:
        self.conflicts.append(self._job.about(modified_output.KIND, path, message, help))

    def _stale(self, path: str, message: str) -> None:
        self.stale.append(self._job.about(stale_output.KIND, path, message, "Run `cxc build`."))


def _check_folders(job: _Job, obsolete: Sequence[str]) -> None:
    """Refuse a folder on the way to a file that is none, or that leads to another place."""
    if job.out.exists() and not job.out.is_dir():
        raise OutputError(f"`{job.shown}` is a file, not a folder", "Choose another output folder, with `--out`.")
    needed = folders([*job.files, MANIFEST])
    for folder in sorted(needed | folders(obsolete)):
        full = os.path.join(job.out, folder)
        try:
            info = os.lstat(full)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if is_link(info):
            raise OutputError(
                f"`{job.shown}/{folder}` is a link to another place",
                "Put a folder there instead; only the output folder itself may be a link.",
            )
        if not stat.S_ISDIR(info.st_mode) and folder in needed and folder not in obsolete:
            raise OutputError(
                f"A file stands at `{job.shown}/{folder}`, where a folder is needed",
                "Move it to another place, or choose another output folder.",
            )


def folders(paths: Iterable[str]) -> set[str]:
    """Return every folder on the way to some paths."""
    nearest = {path.rpartition("/")[0] for path in paths}
    return {
        "/".join(parts[:depth])
        for parts in (folder.split("/") for folder in nearest if folder)
        for depth in range(1, len(parts) + 1)
    }

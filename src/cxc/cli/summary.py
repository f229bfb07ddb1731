"""What `cxc build` says at its end: for each target what was written, left alone and removed, and what to open first.

What went wrong is told before, as diagnostics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from wcwidth import wcswidth

if TYPE_CHECKING:
    from cxc.output import Plan
    from cxc.output.own import Own
    from cxc.pipeline import Built
    from cxc.targets import Target


class _Line(NamedTuple):
    target: str
    files: str
    first: str


def build_summary(targets: Sequence[Target], built: Built, plan: Plan, shown: str) -> str:
    """Return what a build did to the output folder, a line for each target, and to the developer's code."""
    table = [_Line("target", "files", "open first"), *_lines(targets, built, plan, shown)]
    names = max(wcswidth(line.target) for line in table)
    files = max(len(line.files) for line in table)
    lines = [f"Built {shown}", ""]
    for line in table:
        name = line.target + " " * (names - wcswidth(line.target))
        lines.append(f"  {name}  {line.files:<{files}}  {line.first}".rstrip())
    once = sum(file.once for _, file in built.files)
    if plan.own is not None:
        yours = list(_yours(plan.own))
    elif once:
        yours = [f"  {once} not written that would be yours: name a folder for them with `--code`"]
    else:
        yours = []
    return "\n".join([*lines, *([""] if yours else []), *yours])


def _lines(targets: Sequence[Target], built: Built, plan: Plan, shown: str) -> Iterator[_Line]:
    """Yield a line for each target that was built, then for those of which only files to remove were left."""
    removed = Counter(plan.removals.values())
    for target in targets:
        paths = [file.path for name, file in built.files if name == target.name and not file.once]
        first = target.opens if target.opens in paths else next(iter(paths), "")
        written = sum(path in plan.writes for path in paths)
        counts = _counts(written, len(paths) - written, removed.pop(target.name, 0))
        yield _Line(target.name, counts, f"{shown}/{first}" if first else "")
    for name, count in sorted(removed.items()):
        yield _Line(name, _counts(0, 0, count), "")


def _counts(written: int, unchanged: int, removed: int) -> str:
    counts = ((written, "written"), (unchanged, "unchanged"), (removed, "removed"))
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to write"


def _yours(own: Own) -> Iterator[str]:
    """Yield what happened in the folder of the developer's code."""
    if own.writes:
        yield f"  {len(own.writes)} written below {own.shown}, yours from now on"
    if own.left:
        yield f"  {len(own.left)} of yours left untouched"

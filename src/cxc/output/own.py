"""What a build would add to the developer's own folder: only what is not there yet, and nothing else is touched.

Writing it is left to `writing`; it stands in no manifest, so that no later build has a say in it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cxc.output.errors import CODE, OutputError, explained
from cxc.output.portable import UNFINISHED_OWN, is_link, same_file_key

LOCK = ".cxc-lock"


@dataclass(frozen=True, slots=True)
class Own:
    """What there is to add to a folder of the developer's."""

    folder: Path
    shown: str
    """How reports name the folder."""
    writes: Mapping[str, bytes]
    left: tuple[str, ...]
    """The files that stand there already, whatever they are by now."""
    unfinished: tuple[str, ...]
    """What builds that were killed have left of files they were writing."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do."""
        return not self.writes and not self.unfinished


def plan_own(folder: Path, shown: str, files: Mapping[str, bytes]) -> Own:
    """Return what is missing of some files; `OutputError` where it cannot be written.

    A name that differs only by case is taken for the file: the developer renamed it, and other computers could not
    hold both.
    """
    with explained(folder, shown, CODE):
        here = _Folder(folder, shown)
        writes: dict[str, bytes] = {}
        left = []
        for path, content in files.items():
            place, stands = here.find(path)
            if stands:
                left.append(path)
            else:
                writes[place] = content
        return Own(folder, shown, writes, tuple(left), here.unfinished())


class _Folder:
    """What stands in a folder and those below it, each of them read once."""

    def __init__(self, folder: Path, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self._read: dict[str, dict[str, str]] = {}
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"`{shown}` is a file, not a folder", f"Move it to another place, or choose {CODE}.")

    def find(self, path: str) -> tuple[str, bool]:
        """Return the path of a file in the spelling that its folders have by now, and whether anything stands there."""
        *folders, name = path.split("/")
        here = ""
        link = None
        for position, folder in enumerate(folders):
            found = self._entry(here, folder)
            if found is None:
                self._refuse(link)
                return _joined(here, *folders[position:], name), False
            here = _joined(here, found)
            full = self._folder / here
            if link is None and is_link(os.lstat(full)):
                link = here
            if not full.is_dir():
                self._refuse(link)
                raise OutputError(
                    f"A file stands at `{self._shown}/{here}`, where a folder is needed",
                    f"Move it to another place, or choose {CODE}.",
                )
        found = self._entry(here, name)
        if found is None:
            self._refuse(link)
        return _joined(here, found or name), found is not None

    def _refuse(self, link: str | None) -> None:
        """Refuse to write through a link, which may lead anywhere; what stands behind it is left alone anyway."""
        if link is not None:
            raise OutputError(
                f"`{self._shown}/{link}` is a link to another place",
                "Put a folder there instead; only the folder of your code itself may be a link.",
            )

    def _entry(self, folder: str, name: str) -> str | None:
        if folder not in self._read:
            try:
                names = os.listdir(self._folder / folder)
            except FileNotFoundError:
                names = []
            # The exact name goes before one that differs by case.
            self._read[folder] = {same_file_key(each): each for each in names} | {each: each for each in names}
        known = self._read[folder]
        return known.get(name) or known.get(same_file_key(name))

    def unfinished(self) -> tuple[str, ...]:
        """Return the unfinished files in the folders that were looked into."""
        names = {_joined(folder, name) for folder, known in self._read.items() for name in known.values()}
        return tuple(sorted(path for path in names if path.endswith(UNFINISHED_OWN)))


def _joined(*parts: str) -> str:
    return "/".join(part for part in parts if part)

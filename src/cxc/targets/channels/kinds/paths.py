"""Where the files of a channel stand, and what files are called that are about a journey or a step.

Names that some file system takes for one, or for a device, get a number, which no name of a design has behind a
hyphen.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxc.model.channel import Channel
from cxc.output.portable import same_file_key, unportable


def folder_of(channel: Channel) -> str:
    """Return the folder of a channel's files, below the output folder."""
    return f"channels/{channel.name}"


def file_names(elements: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names of files about elements, given by their ids and names, by the ids and without an ending."""
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for id, name in elements:
        key = same_file_key(name)
        taken[key] = taken.get(key, 0) + 1
        is_plain = taken[key] == 1 and unportable(f"{name}.json") is None
        found[id] = name if is_plain else f"{name}-{taken[key]}"
    return found

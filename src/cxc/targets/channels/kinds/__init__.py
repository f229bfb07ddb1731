"""What channel software of each kind loads beside `channel.json`: more files, made from the same view.

A module here makes one sort of file; which kinds of channel have it is said in this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.targets import GeneratedFile
from cxc.targets.channels.view import ChannelView

Maker = Callable[[Blueprint, Channel, ChannelView], Iterable[GeneratedFile]]
"""Makes files of one channel from its view; their paths begin with `folder_of(channel)`."""

MAKERS: dict[str, tuple[Maker, ...]] = {}
"""The makers of each kind of channel, in the order of their files."""

FOR_ALL: tuple[Maker, ...] = ()
"""The makers that serve every kind."""


def files_of(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the files of a channel beside its configuration."""
    for maker in (*MAKERS.get(channel.sort, ()), *FOR_ALL):
        yield from maker(blueprint, channel, view)


def folder_of(channel: Channel) -> str:
    """Return the folder of a channel's files, below the output folder."""
    return f"channels/{channel.name}"

"""What channel software of each kind loads beside `channel.json`: more files, made from the same view.

A module here makes one sort of file; which kinds of channel have it is said in this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.conversation import conversations
from cxc.targets.channels.kinds.flags import flags
from cxc.targets.channels.kinds.flows import flows
from cxc.targets.channels.kinds.forms import KINDS as SCREENS
from cxc.targets.channels.kinds.forms import forms
from cxc.targets.channels.kinds.linked_data import linked_data
from cxc.targets.channels.kinds.messages import messages
from cxc.targets.channels.kinds.paths import folder_of
from cxc.targets.channels.kinds.screens import routes, web_manifest
from cxc.targets.channels.kinds.sheets import runbooks, scripts
from cxc.targets.channels.kinds.voice import dialogs
from cxc.targets.channels.view import ChannelView
from cxc.targets.templates import Templates

__all__ = ["FOR_ALL", "LAID_OUT", "MAKERS", "files_of", "folder_of"]

Maker = Callable[[Blueprint, Channel, ChannelView], Iterable[GeneratedFile]]
"""Makes files of one channel from its view; their paths begin with `folder_of(channel)`."""

MAKERS: dict[str, tuple[Maker, ...]] = {
    **dict.fromkeys(sorted(SCREENS), (flows, forms, routes)),
    "chat": (flows, conversations),
    "chatbot": (flows, conversations),
    "web": (flows, forms, routes, web_manifest),
}
"""The makers of each kind of channel, in the order of their files."""

LayoutMaker = Callable[[Blueprint, Channel, ChannelView, Templates], Iterable[GeneratedFile]]
"""The same for files that a template lays out."""

LAID_OUT: dict[str, tuple[LayoutMaker, ...]] = {
    "ivr": (dialogs,),
    "phone": (scripts,),
    "chat": (scripts,),
    "social": (scripts,),
    "email": (messages,),
    "sms": (messages,),
    "push": (messages,),
    "store": (runbooks,),
    "field": (runbooks,),
    "mail": (runbooks,),
}
"""The makers of each kind of channel whose files a template lays out."""

FOR_ALL: tuple[Maker, ...] = (flags, linked_data)
"""The makers that serve every kind."""


def files_of(
    blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates
) -> Iterator[GeneratedFile]:
    """Yield the files of a channel beside its configuration."""
    for maker in MAKERS.get(channel.sort, ()):
        yield from maker(blueprint, channel, view)
    for layout in LAID_OUT.get(channel.sort, ()):
        yield from layout(blueprint, channel, view, templates)
    for maker in FOR_ALL:
        yield from maker(blueprint, channel, view)

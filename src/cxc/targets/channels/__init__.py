"""The target `channels`: for each channel, what it offers to whom and what it needs for that from the platform.

What a configuration holds is said in `cxc.targets.channels.view`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from cxc.targets import Emitted, GeneratedFile, Target, TargetOptions

if TYPE_CHECKING:
    from cxc.diagnostics import Diagnostic
    from cxc.model.blueprint import Blueprint
    from cxc.model.channel import Channel
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: TargetOptions, templates: Templates) -> Emitted:
    from cxc.targets.channels.configuration import Configurations
    from cxc.targets.channels.kinds import files_of, folder_of
    from cxc.targets.json import json_text
    from cxc.targets.templates import TemplateFailure

    configurations = Configurations(blueprint)
    channels = configurations.channels()
    collisions = tuple(_collisions(channels))
    if collisions:
        return Emitted((), collisions)
    files: list[GeneratedFile] = []
    for channel in channels:
        view = configurations.view(channel)
        files.append(GeneratedFile(f"{folder_of(channel)}/channel.json", json_text(view.document), channel.id))
        try:
            files += files_of(blueprint, channel, view, templates)
        except TemplateFailure as failure:
            return Emitted((), (failure.diagnostic,))
    return Emitted(tuple(files))


def _collisions(channels: Iterable[Channel]) -> Iterator[Diagnostic]:
    """Yield the channels whose folder would be that of another one, or cannot be on every computer (CXC904)."""
    from cxc.diagnostics import Related, finding
    from cxc.output.portable import same_file_key, unportable
    from cxc.rules.build import name_collision

    folders: dict[str, Channel] = {}
    for channel in channels:
        first = folders.setdefault(same_file_key(channel.name), channel)
        if first is not channel:
            yield finding(
                name_collision.KIND,
                f"The channels `{first.name}` and `{channel.name}` would be written to one folder",
                channel.span,
                related=[Related(first.span, "the other one stands here")],
                help="Rename one of them.",
            )
        elif reason := unportable(f"channels/{channel.name}"):
            # Once for the folder, not for each file in it.
            message = f"The channel `{channel.name}` cannot have a folder on every computer: {reason}"
            yield finding(name_collision.KIND, message, channel.span, help="Give it another name.")


def _schema() -> dict[str, Any]:
    from cxc.targets.channels.view import SCHEMA_ID, ChannelView
    from cxc.targets.schema import published_schema

    return published_schema(ChannelView, SCHEMA_ID, mode="serialization")


TARGET = Target(
    name="channels",
    summary="What each channel offers, asks, shows and hands over; and the flows, forms, dialogs, messages, scripts "
    "and flags that channel software loads.",
    emit=_emit,
    judged_by="jsonschema, against `cxc schema channel`; XState, Ajv, JSON Forms, the W3C's schema of VoiceXML, flagd, "
    "a JSON-LD processor",
    schemas={"channel": _schema},
)

"""`routes.json`: the screens of a channel, each with its route, its step, its form and the flow it belongs to.

And for a web channel `manifest.webmanifest` (https://www.w3.org/TR/appmanifest/). A design knows no icons, which many a
browser wants before it installs a site: whoever publishes the site adds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.forms import form_paths, steps_of
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.view import ChannelView, JourneyView
from cxc.targets.json import json_text

_SHORT = 12
"""How many characters of a name every home screen shows."""


def routes(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the routes of the channel's screens."""
    document = {
        "$comment": view.comment,
        "channel": view.id,
        "routes": list(_routes(view, blueprint)),
    }
    yield GeneratedFile(f"{folder_of(channel)}/routes.json", json_text(document), channel.id)


def _routes(view: ChannelView, blueprint: Blueprint) -> Iterator[dict[str, Any]]:
    paths = form_paths(view)
    flows = file_names((journey.id, journey.name) for journey in view.journeys)
    for journey in view.journeys:
        reached = _reached(journey, blueprint)
        for step in steps_of(journey):
            for shown in step.presentations:
                if shown.screen is not None:
                    yield {
                        "path": shown.screen,
                        "title": step.title,
                        "derived": shown.derived,
                        "tiers": list(shown.tiers),
                        "journey": journey.id,
                        "step": step.id,
                        **({"presentation": shown.id} if shown.id is not None else {}),
                        **({"flow": f"flow/{flows[journey.id]}.json"} if step.id in reached else {}),
                        **({"form": paths[journey.id, step.id]} if shown.asks else {}),
                    }


def _reached(journey: JourneyView, blueprint: Blueprint) -> frozenset[str]:
    found = blueprint[journey.id]
    return flow_of(found, blueprint).graph.reached if isinstance(found, Journey) else frozenset()


def web_manifest(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the manifest of a web channel; journeys that begin on it are its shortcuts."""
    title = view.title.strip() or view.name
    document = {
        # A member of our own, as the standard says how to have one.
        "cxc_comment": view.comment,
        "name": title,
        "short_name": title if len(title) <= _SHORT else view.name,
        **({"description": _plain(view.doc)} if view.doc else {}),
        **({"lang": view.languages[0]} if view.languages else {}),
        "dir": "auto",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        **({"shortcuts": shortcuts} if (shortcuts := list(_shortcuts(view, blueprint))) else {}),
    }
    yield GeneratedFile(f"{folder_of(channel)}/manifest.webmanifest", json_text(document), channel.id)


def _shortcuts(view: ChannelView, blueprint: Blueprint) -> Iterator[dict[str, str]]:
    """Yield the journeys whose first step has a screen here that an address alone leads to."""
    for journey in view.journeys:
        found = blueprint[journey.id]
        first = found.steps[0].id if isinstance(found, Journey) and found.steps else None
        for step in steps_of(journey):
            screens = [shown.screen for shown in step.presentations if shown.screen is not None]
            if step.id == first and screens and _is_address(screens[0]):
                yield {"name": journey.title, "url": screens[0], "description": journey.trigger}


def _is_address(screen: str) -> bool:
    """Whether a route is an address on the site as it stands, without a value to be put in."""
    return re.fullmatch(r"/(?!/)[\w~.!$&'()*+,;=@%/-]*", screen, re.ASCII) is not None


def _plain(markdown: str) -> str:
    """Return documentation as a manifest has it: its first paragraph, on one line."""
    return " ".join(markdown.split("\n\n")[0].split())

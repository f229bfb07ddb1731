"""What is counted: one thing about one element, met or not."""

from __future__ import annotations

from typing import NamedTuple

from cxc.flow import Flow
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey


class Item(NamedTuple):
    """One thing about an element (by its id), or about the whole design where the id is empty.

    `what` tells it from others about the same element.
    """

    element: str
    met: bool
    what: str = ""


class Subject(NamedTuple):
    """A journey, and where it stands."""

    journey: Journey
    flow: Flow
    blueprint: Blueprint

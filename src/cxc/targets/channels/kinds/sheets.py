"""Scripts and runbooks: what people who serve on a channel have before them, a sheet for each journey.

Each sheet is written twice: as a page to print and as Markdown. What no experience says was derived from the journey,
and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Process
from cxc.model.channel import Channel
from cxc.model.data import DataField
from cxc.model.journey import Step
from cxc.model.organisation import Tier
from cxc.model.values import Duration
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.kinds.wording import Variable, Wording, example, in_words, key_of, plain
from cxc.targets.channels.view import (
    ChannelView,
    HandOff,
    JourneyView,
    PresentationView,
    Reference,
    StepView,
    WayOn,
)
from cxc.targets.templates import Templates

_EMPTY_LINES = re.compile(r"\n{3,}")
_UNITS = {"w": "week", "d": "day", "h": "hour", "m": "minute", "s": "second", "ms": "millisecond"}


@dataclass(frozen=True)
class Sort:
    """A sort of sheet: its folder and what it is called."""

    folder: str
    title: str


SCRIPT = Sort("scripts", "Script")
RUNBOOK = Sort("runbooks", "Runbook")


def scripts(blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates) -> Iterator[GeneratedFile]:
    """Yield the scripts of a channel on which people talk or write with customers."""
    return _sheets(SCRIPT, blueprint, channel, view, templates)


def runbooks(
    blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates
) -> Iterator[GeneratedFile]:
    """Yield the runbooks of a channel on which people are where the customer is, or write letters."""
    return _sheets(RUNBOOK, blueprint, channel, view, templates)


def _sheets(
    sort: Sort, blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates
) -> Iterator[GeneratedFile]:
    names = file_names((journey.id, journey.name) for journey in view.journeys)
    for journey in view.journeys:
        sheet = _Sheet(blueprint, view, journey)
        values = {"sort": sort.title, "channel": view, "journey": journey, **sheet.values()}
        for ending in ("html", "md"):
            path = f"{folder_of(channel)}/{sort.folder}/{names[journey.id]}.{ending}"
            text = templates.render(f"sheet.{ending}.j2", **values)
            yield GeneratedFile(path, _EMPTY_LINES.sub("\n\n", text).rstrip("\n") + "\n", journey.id)


class _Sheet:
    """Makes what the sheet of one journey says, as plain data for a template."""

    def __init__(self, blueprint: Blueprint, view: ChannelView, journey: JourneyView) -> None:
        self.blueprint = blueprint
        self.view = view
        self.journey = journey
        served = [step.id for phase in journey.phases for step in phase.steps]
        self.numbers = {id: number for number, id in enumerate(served, 1)}
        self.fails = {operation.id: operation.fails for operation in view.operations}

    def values(self) -> dict[str, Any]:
        """Return what the templates use besides the view."""
        journey = self.journey
        return {
            "phases": [
                {"when": phase.when, "title": phase.title, "steps": [self._step(step) for step in phase.steps]}
                for phase in journey.phases
            ],
            "promises": list(self._promises()),
            "arrivals": [self._hand_off(found, found.origin) for found in journey.hand_offs_in],
            "departures": [self._hand_off(found, found.to) for found in journey.hand_offs_out],
            "helpers": [{"title": one.title, "hours": "; ".join(one.hours) or "always"} for one in journey.escalation],
            "hours": "; ".join(self.view.hours.text) or "always",
        }

    def _promises(self) -> Iterator[str]:
        promises = self.journey.promises
        if promises.duration:
            yield f"done within {_time(promises.duration)}"
        if promises.self_service is not None:
            yield f"{promises.self_service:.0%} of customers need no help"

    # ---- steps ------------------------------------------------------------------------------------------------------

    def _step(self, step: StepView) -> dict[str, Any]:
        design = self.blueprint.elements[step.id]
        assert isinstance(design, Step)
        return {
            "number": self.numbers[step.id],
            "title": step.title,
            "doc": step.doc,
            "moment_of_truth": step.moment_of_truth,
            "words": [self._words(presentation, step) for presentation in step.presentations],
            "frontstage": step.frontstage,
            "backstage": list(self._backstage(design)),
            "support": list(self._support(design)),
            "evidence": step.evidence,
            "wait": self._wait(step),
            "failures": list(self._failures(step)),
            "next": [self._way(way) for way in step.ways_on if not way.errors],
            "fallback": [other.title for other in step.fallback],
        }

    def _words(self, presentation: PresentationView, step: StepView) -> dict[str, Any]:
        wording = Wording(presentation, self.blueprint)
        tiers = [tier.label for id in presentation.tiers if isinstance(tier := self.blueprint.elements.get(id), Tier)]
        said = presentation.scripts or step.frontstage or (step.title,)
        return {
            "derived": presentation.derived or not presentation.scripts,
            "tiers": tiers,
            "lines": [[_part(part) for part in wording.words(text)] for text in said],
            "asks": [self._field(asked, required=asked.required, known=asked.known) for asked in presentation.asks],
            "shows": [self._field(shown) for shown in presentation.shows],
        }

    def _field(self, named: Any, **more: bool) -> dict[str, Any]:
        field: Any = self.blueprint.elements[named.id]
        shown = example(field, self.blueprint)
        return {
            "title": plain(named.title),
            "name": key_of(field, self.blueprint),
            "example": plain(in_words(shown)) if shown is not None else "",
            "personal": named.personal,
            **more,
        }

    def _backstage(self, step: Step) -> Iterator[dict[str, Any]]:
        for work in step.backstage or ():
            process = self.blueprint.get(work.what) if isinstance(work.what, Ref) else None
            by = self.blueprint.get(work.by) if work.by is not None else None
            owner = by or (self.blueprint.get(process.owner) if isinstance(process, Process) else None)
            yield {
                "what": process.label if isinstance(process, Process) else str(work.what),
                "by": owner.label if owner is not None else "",
                "within": in_units(work.within) if work.within is not None else "",
                "document": process.document if isinstance(process, Process) else None,
            }

    def _support(self, step: Step) -> Iterator[dict[str, Any]]:
        for support in step.support or ():
            by = self.blueprint.get(support.by)
            if by is not None:
                yield {"by": by.label, "what": support.what or ""}

    def _wait(self, step: StepView) -> str:
        if step.wait is None:
            return ""
        longest = f", {_time(step.wait.longest)} at most" if step.wait.longest else ""
        return f"{_time(step.wait.expected)} as a rule{longest}"

    # ---- where it goes on -------------------------------------------------------------------------------------------

    def _failures(self, step: StepView) -> Iterator[dict[str, Any]]:
        """Yield what may go wrong: with the way that the design gives, or without one."""
        routed = {error.id for way in step.ways_on for error in way.errors}
        for way in step.ways_on:
            if way.errors:
                yield {"errors": _titles(way.errors), **self._way(way)}
        left = {error.id: error for call in step.operations for error in self.fails.get(call.id, ())}
        unrouted = [error for id, error in left.items() if id not in routed]
        if unrouted:
            yield {"errors": _titles(unrouted), "to": None}

    def _way(self, way: WayOn) -> dict[str, Any]:
        return {
            "when": way.when,
            "to": way.title or "The journey ends here",
            "number": self.numbers.get(way.to),
            "where": self._where(way),
            "share": f"{way.share:.0%}" if way.share is not None else "",
            "carries": self._data(way.carries),
        }

    def _where(self, way: WayOn) -> str:
        """Return where a way leads that does not stay on this sheet."""
        target = self.blueprint.elements.get(way.to)
        if way.to in self.numbers or not isinstance(target, Step):
            return ""
        return "on another channel" if target.via else "out of the customer's sight"

    def _data(self, fields: Iterable[Reference]) -> list[str]:
        """Return the titles of fields, each with that of what it belongs to."""
        elements = [(named, self.blueprint.elements.get(named.id)) for named in fields]
        holders = [self.blueprint.holder(field) if isinstance(field, DataField) else None for _, field in elements]
        return [
            f"{holder.label}: {named.title}" if holder is not None else named.title
            for (named, _), holder in zip(elements, holders, strict=True)
        ]

    def _hand_off(self, found: HandOff, step: Reference) -> dict[str, Any]:
        return {
            "step": step.title,
            "at": (found.to if step is found.origin else found.origin).title,
            "channels": _titles(found.channels),
            "when": found.when or (f"On failure: {', '.join(_titles(found.errors))}" if found.errors else ""),
            "carries": self._data(found.carries),
            "again": _titles(found.asks_again),
        }


def _part(part: str | Variable) -> dict[str, Any]:
    """Return a part of a text, with the blanks at its edges for formats in which they are lost."""
    if isinstance(part, Variable):
        return {"text": part.title, "place": True}
    inner = part.strip()
    edges = (" " if part[0].isspace() else "", " " if inner and part[-1].isspace() else "")
    return {"text": part, "place": False, "edges": edges}


def _titles(references: Iterable[Reference]) -> list[str]:
    return [reference.title for reference in references]


def in_units(duration: Duration) -> str:
    """Return a duration in words: `2 hours 30 minutes`."""
    parts = re.findall(r"(\d+)([a-z]+)", duration.text)
    return " ".join(f"{number} {_UNITS[unit]}{'' if number == '1' else 's'}" for number, unit in parts)


def _time(iso: str) -> str:
    return in_units(Duration.from_iso(iso))

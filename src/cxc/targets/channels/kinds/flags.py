"""`flags.json`: who may use a channel and when, as flags that flagd and the providers of OpenFeature evaluate.

An application gives the tier of the customer as `tier` (its id) and, for opening hours, the local time: `day` and
`yesterday` (`Monday` … `Sunday`, or `PublicHolidays`) and `minute` (since midnight). The keys are stable ids:

| key | value |
| --- | --- |
| `<channel>/open` | whether it is open |
| `<channel>/entitled` | whether the tier may use it |
| `<channel>/support` | how much help from people the tier includes |
| `<channel>/<journey>` | whether the journey is offered to the tier on the channel |
| `<channel>/<journey>/experience` | which experience presents it, where there are several |

Who belongs to no known tier is given only what every tier may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.opening_hours import DAY, periods
from cxc.model.organisation import Tier
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.paths import folder_of
from cxc.targets.channels.view import ChannelView, JourneyView
from cxc.targets.json import json_text

SCHEMA_ID = "https://flagd.dev/schema/v0/flags.json"
_TIER = {"var": "tier"}


def flags(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the flags of a channel."""
    made = _Flags(channel, view, blueprint.every(Tier))
    document = {
        "$schema": SCHEMA_ID,
        "$comment": view.comment,
        "flags": dict(made.all()),
        "metadata": {"flagSetId": channel.id},
    }
    yield GeneratedFile(f"{folder_of(channel)}/flags.json", json_text(document), channel.id)


class _Flags:
    """Makes the flags of one channel, with the tiers of the whole design."""

    def __init__(self, channel: Channel, view: ChannelView, tiers: Iterable[Tier]) -> None:
        self.channel = channel
        self.view = view
        self.tiers = {tier.id: tier for tier in tiers}
        self.entitled = [tier.id for tier in view.tiers]

    def all(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the flags by their keys."""
        own = self.channel.id
        yield f"{own}/open", self._open()
        yield f"{own}/entitled", self._for_tiers(self.entitled, f"May use {self.view.title}")
        if self.tiers:
            yield f"{own}/support", self._support()
        for journey in self.view.journeys:
            yield f"{own}/{journey.id}", self._for_tiers(self._offered(journey), journey.title)
            if len(journey.experiences) > 1:
                yield f"{own}/{journey.id}/experience", self._experience(journey)

    def _open(self) -> dict[str, Any]:
        variants = {"open": True, "closed": False}
        words = {"description": f"{self.view.title} is open"}
        if self.view.hours.always_open:
            return _flag(variants, "open", None, words)
        rule = {"if": [{"or": list(_times(self.channel.hours))}, "open", "closed"]}
        return _flag(variants, "closed", rule, {**words, "hours": "; ".join(self.channel.hours)})

    def _offered(self, journey: JourneyView) -> list[str]:
        """Return the tiers of the channel that a journey is offered to: all, but for those that promise others only.

        A journey that no tier promises is offered to all of them.
        """
        promises = {tier.id: [reference.id for reference in tier.journeys] for tier in self.view.tiers}
        if not any(journey.id in promised for promised in promises.values()):
            return self.entitled
        return [id for id, promised in promises.items() if not promised or journey.id in promised]

    def _for_tiers(self, allowed: list[str], words: str) -> dict[str, Any]:
        """Return a flag that is on for some tiers."""
        variants = {"on": True, "off": False}
        default = "on" if set(allowed) >= set(self.tiers) else "off"
        rule = {"if": [{"in": [_TIER, allowed]}, "on", "off"]} if default == "off" and allowed else None
        return _flag(variants, default, rule, {"description": words})

    def _support(self) -> dict[str, Any]:
        levels: dict[str, list[str]] = {}
        for tier in self.view.tiers:
            levels.setdefault(tier.support, []).append(tier.id)
        variants = {"none": "none", **{level: level for level in levels}}
        rule = _choice([(_among(tiers), level) for level, tiers in levels.items()], "none") if levels else None
        return _flag(variants, "none", rule, {"description": f"Help from people on {self.view.title}"})

    def _experience(self, journey: JourneyView) -> dict[str, Any]:
        found = journey.experiences
        for_all = next((each.id for each in found if not each.tiers), None)
        for_some = [(_among(each.tiers), each.id) for each in found if each.tiers]
        variants = {each.id: each.id for each in found}
        rule = _choice(for_some, for_all) if for_some else None
        return _flag(variants, for_all, rule, {"description": f"Which experience presents: {journey.title}"})


def _flag(
    variants: Mapping[str, Any], default: str | None, rule: dict[str, Any] | None, metadata: dict[str, str]
) -> dict[str, Any]:
    return {
        "state": "ENABLED",
        "variants": variants,
        "defaultVariant": default,
        **({"targeting": rule} if rule else {}),
        "metadata": metadata,
    }


def _among(tiers: Iterable[str]) -> dict[str, Any]:
    return {"in": [_TIER, list(tiers)]}


def _choice(cases: Iterable[tuple[dict[str, Any], str]], otherwise: str | None) -> dict[str, Any]:
    return {"if": [*(part for case in cases for part in case), otherwise]}


_NAMES = dict(
    zip(
        ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"),
        strict=True,
    )
)


def _times(hours: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the conditions under one of which a channel is open."""
    minute = {"var": "minute"}
    for period in periods(hours):
        days = [_NAMES[day] for day in period.days]
        today, before = ({"in": [{"var": name}, days]} for name in ("day", "yesterday"))
        if period.closes > period.opens:
            end = [{"<": [minute, period.closes]}] if period.closes < DAY else []
            yield {"and": [today, {">=": [minute, period.opens]}, *end]}
        else:
            yield {"and": [today, {">=": [minute, period.opens]}]}
            yield {"and": [before, {"<": [minute, period.closes]}]}

"""`<Journey>.vxml`: a journey as a dialog on the telephone, in VoiceXML 2.1.

| dialog | what it does |
| --- | --- |
| `start` | sends a caller to the step they call for, or to `closed` |
| `step_NAME` | asks what the step needs, calls its operations, tells what it shows, and goes on |
| `elsewhere_N` | goes on on other channels, to which it hands over what the design says |
| `person`, `unreachable` | passes the caller on to people with all that is known; what to do where nobody answers |
| `closed`, `end` | the line is closed, and where else to turn; the journey has ended |

Whoever is not heard or understood three times is passed on to a person. The platform's answers come from a gateway,
which the document describes. Words that no experience says are derived, and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cxc.flow import flow_of
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, SENDING_KINDS, Channel
from cxc.model.journey import Journey, Step
from cxc.model.opening_hours import DAYS, HOLIDAYS, periods
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.course import Course
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.kinds.speech import Grammars, as_comment, expression, form_id, spoken_hours
from cxc.targets.channels.kinds.voice_steps import StepDialog
from cxc.targets.channels.kinds.wording import plain
from cxc.targets.channels.view import ChannelView, JourneyView, PresentationView, StepView
from cxc.targets.templates import Templates

_MOST_KEYS = 9
"""How many choices have a key of the telephone."""


def dialogs(blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates) -> Iterator[GeneratedFile]:
    """Yield the dialog of each journey that callers do on the channel."""
    names = file_names((journey.id, journey.name) for journey in view.journeys)
    for journey in view.journeys:
        found = blueprint[journey.id]
        if isinstance(found, Journey) and found.steps:
            dialog = _Dialog(found, journey, channel, view, blueprint)
            if dialog.course.steps:
                text = templates.render("dialog.vxml.j2", **dialog.values())
                yield GeneratedFile(f"{folder_of(channel)}/{names[journey.id]}.vxml", text, journey.id)


class _Dialog:
    """Makes what the document of one journey holds, as plain data for the template."""

    def __init__(
        self, journey: Journey, shown: JourneyView, channel: Channel, view: ChannelView, blueprint: Blueprint
    ) -> None:
        self.journey = journey
        self.shown = shown
        self.channel = channel
        self.view = view
        self.blueprint = blueprint
        self.flow = flow_of(journey, blueprint)
        self.course = Course(self.flow, channel.id)
        self.steps = {step.id: step for step in journey.steps}
        self.views: dict[str, StepView] = {step.id: step for phase in shown.phases for step in phase.steps}
        self.language = view.languages[0] if view.languages else "en"
        self.grammars = Grammars(self.language)
        self.elsewhere: dict[str, dict[str, Any]] = {}
        self.entries: dict[str, None] = {}

    def values(self) -> dict[str, Any]:
        """Return what the template uses."""
        forms = [form for id in self.course.steps for form in self._forms(self.steps[id])]
        people = list(self._people())
        helpers = [channel for channel in people if channel.sort == "phone"]
        fallback = list(self._fallback())
        return {
            "comment": as_comment(self.view.comment),
            "language": self.language,
            "foreign": self.language.partition("-")[0].lower() != "en",
            "journey": plain(self.shown.title),
            "outcome": plain(self.shown.outcome),
            "channel": plain(self.view.title),
            "hours": spoken_hours(self.channel),
            "always_open": self.view.hours.always_open,
            "own_open": f"is_open({expression(self.channel.id)})",
            "open_hours": expression({one.id: _hours(one) for one in [self.channel, *people, *fallback]}),
            "entries": self._choice("entry", [(self._called_for(id), id) for id in self._entries()]),
            "forms": forms,
            "elsewhere": list(self.elsewhere.values()),
            "helpers": [self._other(one) for one in helpers],
            "people": [self._other(one) for one in people if one not in helpers],
            "fallback": [self._other(one) for one in fallback],
        }

    # ---- arriving ---------------------------------------------------------------------------------------------------

    def _entries(self) -> list[str]:
        """Return the steps that callers may call for: to begin, from elsewhere, or of their own accord."""
        first = [next(iter(self.steps))] if self.course.begins else []
        found = [*first, *self.course.handed_over, *self.course.own_accord, *self.entries]
        return list(dict.fromkeys(found))

    def _called_for(self, id: str) -> str:
        return self.steps[id].label

    # ---- steps ------------------------------------------------------------------------------------------------------

    def _forms(self, step: Step) -> Iterator[dict[str, Any]]:
        """Yield the dialogs of a step: one, and one more for each presentation that is for some tiers only."""
        shown = self.views.get(step.id)
        ways = self.flow.graph.ways.onward[step.id]
        onward = self._onward(step, [way for way in ways if not way.errors])
        failures = {error.id: self._target(way) for way in ways for error in way.errors}
        if shown is None:
            yield {"id": form_id(step.name), "note": as_comment(step.label), "derived": False, "unseen": True,
                   "others": [], "items": [], "onward": onward}  # fmt: skip
            return
        default = next((one for one in shown.presentations if not one.tiers), shown.presentations[0])
        others = [one for one in shown.presentations if one is not default]
        for number, one in enumerate([default, *others], 1):
            dialog = StepDialog(shown, one, self.view, self.blueprint, self.grammars, failures)
            yield {
                "id": form_id(step.name) + ("" if number == 1 else f".{number}"),
                "note": as_comment(step.label),
                "derived": one.derived,
                "unseen": False,
                "others": [] if number > 1 else [
                    {"cond": f"is_for({expression(list(other.tiers))})", "form": f"#{form_id(step.name)}.{place}"}
                    for place, other in enumerate(others, 2)
                ],
                "items": list(dialog.items()),
                "onward": onward,
            }  # fmt: skip

    def _onward(self, step: Step, ways: list[Way]) -> dict[str, Any]:
        """Return where a step goes on: at once, as the caller chooses, or as the work that nobody sees turns out."""
        targets = [self._target(way) for way in ways] or ["#end"]
        if len(targets) == 1 or step.id not in self.views:
            return {"targets": targets, "choice": None, "ask": expression(step.id)}
        words = [(way.when or (way.target.label if way.target else "Nothing else"), way) for way in ways]
        choices = [(text, way.target.id if way.target else "") for text, way in words]
        return {"targets": targets, "choice": self._choice("way", choices, targets), "ask": ""}

    def _choice(self, name: str, choices: list[tuple[str, str]], targets: list[str] | None = None) -> dict[str, Any]:
        """Return a question with some answers: the words of each, what else may be said for it, and where it leads."""
        options = []
        for number, (words, step) in enumerate(choices, 1):
            target = targets[number - 1] if targets else f"#{form_id(self.steps[step].name)}"
            options.append(
                {
                    "value": str(number),
                    "key": str(number) if number <= _MOST_KEYS else "",
                    "words": plain(words),
                    "grammar": self.grammars.of(self._utterances(step), str(number)),
                    "target": target,
                }
            )
        return {"name": name, "options": options}

    def _utterances(self, step: str) -> list[str]:
        shown = self.views.get(step)
        found: Iterable[PresentationView] = shown.presentations if shown is not None else ()
        return [text for one in found for text in one.intents]

    def _target(self, way: Way) -> str:
        if way.target is None:
            return "#end"
        if self.course.stays(way):
            return f"#{form_id(way.target.name)}"
        return f"#{self._hand_off(way, way.target)}"

    # ---- other channels ---------------------------------------------------------------------------------------------

    def _hand_off(self, way: Way, target: Step) -> str:
        """Return the dialog that hands over to other channels."""
        carried = [field for ref in way.carries if (field := self.blueprint.get(ref)) is not None]
        names = [f"{holder.name}.{field.name}" for field in carried if (holder := self.blueprint.holder(field))]
        others = self.flow.channels_of(target)
        key = expression([target.id, names])
        found = self.elsewhere.get(key)
        if found is None:
            found = self.elsewhere[key] = {
                "id": f"elsewhere_{len(self.elsewhere) + 1}",
                "step": plain(target.label),
                "note": as_comment(target.label),
                "to": expression(target.id),
                "request": expression({"step": target.id, "channels": [other.id for other in others]}),
                "carries": expression(names),
                "carried": as_comment(", ".join(names) or "nothing"),
                "channels": [self._other(other) for other in others],
                "sends": all(other.sort in SENDING_KINDS for other in others),
                # Who may go on alone, in an app for example, is not passed on to a person at once.
                "phones": [
                    self._other(other) for other in others if other.sort == "phone" and all(map(_has_people, others))
                ],
            }
        self.entries |= dict.fromkeys(self.course.elsewhere(target.id).returns)
        id: str = found["id"]
        return id

    def _people(self) -> Iterator[Channel]:
        """Yield the channels where people can take over; where the journey has none, those of the design."""
        given = [self.blueprint[one.id] for one in self.shown.escalation]
        known: Iterable[Any] = given or self.blueprint.every(Channel)
        yield from (one for one in known if isinstance(one, Channel) and _has_people(one) and one is not self.channel)

    def _fallback(self) -> Iterator[Channel]:
        """Yield the other channels that serve what callers call for."""
        found = {
            channel.id: channel
            for id in self.course.steps
            for channel in (self.flow.channels_of(self.steps[id]) if self.course.serves(id) else ())
        }
        found.pop(self.channel.id, None)
        yield from found.values()

    def _other(self, channel: Channel) -> dict[str, Any]:
        return {
            "id": channel.id,
            "title": plain(channel.label),
            "hours": spoken_hours(channel),
            "is_open": f"is_open({expression(channel.id)})",
            "destination": f"destination({expression(channel.id)})",
        }


def _has_people(channel: Channel) -> bool:
    return channel.sort in ASSISTED_KINDS


def _hours(channel: Channel) -> list[list[Any]]:
    """Return when a channel is open: days from Sunday (0) to Saturday (6) and holidays (7), and minutes."""
    days = {**{day: (number + 1) % 7 for number, day in enumerate(DAYS)}, HOLIDAYS: 7}
    return [[[days[day] for day in one.days], one.opens, one.closes] for one in periods(channel.hours)]

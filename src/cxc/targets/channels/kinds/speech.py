"""What a dialog by voice is made of: names that VoiceXML takes, expressions of ECMAScript, grammars of what is said.

Which dialogs there are is said in `voice`, what one asks and tells in `voice_steps`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from cxc.model.channel import Channel
from cxc.model.opening_hours import DAY, DAYS, HOLIDAYS, periods
from cxc.targets.channels.kinds.wording import plain
from cxc.targets.escaping import comment

_PLACE = re.compile(r"\{[^{}]*\}")
_SPOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAMES = dict(
    zip(
        (*DAYS, HOLIDAYS),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "holidays"),
        strict=True,
    )
)
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9]")


def form_id(name: str) -> str:
    """Return the id of the dialog of a step."""
    return f"step_{name}"


def variable_name(name: str) -> str:
    """Return a name as the end of a variable's name, where it is preceded by letters and `_`."""
    return _NOT_IN_NAME.sub(lambda sign: f"u{ord(sign[0]):x}" if sign[0] != "_" else "_", name)


def expression(value: Any) -> str:
    """Return a plain value as an expression of ECMAScript."""
    return json.dumps(value, ensure_ascii=True)


def as_comment(text: str) -> str:
    """Return a text for a comment of XML, in which no two hyphens may stand together."""
    return re.sub("-(?=-)", "- ", comment(text)).rstrip("-")


def spoken_hours(channel: Channel) -> str:
    """Return when a channel is open, as one says it: `Monday to Friday from 8:00 to 20:00`."""
    found = periods(channel.hours)
    if any(set(one.days) >= set(DAYS) and (one.opens, one.closes) == (0, DAY) for one in found):
        return "at any time"
    return ", ".join(f"{_days(one.days)} {_times(one.opens, one.closes)}" for one in found)


def _days(days: tuple[str, ...]) -> str:
    runs: list[list[str]] = []
    for day in days:
        follows = bool(runs) and day in DAYS[1:] and runs[-1][-1] == DAYS[DAYS.index(day) - 1]
        runs = [*runs[:-1], [*runs[-1], day]] if follows else [*runs, [day]]
    return " and ".join(_NAMES[run[0]] if len(run) == 1 else f"{_NAMES[run[0]]} to {_NAMES[run[-1]]}" for run in runs)


def _times(opens: int, closes: int) -> str:
    if (opens, closes) == (0, DAY):
        return "all day"
    return f"from {opens // 60}:{opens % 60:02} to {closes // 60}:{closes % 60:02}"


class Grammars:
    """Makes the grammars of one document; each has an id of its own."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._made = 0

    def of(self, utterances: Iterable[str], meaning: str | None = None) -> dict[str, Any] | None:
        """Return the grammar of some utterances, which mean themselves unless a meaning is given.

        None where there is nothing to say. In a part that is None, anything may be said.
        """
        items = []
        for text in utterances:
            parts = [_SPOKEN.findall(part) for part in _PLACE.split(plain(text))]
            spoken: list[str | None] = []
            for number, words in enumerate(parts):
                spoken += [None] if number else []
                spoken += [" ".join(words)] if words else []
            if any(spoken):
                items.append({"parts": spoken, "meaning": meaning or " ".join(plain(text).split())})
        if not items:
            return None
        self._made += 1
        return {"id": f"said_{self._made}", "language": self.language, "items": items}

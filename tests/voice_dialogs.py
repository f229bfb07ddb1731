"""A small interpreter of VoiceXML: it has a caller go through a dialog, and tells where that leads.

It knows what the target `channels` writes of the form interpretation algorithm (VoiceXML 2.0, appendix C): items in
their order, conditions, events with their counts, and handlers that are inherited. Whatever may turn out in several
ways (what a caller says, what an operation answers, whether a channel is open) is decided by `answers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

_NS = "{http://www.w3.org/2001/vxml}"
_EQUAL = re.compile(r"""([\w.]+) (==|!=) (?:'([^']*)'|"([^"]*)"|(\d+))""")
_ITEMS = {"block", "field", "record", "subdialog", "transfer"}
_LONGEST = 200
"""How many things one dialog decides at most."""


class Left(NamedTuple):
    """How a dialog was left: for another one, or with the call; what was decided, and what was said."""

    target: str
    answers: tuple[str, ...]
    said: tuple[str, ...]


class _Leave(Exception):
    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


class Dialogs:
    """A document of dialogs."""

    def __init__(self, text: str) -> None:
        self.root = ElementTree.fromstring(text)
        self.forms = {str(form.get("id")): form for form in self.root.findall(f"{_NS}form")}

    def ways_from(self, form: str) -> Iterator[Left]:
        """Yield all ways in which a dialog may be left: each decision that may turn out otherwise does, once."""
        waiting: list[list[str]] = [[]]
        while waiting:
            given = waiting.pop()
            run = _Run(self, self.forms[form], given)
            yield run.outcome()
            for at in range(len(given), len(run.decided)):
                earlier = [answer for answer, _ in run.decided[:at]]
                waiting += [[*earlier, other] for other in run.decided[at][1]]

    def reached(self, first: str = "start") -> dict[str, list[Left]]:
        """Return the dialogs that a call may come to, with the ways out of each."""
        found: dict[str, list[Left]] = {}
        waiting = [first]
        while waiting:
            form = waiting.pop()
            if form not in found:
                found[form] = list(self.ways_from(form))
                waiting += [left.target[1:] for left in found[form] if left.target.startswith("#")]
        return found


class _Run:
    """One way through one dialog: the first decisions are given, the others are the first of what is possible."""

    def __init__(self, dialogs: Dialogs, form: ElementTree.Element, given: list[str]) -> None:
        self.dialogs = dialogs
        self.form = form
        self.given = given
        self.decided: list[tuple[str, list[str]]] = []
        self.values: dict[str, str] = {}
        self.said: list[str] = []

    def outcome(self) -> Left:
        try:
            for item in self.form:
                name = item.tag.removeprefix(_NS)
                if name in _ITEMS and self._holds(item.get("cond")):
                    getattr(self, f"_{name}")(item)
        except _Leave as left:
            return Left(left.target, tuple(answer for answer, _ in self.decided), tuple(self.said))
        # Nothing is left to visit: VoiceXML ends the call, which no dialog of ours means.
        raise AssertionError(f"the dialog {self.form.get('id')} leads nowhere")

    def _decide(self, *possible: str) -> str:
        at = len(self.decided)
        assert at < _LONGEST, f"the dialog {self.form.get('id')} never ends"
        answer = self.given[at] if at < len(self.given) else possible[0]
        assert answer in possible
        self.decided.append((answer, [] if at < len(self.given) else [one for one in possible if one != answer]))
        return answer

    # ---- items ------------------------------------------------------------------------------------------------------

    def _block(self, item: ElementTree.Element) -> None:
        self._execute(item)

    def _field(self, item: ElementTree.Element) -> None:
        name = str(item.get("name"))
        options = [str(option.get("value")) for option in item.findall(f"{_NS}option")]
        is_choice = f"{name} ==" in " ".join(str(each.get("cond")) for each in item.iter(f"{_NS}if"))
        understood = options if is_choice else ["said"]
        assert options or item.get("type") or item.findall(f"{_NS}grammar"), f"nothing can be said for {name}"
        self._listen(item, understood, ["noinput", "nomatch", "operator"])

    def _record(self, item: ElementTree.Element) -> None:
        self._listen(item, ["recorded"], ["noinput"])

    def _listen(self, item: ElementTree.Element, understood: list[str], events: list[str]) -> None:
        counts: dict[str, int] = {}
        trouble = ""
        while True:
            self._prompt(item, sum(counts.values()) + 1)
            answer = trouble or self._decide(*understood, *events)
            if answer in understood:
                self.values[str(item.get("name"))] = answer
                self._filled(item)
                return
            # Who is not understood once is not understood the next times either.
            trouble = answer
            counts[answer] = counts.get(answer, 0) + 1
            self._execute(self._handler(answer, counts[answer]))

    def _prompt(self, item: ElementTree.Element, count: int) -> None:
        prompts = item.findall(f"{_NS}prompt")
        highest = max((int(one.get("count", "1")) for one in prompts if int(one.get("count", "1")) <= count), default=1)
        self.said += [_text(one) for one in prompts if int(one.get("count", "1")) == highest]

    def _handler(self, event: str, count: int) -> ElementTree.Element:
        name, wanted = ("catch", "cxc.person") if event == "operator" else (event, None)
        for scope in (self.form, self.dialogs.root):
            found = [one for one in scope.findall(f"{_NS}{name}") if one.get("event") == wanted]
            fitting = [one for one in found if int(one.get("count", "1")) <= count]
            if fitting:
                return max(fitting, key=lambda one: int(one.get("count", "1")))
        raise AssertionError(f"nobody handles {event}")

    def _subdialog(self, item: ElementTree.Element) -> None:
        name = str(item.get("name"))
        conditions = [str(each.get("cond")) for each in item.iter(f"{_NS}if")]
        ways = [found[5] for cond in conditions for found in _EQUAL.finditer(cond) if found[1] == f"{name}.way"]
        errors = [found[4] for cond in conditions for found in _EQUAL.finditer(cond) if found[4]]
        if ways:
            self.values[f"{name}.way"] = self._decide(*ways, "0")
        elif conditions:
            self.values[f"{name}.outcome"] = self._decide("ok", *dict.fromkeys(errors), "something else")
        self._filled(item)

    def _transfer(self, item: ElementTree.Element) -> None:
        assert str(item.get("destexpr")).startswith("destination(")
        self._prompt(item, 1)
        answer = self._decide("far_end_disconnect", "busy", "noanswer", "no address")
        if answer == "no address":
            self._execute(self._error_handler())
        self.values[str(item.get("name"))] = answer
        self._filled(item)

    def _error_handler(self) -> ElementTree.Element:
        own = [one for one in self.form.findall(f"{_NS}catch") if one.get("event") == "error"]
        return [*own, *self.dialogs.root.findall(f"{_NS}error")][0]

    def _filled(self, item: ElementTree.Element) -> None:
        for filled in item.findall(f"{_NS}filled"):
            self._execute(filled)

    # ---- what is executed -------------------------------------------------------------------------------------------

    def _execute(self, content: ElementTree.Element) -> None:
        for one in content:
            name = one.tag.removeprefix(_NS) if isinstance(one.tag, str) else ""
            if name == "goto":
                target = str(one.get("next"))
                assert target[1:] in self.dialogs.forms, target
                raise _Leave(target)
            if name in ("exit", "disconnect"):
                raise _Leave(name)
            if name == "if" and self._holds(one.get("cond")):
                self._execute(one)
            elif name == "prompt":
                self.said.append(_text(one))

    def _holds(self, condition: str | None) -> bool:
        if condition is None:
            return True
        if "is_open(" in condition or "is_for(" in condition:
            return self._decide("true", "false") == ("false" if condition.startswith("!") else "true")
        return any(self._equal(part) for part in condition.split(" || "))

    def _equal(self, condition: str) -> bool:
        found = _EQUAL.fullmatch(condition)
        assert found, condition
        wanted = next(value for value in found.groups()[2:] if value is not None)
        same = self.values.get(found[1]) == wanted
        return same if found[2] == "==" else not same


def _text(prompt: ElementTree.Element) -> str:
    return " ".join("".join(prompt.itertext()).split())

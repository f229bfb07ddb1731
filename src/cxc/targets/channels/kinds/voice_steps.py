"""The dialog of one step: what it asks, the operations it calls for that, and what it tells, in this order.

A prompt is the question of the first thing that is asked. Where nothing is, it is said at once, or after the operations
where it tells what they answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Parameter
from cxc.targets.channels.kinds.speech import Grammars, as_comment, expression, variable_name
from cxc.targets.channels.kinds.wording import Variable, Wording, Words, plain
from cxc.targets.channels.view import Asked, ChannelView, OperationView, ParameterView, PresentationView, StepView

_BUILTIN = {"boolean": "boolean", "integer": "number", "number": "number"}
_BY_FORMAT = {"date": "date", "time": "time", "decimal": "number"}
_LONG_TEXT = 100
"""From this many characters on, a text is recorded rather than understood."""


class StepDialog:
    """Makes the items of one presentation of a step; `failures` are the dialogs that errors lead to."""

    def __init__(
        self,
        step: StepView,
        presentation: PresentationView,
        view: ChannelView,
        blueprint: Blueprint,
        grammars: Grammars,
        failures: Mapping[str, str],
    ) -> None:
        self.step = step
        self.presentation = presentation
        self.blueprint = blueprint
        self.grammars = grammars
        self.failures = failures
        self.operations = {operation.id: operation for operation in view.operations}
        self.parameters = {one.id: one for operation in view.operations for one in operation.parameters}
        wording = Wording(presentation, blueprint)
        texts = presentation.prompts or step.frontstage or (step.title,)
        self.prompts: list[Words] = [wording.words(text) for text in texts]
        self.derived = presentation.derived or not presentation.prompts
        mentioned = {part.field.id for words in self.prompts for part in words if _is_of_field(part)}  # type: ignore[union-attr]
        self.told = [shown for shown in presentation.shows if shown.id not in mentioned]

    def items(self) -> Iterator[dict[str, Any]]:
        """Yield what happens in the dialog, in order."""
        asked = [one for one in self.presentation.asks if not one.known]
        later = not asked and any(isinstance(part, Variable) for words in self.prompts for part in words)
        if not asked and not later:
            yield self._say()
        calls = [self.operations[call.id] for call in self.step.operations]
        mine = {operation.id for operation in calls}
        left = list(self.told)
        ahead = [one for one in asked if one.operation not in mine]
        first = next(iter([*ahead, *(one for call in calls for one in asked if one.operation == call.id)]), None)
        for one in ahead:
            yield self._question(one, is_first=one is first)
        for number, operation in enumerate(calls, 1):
            for one in asked:
                if one.operation == operation.id:
                    yield self._question(one, is_first=one is first)
            yield self._call(operation, number)
            returned = {reference.id for reference in operation.returns}
            found = [shown for shown in left if shown.id in returned or self._holder(shown.id) in returned]
            left = [shown for shown in left if shown not in found]
            if found:
                yield self._tell(found)
        if later:
            yield self._say()
        if left:
            yield self._tell(left)

    # ---- telling ----------------------------------------------------------------------------------------------------

    def _say(self) -> dict[str, Any]:
        return {"kind": "say", "derived": self.derived, "prompts": self._spoken()}

    def _spoken(self) -> list[list[dict[str, str]]]:
        return [[self._part(part) for part in words] for words in self.prompts]

    def _part(self, part: str | Variable) -> dict[str, str]:
        if isinstance(part, str):
            return {"text": part, "value": ""}
        return {"text": "", "value": f"spoken({expression(self._key(part))})"}

    def _key(self, variable: Variable) -> str:
        field = variable.field
        return field.id if isinstance(field, Parameter) else variable.key

    def _tell(self, found: list[Any]) -> dict[str, Any]:
        lines = [{"title": plain(one.title), "value": f"spoken({expression(one.name)})"} for one in found]
        return {"kind": "tell", "lines": lines}

    def _holder(self, id: str) -> str:
        field = self.blueprint.elements.get(id)
        holder = self.blueprint.holder(field) if isinstance(field, DataField) else None
        return holder.id if holder is not None else ""

    # ---- asking -----------------------------------------------------------------------------------------------------

    def _question(self, asked: Asked, *, is_first: bool) -> dict[str, Any]:
        schema = asked.type
        options = [one for one in schema.get("oneOf", ()) if "const" in one]
        type_ = _BUILTIN.get(str(schema.get("type"))) or _BY_FORMAT.get(str(schema.get("format")), "")
        is_text = schema.get("type") == "string" and not options and not type_
        is_long = is_text and "pattern" not in schema and "format" not in schema and _length(schema) >= _LONG_TEXT
        number = self.presentation.asks.index(asked) + 1
        return {
            "kind": "record" if is_long else "field",
            "name": f"given_{number}_{variable_name(asked.name)}",
            "title": plain(asked.title),
            "type": "" if options else type_,
            "options": [
                {
                    "value": one["const"],
                    "words": plain(one.get("title", one["const"])),
                    "key": str(key) if key < 10 else "",
                }
                for key, one in enumerate(options, 1)
            ],
            "grammar": "" if options or type_ else f"gateway('grammar', {expression(asked.id)})",
            "said": self.grammars.of(self.presentation.intents) if is_first and not is_long else None,
            "optional": not asked.required,
            "prompts": self._spoken() if is_first else [],
            "derived": self.derived or not is_first,
            "keys": expression(self._keys(self.parameters.get(asked.id), asked.id)),
        }

    def _keys(self, parameter: ParameterView | None, id: str) -> list[str]:
        """Return the keys under which the value of a parameter is known."""
        meaning = parameter.meaning if parameter is not None else None
        return [id, *([meaning.name] if meaning is not None else [])]

    # ---- calling ----------------------------------------------------------------------------------------------------

    def _call(self, operation: OperationView, number: int) -> dict[str, Any]:
        needed = {one.name: self._keys(one, one.id) for one in operation.parameters}
        return {
            "kind": "call",
            "name": f"call_{number}",
            "title": plain(operation.title),
            "address": f"gateway('operation', {expression(operation.operation_id)})",
            "request": f"request({expression(needed)})",
            "failures": [
                {"cond": f"call_{number}.outcome == {expression(error.id)}", "target": self.failures[error.id],
                 "note": as_comment(error.title)}
                for error in operation.fails
                if error.id in self.failures
            ],
        }  # fmt: skip


def _is_of_field(part: str | Variable) -> bool:
    return isinstance(part, Variable) and part.field is not None


def _length(schema: Mapping[str, Any]) -> int:
    return int(schema.get("maxLength", _LONG_TEXT))

"""Step objects: what is called with which values, what is kept of the answer, and where it goes on.

Where values come from is said by `values`, what the inputs are called by `inputs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import OptionalType
from cxc.model.routes import operation_id, route_of
from cxc.targets.arazzo.calls import Call, Choice, Onward
from cxc.targets.arazzo.inputs import Inputs
from cxc.targets.arazzo.pointers import key_places
from cxc.targets.arazzo.values import Answered, Values
from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.problems import problem_type
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.trace import Traces

_JSON = "application/json"


class Outputs:
    """What is kept of the answers, in all workflows of a document: the keys, and what later calls are made with."""

    def __init__(self, workflows: Iterable[Values], blueprint: Blueprint) -> None:
        pointers: dict[str, set[str]] = {}
        self._names: dict[str, dict[str, str]] = {}
        for values in workflows:
            for call in values.reached:
                pointers.setdefault(call.id, set()).update(p.pointer for _, p in key_places(call.operation, blueprint))
            for origin in (one for origins in values.of.values() for one in origins.values()):
                if isinstance(origin, Answered):
                    pointers.setdefault(origin.call, set()).add(origin.pointer)
        for call_id, found in pointers.items():
            names: dict[str, str] = {}
            for pointer in sorted(found):
                name = "_".join(pointer.split("/")[1:]) or "body"
                while name in names.values():
                    name += "_"
                names[pointer] = name
            self._names[call_id] = names

    def of(self, call: Call) -> dict[str, str]:
        """Return the outputs of a call."""
        return {
            name: f"$response.body#{pointer}" if pointer else "$response.body"
            for pointer, name in self._names[call.id].items()
        }

    def keeps(self, origin: Answered) -> bool:
        """Whether a value is kept."""
        return origin.pointer in self._names.get(origin.call, {})

    def expression(self, origin: Answered) -> str:
        """Return the expression for a value in an earlier answer."""
        return f"$steps.{origin.call}.outputs.{self._names[origin.call][origin.pointer]}"


class Steps:
    """Makes the steps of one workflow."""

    def __init__(self, values: Values, inputs: Inputs, outputs: Outputs, problems: str) -> None:
        self.values = values
        self.calls = values.calls
        self.inputs = inputs
        self.outputs = outputs
        self.problems = problems
        self.blueprint = values.blueprint

    def step(self, call: Call) -> Schema:
        """Return the step object of a call."""
        made: Schema = {"stepId": call.id, "description": self._description(call)}
        made["operationId"] = operation_id(call.service, call.operation)
        made |= self._request(call)
        made["successCriteria"] = [{"condition": _succeeds(call)}]
        if self.values.is_last(call):
            made["onSuccess"] = self._on_success(call)
        if failing := self._on_failure(call):
            made["onFailure"] = failing
        if outputs := self.outputs.of(call):
            made["outputs"] = outputs
        return made | {"x-cxc-trace": self._trace(call)}

    def _description(self, call: Call) -> str:
        step = call.step
        parts = [plain_as_markdown(call.operation.label)]
        if self.values.is_first(call):
            parts = [plain_as_markdown(step.label), *([safe_markdown(step.doc)] if step.doc else [])]
        if self.values.is_copy(call):
            parts.append("The same step once more, with values from elsewhere.")
        return "\n\n".join(parts)

    def _trace(self, call: Call) -> Schema:
        trace: Schema = {"step": call.step.id, "operation": call.operation.id}
        if call.step.via:
            trace["channels"] = [ref.id for ref in call.step.via]
        made: dict[str, Any] = self.blueprint.derived(Traces).of(call.service, call.operation)
        if "capabilities" in made:
            trace["capabilities"] = [one["id"] for one in made["capabilities"]]
        return trace

    # ---- the request ------------------------------------------------------------------------------------------------

    def _request(self, call: Call) -> Schema:
        route = route_of(call.service, call.operation, self.blueprint)
        given = {name: self._expression(origin) for name, origin in self.values.of[call.id].items()}
        parameters = [
            {"name": parameter.name, "in": place, "value": given[parameter.name]}
            for place, travelling in (("path", route.in_path), ("query", route.in_query))
            for parameter in travelling
            if parameter.name in given
        ]
        if self.inputs.needs_token(call.operation):
            value = f"Bearer {{$inputs.{self.inputs.token}}}"
            parameters.append({"name": "Authorization", "in": "header", "value": value})
        made: Schema = {"parameters": parameters} if parameters else {}
        payload = {one.name: given[one.name] for one in route.in_body if one.name in given}
        if payload:
            made["requestBody"] = {"contentType": _JSON, "payload": payload}
        return made

    def _expression(self, origin: Any) -> str:
        return (
            self.outputs.expression(origin) if isinstance(origin, Answered) else f"$inputs.{self.inputs.name(origin)}"
        )

    # ---- where it goes on -------------------------------------------------------------------------------------------

    def _on_success(self, call: Call) -> list[Schema]:
        return [
            self._action(call, *one, self.inputs.chosen(one[1])) for one in _in_order(self.calls.after(call.step.id))
        ]

    def _on_failure(self, call: Call) -> list[Schema]:
        made: list[Schema] = []
        seen: set[str] = set()
        for choice in self.calls.failing(call.step.id):
            error = choice.error
            if error is None or error.id in seen or not self.calls.fails_with(call, error):
                continue
            seen.add(error.id)
            others = [problem_type(one.error, self.problems) for one in self.calls.failing(call.step.id) if one.error]
            criteria = [
                {"condition": f"$statusCode == {error.status}"},
                _equal("$response.body#/type", problem_type(error, self.problems), others),
            ]
            for one in _in_order(choice):
                name = error.name if len(choice.onward) == 1 else f"{error.name}-{self.inputs.chosen(one[1])}"
                name = _free(name, [action["name"] for action in made])
                made.append(self._action(call, *one, name, criteria))
        return made

    def _action(
        self, call: Call, choice: Choice, onward: Onward, name: str, criteria: list[Schema] | None = None
    ) -> Schema:
        """Return the action that goes on to a place; the usual one is the last, and needs no choice."""
        criteria = list(criteria or ())
        action: Schema = {"name": name, "type": "end"}
        if onward.target is not None:
            action |= {
                "type": "goto",
                "stepId": self.values.target(call, onward.target, failed=choice.error is not None).id,
            }
        paths = (choice.usual_path,) if onward is choice.usual else onward.paths
        if onward is not choice.usual:
            others = [self.inputs.chosen(one) for one in choice.onward]
            expression = f"$inputs.{self.inputs.choice(call.step, choice)}"
            criteria.append(_equal(expression, self.inputs.chosen(onward), others))
        if criteria:
            action["criteria"] = criteria
        if when := ["; ".join(one_line(way.when) for way in path if way.when) for path in paths]:
            action |= {"x-cxc-when": when} if any(when) else {}
        passed = dict.fromkeys(way.target.id for path in paths for way in path[:-1] if way.target is not None)
        return action | ({"x-cxc-trace": {"steps": list(passed)}} if passed else {})


def _in_order(choice: Choice) -> list[tuple[Choice, Onward]]:
    """Return the places to go on, the usual one last: the first action whose criteria hold is taken."""
    return [(choice, one) for one in (*(one for one in choice.onward if one is not choice.usual), choice.usual)]


def _succeeds(call: Call) -> str:
    result = call.operation.result
    if result is None:
        return "$statusCode == 204"
    return "$statusCode == 200 || $statusCode == 204" if isinstance(result, OptionalType) else "$statusCode == 200"


def _equal(expression: str, text: str, others: Sequence[str]) -> Schema:
    """Return the criterion that a value is a text; whether letters are capitals counts in a regular expression only."""
    if any(other != text and other.casefold() == text.casefold() for other in others):
        escaped = re.sub(r"([.+*?^$()\[\]{}|\\/])", r"\\\1", text)
        return {"context": expression, "condition": f"^{escaped}$", "type": "regex"}
    quoted = text.replace("'", "''")
    return {"condition": f"{expression} == '{quoted}'"}


def _free(name: str, taken: list[str]) -> str:
    number = 1
    found = name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found

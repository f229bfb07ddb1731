"""What a workflow must be given: who the customer is, what is asked on the way, and which way the customer takes.

Where a value is used is left to `steps`; what a type is in JSON Schema is said by the target `jsonschema`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from cxc.flow.known import is_required
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.routes import meant_type, name_words
from cxc.model.service import Operation
from cxc.targets.arazzo.calls import Call, Choice, Onward, Path
from cxc.targets.arazzo.values import Answered, Asked, Identity, Origin, Values
from cxc.targets.escaping import plain_as_markdown
from cxc.targets.jsonschema.dialects import EXTENDED
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses, member_name
from cxc.targets.jsonschema.values import MONEY_SCHEMA, Schema
from cxc.targets.openapi.names import MONEY, ComponentNames
from cxc.targets.openapi.trace import Traces, operation_identity

END = "end"
"""What chooses the end of the journey; no step has this name."""
_TOKEN = "token"
_INPUTS = "inputs"


class InputSchemas(TypeSchemas):
    """Makes schemas that refer to reusable inputs of their document."""

    def __init__(self, blueprint: Blueprint, names: ComponentNames) -> None:
        super().__init__(blueprint, EXTENDED)
        self.names = names
        self.declared: dict[str, tuple[str, Side]] = {}

    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return a reference to the input of a declaration, and note it in `uses`."""
        name = self.names.of(declaration.id, side)
        self.declared[name] = declaration.id, side
        return self._refer(name, uses)

    def money(self, uses: Uses) -> Schema:
        """Return a reference to the input of an amount with its currency."""
        return self._refer(MONEY, uses)

    @staticmethod
    def _refer(name: str, uses: Uses) -> Schema:
        uses[_INPUTS, name] = None
        return {"$ref": f"#/components/inputs/{name}"}

    def needed_by(self, uses: Uses) -> dict[str, Schema]:
        """Return the reusable inputs that something refers to, directly or by way of others."""
        found: dict[str, Schema] = {}
        waiting = [name for _, name in uses]
        while waiting:
            name = waiting.pop(0)
            if name in found:
                continue
            if name == MONEY:
                found[name] = MONEY_SCHEMA
                continue
            id, side = self.declared[name]
            own: Uses = {}
            found[name] = self.of_declaration(self.blueprint[id], side, own)
            waiting += [inner for _, inner in own]
        return dict(sorted(found.items(), key=lambda item: (self.names.rank(item[0]), item[0])))


class Inputs:
    """The inputs of one workflow."""

    def __init__(self, values: Values, schemas: InputSchemas) -> None:
        self.values = values
        self.schemas = schemas
        self.blueprint = values.blueprint
        self._taken: set[str] = set()
        self.token = self._free(_TOKEN) if any(self.needs_token(c.operation) for c in values.reached) else None
        self._of: dict[Origin, str] = {}
        self._choices: dict[tuple[str, str | None], tuple[str, Step, Choice]] = {}
        self._name_values()
        self._name_choices()

    # ---- names ------------------------------------------------------------------------------------------------------

    def name(self, origin: Origin) -> str:
        """Return the name of the input that gives a value."""
        return self._of[origin]

    def choice(self, step: Step, choice: Choice) -> str | None:
        """Return the name of the input that chooses where a customer goes on; None where there is one place only."""
        found = self._choices.get((step.id, choice.error.id if choice.error else None))
        return found[0] if found else None

    def needs_token(self, operation: Operation) -> bool:
        """Whether a request for an operation must say who asks."""
        traces = self.blueprint.derived(Traces)
        return operation_identity(operation, traces.channels(operation)) != "anonymous"

    def _origins(self) -> list[Identity | Asked]:
        found = [origin for call in self.values.reached for origin in self.values.of[call.id].values()]
        return [one for one in dict.fromkeys(found) if not isinstance(one, Answered)]

    def _name_values(self) -> None:
        origins = sorted(self._origins(), key=lambda one: isinstance(one, Asked))
        count = Counter(self.blueprint[one.parameter].name for one in origins if isinstance(one, Asked))
        for origin in origins:
            if isinstance(origin, Identity):
                field = self.blueprint[origin.field]
                holder = self.blueprint.holder(field)
                words = [*(name_words(holder.name) if holder else ()), *name_words(field.name)]
                self._of[origin] = self._free("_".join(words))
            else:
                name = self.blueprint[origin.parameter].name
                longer = f"{origin.call.replace('-', '_')}_{name}"
                self._of[origin] = self._free(name if count[name] == 1 and name not in self._taken else longer)

    def _name_choices(self) -> None:
        for step in {call.step.id: call.step for call in self.values.reached}.values():
            for choice in (self.values.calls.after(step.id), *self.values.calls.failing(step.id)):
                key = step.id, choice.error.id if choice.error else None
                if len(choice.onward) > 1 and key not in self._choices:
                    name = f"after_{step.name}" + (f"_{choice.error.name}" if choice.error else "")
                    self._choices[key] = self._free(name), step, choice

    def _free(self, name: str) -> str:
        number = 1
        found = name
        while found in self._taken:
            number += 1
            found = f"{name}_{number}"
        self._taken.add(found)
        return found

    def _call(self, origin: Asked) -> Call:
        return next(call for calls in self.values.calls.of_step.values() for call in calls if call.id == origin.call)

    # ---- schemas ----------------------------------------------------------------------------------------------------

    def schema(self, uses: Uses) -> Schema | None:
        """Return the JSON Schema of all inputs; None where a workflow needs none.

        What only those need who make a choice or meet a failure may be left out.
        """
        properties: dict[str, Schema] = {}
        if self.token is not None:
            text = "The token that says who the customer is, as the OpenAPI document asks for it."
            properties[self.token] = {"description": text, "type": "string", "writeOnly": True}
        for origin, name in self._of.items():
            properties[name] = self._value(origin, uses)
        for name, step, choice in self._choices.values():
            properties[name] = self._choice(step, choice)
        if not properties:
            return None
        needed = self._required()
        required = [name for name in properties if name in needed]
        return {"type": "object", **({"required": required} if required else {}), "properties": properties}

    def _required(self) -> set[str]:
        path = self.values.usual_path()
        found = {self.token} if any(self.needs_token(call.operation) for call in path) else set()
        for call in path:
            origins = self.values.of[call.id]
            needed = (origins.get(parameter.name) for parameter in call.operation.parameters if is_required(parameter))
            found |= {self._of[origin] for origin in needed if origin in self._of}
        return {name for name in found if name is not None}

    def _value(self, origin: Origin, uses: Uses) -> Schema:
        if isinstance(origin, Asked):
            parameter = self.blueprint[origin.parameter]
            schema = dict(self.schemas.of_value(parameter, Side.IN, uses, described=True))
            said = schema.pop("description", None)
            asked = f"Asked in `{self._call(origin).step.name}`, for `{self._call(origin).operation.name}`."
            if not self.values.is_asked(self._call(origin), parameter):
                asked = f"What the customer has brought to `{self._call(origin).step.name}`: it is not asked there."
            return {"description": f"{said} {asked}" if said else asked, **schema}
        field = self.blueprint[origin.field if isinstance(origin, Identity) else origin.fact]
        meant, meaning = meant_type(field.type, self.blueprint)
        text = f"Who the customer is: `{member_name(field.id)}`, which the channel knows."
        schema = {"description": text, **self.schemas.of_type(field.type, Side.IN, uses)}
        return schema | self.schemas.values_of(field, meant, meaning) | {"x-cxc-field": field.id}

    def _choice(self, step: Step, choice: Choice) -> Schema:
        where = f"after `{choice.error.name}` in" if choice.error else "after"
        lines = [f"- `{self.chosen(one)}`: {said(one, choice)}" for one in choice.onward]
        return {
            "description": f"Where the customer goes on {where} `{step.name}`:\n\n" + "\n".join(lines),
            "type": "string",
            "enum": [self.chosen(one) for one in choice.onward],
            "default": self.chosen(choice.usual),
        }

    def chosen(self, onward: Onward) -> str:
        """Return the value of an input that chooses a place to go on."""
        if onward.target is None:
            return END
        name: str = self.blueprint[onward.target].name
        return name


def said(onward: Onward, choice: Choice) -> str:
    """Return on what conditions customers go on to a place, and by which steps that call nothing."""
    return ", or: ".join(_path_said(path, is_usual=path == choice.usual_path) for path in onward.paths)


def _path_said(path: Path, *, is_usual: bool) -> str:
    parts = [plain_as_markdown(way.when) for way in path if way.when]
    if shares := [way.share.text for way in path if way.share is not None]:
        parts.append(" of ".join(reversed(shares)))
    steps = [f"`{way.target.name}`" for way in path[:-1] if way.target is not None]
    if steps:
        parts.append(f"by way of {', '.join(steps)}")
    if is_usual:
        parts.append("where nothing else is chosen")
    return "; ".join(parts) or "if so chosen"

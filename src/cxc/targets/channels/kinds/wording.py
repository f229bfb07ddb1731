"""The words that a channel says or writes, with places in braces that hold data, as in `Your code is {Order.code}`.

What such a text becomes in a message, a dialog or a script is left to the modules that make those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Entity, Event, Parameter, ValueType
from cxc.targets.channels.types import FormSchemas
from cxc.targets.channels.view import PresentationView, StepView
from cxc.targets.jsonschema.examples import Examples
from cxc.targets.jsonschema.types import Side

_PLACE = re.compile(r"\{([^\W\d]\w*(?:\.[^\W\d]\w*)?)\}")
_NEVER_MEANT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What a telephone or a browser obeys instead of showing it: controls, marks of direction; XML does not hold some."""


class Variable(NamedTuple):
    """A place for data: its name as written, the key by which data is given, its title, and the field it stands for."""

    written: str
    key: str
    title: str
    field: DataField | None


Words = tuple[str | Variable, ...]
"""A text in parts: what is said as it stands, and places for data."""


def plain(text: str) -> str:
    """Return a text without what is not meant to be read: controls, marks of direction."""
    return _NEVER_MEANT.sub("", text)


class Wording:
    """Reads the words of one presentation: it knows which fields a name in braces may stand for."""

    def __init__(self, presentation: PresentationView, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        shown = [field for each in presentation.shows if (field := _field(each.id, blueprint)) is not None]
        asked = [field for each in presentation.asks if (field := _field(each.id, blueprint)) is not None]
        self._by_name = {field.name: field for field in [*reversed(asked), *reversed(shown)]}

    def words(self, text: str) -> Words:
        """Return a text in its parts."""
        parts = _PLACE.split(plain(text))
        return tuple(self._variable(part) if index % 2 else part for index, part in enumerate(parts) if part)

    def _variable(self, written: str) -> Variable:
        if "." in written:
            found = self.blueprint.derived(_fields_by_name).get(written, [])
            field = found[0] if len(found) == 1 else None
        else:
            field = self._by_name.get(written)
        if field is None:
            return Variable(written, written, written.replace(".", " ").replace("_", " "), None)
        return Variable(written, key_of(field, self.blueprint), field.label, field)


def variables(texts: Iterable[Words]) -> tuple[Variable, ...]:
    """Return the variables in some texts, each once, in order."""
    return tuple({part.key: part for words in texts for part in words if isinstance(part, Variable)}.values())


def key_of(field: DataField, blueprint: Blueprint) -> str:
    """Return the key by which the value of a field is given: `RefillOrder.code`; of a parameter, its name."""
    holder = blueprint.holder(field)
    return field.name if isinstance(field, Parameter) or holder is None else f"{holder.name}.{field.name}"


def example(field: DataField, blueprint: Blueprint) -> Any:
    """Return an example of a field, or None where there is none."""
    found = blueprint.derived(_examples).of_fields((field,), Side.OUT)
    return found.get(field.name) if found else None


def _examples(blueprint: Blueprint) -> Examples:
    return Examples(FormSchemas(blueprint))


def in_words(value: Any) -> str:
    """Return a value as a text for people."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(in_words(inner) for inner in value.values())
    if isinstance(value, list):
        return ", ".join(in_words(inner) for inner in value)
    return str(value)


def presented(steps: Iterable[StepView]) -> Iterator[tuple[str, StepView, PresentationView]]:
    """Yield the presentations of steps, each with a key of its own."""
    for step in steps:
        for presentation in step.presentations:
            yield presentation.id or step.id, step, presentation


def _field(id: str, blueprint: Blueprint) -> DataField | None:
    found = blueprint.elements.get(id)
    return found if isinstance(found, DataField) else None


def _fields_by_name(blueprint: Blueprint) -> dict[str, list[DataField]]:
    """Return the fields of all that holds data by the names they have in texts: `RefillOrder.code`."""
    found: dict[str, list[DataField]] = defaultdict(list)
    for declaration in (*blueprint.declarations, *blueprint.external):
        if isinstance(declaration, (Entity, ValueType, Event)):
            for field in declaration.fields:
                found[f"{declaration.name}.{field.name}"].append(field)
    return found

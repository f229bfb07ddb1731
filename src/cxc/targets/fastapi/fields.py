"""Fields of models, events, errors and request bodies as attributes: type, constraints, default, example, docstring.

Annotations come from `types`, defaults from `defaults`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cxc.model.base import Named
from cxc.model.data import DataField, OptionalType
from cxc.model.routes import is_secret, meant_type
from cxc.targets.fastapi.code import Expression, Group, Pieces, call, docstring, laid, literal, or_none, subscript
from cxc.targets.fastapi.defaults import Default, default_of, python_value
from cxc.targets.fastapi.types import Place, Types
from cxc.targets.jsonschema.types import Side, member_name

_INDENT = 4


class Fields:
    """Makes the attributes of one build."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self.blueprint = types.blueprint
        self.schemas = types.schemas

    def attributes(
        self, fields: tuple[DataField, ...], side: Side, place: Place, kind: str = "model"
    ) -> Iterator[dict[str, str | None]]:
        """Yield each attribute with its docstring, as the body of a class has them."""
        names = self.types.names.fields(fields, kind)
        for field in self.schemas.travelling(fields, side):
            text = self.doc(field)
            yield {
                "code": self._attribute(field, names[field.name], side, place),
                "doc": docstring([text], _INDENT) if text else None,
            }

    def in_dataclass(self, fields: tuple[DataField, ...], place: Place) -> Iterator[dict[str, str | None]]:
        """Yield each attribute of a failure with its docstring."""
        names = self.types.names.fields(fields, "error")
        for field in self.schemas.travelling(fields, Side.OUT):
            name = names[field.name]
            found = self.types.of_field(field, Side.OUT, place)
            is_optional = isinstance(field.type, OptionalType)
            constraints = dict(found.constraints)
            if name != field.name:
                constraints["serialization_alias"] = literal(field.name)
            type_ = or_none(found.type) if is_optional else found.type
            if constraints:
                place.needs("Field")
                type_ = subscript(place.needs("Annotated"), type_, call("Field", **constraints))
            text = self.doc(field)
            yield {
                "code": laid(type_, _INDENT, f"{name}: ", " = None" if is_optional else ""),
                "doc": docstring([text], _INDENT) if text else None,
            }

    def _attribute(self, field: DataField, name: str, side: Side, place: Place) -> str:
        found = self.types.of_field(field, side, place)
        is_optional = isinstance(field.type, OptionalType)
        type_ = or_none(found.type) if is_optional else found.type
        arguments: dict[str, Expression | None] = {}
        default = self.default(field, place)
        constant: Expression | None = None
        if default is None and is_optional:
            constant = "None"
        elif default is not None and default.is_constant:
            constant = default.value
        elif default is not None:
            arguments["default_factory"] = _factory(default.value)
        if name != field.name:
            arguments |= dict.fromkeys(("validation_alias", "serialization_alias"), literal(field.name))
        arguments |= found.constraints
        arguments |= self.further(field)
        if arguments:
            place.needs("Field")
            # By its name: only then do type checkers know that the field may be left out.
            return laid(call("Field", default=constant, **arguments), _INDENT, _annotated(name, type_))
        if constant is not None:
            return laid(constant, _INDENT, _annotated(name, type_))
        return laid(type_, _INDENT, f"{name}: ")

    def default(self, field: DataField, place: Place) -> Default | None:
        """Return the default of a field or parameter."""
        if field.default is None:
            return None
        meant, _ = meant_type(field.type, self.blueprint)
        found = default_of(meant, field.default, self.types, place)
        if found is None or not is_secret(field, self.blueprint):
            return found
        secret = self.types.of_field(field, Side.IN, place).type
        return Default(Group("SecretStr" if secret == "SecretStr" else place.needs("Secret"), (found.value,)))

    def further(self, field: DataField) -> dict[str, Expression | None]:
        """Return what is said of a field besides its type: an example, and that it is deprecated."""
        found: dict[str, Expression | None] = {}
        if (example := self.example(field)) is not None:
            found["examples"] = Group("", (python_value(example),), "[]")
        if field.deprecated:
            found["deprecated"] = Pieces(field.deprecated)
        return found

    def example(self, field: DataField) -> Any | None:
        """Return the example of a field as JSON has it."""
        meant, meaning = meant_type(field.type, self.blueprint)
        example = field.example if field.example is not None or meaning is None else meaning.example
        return None if example is None else self.schemas.value(meant, example)

    def doc(self, field: DataField) -> str | None:
        """Return what is said of a field in words."""
        _, meaning = meant_type(field.type, self.blueprint)
        text = field.doc or (meaning.doc if meaning else None)
        same = f"The same as `{member_name(meaning.id)}`." if meaning else None
        return _joined(text, same)


def _factory(value: Expression) -> Expression:
    return Group("lambda: ", value.parts, value.brackets) if isinstance(value, Group) else f"lambda: {value}"


def _annotated(name: str, type_: Expression) -> str:
    return f"{laid(type_, _INDENT, f'{name}: ')} = "


def _joined(text: str | None, further: str | None) -> str | None:
    if not text or not further:
        return text or further
    return f"{text}\n\n{further}" if "\n" in text else f"{text} {further}"


def sentence(element: Named) -> str:
    """Return what an element is, as a sentence."""
    text = " ".join(element.label.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def described(element: Named) -> list[str | None]:
    """Return the paragraphs that a docstring begins with: what it is, what is said of it, why it is to go."""
    deprecated = f"Deprecated: {element.deprecated}" if element.deprecated else None
    return [sentence(element), element.doc, deprecated]


def bullets(head: str, lines: Sequence[str]) -> str | None:
    """Return a list with a head, or None where it is empty."""
    return "\n".join([head, "", *(f"- {line}" for line in lines)]) if lines else None

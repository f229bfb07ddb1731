"""The words for the customer-data spine: types, entities, enums, events, errors, their fields and the fields' types."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import Discriminator, Field, JsonValue
from pydantic.json_schema import SkipJsonSchema

from cxc.model.base import Alternative, Declaration, Facet, Member, Place, Ref, Shape
from cxc.source import Span

SPECIAL_CATEGORIES = ("health", "biometric", "ethnicity", "belief", "orientation")
"""The categories of personal data that need more care (GDPR, Article 9(1))."""

Category = Literal[
    "contact", "identity", "financial", "location", "behaviour",
    "health", "biometric", "ethnicity", "belief", "orientation",
]  # fmt: skip


class Builtin(NamedTuple):
    """A type of the language itself: what it holds, and which constraints it takes."""

    description: str
    constraints: tuple[str, ...] = ()


BUILTINS: dict[str, Builtin] = {
    "string": Builtin("A line of text.", ("length", "pattern")),
    "text": Builtin("Text of any length, several lines.", ("length",)),
    "int": Builtin("A whole number.", ("bounds",)),
    "decimal": Builtin(
        "A decimal number, exact: `decimal(12, 2)` has 12 digits, 2 of them behind the point.", ("digits", "bounds")
    ),
    "bool": Builtin("`true` or `false`."),
    "date": Builtin("A day, as in `2026-03-14`."),
    "datetime": Builtin("A moment with its offset from UTC, as in `2026-03-14T09:30:00Z`."),
    "time": Builtin("A time of day, as in `09:30:00`."),
    "duration": Builtin("A stretch of time."),
    "uuid": Builtin("A universally unique identifier."),
    "email": Builtin("An e-mail address."),
    "phone": Builtin("A telephone number in E.164 form, as in `+441632960001`."),
    "url": Builtin("A web address."),
    "money": Builtin("An amount with its currency."),
    "country": Builtin("A country by its ISO 3166-1 code, as in `GB`."),
    "currency": Builtin("A currency by its ISO 4217 code, as in `EUR`."),
    "language": Builtin("A language by its BCP 47 tag, as in `en-GB`."),
    "bytes": Builtin("Binary data."),
}

MAP = "map"
"""The word of a map type."""


class _Form(Alternative):
    """A type, in one of its forms."""

    facet: ClassVar[Facet] = Facet.CONTRACT
    told_by: ClassVar[tuple[str, str]] = ("form", "form")


class BuiltinType(_Form):
    """A type of the language itself, with its constraints."""

    form: Literal["builtin"] = "builtin"
    name: Annotated[str, Facet.CONTRACT] = Field(description="The name of the type.")
    minimum: float | None = Field(None, description="The smallest value, or for texts the smallest length.")
    maximum: float | None = Field(None, description="The largest value, or for texts the largest length.")
    pattern: Annotated[str | None, Facet.CONTRACT] = Field(
        None, description="The regular expression a text must match whole."
    )
    digits: int | None = Field(None, description="How many digits a decimal has.")
    decimals: int | None = Field(None, description="How many of them stand behind the point.")


class DeclaredType(_Form):
    """A declared type, entity or enum by its name."""

    form: Literal["declared"] = "declared"
    ref: Ref[ValueType | Entity | EnumType] = Field(description="The declaration.")


class FieldType(_Form):
    """`Entity.field`: that field's type, and its meaning."""

    form: Literal["field"] = "field"
    ref: Ref[DataField] = Field(description="The field.")


class ListType(_Form):
    """`[T]`."""

    form: Literal["list"] = "list"
    item: Type = Field(description="The type of each item.")


class MapType(_Form):
    """`map<T>`: values of one type by keys of text."""

    form: Literal["map"] = "map"
    item: Type = Field(description="The type of each value.")


class OptionalType(_Form):
    """`T?`: the value may be missing."""

    form: Literal["optional"] = "optional"
    item: Type = Field(description="The type of the value where it is there.")


class UnknownType(_Form):
    """A type that could not be resolved; the reason has been reported."""

    form: Literal["unknown"] = "unknown"


Type = Annotated[
    BuiltinType | DeclaredType | FieldType | ListType | MapType | OptionalType | UnknownType, Discriminator("form")
]


class DataField(Member):
    """A field of a type, entity, event or error, or a parameter of an operation."""

    shape: ClassVar[Shape] = Shape.FIELD
    kind: ClassVar[str] = "field"
    facet: ClassVar[Facet] = Facet.CONTRACT

    type: Annotated[Type, Place.TYPE] = Field(description="Its type.")
    default: Annotated[JsonValue, Place.DEFAULT] = Field(None, description="The value it has where none is given.")
    default_span: Annotated[Span | None, Place.DERIVED, SkipJsonSchema()] = Field(
        None, exclude=True, description="Where it stands."
    )
    key: Annotated[bool, Place.ANNOTATION] = Field(False, description="It identifies the entity.")
    personal: Annotated[tuple[Category, ...], Place.ANNOTATION] = Field(
        (), description="The category of personal data it holds."
    )
    secret: Annotated[bool, Place.ANNOTATION] = Field(False, description="It is never shown to anyone.")
    readonly: Annotated[bool, Place.ANNOTATION] = Field(False, description="Only the service that masters it sets it.")
    example: Annotated[JsonValue, Place.ANNOTATION, Facet.PROSE] = Field(None, description="A realistic value.")
    example_span: Annotated[Span | None, Place.DERIVED, SkipJsonSchema()] = Field(
        None, exclude=True, description="Where it stands."
    )
    since: Annotated[str | None, Place.ANNOTATION, Facet.CONTRACT] = Field(
        None, description="The version of the design in which it first appeared."
    )
    deprecated: Annotated[str | None, Place.ANNOTATION, Facet.CONTRACT] = Field(
        None, description="Why it should no longer be used, and what to use instead."
    )


class Parameter(DataField):
    """What an operation is asked with."""

    kind: ClassVar[str] = "parameter"


class ValueType(Declaration):
    """A value object: several fields that belong together and have no identity of their own."""

    word: ClassVar[str] = "type"
    kind: ClassVar[str] = "type"
    facet: ClassVar[Facet] = Facet.CONTRACT

    fields: tuple[DataField, ...] = Field((), description="Its fields.")


class Entity(Declaration):
    """A thing with identity, mastered by one service."""

    word: ClassVar[str] = "entity"
    kind: ClassVar[str] = "entity"
    facet: ClassVar[Facet] = Facet.CONTRACT

    fields: tuple[DataField, ...] = Field((), description="Its fields; one or more are marked `@key`.")

    @property
    def key(self) -> tuple[DataField, ...]:
        """The fields that identify it."""
        return tuple(field for field in self.fields if field.key)


class EnumValue(Member):
    """One of the choices of an enum."""

    kind: ClassVar[str] = "value"


class EnumType(Declaration):
    """A choice among named values."""

    word: ClassVar[str] = "enum"
    kind: ClassVar[str] = "enum"
    facet: ClassVar[Facet] = Facet.CONTRACT

    values: tuple[EnumValue, ...] = Field(min_length=1, description="The choices.")


class Event(Declaration):
    """A fact that happened and that others may react to."""

    word: ClassVar[str] = "event"
    kind: ClassVar[str] = "event"
    facet: ClassVar[Facet] = Facet.CONTRACT

    fields: tuple[DataField, ...] = Field((), description="What is known about it.")


class Error(Declaration):
    """A failure an operation may end with, and that a journey must deal with."""

    word: ClassVar[str] = "error"
    kind: ClassVar[str] = "error"
    facet: ClassVar[Facet] = Facet.CONTRACT

    status: Annotated[int, Field(ge=400, le=599)] = Field(
        422, description="The HTTP status it is reported with (RFC 9110)."
    )
    fields: tuple[DataField, ...] = Field((), description="What is known about it.")


def without_optional(type_: Any) -> Any:
    """Return the type inside `T?`, or the type itself."""
    return type_.item if isinstance(type_, OptionalType) else type_

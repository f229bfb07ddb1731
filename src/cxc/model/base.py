"""What every word of the language is made of: elements, references, and where in a statement a value stands.

The fields of an element class **are** the properties its word may have: the type says which values are allowed, the
description is what the reference page, the JSON Schema and the editor show. `cxc.bind` reads these classes and knows no
word itself.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import Annotated, Any, ClassVar, Generic, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticSerializationUnexpectedValue, core_schema

from cxc.source import Span


class Place(Enum):
    """Where in its statement a field's value stands; a field without a place is a property with the field's name."""

    NAME = auto()
    """Behind the word, as the name of what is declared."""
    VALUE = auto()
    """Behind the word: `owner TEAM`."""
    TITLE = auto()
    """The text behind a name: `phase during "TITLE"`."""
    ARROW = auto()
    """Behind `->`: `maturity 2 -> 4`."""
    ANNOTATION = auto()
    """Behind `@`: `id: uuid @key`."""
    TYPE = auto()
    """The type of a field, or the result of an operation."""
    DEFAULT = auto()
    """Behind `=` of a field."""
    DOC = auto()
    """Above the statement, behind `///`."""
    DERIVED = auto()
    """Nowhere: the compiler fills it in."""
    SCOPE = auto()
    """As a property; besides, what it refers to lends its members' names to the element that has it."""


class Shape(Enum):
    """Which of the four statement shapes an element has."""

    NODE = auto()
    FIELD = auto()
    OPERATION = auto()
    TRANSITION = auto()


class Naming(Enum):
    """Whether an element's name is known in its whole package, in the declaration around it, or it has none."""

    PACKAGE = auto()
    MEMBER = auto()
    NONE = auto()


class Facet(StrEnum):
    """For whom a change of a property matters; each property belongs to one facet.

    A property is `PROSE` if all it takes is text in quotes, else it has the `facet` of its class. A facet among the
    annotations of the property overrules both: where a text has a meaning for machines, or a value has none.
    """

    CONTRACT = "contract"
    """What others build against: identity, types, parameters, results, failures, routes, promises."""
    FLOW = "flow"
    """How it comes about: steps, transitions and lanes, and who and what stands behind them."""
    PROSE = "prose"
    """What only people read: titles, documentation, descriptions, examples."""


T = TypeVar("T")

NAME_PATTERN = "[A-Za-z_][A-Za-z0-9_]*"
"""A name as the grammar has it, for the patterns of ids."""


def id_pattern(*kinds: str) -> str:
    """Return the regular expression of the ids of some kinds of element; of any kind where none is given."""
    kind = kinds[0] if len(kinds) == 1 else f"({'|'.join(kinds)})" if kinds else "[a-z_]+"
    return rf"^{kind}:{NAME_PATTERN}(\.{NAME_PATTERN})*$"


class Ref(Generic[T]):
    """A resolved reference: the id of an element and the place where it is named; equal if the ids are."""

    __slots__ = ("id", "span")

    def __init__(self, id: str, span: Span | None = None) -> None:
        self.id = id
        self.span = span

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Ref({self.id!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Ref, (self.id, self.span)

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.id.rpartition(".")[2]

    @property
    def qualified_name(self) -> str:
        """The name with its package: what stands behind the kind in the id."""
        return self.id.partition(":")[2]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """In JSON a reference is an id, and one of a kind that may stand there."""
        target = next(iter(get_args(source)), None)
        kinds = [kind for cls in get_args(target) or (target,) if (kind := getattr(cls, "kind", ""))]
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(
                Ref, core_schema.str_schema(pattern=id_pattern(*kinds))
            ),
            python_schema=core_schema.is_instance_schema(Ref),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _id_of, return_schema=core_schema.str_schema()
            ),
        )


def _id_of(ref: Any) -> str:
    if type(ref) is not Ref:
        # In a union pydantic then tries the next alternative.
        raise PydanticSerializationUnexpectedValue("not a reference")
    return ref.id


class _AsText:
    """Makes a text a JSON object of its own, `{"text": …}`, so that it cannot be taken for an id."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(strict=True)
        as_object = core_schema.typed_dict_schema({"text": core_schema.typed_dict_field(text)}, extra_behavior="forbid")
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(lambda value: value["text"], as_object),
            python_schema=text,
            serialization=core_schema.plain_serializer_function_ser_schema(_text_object, return_schema=as_object),
        )


def _text_object(text: Any) -> dict[str, str]:
    if not isinstance(text, str):
        raise PydanticSerializationUnexpectedValue("not a text")
    return {"text": text}


FreeText = Annotated[str, _AsText()]
"""A text in a property that takes a reference as well: `FreeText | Ref[Process]`."""


class Element(BaseModel):
    """A statement of the language once it is understood.

    `word` is the word it begins with, `shape` its syntax, `naming` how far its name is known, `facet` where its
    properties belong.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    word: ClassVar[str] = ""
    shape: ClassVar[Shape] = Shape.NODE
    naming: ClassVar[Naming] = Naming.NONE
    levels: ClassVar[int | None] = None
    """How many of its kind may stand inside each other."""
    facet: ClassVar[Facet] = Facet.FLOW

    span: Annotated[Span, Place.DERIVED] = Field(description="Where the element stands.")


class Alternative(Element):
    """An element that stands in a union with others, told from them by one property.

    `told_by` is the name of that field, and its word in the language. Its value is written even where defaults are left
    out, since without it the element could not be read again.
    """

    told_by: ClassVar[tuple[str, str]]

    @model_serializer(mode="wrap")
    def _with_what_tells_it(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        name, word = self.told_by
        return {word: self.__dict__[name], **write(self)}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema of a class that what tells it is always there."""
        document = handler(schema)
        handler.resolve_ref_schema(document).setdefault("required", []).append(cls.told_by[1])
        return document


class Named(Element):
    """An element with a name, which others can refer to.

    `kind` is the part of the id before the colon.
    """

    kind: ClassVar[str] = ""

    id: Annotated[str, Place.DERIVED, Facet.CONTRACT] = Field(description="The stable id: kind, package, name.")
    name: Annotated[str, Place.NAME, Facet.CONTRACT] = Field(description="The name by which others refer to it.")
    title: Annotated[str | None, Place.TITLE] = Field(None, description="The name as people read it.")
    doc: Annotated[str | None, Place.DOC] = Field(None, description="The documentation above it, in Markdown.")
    since: Annotated[str | None, Facet.CONTRACT] = Field(
        None, description="The version of the design in which it first appeared."
    )
    deprecated: Annotated[str | None, Facet.CONTRACT] = Field(
        None, description="Why it should no longer be used, and what to use instead."
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Say in the JSON Schema of a class of which kind its ids are: that is what tells the classes apart."""
        document = super().__get_pydantic_json_schema__(schema, handler)
        handler.resolve_ref_schema(document)["properties"]["id"]["pattern"] = id_pattern(cls.kind)
        return document

    @property
    def label(self) -> str:
        """What to call it before people: its title, or its name in words."""
        return self.title or words(self.name)

    @property
    def package(self) -> str:
        """The package of a declaration; of a member, its declaration with its package."""
        return self.id.partition(":")[2].rpartition(".")[0]


class Declaration(Named):
    """A named element known in its whole package, and by import in others."""

    naming: ClassVar[Naming] = Naming.PACKAGE


class Member(Named):
    """A named element known inside the declaration that holds it, and outside as `Declaration.member`."""

    naming: ClassVar[Naming] = Naming.MEMBER


def words(name: str) -> str:
    """Return a `PascalCase` or `snake_case` name as words: `RefillPrescription` → `Refill prescription`."""
    spaced = "".join(
        f" {char.lower()}"
        if char.isupper() and index and not name[index - 1].isupper() and name[index - 1] != "_"
        else char
        for index, char in enumerate(name)
    )
    text = spaced.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def plural(word: str) -> str:
    """Return a word for several: `capability` → `capabilities`, `journey` → `journeys`."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch")) else f"{word}s"

"""What every word of the language is made of: elements, references, and where in a statement a value stands.

The fields of an element class **are** the properties its word may have: the type says which values are allowed, the
description is what the reference page, the JSON Schema and the editor show. `cxc.bind` reads these classes and knows no
word itself.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Annotated, Any, ClassVar, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

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


T = TypeVar("T")


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
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(Ref, core_schema.str_schema()),
            python_schema=core_schema.is_instance_schema(Ref),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda ref: ref.id, return_schema=core_schema.str_schema()
            ),
            metadata={"targets": get_args(source)},
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "description": "The id of an element.", "pattern": "^[a-z_]+:.+$"}


class Element(BaseModel):
    """A statement of the language once it is understood.

    `word` is the word it begins with, `shape` its syntax, `naming` how far its name is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    word: ClassVar[str] = ""
    shape: ClassVar[Shape] = Shape.NODE
    naming: ClassVar[Naming] = Naming.NONE

    span: Annotated[Span, Place.DERIVED] = Field(description="Where the element stands.")


class Named(Element):
    """An element with a name, which others can refer to.

    `kind` is the part of the id before the colon.
    """

    kind: ClassVar[str] = ""

    id: Annotated[str, Place.DERIVED] = Field(description="The stable id: kind, package, name.")
    name: Annotated[str, Place.NAME] = Field(description="The name by which others refer to it.")
    title: Annotated[str | None, Place.TITLE] = Field(None, description="The name as people read it.")
    doc: Annotated[str | None, Place.DOC] = Field(None, description="The documentation above it, in Markdown.")
    since: str | None = Field(None, description="The version of the design in which it first appeared.")
    deprecated: str | None = Field(None, description="Why it should no longer be used, and what to use instead.")

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

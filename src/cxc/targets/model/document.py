"""What a published design holds, as the class that its JSON Schema and its reader come from.

Writing it is left to `cxc.targets.model.writing`, reading it to `cxc.targets.model.reading`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args

from pydantic import ConfigDict, Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from cxc.model.base import Declaration
from cxc.model.file import File
from cxc.targets.model.analyses import JourneyAnalysis
from cxc.targets.model.parts import Id, JourneyId, Part, Sha256
from cxc.targets.schema import published_schema

FILE_NAME = "blueprint.json"

SchemaId = Literal["urn:cxc:schema:blueprint:1"]
"""The schema of the documents, with the version of their format: what older compilers cannot read gets the next one.

Readers do not look at the analyses, so that these may say more without a new version.
"""

SCHEMA_ID: str = get_args(SchemaId)[0]


def _kind_in_id(written: Any) -> str | None:
    """Return the kind that an id begins with: it tells the declarations apart."""
    id = written.get("id") if isinstance(written, dict) else getattr(written, "id", None)
    return id.partition(":")[0] if isinstance(id, str) else None


if TYPE_CHECKING:
    AnyDeclaration = Declaration
else:
    # The declarations that a file may hold, each told by its kind: a new word of the language is none for this module.
    _classes = get_args(get_args(File.model_fields["declarations"].annotation)[0])
    AnyDeclaration = TypeAliasType(
        "Declaration",
        Annotated[
            Union[tuple(Annotated[cls, Tag(cls.kind)] for cls in _classes)],  # noqa: UP007
            Discriminator(_kind_in_id),
        ],
    )


class WorkspaceIdentity(Part):
    """What the workspace says of itself in `cxc.toml`."""

    name: str = Field(description="Its name.")
    title: str = Field(description="Its name as people read it.")
    version: str = Field(description="The version of the design.")
    language: str = Field(description="The edition of the language it is written in.")


class Package(Part):
    """A package of the workspace."""

    name: str = Field(description="Its dotted name; empty where files name no package.")
    doc: str | None = Field(None, description="The documentation above its `package` statement, in Markdown.")


class FacetHashes(Part):
    """A SHA-256 for each facet an element has something of; it changes exactly when that facet does.

    It is taken over canonical JSON (keys sorted, no blanks, UTF-8) of the element's properties in that facet, and the
    hashes of the named elements inside it. Where things stand in their files is left out.
    """

    contract: Sha256 | None = Field(
        None, description="What others build against: identity, types, parameters, results, failures, routes, promises."
    )
    flow: Sha256 | None = Field(
        None,
        description="How it comes about: steps, transitions and lanes, and who and what stands behind them.",
    )
    prose: Sha256 | None = Field(
        None, description="What only people read: titles, documentation, descriptions, examples."
    )


class Document(Part):
    """A design as `cxc` publishes it: all declarations, resolved, and how they hang together.

    The kind of every element stands before the colon of its id. Properties that have their default are left out. Text
    in a property that may name an element as well is an object with the property `text`; ids are plain strings.
    """

    model_config = ConfigDict(title="Published design")

    schema_id: SchemaId = Field(
        alias="$schema", description="The schema that describes the document, with the version of its format."
    )
    comment: str = Field(alias="$comment", description="That the document is generated, and from what.")
    workspace: WorkspaceIdentity = Field(description="Whose design it is.")
    packages: tuple[Package, ...] = Field(description="The packages of the workspace, in order of their names.")
    declarations: tuple[AnyDeclaration, ...] = Field(
        description="The declarations of the workspace, in the order of packages, files and text."
    )
    external: tuple[AnyDeclaration, ...] = Field(
        description="The declarations of other workspaces that the design stands on."
    )
    parent_map: dict[Id, tuple[Id, ...]] = Field(
        description="For each element of the workspace: whom it names, in the order of the text."
    )
    child_map: dict[Id, tuple[Id, ...]] = Field(
        description="For each element of the workspace, and each external one that is named: who names it."
    )
    holders: dict[Id, Id] = Field(description="For each element that stands inside another: which one that is.")
    facets: dict[Id, FacetHashes] = Field(description="For each element of the workspace: the hashes of its facets.")
    analyses: dict[JourneyId, JourneyAnalysis] = Field(
        {},
        description="For each journey of the workspace: what follows from the ways through it. It all follows from the "
        "rest of the document, so that whoever builds on the design works it out again.",
    )


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of a published design."""
    return published_schema(Document, SCHEMA_ID)

"""The words a file begins with, and the declarations it may hold."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from cxc.model.base import Element, Place
from cxc.model.capability import Capability, Process, System
from cxc.model.channel import Channel, Experience
from cxc.model.data import Entity, EnumType, Error, Event, ValueType
from cxc.model.journey import Journey
from cxc.model.measure import Metric, Principle
from cxc.model.organisation import LifeEvent, Partner, Persona, Purpose, Team, Tier
from cxc.model.service import Service
from cxc.model.values import DeclaredName, PackageName


class PackageStatement(Element):
    """The package the file belongs to; the files of one package see each other's names."""

    word: ClassVar[str] = "package"

    name: Annotated[PackageName, Place.VALUE] = Field(description="The package, such as `northwind.pharmacy`.")


class ImportPackage(Element):
    """Makes the names of another package known as `last_part.Name`."""

    word: ClassVar[str] = "import"

    packages: Annotated[tuple[PackageName, ...], Place.VALUE] = Field(description="The packages.")


class ImportNames(Element):
    """Makes single names of another package known as they are."""

    word: ClassVar[str] = "from"

    package: Annotated[PackageName, Place.VALUE] = Field(description="The package.")
    names: tuple[DeclaredName, ...] = Field(alias="import", min_length=1, description="The names.")


class File(Element):
    """What a file may hold."""

    package: PackageStatement | None = Field(None, description="The package of the file; it comes first.")
    imports: tuple[ImportPackage | ImportNames, ...] = Field((), description="The names of other packages it uses.")
    declarations: tuple[
        Team | Partner | Persona | LifeEvent | Tier | Purpose | Metric | System | Process | Capability | ValueType
        | Entity | EnumType | Event | Error | Service | Channel | Journey | Experience | Principle,
        ...,
    ] = Field((), description="The design.")  # fmt: skip

"""A request to an operation, in values of JSON, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cxc.mock.store import Record
from cxc.model.data import Entity, Error, Parameter
from cxc.model.service import Operation, Service


@dataclass(slots=True)
class Asked:
    """An operation, its arguments by the names of the design, and who asks."""

    service: Service
    operation: Operation
    arguments: Mapping[str, Any]
    customer: str = ""
    records: dict[str, Record] = field(default_factory=dict)
    """The things that the request names, by the ids of their entities."""
    parameters: dict[str, Parameter] = field(default_factory=dict)
    """For each of these the parameter that names it."""

    @property
    def given(self) -> list[tuple[Parameter, Any]]:
        """The parameters that have a value, with it."""
        arguments = self.arguments
        return [(one, arguments[one.name]) for one in self.operation.parameters if arguments.get(one.name) is not None]


class Failed(Exception):
    """The operation ends with a failure that the design declares; its fields are given where they are known."""

    def __init__(self, error: Error, detail: str, why: str) -> None:
        super().__init__(detail)
        self.error = error
        self.detail = detail
        self.why = why
        """What provoked it, for the log."""


class NotThere(Exception):
    """What is asked for is not there, and the design declares no failure for that."""

    def __init__(self, entity: Entity, detail: str) -> None:
        super().__init__(detail)
        self.entity = entity
        self.detail = detail


class NotRead(Exception):
    """The request cannot be understood; the name of the parameter, and why."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


_BLANKS = re.compile(r"\s+")


def one_line(value: Any) -> str:
    """Return a value on one short line, for a sentence."""
    text = _BLANKS.sub(" ", str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"

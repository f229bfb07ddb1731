"""Operations of the platform as a channel needs them: where they are asked, with what, and what the answer is made of.

The route of an operation is said in `cxc.model.routes`, its type in `types`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, FieldType, OptionalType, Parameter
from cxc.model.routes import HttpRoute, meant_type, operation_id, route_of
from cxc.model.service import Operation, Service
from cxc.model.structure import core
from cxc.targets.channels.types import FormSchemas
from cxc.targets.channels.view import FieldReference, OperationCall, OperationView, ParameterView, Reference


class Operations:
    """Makes the views of operations for one document, each once."""

    def __init__(self, blueprint: Blueprint, types: FormSchemas) -> None:
        self.blueprint = blueprint
        self.types = types
        self._views: dict[str, OperationView] = {}

    @property
    def views(self) -> tuple[OperationView, ...]:
        """All operations that were called, in the order of their first calls."""
        return tuple(self._views.values())

    def call(self, operation: Operation) -> OperationCall:
        """Return a call of an operation, and remember that it is called."""
        view = self._views.get(operation.id)
        if view is None:
            view = self._views[operation.id] = self._view(operation)
        return OperationCall(id=view.id, title=view.title, method=view.method, path=view.path)

    def _view(self, operation: Operation) -> OperationView:
        blueprint = self.blueprint
        service: Service = blueprint.holder(operation)  # type: ignore[assignment]
        route = route_of(service, operation, blueprint)
        return OperationView(
            id=operation.id,
            title=operation.label,
            operation_id=operation_id(service, operation),
            kind="query" if operation.word == "query" else "command",
            service=reference(service),
            method=route.method,
            path=route.path,
            parameters=tuple(self._parameter(parameter, route) for parameter in operation.parameters),
            returns=tuple(references(_declarations(operation.result, blueprint), blueprint)),
            fails=tuple(references(operation.fails, blueprint)),
            identity=operation.identity,
            idempotent=operation.idempotent,
            paged=operation.paged,
            latency=operation.latency.iso if operation.latency is not None else None,
            availability=operation.availability,
            capabilities=tuple(references(service.realizes, blueprint)),
        )

    def _parameter(self, parameter: Parameter, route: HttpRoute) -> ParameterView:
        meaning = self.meaning(parameter)
        return ParameterView(
            id=parameter.id,
            title=self.title(parameter),
            name=parameter.name,
            location=_location(parameter, route),
            required=is_required(parameter),
            type=self.types.in_form(parameter),
            meaning=field_reference(meaning, self.blueprint) if meaning else None,
            personal=self.personal(parameter),
        )

    # ---- fields and parameters --------------------------------------------------------------------------------------

    def meaning(self, field: DataField) -> DataField | None:
        """Return the field whose value a field or parameter holds, where its type is `Entity.field`."""
        return meant_type(field.type, self.blueprint)[1]

    def title(self, field: DataField) -> str:
        """Return what to call a field or parameter before people."""
        meaning = self.meaning(field)
        return field.title or (
            meaning.title if meaning and meaning.title and meaning.name == field.name else field.label
        )

    def personal(self, field: DataField) -> tuple[str, ...]:
        """Return the categories of personal data a field or parameter holds, by itself or by its meaning."""
        meaning = self.meaning(field)
        return field.personal or (meaning.personal if meaning else ())


def is_required(parameter: Parameter) -> bool:
    """Whether a parameter must be given."""
    return not isinstance(parameter.type, OptionalType) and parameter.default is None


def _location(parameter: Parameter, route: HttpRoute) -> Literal["path", "query", "body"]:
    return "path" if parameter in route.in_path else "query" if parameter in route.in_query else "body"


def _declarations(result: Any, blueprint: Blueprint) -> Iterator[Ref[Any]]:
    """Yield what a result is made of: a declared type, or the field whose value it is."""
    inner = core(result)
    if isinstance(inner, (DeclaredType, FieldType)):
        yield inner.ref


def result_fields(operation: Operation, blueprint: Blueprint) -> tuple[DataField, ...]:
    """Return the fields of what an operation answers with; of `Entity.field` that one field."""
    inner = core(operation.result)
    if not isinstance(inner, (DeclaredType, FieldType)):
        return ()
    found = blueprint.get(inner.ref)
    return (found,) if isinstance(found, DataField) else tuple(getattr(found, "fields", ()))


# ---- references -----------------------------------------------------------------------------------------------------


def reference(element: Named) -> Reference:
    """Return an element by its id and title."""
    return Reference(id=element.id, title=element.label)


def references(refs: Iterable[Ref[Any]], blueprint: Blueprint) -> Iterator[Reference]:
    """Yield the elements of references, without those that could not be resolved."""
    for ref in refs:
        element = blueprint.get(ref)
        if element is not None:
            yield reference(element)


def field_reference(field: DataField, blueprint: Blueprint) -> FieldReference:
    """Return a field by its id, its title, and the name it has in the design."""
    holder = blueprint.holder(field)
    name = f"{holder.name}.{field.name}" if holder is not None else field.name
    return FieldReference(id=field.id, title=field.label, name=name)


def field_references(refs: Iterable[Ref[DataField]], blueprint: Blueprint) -> Iterator[FieldReference]:
    """Yield the fields of references, without those that could not be resolved."""
    for ref in refs:
        field = blueprint.get(ref)
        if field is not None:
            yield field_reference(field, blueprint)

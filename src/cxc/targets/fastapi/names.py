"""What everything is called in the generated package: the package itself, classes, modules, methods and parameters.

What a name may be in Python is left to `identifiers`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TypeVar

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Error, Event
from cxc.model.service import Operation, Service
from cxc.targets.fastapi.identifiers import BUILTINS, constants, distinct, identifier, module_name
from cxc.targets.fastapi.options import FastApiOptions, is_taken
from cxc.targets.jsonschema.types import Side
from cxc.targets.openapi.names import ComponentNames, Structured

_IMPORTED = frozenset(
    "Annotated Any Decimal Field Secret SecretStr StrEnum UUID dt errors events models values".split()
)
_CLASSES_TAKEN = _IMPORTED | BUILTINS
_ERRORS_TAKEN = _CLASSES_TAKEN | frozenset("ClassVar DomainError TypeAdapter cache dataclass".split())
_EVENTS_TAKEN = _CLASSES_TAKEN | frozenset(
    "BaseModel ClassVar CloudEvent ConfigDict Event EventPublisher Generic InMemoryPublisher Literal Protocol".split()
)
_MODEL_TAKEN = _CLASSES_TAKEN | frozenset(
    """construct copy dict from_orm json model_computed_fields model_config model_construct model_copy model_dump
    model_dump_json model_extra model_fields model_fields_set model_json_schema model_parametrized_name
    model_post_init model_rebuild model_validate model_validate_json model_validate_strings parse_file parse_obj
    parse_raw schema schema_json update_forward_refs validate""".split()
)
_EVENT_TAKEN = _MODEL_TAKEN | frozenset("event_type event_subject".split())
_ERROR_TAKEN = _CLASSES_TAKEN | frozenset("add_note args detail problem status title type with_traceback".split())
_METHODS_TAKEN = _IMPORTED | BUILTINS | frozenset("Context Page abc handlers service source unimplemented".split())
_PARAMETERS_TAKEN = frozenset(("self", "context"))


D = TypeVar("D", Error, Event)


class Names:
    """The names of one build."""

    def __init__(self, blueprint: Blueprint, options: FastApiOptions) -> None:
        self.blueprint = blueprint
        self.package = options.package or _package(blueprint.name)
        self.components = ComponentNames(blueprint)
        self._methods: dict[str, dict[str, str]] = {}

    # ---- classes ----------------------------------------------------------------------------------------------------

    @cached_property
    def _classes(self) -> dict[str, str]:
        """The class of each component schema."""
        declared = [d for d in (*self.blueprint.external, *self.blueprint.declarations) if isinstance(d, Structured)]
        names = [self.components.of(one.id, side) for one in declared for side in Side if not isinstance(one, Error)]
        return distinct(dict.fromkeys(names), _CLASSES_TAKEN, "Model")

    def model(self, id: str, side: Side = Side.OUT) -> str:
        """Return the class of a type, entity or enum as it travels to a side."""
        return self._classes[self.components.of(id, side)]

    @cached_property
    def _errors(self) -> dict[str, str]:
        names = {error.id: self.components.of(error.id) for error in self._every(Error)}
        made = distinct(names.values(), _ERRORS_TAKEN, "Error")
        return {id: made[name] for id, name in names.items()}

    def error(self, id: str) -> str:
        """Return the exception of an error."""
        return self._errors[id]

    @cached_property
    def _events(self) -> dict[str, str]:
        events = self._every(Event)
        count = Counter(event.name for event in events)
        names = {
            event.id: event.name if count[event.name] == 1 else event.id.partition(":")[2].replace(".", "_")
            for event in events
        }
        made = distinct(names.values(), _EVENTS_TAKEN, "Event")
        return {id: made[name] for id, name in names.items()}

    def event(self, id: str) -> str:
        """Return the class of an event."""
        return self._events[id]

    def _every(self, cls: type[D]) -> list[D]:
        return [one for one in (*self.blueprint.external, *self.blueprint.declarations) if isinstance(one, cls)]

    # ---- members ----------------------------------------------------------------------------------------------------

    def fields(self, fields: tuple[DataField, ...], kind: str = "model") -> dict[str, str]:
        """Return the attribute of each field; `kind` is what has them: a model, an event or an error."""
        taken = {"error": _ERROR_TAKEN, "event": _EVENT_TAKEN}.get(kind) or self._taken_in_models
        return distinct((field.name for field in fields), taken, "field")

    @cached_property
    def _taken_in_models(self) -> frozenset[str]:
        return _MODEL_TAKEN | frozenset(self._classes.values())

    def choices(self, id: str) -> dict[str, str]:
        """Return the constant of each choice of an enum."""
        return constants(value.name for value in self.blueprint[id].values)

    # ---- services ---------------------------------------------------------------------------------------------------

    @cached_property
    def _modules(self) -> dict[str, str]:
        used: set[str] = {"abc", "base", "main"}
        found = {}
        for service in self.blueprint.every(Service):
            found[service.id] = module_name(service.name, used)
            used.add(found[service.id])
        return found

    def module(self, service: Service) -> str:
        """Return the module of a service, which is also how it is called among all."""
        return self._modules[service.id]

    def port(self, service: Service) -> str:
        """Return the abstract class of a service."""
        return f"{identifier(service.name, (), 'Service')}Port"

    def handlers(self, service: Service) -> str:
        """Return the class of a service's handlers."""
        return f"{identifier(service.name, (), 'Service')}Handlers"

    def method(self, service: Service, operation: Operation) -> str:
        """Return the method of an operation."""
        if service.id not in self._methods:
            names = (one.name for one in service.operations)
            self._methods[service.id] = distinct(names, _METHODS_TAKEN, "operation")
        return self._methods[service.id][operation.name]

    def parameters(self, operation: Operation) -> dict[str, str]:
        """Return how a method calls each parameter."""
        return distinct((one.name for one in operation.parameters), _PARAMETERS_TAKEN, "parameter")


def _package(name: str) -> str:
    text = re.sub("[^A-Za-z0-9]+", "_", name).strip("_").lower()
    text = f"platform_{text}".rstrip("_") if not text or text[0].isdigit() else text
    return f"{text}_platform" if is_taken(text) else text

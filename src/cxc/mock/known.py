"""What a request says about a field: directly, by the things it names, and by those they refer to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cxc.mock.asked import Asked
from cxc.mock.data import Data
from cxc.mock.store import Record
from cxc.model.data import BuiltinType, DataField, DeclaredType, Entity, ListType, MapType, Parameter
from cxc.model.routes import meant_type


class Known:
    """Answers what is known of fields in one request."""

    def __init__(self, data: Data, asked: Asked, result: tuple[Entity, Record] | None = None) -> None:
        self.data = data
        self.relations = data.relations
        self.asked = asked
        self.result = result

    def __call__(self, field: DataField) -> Any:
        """Return the value of a field, or None where nothing is known."""
        meanings = [one.id for one in self.relations.meanings(field.type)]
        said = self._said(field, meanings)
        if said is not None:
            return said
        if meanings:
            return self._of_things(meanings)
        if self.result is None:
            return None
        entity, record = self.result
        same = next((one for one in entity.fields if one.name == field.name), None)
        return record.get(field.name) if same and self._fits(same, field) else None

    def _said(self, field: DataField, meanings: list[str]) -> Any:
        """Return the value of the parameter that means the same: that of the same name first."""
        others = []
        for parameter, value in self.asked.given:
            theirs = [one.id for one in self.relations.meanings(parameter.type)]
            if field.id in theirs:
                return value
            if not self._fits(parameter, field):
                continue
            if parameter.name == field.name:
                return value
            if meanings and theirs and meanings[-1] == theirs[-1]:
                others.append(value)
        return others[0] if others else None

    def _fits(self, one: DataField, other: DataField) -> bool:
        return self.relations.same_type(one.type, other.type)

    def _of_things(self, meanings: list[str]) -> Any:
        records = dict(self.asked.records)
        if self.result is not None:
            records = {self.result[0].id: self.result[1], **records}
        reached = [*self.data.reached(records)]
        customer = self.relations.customer()
        if customer and (own := self.data.get(customer, self.asked.customer)):
            reached.append((customer, own))
        for entity, record in reached:
            for one in entity.fields:
                if one.id in meanings and record.get(one.name) is not None:
                    return record[one.name]
        return None


class Happened(Known):
    """Knows besides that a moment in an event is the present one."""

    def __call__(self, field: DataField) -> Any:
        """Return the value of a field, or None where nothing is known."""
        found = super().__call__(field)
        if found is not None:
            return found
        meant, _ = meant_type(field.type, self.relations.blueprint)
        if isinstance(meant, BuiltinType) and meant.name == "datetime":
            return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return None


def sets(data: Data, entity: Entity, asked: Asked) -> dict[str, Any]:
    """Return which fields of an entity the parameters of a request set, and to what; never its key."""
    found: dict[str, Any] = {}
    for parameter, value in asked.given:
        field = set_by(data, entity, parameter, taken=set(found))
        if field is not None:
            found[field.name] = value
        else:
            found |= parts(data, tuple(one for one in entity.fields if not one.key), parameter, value)
    return found


def parts(data: Data, fields: tuple[DataField, ...], parameter: Parameter, value: Any) -> dict[str, Any]:
    """Return which fields the parts of a structured parameter set: those of the same name and type."""
    meant, _ = meant_type(parameter.type, data.relations.blueprint)
    declared = data.relations.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
    if not isinstance(value, dict):
        return {}
    inside = {one.name: one for one in getattr(declared, "fields", ())}
    return {
        field.name: value[field.name]
        for field in fields
        if field.name in inside
        and value.get(field.name) is not None
        and data.relations.same_type(field.type, inside[field.name].type)
    }


def set_by(data: Data, entity: Entity, parameter: Parameter, taken: set[str]) -> DataField | None:
    """Return the field of an entity that a parameter sets, or None."""
    relations = data.relations
    meanings = [one.id for one in relations.meanings(parameter.type)]
    free = [field for field in entity.fields if not field.key and field.name not in taken]
    for field in free:
        if field.id in meanings:
            return field
    target = relations.referred(parameter.type)
    if target is not None and target.id != entity.id:
        links = [link.field for link in relations.links(entity) if link.target.id == target.id and link.field in free]
        links.sort(key=lambda field: field.name != parameter.name)
        return links[0] if links and not data.relations.is_list(links[0].type) else None
    if target is not None:
        return None
    fitting = [field for field in free if relations.same_type(field.type, parameter.type)]
    for field in fitting:
        if field.name == parameter.name:
            return field
    # A parameter of a declared type of its own has one place where it belongs.
    meant, _ = meant_type(parameter.type, relations.blueprint)
    is_own = not meanings and not isinstance(meant, (BuiltinType, ListType, MapType))
    return fitting[0] if is_own and len(fitting) == 1 else None

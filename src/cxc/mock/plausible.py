"""Realistic values that keep the constraints of their types, as JSON has them: for the same numbers drawn, the same.

An example of the design goes before what is made up here. Which things there are is left to `data`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from cxc.mock.patterns import matching
from cxc.mock.relations import Relations
from cxc.model.blueprint import Blueprint
from cxc.model.data import (
    BuiltinType,
    DataField,
    DeclaredType,
    Entity,
    EnumType,
    ListType,
    MapType,
    OptionalType,
    Type,
)
from cxc.model.literals import refusal
from cxc.model.routes import meant_type, name_words
from cxc.targets.jsonschema.samples import sample
from cxc.targets.jsonschema.values import as_written

_BEGIN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
"""The moment around which days and times lie."""
_DEEPEST = 3
_GIVEN = "Mair Owen Aisha Tomos Leila Ewan Priya Callum Nia Jonas Rosa Idris".split()
_FAMILY = "Pritchard Hughes Rahman Bevan Okafor Lindqvist Novak Morgan Silva Keller".split()
_TOWNS = "Swansea Cardiff Bangor Leeds Bath Truro Perth Ripon Durham Lincoln".split()
_STREETS = ("Harbour Lane", "Mill Road", "Station Street", "Church Row", "Castle Hill", "Queen Street")
_COUNTRIES = "GB IE DE FR NL SE".split()
_CURRENCIES = "GBP EUR".split()
_LANGUAGES = "en-GB cy-GB de-DE fr-FR".split()
_SENTENCES = (
    "All is well.", "Please ring the bell twice.", "This can wait until Monday.", "Somebody will call back.",
    "The second one was missing.", "Thank you for the quick help.",
)  # fmt: skip

Known = Callable[[DataField], Any]
"""Says what is known of a field already, or None."""


def nothing_known(_: DataField) -> Any:
    """Return None: nothing is known."""
    return None


class Plausible:
    """Makes up values for one design."""

    def __init__(self, relations: Relations, existing: Callable[[Entity, Random], Any | None]) -> None:
        self.relations = relations
        self.blueprint: Blueprint = relations.blueprint
        self._existing = existing

    def field(
        self, field: DataField, random: Random, *, example: bool = True, known: Known = nothing_known, depth: int = 0
    ) -> Any:
        """Return a value for a field: its example where there is one and it is wanted, else one made up."""
        meant, meaning = meant_type(field.type, self.blueprint)
        for one in filter(None, (field, meaning)) if example else ():
            if one.example is not None and (written := self._written(meant, one.example)) is not None:
                return written
        return self.value(meant, field.name, random, example=example, known=known, depth=depth)

    def default(self, field: DataField) -> Any | None:
        """Return the default of a field as JSON has it, or None."""
        if field.default is None:
            return None
        return self._written(meant_type(field.type, self.blueprint)[0], field.default)

    def _written(self, type_: Type, value: Any) -> Any:
        if isinstance(type_, BuiltinType):
            written = as_written(type_, value)
            return written.lower() if type_.name == "uuid" else written
        if isinstance(type_, ListType) and isinstance(value, list):
            item, _ = meant_type(type_.item, self.blueprint)
            return [self._written(item, one) for one in value]
        is_enum = isinstance(type_, DeclaredType) and isinstance(self.blueprint.get(type_.ref), EnumType)
        return value if is_enum else None

    def value(
        self,
        type_: Type,
        name: str,
        random: Random,
        *,
        example: bool = True,
        known: Known = nothing_known,
        depth: int = 0,
    ) -> Any:
        """Return a value for a type; `name` is that of the field, which says what kind of text would be realistic."""
        meant, meaning = meant_type(type_, self.blueprint)
        if meaning is not None and example and meaning.example is not None:
            return self._written(meant, meaning.example)
        if isinstance(meant, BuiltinType):
            return builtin(meant, name, random)
        if isinstance(meant, (ListType, MapType)):
            if depth > _DEEPEST:
                return [] if isinstance(meant, ListType) else {}
            count = random.randint(1, 2)
            items = [
                self.value(meant.item, name, random, example=example and not number, known=known, depth=depth + 1)
                for number in range(count)
            ]
            return items if isinstance(meant, ListType) else {f"part_{n + 1}": one for n, one in enumerate(items)}
        declared = self.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
        if isinstance(declared, EnumType):
            current = [one.name for one in declared.values if not one.deprecated]
            return random.choice(current or [one.name for one in declared.values])
        if isinstance(declared, Entity):
            found = None if self.relations.embeds(declared) else self._existing(declared, random)
            if found is not None:
                return found
        fields = getattr(declared, "fields", ())
        return self.fields(fields, random, example=example, known=known, depth=depth + 1)

    def fields(
        self,
        fields: tuple[DataField, ...],
        random: Random,
        *,
        example: bool = True,
        known: Known = nothing_known,
        depth: int = 0,
    ) -> dict[str, Any]:
        """Return values for fields by their names; what may be missing is there as long as it is not too deep."""
        found: dict[str, Any] = {}
        for field in fields:
            value = known(field)
            if value is None and isinstance(field.type, OptionalType) and (depth > 2 or random.random() < 0.3):
                continue
            if value is None:
                value = self.default(field)
            if value is None:
                value = self.field(field, random, example=example, known=known, depth=depth)
            found[field.name] = value
        return found


# ---- builtin types --------------------------------------------------------------------------------------------------


def builtin(type_: BuiltinType, name: str, random: Random) -> Any:
    """Return a value that a builtin type allows, as JSON has it."""
    made = _MAKERS[type_.name](type_, name, random)
    if type_.name in ("string", "text", "int", "decimal") and (made is None or refusal(type_, made) is not None):
        # Something so particular that only the plainest value will do.
        made = as_written(type_, sample(type_, " ".join(name_words(name))))
    return made


def _text(type_: BuiltinType, name: str, random: Random) -> str | None:
    if type_.pattern is not None:
        return matching(type_.pattern, random)
    text = _words(name, random, is_long=type_.name == "text")
    least, most = int(type_.minimum or 0), type_.maximum
    while len(text) < least:
        text += f" {random.choice(_SENTENCES)}" if least - len(text) > 20 else random.choice("abcdefghkmnprstw")
    return text if most is None or len(text) <= most else text[: int(most)].strip().ljust(least, "x")


def _words(name: str, random: Random, *, is_long: bool) -> str:
    """Return a text such as stands in a field of this name."""
    words = set(name_words(name))
    given, family = random.choice(_GIVEN), random.choice(_FAMILY)
    if words & {"town", "city", "place"}:
        return random.choice(_TOWNS)
    if words & {"line", "street", "address"}:
        return f"{random.randint(1, 99)} {random.choice(_STREETS)}"
    if words & {"given", "first", "forename"}:
        return given
    if words & {"family", "last", "surname"}:
        return family
    if words & {"who", "contact", "holder", "person"} or name in ("name", "full_name"):
        return f"{given} {family}"
    if words & {"token", "reference", "code", "number", "id", "serial"}:
        return "".join(random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(12))
    if is_long or words & {"words", "comment", "note", "message", "reason", "summary"}:
        return random.choice(_SENTENCES)
    return f"{' '.join(name_words(name)).capitalize()} {random.randint(1, 99)}"


def _int(type_: BuiltinType, name: str, random: Random) -> int:
    low = int(type_.minimum) if type_.minimum is not None else min(1, int(type_.maximum or 1))
    high = int(type_.maximum) if type_.maximum is not None else low + 99
    if low == 0 and high > 0:
        low = 1  # nothing is used up to begin with
    return random.randint(low, max(low, high))


def _decimal(type_: BuiltinType, name: str, random: Random) -> str:
    behind = type_.decimals if type_.decimals is not None else 2
    low = Decimal(repr(type_.minimum)) if type_.minimum is not None else Decimal(0)
    room = Decimal(10) ** ((type_.digits or 4 + behind) - behind)
    high = Decimal(repr(type_.maximum)) if type_.maximum is not None else min(low + 100, room)
    step = Decimal(1).scaleb(-behind)
    steps = max(int((high - low) / step) - 1, 0)
    return f"{(low + step * random.randint(0, steps)).quantize(step):f}"


def _date(type_: BuiltinType, name: str, random: Random) -> str:
    if set(name_words(name)) & {"birth", "born", "birthday"}:
        return (date(1950, 1, 1) + timedelta(days=random.randint(0, 19_000))).isoformat()
    return (_BEGIN.date() + timedelta(days=random.randint(-14, 60))).isoformat()


def _moment(type_: BuiltinType, name: str, random: Random) -> str:
    moment = _BEGIN + timedelta(minutes=15 * random.randint(-400, 400))
    return moment.isoformat().replace("+00:00", "Z")


def _time(type_: BuiltinType, name: str, random: Random) -> str:
    return time(random.randint(7, 20), random.choice((0, 15, 30, 45))).isoformat()


def _uuid(type_: BuiltinType, name: str, random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


def _email(type_: BuiltinType, name: str, random: Random) -> str:
    return f"{random.choice(_GIVEN)}.{random.choice(_FAMILY)}@example.org".lower()


def _phone(type_: BuiltinType, name: str, random: Random) -> str:
    return f"+447700900{random.randint(0, 999):03}"  # numbers that Ofcom keeps free for stories


def _money(type_: BuiltinType, name: str, random: Random) -> dict[str, str]:
    return {"amount": f"{random.randint(100, 9_999) / 100:.2f}", "currency": _CURRENCIES[0]}


_MAKERS: dict[str, Callable[[BuiltinType, str, Random], Any]] = {
    "string": _text,
    "text": _text,
    "int": _int,
    "decimal": _decimal,
    "bool": lambda _, __, random: random.random() < 0.5,
    "date": _date,
    "datetime": _moment,
    "time": _time,
    "duration": lambda _, __, random: f"PT{random.randint(1, 8) * 15}M",
    "uuid": _uuid,
    "email": _email,
    "phone": _phone,
    "url": lambda _, name, random: f"https://example.org/{name.replace('_', '-')}/{random.randint(1, 999)}",
    "money": _money,
    "country": lambda _, __, random: random.choice(_COUNTRIES),
    "currency": lambda _, __, random: random.choice(_CURRENCIES),
    "language": lambda _, __, random: random.choice(_LANGUAGES),
    "bytes": lambda _, __, random: base64.b64encode(random.randbytes(12)).decode(),
}

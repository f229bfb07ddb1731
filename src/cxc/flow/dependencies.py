"""Who depends on whom in a design: every reference as a link, turned so that a failure runs against it.

A design names things in the direction that reads well: a life event names the journeys it starts, a journey the
personas it is for. What depends on what is another question: customers stand above journeys, journeys on steps, steps
on channels, operations and services, these on capabilities, and capabilities on people, processes, information and
systems. `_LINKS` says for each property which way round that is; a property that is not listed there depends on what it
names, so that a new word of the language needs nothing here.

How far a link reaches is left to `cxc.flow.trace`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cxc.model.base import Element, Member, Named, Ref
from cxc.model.blueprint import Blueprint, members
from cxc.model.capability import Capability
from cxc.model.channel import Presentation
from cxc.model.data import DataField, EnumValue, Parameter
from cxc.model.journey import Step
from cxc.model.service import Service
from cxc.source import Span


class Relation(NamedTuple):
    """What a link means: a stable name, how it reads from the one that depends, and from the one it depends on.

    Where it is not `followed`, it is worth a mention, and nothing comes to harm along it.
    """

    name: str
    down: str
    up: str
    followed: bool = True


class Link(NamedTuple):
    """One element depends on another (both by id)."""

    dependent: str
    relation: Relation
    dependency: str


Links = Mapping[str, tuple[Link, ...]]


class Dependencies(NamedTuple):
    """All links of a design: from each element (by its id) down to what it depends on, and up to who depends on it."""

    down: Links
    up: Links


class _Rule(NamedTuple):
    """How a property becomes a link; `turned` where whoever is named depends on the one who names it."""

    relation: Relation
    turned: bool = False


def _link(name: str, up: str, down: str | None = None, *, turned: bool = False, followed: bool = True) -> _Rule:
    return _Rule(Relation(name, down or name.replace("_", " "), up, followed), turned)


PART_OF = Relation("part_of", "part of", "has")
_HAS = Relation("has", "has", "part of")

_LINKS: Mapping[str, _Rule] = {
    # Who is served: customers depend on journeys.
    "journey.persona": _link("persona", "serves", "sets out on", turned=True),
    "journey.lifeevent": _link("starts", "started by", turned=True),
    "lifeevent.journeys": _link("starts", "started by"),
    "persona.prefers": _link("prefers", "preferred by"),
    "tier.journeys": _link("promises", "promised by"),
    "tier.channels": _link("offers", "offered in"),
    "experience.journey": _link("presents", "presented by"),
    "experience.channel": _link("on", "used by"),
    "experience.tier": _link("for", "used by"),
    "presentation.step": _link("presents", "presented by"),
    "presentation.asks": _link("asks", "asked by", "asks for"),
    "presentation.shows": _link("shows", "shown by"),
    # Metrics depend on what they are taken of.
    "journey.measures": _link("measures", "measured by", turned=True),
    "step.measures": _link("measures", "measured by", turned=True),
    # Steps, and the lanes behind them.
    "step.via": _link("via", "serves"),
    "step.calls": _link("calls", "called by"),
    "step.support": _link("support", "supports", "supported by"),
    "step.capability": _link("capability", "needed by", "needs"),
    "step.failures.errors": _link("on", "dealt with by", "deals with"),
    "step.carries": _link("carries", "carried by"),
    # The platform.
    "service.realizes": _link("realizes", "realized by"),
    "service.masters": _link("masters", "mastered by"),
    "service.runs_on": _link("runs_on", "runs"),
    "operation.parameters": _link("takes", "taken by"),
    "operation.result": _link("returns", "returned by"),
    "operation.fails": _link("fails", "failure of", "fails with"),
    "operation.emits": _link("emitted_by", "emits", turned=True),
    "operation.rules": _link("rule", "named by a rule of", "has a rule on"),
    "service.rules": _link("rule", "named by a rule of", "has a rule on"),
    "process.does": _link("does", "done by"),
    # What the organisation can do, and with what.
    "persona.entity": _link("entity", "record of", "known by"),
    "partner.provides": _link("provided_by", "provides", turned=True),
    "team.parent": _Rule(PART_OF),
    # Mentions: none of these comes to harm with the other.
    "step.target": _link("leads_to", "reached from", followed=False),
    "journey.replaces": _link("replaces", "replaced by", followed=False),
    "system.replaced_by": _link("replaced_by", "replaces", followed=False),
    "capability.proposed_by": _link("proposed_by", "proposes", followed=False),
}
_FIELDS = _link("field", "held by", "holds")
_REACTS = Relation("reacts_to", "reacts to", "triggers")


def dependencies_of(blueprint: Blueprint) -> Dependencies:
    """Return the links of a design, in the order of the source; they are gathered once."""
    return blueprint.derived(_dependencies)


def _dependencies(blueprint: Blueprint) -> Dependencies:
    down: dict[str, dict[Link, None]] = defaultdict(dict)
    up: dict[str, dict[Link, None]] = defaultdict(dict)
    known = blueprint.elements
    # Declarations of other workspaces come last, as the ground that the design stands on.
    waiting: list[Named] = [*reversed(blueprint.external), *reversed(blueprint.declarations)]
    while waiting:
        element = waiting.pop()
        inside = list(members(element))
        for link in _links(element, inside):
            if link.dependent in known and link.dependency in known and link.dependent != link.dependency:
                down[link.dependent][link] = None
                up[link.dependency][link] = None
        waiting += reversed(inside)
    return Dependencies(
        {id: tuple(links) for id, links in down.items()}, {id: tuple(links) for id, links in up.items()}
    )


def _links(element: Named, inside: list[Named]) -> list[Link]:
    """Return the links that an element's own statement gives, in the order of the text."""
    placed: list[tuple[Span | None, Link]] = [(member.span, _containment(element, member)) for member in inside]
    if not isinstance(element, DataField):
        # What a field or parameter names is named by the element around it: nobody looks for a failure in a field.
        placed += _named(element)
        placed += [place for member in inside if isinstance(member, DataField) for place in _by_field(element, member)]
    if isinstance(element, Service):
        placed += [(one.span, Link(one.operation.id, _REACTS, one.event.id)) for one in element.subscriptions]
    # Sorting is stable, and where nothing is known of the places, the order of the properties stands.
    return [link for _, link in sorted(placed, key=lambda one: one[0][1:3] if one[0] else (0, 0))]


def _containment(element: Named, member: Named) -> Link:
    if isinstance(member, (Step, Presentation, Capability)):
        return Link(element.id, _HAS, member.id)
    return Link(member.id, PART_OF, element.id)


def _by_field(element: Named, member: DataField) -> Iterator[tuple[Span | None, Link]]:
    rule = _LINKS["operation.parameters"] if isinstance(member, Parameter) else _FIELDS
    for _, ref in _refs(member, ()):
        yield member.span, Link(element.id, rule.relation, ref.id)


def of_field(field: DataField) -> Iterator[Link]:
    """Yield the links of a field or parameter itself, which are otherwise those of the element around it."""
    for path, ref in _refs(field, ()):
        yield Link(field.id, Relation(path[0], f"has the {path[0]}", f"{path[0]} of"), ref.id)


def _named(element: Named) -> Iterator[tuple[Span | None, Link]]:
    for path, ref in _refs(element, ()):
        if path[0] == "subscriptions":
            continue
        rule = _rule_of(type(element), path)
        ends = (ref.id, element.id) if rule.turned else (element.id, ref.id)
        yield ref.span, Link(ends[0], rule.relation, ends[1])


def _rule_of(cls: type[Named], path: tuple[str, ...]) -> _Rule:
    kind, last = cls.kind, path[-1]
    word = path[0]
    for key in (f"{kind}.{'.'.join(path)}", f"{kind}.{last}", f"{kind}.{word}"):
        if key in _LINKS:
            return _LINKS[key]
    # `owner TEAM`, `system SYSTEM`, `backstage PROCESS`: the property says what the other is.
    return _link(word, f"{word.replace('_', ' ')} of")


def _refs(element: Element, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Ref[Any]]]:
    """Yield the references in an element's own statement, each with the names of the properties that lead to it."""
    for name, value in vars(element).items():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Ref):
                yield (*path, name), one
            elif isinstance(one, Element) and not isinstance(one, Named):
                yield from _refs(one, (*path, name))


def is_detail(element: Named) -> bool:
    """Whether an element is a choice, field or parameter: many, and worth a mention only where somebody names it."""
    return isinstance(element, (DataField, EnumValue))


def short_name(element: Named, blueprint: Blueprint) -> str:
    """Return a name as one says it within the design: without the package, a member with the declaration around it."""
    names = []
    for around in blueprint.line_of_holders(element.id):
        names.append(around.name)
        if not isinstance(around, Member):
            break
    return ".".join(reversed(names))

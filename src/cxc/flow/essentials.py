"""Facts without those that follow from others: who knows an entity knows its fields, and what these mean.

Which facts there are is said in `cxc.flow.meanings`, and where they are known in `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Collection

from cxc.flow.known import meanings_of
from cxc.model.blueprint import Blueprint


class Essentials:
    """Reduces sets of facts of one design, each set once."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._meanings = meanings_of(blueprint)
        self._following: dict[str, frozenset[str]] = {}
        self._reduced: dict[frozenset[str], tuple[str, ...]] = {}

    def of(self, facts: Collection[str]) -> tuple[str, ...]:
        """Return the facts from which all of some facts follow, in the order of their names."""
        key = frozenset(facts)
        reduced = self._reduced.get(key)
        if reduced is None:
            reduced = self._reduced[key] = tuple(sorted(self._essential(key)))
        return reduced

    def _essential(self, facts: frozenset[str]) -> list[str]:
        kept: list[str] = []
        covered: set[str] = set()
        # The more follows from a fact, the earlier it is kept; of facts that follow from each other, the first by name.
        for fact in sorted(facts, key=lambda fact: (-len(self.following(fact)), fact)):
            if fact not in covered and not self._is_field_by_name(fact, facts):
                kept.append(fact)
                covered |= self.following(fact)
        return kept

    def following(self, fact: str) -> frozenset[str]:
        """Return a fact and all that is known for certain where it is."""
        found = self._following.get(fact)
        if found is None:
            name, _, of_type = fact.partition(": ")
            id = of_type or name
            inside = self._meanings.field(id) if id in self._blueprint.elements else {}
            found = self._following[fact] = frozenset({fact, *(inner for inner, is_sure in inside.items() if is_sure)})
        return found

    @staticmethod
    def _is_field_by_name(fact: str, facts: frozenset[str]) -> bool:
        """Whether a fact only says under which name the value of a field was given that is known anyway."""
        _, _, of_type = fact.partition(": ")
        return of_type.startswith("field:") and of_type in facts

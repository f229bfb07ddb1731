"""The context of a flow: which data it keeps about a customer, and where each of them is known for certain.

It keeps what the operations of its steps need and what hand-offs carry. What is known where is said in
`cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cxc.flow import Flow
from cxc.flow.known import Known, is_required, meanings_of
from cxc.flow.meanings import Need
from cxc.flow.promises import called
from cxc.flow.states import State
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField
from cxc.model.journey import Step
from cxc.targets.channels.operations import field_reference


class Context:
    """The data of one journey on one channel, by the keys that they have in the context of its flow.

    The key of a field is its id; of anything else it is the name with the type (`postcode: string`).
    """

    def __init__(self, flow: Flow, channel: str, steps: Iterable[str], blueprint: Blueprint) -> None:
        self.flow = flow
        self.channel = channel
        self.blueprint = blueprint
        self._needs: dict[str, Need] = {}
        self._named: dict[str, DataField] = {}
        for id in steps:
            self._keep(flow.graph.steps[id])

    def _keep(self, step: Step) -> None:
        for operation in called(step, self.blueprint):
            for parameter in filter(is_required, operation.parameters):
                need = self.flow.knowledge.need(parameter)
                self._add(need, parameter)
        meanings = meanings_of(self.blueprint)
        for way in self.flow.graph.ways.onward[step.id]:
            for ref in way.carries:
                field = self.blueprint.get(ref)
                if field is not None:
                    self._add(meanings.need_of(field.id), field)

    def _add(self, need: Need, named: DataField) -> None:
        found = self.blueprint.get(need.fact)
        self._needs.setdefault(need.fact, need)
        self._named.setdefault(need.fact, found if isinstance(found, DataField) else named)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in the order in which a customer may come by them."""
        return tuple(self._needs)

    def described(self) -> Iterator[dict[str, Any]]:
        """Yield each key with the title of what it stands for, and its name in the design."""
        for key, field in self._named.items():
            named = field_reference(field, self.blueprint)
            yield {"key": key, "title": named.title, "name": named.name}

    def known_in(self, step: str) -> list[str]:
        """Return the keys of what is known for certain when customers come to a step on the channel."""
        return self._sure(self.flow.knowledge.arrival.get(State(step, self.channel)))

    def learnt(self, step: str, way: Way) -> list[str]:
        """Return the keys of what a step adds to that where customers leave it by a way."""
        knowledge, state = self.flow.knowledge, State(step, self.channel)
        if state not in knowledge.arrival:
            return []
        before = set(self.known_in(step))
        return [key for key in self._sure(knowledge.leaving(state, way)) if key not in before]

    def _sure(self, known: Known | None) -> list[str]:
        if known is None:
            return []
        return [key for key, need in self._needs.items() if self.flow.knowledge.sure_fact(need, known) is not None]

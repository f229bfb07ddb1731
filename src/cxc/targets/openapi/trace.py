"""Why an operation is there: the journeys, steps and channels that reach it, and the capabilities it carries out.

Everything is named by its stable id, as in `blueprint.json`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, Process
from cxc.model.channel import Channel
from cxc.model.journey import Journey, Step
from cxc.model.service import IDENTITIES, Identity, Operation, Service
from cxc.targets.yaml import Shared

UNREACHED: Identity = "authenticated"
"""What an operation asks for that says nothing itself and that no channel reaches."""


def operation_identity(operation: Operation, reached_by: list[Channel]) -> Identity:
    """Return how well a customer must be known: as the operation says, else as its weakest channel knows them."""
    if operation.identity is not None:
        return operation.identity
    return min((channel.identity for channel in reached_by), key=IDENTITIES.index, default=UNREACHED)


class Traces:
    """The ways from customers to operations in one design."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self._steps: dict[str, list[tuple[Journey, Step]]] = defaultdict(list)
        for journey in blueprint.every(Journey):
            for step in journey.steps:
                for operation in dict.fromkeys(step.calls or ()):
                    self._steps[operation.id].append((journey, step))
        self._processes: dict[str, list[str]] = defaultdict(list)
        for process in blueprint.every(Process):
            for operation in dict.fromkeys(process.does):
                self._processes[operation.id].append(process.id)
        self._capabilities: dict[str, Shared] = {}
        self._made: dict[str, Shared] = {}

    def channels(self, operation: Operation) -> list[Channel]:
        """Return the channels of the steps that call an operation, each once."""
        if operation.id not in self._steps:
            return []
        refs = dict.fromkeys(ref for _, step in self._steps[operation.id] for ref in step.via or ())
        return [channel for ref in refs if (channel := self.blueprint.get(ref))]

    def of(self, service: Service, operation: Operation) -> Shared:
        """Return the trace of an operation as plain data; what is empty is left out."""
        # Operations that nobody calls have the trace of their service.
        is_own = operation.id in self._steps or operation.id in self._processes
        key = operation.id if is_own else service.id
        if key not in self._made:
            self._made[key] = Shared(self._make(service, operation))
        return self._made[key]

    def _make(self, service: Service, operation: Operation) -> dict[str, Any]:
        journeys: dict[str, list[dict[str, Any]]] = defaultdict(list)
        capabilities = dict.fromkeys(service.realizes)
        for journey, step in self._steps.get(operation.id, ()):
            reached: dict[str, Any] = {"id": step.id}
            if step.via:
                reached["channels"] = [ref.id for ref in step.via]
            journeys[journey.id].append(reached)
            capabilities |= dict.fromkeys(step.capability)
        trace: dict[str, Any] = {"service": service.id}
        if journeys:
            trace["journeys"] = [{"id": id, "steps": steps} for id, steps in journeys.items()]
        if capabilities:
            trace["capabilities"] = [self._capability(ref) for ref in capabilities]
        if processes := self._processes.get(operation.id):
            trace["processes"] = processes
        if service.runs_on:
            trace["systems"] = [ref.id for ref in service.runs_on]
        return trace

    def _capability(self, ref: Ref[Capability]) -> Shared:
        if ref.id not in self._capabilities:
            found: dict[str, Any] = {"id": ref.id}
            capability: Capability | None = self.blueprint.get(ref)
            if capability is not None:
                means = {
                    "people": [one.id for one in capability.people],
                    "process": [one.id if isinstance(one, Ref) else str(one) for one in capability.process],
                    "information": [one.id for one in capability.information],
                    "system": [one.id for one in capability.system],
                }
                found |= {name: values for name, values in means.items() if values}
            self._capabilities[ref.id] = Shared(found)
        return self._capabilities[ref.id]

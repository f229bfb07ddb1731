"""What a flow says of a step: how the channel presents it, what it calls and shows, and what is known on arriving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cxc.model.journey import Step
from cxc.targets.channels.kinds.context import Context
from cxc.targets.channels.view import ChannelView, JourneyView, PresentationView, StepView


class StepMeta:
    """Makes the `meta` of the steps in one flow; all of it stands in `channel.json` in full."""

    def __init__(
        self, journey: JourneyView, view: ChannelView, context: Context, forms: Mapping[tuple[str, str], str]
    ) -> None:
        self.context = context
        self._steps = {step.id: step for phase in journey.phases for step in phase.steps}
        self._phases = {step.id: phase.when for phase in journey.phases for step in phase.steps}
        self._operations = {operation.id: operation.operation_id for operation in view.operations}
        self._forms = {id: path for id in self._steps if (path := forms.get((journey.id, id))) is not None}

    def of(self, step: Step) -> dict[str, Any]:
        """Return what is said of a step; a step without channels is work that no customer sees."""
        known = self.context.known_in(step.id)
        shown = self._steps.get(step.id)
        if shown is None:
            return {"kind": "unseen", "step": step.id, "title": step.label, "known": known}
        return {
            "kind": "step",
            "step": step.id,
            "title": step.label,
            "phase": self._phases[step.id],
            "moment_of_truth": shown.moment_of_truth,
            **({"wait": shown.wait.model_dump(mode="json", exclude_none=True)} if shown.wait else {}),
            "presentations": [self._presentation(shown, one) for one in shown.presentations],
            "operations": [{"id": call.id, "operationId": self._operations[call.id]} for call in shown.operations],
            "known": known,
            "fallback": [channel.model_dump(mode="json") for channel in shown.fallback],
        }

    def _presentation(self, step: StepView, shown: PresentationView) -> dict[str, Any]:
        return {
            "derived": shown.derived,
            **({"id": shown.id} if shown.id is not None else {}),
            "tiers": list(shown.tiers),
            **({"screen": shown.screen} if shown.screen is not None else {}),
            **({"prompts": list(shown.prompts)} if shown.prompts else {}),
            **({"intents": list(shown.intents)} if shown.intents else {}),
            **({"message": shown.message} if shown.message is not None else {}),
            **({"scripts": list(shown.scripts)} if shown.scripts else {}),
            **({"form": self._forms[step.id]} if shown.asks and step.id in self._forms else {}),
            "asks": [asked.id for asked in shown.asks],
            "shows": [field.id for field in shown.shows],
        }

"""How a channel presents a step: as its experiences say, or else as far as the journey lets one conclude.

The step itself, and what comes before and after it, is left to `journeys`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.flow.known import Knowledge
from cxc.flow.questions import is_known, questions
from cxc.flow.states import State
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel, Experience, Presentation
from cxc.model.data import SPECIAL_CATEGORIES, DataField, Parameter
from cxc.model.journey import Journey, Step
from cxc.model.routes import is_secret, kebab_case
from cxc.model.service import IDENTITIES, Identity, Operation
from cxc.targets.channels.operations import Operations, field_reference, is_required, result_fields
from cxc.targets.channels.types import FormSchemas
from cxc.targets.channels.view import Asked, Offline, PresentationView, Shown

_SPOKEN = frozenset({"ivr", "chatbot"})
_MESSAGES = frozenset({"email", "sms", "push"})

_CAREFUL = frozenset({"financial", *SPECIAL_CATEGORIES})
"""The categories that are shown only where the customer is authenticated; others need an identified one."""


class Presentations:
    """Makes the presentations of one channel."""

    def __init__(self, channel: Channel, blueprint: Blueprint, types: FormSchemas, operations: Operations) -> None:
        self.channel = channel
        self.blueprint = blueprint
        self.types = types
        self.operations = operations
        self._asked_views: dict[tuple[str, bool], Asked] = {}
        self._shown_views: dict[str, Shown] = {}

    def written(self, experience: Experience, presentation: Presentation, knowledge: Knowledge) -> PresentationView:
        """Return what an experience says of a step."""
        state = State(presentation.step.id, self.channel.id)
        asks = [
            self._asked(found, is_known(found, state, knowledge))
            for ref in presentation.asks
            if (found := self.blueprint.get(ref)) is not None
        ]
        shows = [self._shown(found) for ref in presentation.shows if (found := self.blueprint.get(ref)) is not None]
        offline = presentation.offline
        return PresentationView(
            derived=False,
            id=presentation.id,
            experience=experience.id,
            tiers=tuple(ref.id for ref in experience.tier),
            screen=presentation.screen,
            prompts=presentation.say,
            intents=presentation.intent,
            asks=tuple(asks),
            shows=tuple(shows),
            message=presentation.message,
            scripts=presentation.script,
            offline=Offline(works=bool(offline), how=offline if isinstance(offline, str) else None),
        )

    def derived(self, journey: Journey, step: Step, knowledge: Knowledge) -> PresentationView:
        """Return what follows from the journey for a step that no experience presents.

        Customers are asked for what the called operations require and is not known; they are shown what operations
        answer with, as far as the channel knows whom it shows it to.
        """
        words = step.frontstage or (step.label,)
        kind = self.channel.sort
        assisted, spoken, message = kind in ASSISTED_KINDS, kind in _SPOKEN, kind in _MESSAGES
        seen = not (spoken or message)
        return PresentationView(
            derived=True,
            tiers=(),
            screen=f"/{kebab_case(journey.name)}/{kebab_case(step.name)}" if seen and not assisted else None,
            prompts=words if spoken else (),
            intents=(),
            asks=tuple(self._asked(found) for found in questions(State(step.id, self.channel.id), knowledge)),
            shows=tuple(self._shows(step)) if seen else (),
            message="\n".join(words) if message else None,
            scripts=words if assisted else (),
            offline=Offline(works=False),
        )

    # ---- asking -----------------------------------------------------------------------------------------------------

    def _asked(self, parameter: Parameter, known: bool = False) -> Asked:
        view = self._asked_views.get((parameter.id, known))
        if view is None:
            view = self._asked_views[parameter.id, known] = self._asked_view(parameter, known)
        return view

    def _asked_view(self, parameter: Parameter, known: bool) -> Asked:
        operation = self.blueprint.holder(parameter)
        return Asked(
            id=parameter.id,
            title=self.operations.title(parameter),
            name=parameter.name,
            operation=operation.id if operation is not None else "",
            required=is_required(parameter),
            type=self.types.in_form(parameter),
            personal=self.operations.personal(parameter),
            known=known,
        )

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _shows(self, step: Step) -> Iterator[Shown]:
        seen: set[str] = set()
        for operation in _called(step, self.blueprint):
            for field in result_fields(operation, self.blueprint):
                if field.id not in seen and self._may_show(field):
                    seen.add(field.id)
                    yield self._shown(field)

    def _may_show(self, field: DataField) -> bool:
        """Whether the channel knows the customer well enough for what a field holds; a secret is never shown."""
        if is_secret(field, self.blueprint):
            return False
        personal = self.operations.personal(field)
        needed: Identity = "authenticated" if _CAREFUL & set(personal) else "identified" if personal else "anonymous"
        return IDENTITIES.index(self.channel.identity) >= IDENTITIES.index(needed)

    def _shown(self, field: DataField) -> Shown:
        view = self._shown_views.get(field.id)
        if view is None:
            view = self._shown_views[field.id] = self._shown_view(field)
        return view

    def _shown_view(self, field: DataField) -> Shown:
        named = field_reference(field, self.blueprint)
        return Shown(
            id=named.id,
            title=self.operations.title(field),
            name=named.name,
            type=self.types.in_form(field),
            personal=self.operations.personal(field),
        )


def _called(step: Step, blueprint: Blueprint) -> list[Operation]:
    called: list[Any] = [blueprint.get(ref) for ref in step.calls or ()]
    return [operation for operation in called if operation is not None]

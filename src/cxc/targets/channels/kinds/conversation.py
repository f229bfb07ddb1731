"""`conversation/<Journey>.json`: what a chat or a chatbot understands and says while it runs the journey's flow.

Each intent names the event that it is to the flow in `flow/<Journey>.json`; each step has its prompts and questions.
Whoever is not understood three times is passed on to a person. What no experience says is derived, and marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds import events
from cxc.targets.channels.kinds.flows import flow_document
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.kinds.wording import Variable, Wording, Words, plain, variables
from cxc.targets.channels.view import ChannelView, JourneyView, PresentationView, StepView
from cxc.targets.json import json_text

TRIES = 3
"""How often one may not be understood before a person takes over."""


def conversations(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the conversation of each journey that customers do on the channel."""
    names = file_names((journey.id, journey.name) for journey in view.journeys)
    for journey in view.journeys:
        flow = flow_document(journey, channel, view, blueprint)
        if flow is not None:
            name = names[journey.id]
            document = {
                "$comment": view.comment,
                "journey": {"id": journey.id, "title": journey.title},
                "channel": view.id,
                "languages": list(view.languages),
                "flow": f"../flow/{name}.json",
                **_Conversation(journey, view, blueprint).parts(flow),
            }
            path = f"{folder_of(channel)}/conversation/{name}.json"
            yield GeneratedFile(path, json_text(document), journey.id)


class _Conversation:
    """Makes what is understood and said in one journey."""

    def __init__(self, journey: JourneyView, view: ChannelView, blueprint: Blueprint) -> None:
        self.view = view
        self.blueprint = blueprint
        self.steps = {step.id: step for phase in journey.phases for step in phase.steps}

    def parts(self, flow: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parts of the document; the events are those of the flow."""
        states = flow["states"]
        has_people = "person" in states
        return {
            "arriving": [
                self._intent(event, _transition(found)["meta"]["step"], None)
                for event, found in states["arriving"]["on"].items()
            ],
            "steps": [
                self._step(self.steps[state["meta"]["step"]], state["on"], states["open"]["states"])
                for state in states["open"]["states"].values()
                if state.get("meta", {}).get("kind") == "step"
            ],
            "person": {
                "derived": True,
                "utterances": [_utterance((text,)) for text in ("I want to talk to a person", "operator", "help")],
                **({"event": events.PERSON_WANTED} if has_people else {}),
            },
            "not_understood": {
                "derived": True,
                "prompts": [
                    "I did not understand that.",
                    "I still do not understand. Say it in other words, or ask for a person.",
                ],
                "tries": TRIES,
                **({"then": events.PERSON_WANTED} if has_people else {}),
            },
        }

    # ---- what is understood -----------------------------------------------------------------------------------------

    def _intent(self, event: str, step: str | None, when: str | None) -> dict[str, Any]:
        """Return an intent: what may be said for an event that leads to a step, or away."""
        shown = self.steps.get(step) if step is not None else None
        said = [words for words in self._said(shown) if words] if shown is not None else []
        derived = not said
        if when is not None or not said:
            said = [(plain(when or (shown.title if shown is not None else "Nothing else")),), *said]
        return {
            "event": event,
            **({"step": step} if step is not None else {}),
            "derived": derived,
            "utterances": [_utterance(words) for words in said],
        }

    def _said(self, step: StepView) -> Iterator[Words]:
        for presentation in step.presentations:
            wording = Wording(presentation, self.blueprint)
            yield from (wording.words(text) for text in presentation.intents)

    # ---- what is said and asked -------------------------------------------------------------------------------------

    def _step(self, step: StepView, on: Mapping[str, Any], states: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "step": step.id,
            "title": step.title,
            "presentations": [self._presentation(step, one) for one in step.presentations],
            "intents": [
                self._intent(event, self._leads_to(_transition(found), states), _transition(found).get("description"))
                for event, found in on.items()
                if not event.startswith("failed.")
            ],
        }

    def _leads_to(self, transition: Mapping[str, Any], states: Mapping[str, Any]) -> str | None:
        """Return the step of this channel that a transition of the flow leads to."""
        state = states.get(transition["target"], {})
        step: str | None = state.get("meta", {}).get("step")
        return step

    def _presentation(self, step: StepView, shown: PresentationView) -> dict[str, Any]:
        texts = shown.prompts or shown.scripts or step.frontstage or (step.title,)
        wording = Wording(shown, self.blueprint)
        words = [wording.words(text) for text in texts]
        return {
            "derived": shown.derived or not (shown.prompts or shown.scripts),
            "tiers": list(shown.tiers),
            "prompts": ["".join(_as_written(part) for part in parts) for parts in words],
            "variables": [_variable(variable) for variable in variables(words)],
            "asks": [
                {
                    "parameter": asked.id,
                    "prompt": f"{plain(asked.title)}, please.",
                    "derived": True,
                    "required": asked.required,
                    "known": asked.known,
                    "schema": asked.type,
                }
                for asked in shown.asks
            ],
            "shows": [{"field": field.id, "name": field.name, "title": plain(field.title)} for field in shown.shows],
        }


def _transition(found: Any) -> Mapping[str, Any]:
    """Return the transition of an event that is taken while the channel is open."""
    first: Mapping[str, Any] = found[0] if isinstance(found, list) else found
    return first


def _utterance(words: Words) -> dict[str, Any]:
    named = [_variable(variable) for variable in variables([words])]
    text = "".join(_as_written(part) for part in words)
    return {"text": text, **({"entities": named} if named else {})}


def _as_written(part: str | Variable) -> str:
    return part if isinstance(part, str) else "{" + part.key + "}"


def _variable(variable: Variable) -> dict[str, str]:
    field = variable.field
    return {"name": variable.key, "title": plain(variable.title), **({"field": field.id} if field is not None else {})}

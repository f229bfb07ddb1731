"""Message templates of e-mail, text messages and push notifications, in Mustache, and what each of them needs.

`messages.json` lists them: what triggers each, its variables with examples, and how long a text message becomes. In
several lines the first one is the subject; of a single line the step's title is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.data import DataField
from cxc.model.service import Operation
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.kinds.segments import Segments, segments
from cxc.targets.channels.kinds.wording import (
    Variable,
    Wording,
    Words,
    example,
    in_words,
    plain,
    presented,
    variables,
)
from cxc.targets.channels.operations import Operations
from cxc.targets.channels.types import FormSchemas
from cxc.targets.channels.view import ChannelView, JourneyView, PresentationView, StepView
from cxc.targets.json import json_text
from cxc.targets.templates import Templates

_OPENS = re.compile(r"\{(?=\{)|(?<=\{)\{")
_OPENS_BEFORE_PLACE = re.compile(r"\{(?=\{|\Z)|(?<=\{)\{")
# Mustache has no escape for its delimiters; others for a moment do the same.
_LITERAL = "{{=<% %>=}}{<%={{ }}=%>"


class Message(NamedTuple):
    """A message: where it stands, what it presents, all its lines, and what of them is its subject and its body."""

    key: str
    stem: str
    journey: JourneyView
    step: StepView
    presentation: PresentationView
    derived: bool
    lines: tuple[Words, ...]
    subject: Words
    body: tuple[Words, ...]


def messages(
    blueprint: Blueprint, channel: Channel, view: ChannelView, templates: Templates
) -> Iterator[GeneratedFile]:
    """Yield the templates of a channel that sends messages, and the list of them."""
    listed = []
    folder = folder_of(channel)
    names = file_names((journey.id, journey.name) for journey in view.journeys)
    operations = Operations(blueprint, FormSchemas(blueprint))
    for journey in view.journeys:
        for message in _messages(journey, names[journey.id], blueprint):
            made = dict(_files(message, channel, view, templates, blueprint))
            listed.append(_entry(message, list(made), channel, operations))
            for path, text in made.items():
                yield GeneratedFile(f"{folder}/{path}", text, message.key)
    document = {"$comment": view.comment, "channel": view.id, "templates": "Mustache", "messages": listed}
    yield GeneratedFile(f"{folder}/messages.json", json_text(document), channel.id)


def _messages(journey: JourneyView, folder: str, blueprint: Blueprint) -> Iterator[Message]:
    found = list(presented(step for phase in journey.phases for step in phase.steps))
    names = file_names((key, step.name) for key, step, _ in found)
    for key, step, presentation in found:
        wording = Wording(presentation, blueprint)
        written = presentation.message
        text = written if written is not None else "\n".join(step.frontstage or (step.title,))
        lines = [line.strip() for line in plain(text).strip().split("\n")]
        several = len(lines) > 1
        yield Message(
            key=key,
            stem=f"messages/{folder}/{names[key]}",
            journey=journey,
            step=step,
            presentation=presentation,
            derived=presentation.derived or written is None,
            lines=tuple(wording.words(line) for line in lines),
            subject=wording.words(lines[0] if several else " ".join(step.title.split())),
            body=tuple(wording.words(line) for line in (lines[1:] if several else lines)),
        )


# ---- files ----------------------------------------------------------------------------------------------------------


def _files(
    message: Message, channel: Channel, view: ChannelView, templates: Templates, blueprint: Blueprint
) -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of the templates of a message."""
    notes = [view.comment.replace("{", "(").replace("}", ")"), *_notes(message)]
    if channel.sort == "push":
        document = {
            "$comment": " ".join(notes),
            "title": _text(message.subject),
            "body": "\n".join(map(_text, message.body)).strip(),
            "data": {"journey": message.journey.id, "step": message.step.id},
        }
        yield f"{message.stem}.json", json_text(document)
        return
    if channel.sort == "email":
        yield (
            f"{message.stem}.html",
            templates.render(
                "email.html.j2",
                notes=_marked(notes),
                language=view.languages[0] if view.languages else "en",
                subject=Markup(_html(message.subject)),
                paragraphs=[[Markup(_html(line)) for line in lines] for lines in _paragraphs(message.body)],
            ),
        )
    taken = _length(message, blueprint)
    if channel.sort == "sms" and taken.segments > 1:
        notes.append(f"WARNING: with example data it takes {taken.segments} segments ({taken.encoding}).")
    lines = message.lines if channel.sort == "sms" else message.body
    yield f"{message.stem}.txt", templates.render("message.txt.j2", notes=_marked(notes), lines=map(_text, lines))


def _notes(message: Message) -> Iterator[str]:
    if message.derived:
        yield "No experience says what to write here: the words were derived from the journey."


def _marked(notes: list[str]) -> list[Markup]:
    """Return notes that are comments of Mustache, and so are sent to nobody."""
    return [Markup("{{! " + " ".join(note.split()) + " }}") for note in notes]


def _paragraphs(lines: tuple[Words, ...]) -> list[list[Words]]:
    found: list[list[Words]] = [[]]
    for line in lines:
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _text(words: Words) -> str:
    """Return words as a Mustache template of plain text."""
    parts = []
    for part, following in zip(words, (*words[1:], ""), strict=False):
        if isinstance(part, Variable):
            parts.append("{{&" + part.key + "}}")
        else:
            opens = _OPENS_BEFORE_PLACE if isinstance(following, Variable) else _OPENS
            parts.append(opens.sub(lambda _: _LITERAL, part))
    return "".join(parts)


def _html(words: Words) -> str:
    """Return words as a Mustache template of HTML, which escapes what is put in."""
    return "".join(
        "{{" + part.key + "}}"
        if isinstance(part, Variable)
        else escape(part).replace("{", "&#123;").replace("}", "&#125;")
        for part in words
    )


# ---- the list -------------------------------------------------------------------------------------------------------


def _entry(message: Message, paths: list[str], channel: Channel, operations: Operations) -> dict[str, Any]:
    step, presentation, blueprint = message.step, message.presentation, operations.blueprint
    events = {event.id: event.label for call in step.operations for event in _emitted(call.id, blueprint)}
    return {
        "id": message.key,
        "files": paths,
        "journey": {"id": message.journey.id, "title": message.journey.title},
        "step": {"id": step.id, "title": step.title},
        "trigger": {"step": step.id, "events": [{"id": id, "title": title} for id, title in events.items()]},
        "derived": message.derived,
        "tiers": list(presentation.tiers),
        "subject": _text(message.subject),
        "variables": [_variable(variable, operations) for variable in variables([message.subject, *message.lines])],
        **({"length": _length(message, blueprint)._asdict()} if channel.sort == "sms" else {}),
    }


def _emitted(id: str, blueprint: Blueprint) -> Iterator[Any]:
    operation = blueprint.elements.get(id)
    if isinstance(operation, Operation):
        yield from (event for ref in operation.emits if (event := blueprint.get(ref)) is not None)


def _variable(variable: Variable, operations: Operations) -> Mapping[str, Any]:
    named = {"name": variable.key, "title": variable.title}
    field = variable.field
    if field is None:
        return named
    shown = example(field, operations.blueprint)
    return {
        **named,
        "field": field.id,
        "schema": operations.types.in_form(field),
        "personal": list(operations.personal(field)),
        **({"example": shown} if shown is not None else {}),
    }


def _length(message: Message, blueprint: Blueprint) -> Segments:
    """Return what a text message takes with example data."""
    return segments("\n".join("".join(_shown(part, blueprint) for part in words) for words in message.lines))


def _shown(part: str | Variable, blueprint: Blueprint) -> str:
    if isinstance(part, str):
        return part
    field: DataField | None = part.field
    shown = example(field, blueprint) if field is not None else None
    return in_words(shown) if shown is not None else part.title

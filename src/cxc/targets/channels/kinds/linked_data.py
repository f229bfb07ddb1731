"""`service-channel.jsonld`: what search engines and assistants read of a channel, in the words of schema.org.

The document carries its context, so that nobody needs a network to read it. When a channel is open stands at each
service it offers, because schema.org knows opening hours of services and not of their channels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds.paths import folder_of
from cxc.targets.channels.view import ChannelView, JourneyView, Reference
from cxc.targets.json import json_text

_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "dayOfWeek": {"@type": "@vocab"},
    "$comment": None,
}


def linked_data(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the channel as linked data."""
    text = json_text(_document(view))
    yield GeneratedFile(f"{folder_of(channel)}/service-channel.jsonld", text, channel.id)


def _document(view: ChannelView) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "$comment": view.comment,
        "@type": "ServiceChannel",
        "@id": _iri(view.id),
        "name": view.title,
        **({"description": view.doc} if view.doc else {}),
        **({"availableLanguage": list(view.languages)} if view.languages else {}),
        **({"processingTime": view.promises.latency} if view.promises.latency else {}),
        "providesService": [_service(journey, view) for journey in view.journeys] or [_of_itself(view)],
    }


def _service(journey: JourneyView, view: ChannelView) -> dict[str, Any]:
    tiers = [
        _thing("Offer", tier)
        for tier in view.tiers
        if not tier.journeys or any(promised.id == journey.id for promised in tier.journeys)
    ]
    return {
        "@type": "Service",
        "@id": _iri(journey.id),
        "name": journey.title,
        **({"description": journey.doc} if journey.doc else {}),
        "serviceType": journey.kind,
        "audience": [
            {"@type": "Audience", "@id": _iri(persona.id), "audienceType": persona.title}
            for persona in journey.personas
        ],
        "serviceOutput": {"@type": "Thing", "name": journey.outcome},
        **_common(view),
        **({"offers": tiers} if tiers else {}),
    }


def _of_itself(view: ChannelView) -> dict[str, Any]:
    """Return the one service of a channel that no journey uses: that it is there."""
    return {"@type": "Service", "name": view.title, **_common(view)}


def _common(view: ChannelView) -> dict[str, Any]:
    return {
        "provider": _thing("Organization", view.owner),
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": list(each.days),
                "opens": each.opens,
                "closes": each.closes,
            }
            for each in view.hours.specification
        ],
    }


def _thing(type_: str, element: Reference) -> dict[str, Any]:
    return {"@type": type_, "@id": _iri(element.id), "name": element.title}


def _iri(id: str) -> str:
    return f"urn:cxc:{id}"

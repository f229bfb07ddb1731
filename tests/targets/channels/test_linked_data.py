"""Channels in schema.org's words, as a processor of JSON-LD reads them, without any network."""

import json
from typing import Any

import pytest

from channel_output import hostile, output, output_of_example, output_of_vet
from designs import EXAMPLES

jsonld = pytest.importorskip("pyld.jsonld", reason="needs pyld, which is not installed")

SCHEMA = "https://schema.org/"
TERMS = {
    "ServiceChannel": {"name", "description", "availableLanguage", "processingTime", "providesService"},
    "Service": {
        *("name", "description", "serviceType", "audience", "serviceOutput", "provider", "hoursAvailable", "offers"),
    },
    "Audience": {"audienceType"},
    "Thing": {"name"},
    "Offer": {"name"},
    "Organization": {"name"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
}
"""The types and properties of schema.org (version 29) that we write, each where schema.org has it."""


def refuse(*arguments: Any, **more: Any) -> Any:
    raise AssertionError("a document asks for something from elsewhere")


def expanded(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = jsonld.expand(json.loads(text), {"documentLoader": refuse})
    return found


def documents(files: dict[str, str]) -> dict[str, str]:
    return {path.split("/")[1]: text for path, text in files.items() if path.endswith(".jsonld")}


def judged(node: dict[str, Any]) -> None:
    """Refuse what is no type or property of schema.org, or stands where schema.org has it not."""
    (type_,) = node["@type"]
    allowed = {SCHEMA + name for name in TERMS[type_.removeprefix(SCHEMA)]} | {"@type", "@id"}
    assert set(node) <= allowed
    for values in (values for key, values in node.items() if not key.startswith("@")):
        for value in values:
            if "@type" in value and "@value" not in value:
                judged(value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_schema_org(name: str) -> None:
    found = documents(output_of_example(name))
    assert found
    for text in found.values():
        (channel,) = expanded(text)
        judged(channel)
        assert channel["@type"] == [f"{SCHEMA}ServiceChannel"]


def test_hostile_designs_are_schema_org() -> None:
    for blueprint in hostile("store"):
        for text in documents(output(blueprint)).values():
            for channel in expanded(text):
                judged(channel)


def test_what_is_said_of_a_channel() -> None:
    (channel,) = expanded(documents(output_of_vet())["Line"])
    assert channel["@id"] == "urn:cxc:channel:vet.Line"
    assert channel[f"{SCHEMA}processingTime"] == [{"@value": "PT3S"}]
    assert channel[f"{SCHEMA}availableLanguage"] == [{"@value": "en"}]
    (service,) = channel[f"{SCHEMA}providesService"]
    assert service[f"{SCHEMA}name"] == [{"@value": "Bring an animal"}]
    hours = service[f"{SCHEMA}hoursAvailable"]
    assert [day["@id"] for day in hours[1][f"{SCHEMA}dayOfWeek"]] == [f"{SCHEMA}Saturday", f"{SCHEMA}PublicHolidays"]
    assert hours[1][f"{SCHEMA}closes"] == [{"@value": "02:00"}]
    assert [offer[f"{SCHEMA}name"][0]["@value"] for offer in service[f"{SCHEMA}offers"]] == ["Everybody", "Farms"]

"""The published schemas are sound, have names of their own, and come from the targets and commands."""

import jsonschema
import pytest

from cxc.schemas import schema, schema_names
from cxc.targets import load_targets, target_names


def test_each_schema_of_a_target_or_command_is_published() -> None:
    offered = [name for target in load_targets(target_names()) for name in target.schemas]
    assert list(schema_names()) == sorted([*offered, "score", "trace"])
    assert {"blueprint", "channel"} <= set(offered)


@pytest.mark.parametrize("name", schema_names())
def test_schemas_are_sound_and_versioned(name: str) -> None:
    published = schema(name)
    jsonschema.Draft202012Validator.check_schema(published)
    assert published["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert published["$id"].startswith(f"urn:cxc:schema:{name}:")
    assert published["title"]
    assert published["description"]


@pytest.mark.parametrize("name", schema_names())
def test_schemas_describe_each_property_of_the_document(name: str) -> None:
    assert all(described.get("description") for described in schema(name)["properties"].values())


def test_another_name_is_none() -> None:
    with pytest.raises(KeyError):
        schema("nothing")

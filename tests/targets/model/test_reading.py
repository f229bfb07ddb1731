"""A published design reads back as it was, and a damaged one gives one clear finding."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.model.base import Element
from cxc.model.blueprint import Blueprint
from cxc.targets.json import json_text
from cxc.targets.model.reading import load_blueprint
from cxc.targets.model.writing import document_of, document_text
from designs import EXAMPLES, design, example

TEXT = """package people
/// The people at the desk.
team Desk "Lending desk"
team Vans { parent Desk }
process Asking { owner Desk; duration 1d..2d }
capability Circulation { people Vans; process Asking, "Asking around" }
entity Book { id: uuid @key; code: string(/[A-Z]+/) = "A" @example("B") }
"""


def plain(element: Any) -> Any:
    """Return an element without what a published design leaves out: where defaults and examples stand."""
    if isinstance(element, tuple):
        return tuple(plain(item) for item in element)
    if not isinstance(element, Element):
        return element
    kept = {name: plain(value) for name, value in element.__dict__.items()}
    kept |= {name: None for name, info in type(element).model_fields.items() if info.exclude}
    return type(element).model_construct(**kept)


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_read_back_as_they_were(name: str) -> None:
    blueprint = example(name)
    declarations, found = load_blueprint(document_text(blueprint), "blueprint.json")
    assert found == ()
    own = declarations[len(declarations) - len(blueprint.declarations) :]
    assert own == tuple(plain(declaration) for declaration in blueprint.declarations)


def test_what_is_read_can_be_published_again() -> None:
    first = design(TEXT)
    declarations, _ = load_blueprint(document_text(first), "blueprint.json")
    again = Blueprint(first.name, first.title, first.version, first.language, declarations)
    assert document_of(again)["declarations"] == document_of(first)["declarations"]
    assert document_of(again)["facets"] == document_of(first)["facets"]


def test_a_byte_order_mark_is_no_damage() -> None:
    assert load_blueprint("\ufeff" + document_text(design(TEXT)), "x.json")[1] == ()


# ---- damage ---------------------------------------------------------------------------------------------------------


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    document = json.loads(document_text(design(TEXT)))
    change(document)
    return json_text(document)


def finding(text: str) -> str:
    declarations, found = load_blueprint(text, "other/blueprint.json")
    assert declarations == ()
    assert len(found) == 1
    assert found[0].code == "CXC901"
    assert found[0].span.file == "other/blueprint.json"
    assert found[0].help
    return found[0].message.removeprefix("The published design `other/blueprint.json` ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON: "),
        ("{", "is not JSON: "),
        ('{"a": 1,}', "is not JSON: "),
        ("\0", "is not JSON: "),
        ('{"$schema": "\\ud800"}', "is not JSON: "),
        ("[" * 100_000, "is not JSON: "),
        ("null", "is none: it names no schema"),
        ("[]", "is none: it names no schema"),
        ("{}", "is none: it names no schema"),
        ('{"$schema": 3}', "is none: it names no schema"),
        ('{"$schema": "https://json-schema.org/draft/2020-12/schema"}', "is none: it follows another schema"),
        ('{"$schema": "urn:cxc:schema:channel:1"}', "is none: it follows another schema"),
        (
            '{"$schema": "urn:cxc:schema:blueprint:2", "new": true}',
            "has the format 2, which is newer than what this compiler reads (1)",
        ),
        (
            '{"$schema": "urn:cxc:schema:blueprint:0"}',
            "has the format 0, which is older than what this compiler reads (1)",
        ),
        ('{"$schema": "urn:cxc:schema:blueprint:999999999999999"}', "is none: it follows another schema"),
        ('{"$schema": "urn:cxc:schema:blueprint:1"}', "is damaged at `$comment`: field required, and 8 more"),
    ],
)
def test_what_is_no_published_design(text: str, said: str) -> None:
    # Behind the colon of what is not JSON stands what the parser says, in words of its own.
    assert finding(text) == said or (said.endswith(": ") and finding(text).startswith(said))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["declarations"][1].update(parent="channel:people.Desk"), "is damaged at `declarations[1].parent`"),
        (lambda d: d["declarations"][1].update(parent=None), None),
        (lambda d: d["declarations"][1].update(colour="red"), "says `declarations[1].colour`, which this compiler"),
        (
            lambda d: d["declarations"][1].update(parent="team:people.Gone"),
            "names `team:people.Gone`, which it does not",
        ),
        (lambda d: d["declarations"].append(d["declarations"][0]), "holds `team:people.Desk` twice"),
        (lambda d: d["declarations"][0].update(name="Table"), "has an element `Table` with the id `team:people.Desk`"),
        (lambda d: d["declarations"][0].update(id="teem:people.Desk"), "is damaged at `declarations[0]`: input tag"),
        (lambda d: d["declarations"][0].pop("id"), "is damaged at `declarations[0]`: unable to extract tag"),
        (lambda d: d["declarations"].append(3), "is damaged at `declarations[5]`"),
        (lambda d: d["declarations"][2]["duration"].update(expected="soon"), "is damaged at `declarations[2].duration"),
        (lambda d: d["declarations"][3]["process"].append(7), "is damaged at `declarations[3].process[2]"),
        (lambda d: d["declarations"][4]["fields"][0]["type"].update(form="magic"), "is damaged at `declarations[4]."),
        (lambda d: d["declarations"][0]["span"].update(line=0), "is damaged at `declarations[0].span.line`"),
        (lambda d: d.update(facets=[]), "is damaged at `facets`"),
        (lambda d: d.update(parent_map={"no id": []}), "is damaged at `parent_map"),
    ],
)
def test_what_is_damaged(change: Callable[[dict[str, Any]], object], said: str | None) -> None:
    text = changed(change)
    if said is None:
        assert load_blueprint(text, "x.json")[1] == ()
    else:
        assert finding(text).startswith(said)


def test_a_finding_points_at_the_element() -> None:
    text = changed(lambda document: document["declarations"][1].update(colour="red"))
    found = load_blueprint(text, "x.json")[1][0]
    assert text.splitlines()[found.span.line - 1].strip() == '"id": "team:people.Vans",'


@given(st.data())
def test_no_damage_raises(data: st.DataObject) -> None:
    text = document_text(design(TEXT))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    declarations, found = load_blueprint(text[:start] + data.draw(st.text(max_size=4)) + text[end:], "x.json")
    assert len(found) == (0 if declarations else 1)

"""Values that are made up: within the limits of their types, and the same at each start."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.mock.patterns import matching
from cxc.mock.plausible import builtin
from cxc.mock.store import MemoryStore, SqliteStore, Store, StoreFailure
from cxc.model.data import BUILTINS, BuiltinType
from cxc.model.literals import refusal
from cxc.source import Span
from designs import design, example
from mocks import mocked

NOWHERE = Span("", 1, 1, 1, 1)
PATTERNS = [
    "[A-Z0-9]{6}", "[A-F][0-9]{1,2}", "[a-z]+-[0-9]{2}", r"\d{3}", r"\w+\.\w+", "(a|bc)*", "[^a-z]{3}", "x?y??",
    r"(\d)-\1", "A{12}", r"\S\s\S", ".{2,5}", "(?:ab|cd)+", "[\\-\\]]{2}", r"\D\W", "[^\\d\\s]",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_match_their_pattern_and_differ(pattern: str) -> None:
    made = {matching(pattern, Random(number)) for number in range(40)}
    assert all(text is not None and re.fullmatch(pattern, text) for text in made)


def test_a_pattern_that_cannot_be_followed_gives_nothing() -> None:
    assert matching("(?=b)a", Random(1)) is None


@given(
    st.sampled_from(sorted(BUILTINS)),
    st.one_of(st.none(), st.integers(-50, 50)),
    st.one_of(st.none(), st.integers(0, 400)),
    st.sampled_from(["name", "words", "town", "given_name", "birth_date", "code", "x"]),
    st.integers(0, 10_000),
)
def test_values_keep_the_limits(name: str, low: int | None, more: int | None, field: str, seed: int) -> None:
    takes = BUILTINS[name].constraints
    if "length" in takes:
        low = None if low is None else abs(low)
    limits = {"minimum": low, "maximum": None if more is None else (low or 0) + more} if takes else {}
    digits = {"digits": 6, "decimals": 2} if name == "decimal" else {}
    type_ = BuiltinType.model_validate({"name": name, "span": NOWHERE, **limits, **digits})
    value = builtin(type_, field, Random(seed))
    assert value == builtin(type_, field, Random(seed))
    if name == "money":
        value = f"{value['amount']} {value['currency']}"
    assert refusal(type_, value) is None


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "data.sqlite")


def test_stores_keep_records_in_their_order(store: Store) -> None:
    for key in "bac":
        store.put("one", key, {"key": key, "deep": [{"é": None}]})
    store.put("other", "a", {"key": "other"})
    store.put("one", "b", {"key": "B"})
    assert [record["key"] for record in store.all("one")] == ["B", "a", "c"]
    assert store.get("one", "a") == {"key": "a", "deep": [{"é": None}]}
    assert store.get("one", "x") is None and store.get("x", "a") is None
    assert (store.count("one"), store.count("x")) == (3, 0)
    assert store.nth("one", 2)["key"] == "c"
    store.keep_last("one", 2)
    assert [record["key"] for record in store.all("one")] == ["a", "c"]
    assert store.nth("one", 0)["key"] == "a"
    store.keep_last("one", 5)
    assert store.count("one") == 2
    record = store.all("one")[0]
    record["key"] = "changed"
    assert store.all("one")[0]["key"] == "a"
    store.clear()
    assert store.count("one") == store.count("other") == 0
    store.close()


def test_data_in_a_file_is_there_again(tmp_path: Path) -> None:
    blueprint = example("utility")
    path = tmp_path / "data.sqlite"
    with mocked(blueprint, SqliteStore(path)) as client:
        bill = client.data("Bill")[0]
        changed = client.ask("PATCH", f"/_mock/data/Bill/{bill['number']}", json={"due": "2031-01-01"}).json()
        client.mock.store.close()
    with mocked(blueprint, SqliteStore(path), seed_data=7) as client:
        assert client.data("Bill")[0] == changed
        assert len(client.data("Bill")) == 3
        assert [*client.mock.misfits()] == []
        client.mock.store.put("entity:" + "x", "k", {})
        entity = client.mock.named()["Bill"]
        client.mock.data.put(entity, {**changed, "due": "soon"})
        assert [*client.mock.misfits()] == ["Bill"]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, and no database at all" * 40)
    with pytest.raises(StoreFailure, match="cannot be used as the store"):
        SqliteStore(path)
    with pytest.raises(StoreFailure):
        SqliteStore(tmp_path / "nowhere" / "data.sqlite")


def test_much_data_is_made_in_time() -> None:
    with mocked(example("pharmacy"), seed_data=500) as client:
        assert len({json.dumps(one) for one in client.data("RefillOrder")}) == 500
        assert len(client.data("Plan")) == 500


def test_things_that_refer_to_each_other_can_be_made() -> None:
    blueprint = design(
        "package p\nteam T\n"
        "entity A { id: uuid @key; b: B.id; parent: A.id? }\nentity B { id: uuid @key; a: A.id }\n"
        "entity Same { of: A.id @key; note: text }\n"
        "service S { owner T; masters A, B, Same\n  query all() -> [A]\n  query one(same: Same.of) -> Same }"
    )
    with mocked(blueprint) as client:
        assert len(client.get("/s/all").json()) == 3
        same = client.data("Same")
        assert [one["of"] for one in same] == [one["id"] for one in client.data("A")]
        assert client.get("/s/one", same=same[1]["of"]).json() == same[1]

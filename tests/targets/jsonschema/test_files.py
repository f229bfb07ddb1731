"""Each declaration has a schema of its own that others refer to, by file and by address, and that its example fits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from referencing import Registry, Resource

from cxc.model.data import Entity, EnumType, Error, Event, ValueType
from designs import EXAMPLES, design, example
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, design_of_texts
from json_schemas import emitted, faults, parts, schemas_of

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "jsonschema"
RECORDED = sorted(case.parent for case in GOLDEN.glob("*/output"))
Judge = Callable[..., list[str]]

DATA = """
package shop
team T
entity Account "Account" {
  id: uuid @key @readonly
  pin: string(4) @secret
  name: string = "Nobody" @personal("identity") @example("Ada")
  rate: decimal(4, 2) = 1.5
  most: decimal(0..9.5)
  paid: money
  old: text? @deprecated("Use `name`.") @since("1.1")
  owner: Account.name
  size: Size?
}
enum Size { small "S"; large { deprecated "Too large." } }
type Mark { size: Size; code: string(/(?i)x/) }
event Seen { account: Account.id; whole: Account }
error Gone "It is gone" { status 410; mark: Mark }
service S { owner T; masters Account }
"""


def schema(name: str, text: str = DATA, **options: Any) -> Any:
    return schemas_of(design(text), **options)[f"shop/{name}.json"]


# ---- judged by others -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_schemas_of_the_examples_are_valid(name: str) -> None:
    made = schemas_of(example(name))
    assert faults(made) == []
    described = [id.partition(":")[2] for id in declared(name)]
    assert [path for path in described if f"{path.replace('.', '/')}.json" not in made] == []


def declared(name: str) -> list[str]:
    kinds = (Entity, ValueType, EnumType, Event, Error)
    return [one.id for one in example(name).declarations if isinstance(one, kinds)]


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case.name)
def test_recorded_schemas_are_valid(case: Path) -> None:
    folder = case / "output" / "schemas"
    read = {file.relative_to(folder).as_posix(): json.loads(file.read_text("utf-8")) for file in folder.rglob("*.json")}
    assert faults(read) == []


def test_ajv_finds_nothing_in_strict_mode(tmp_path: Path, judge_schemas: Judge) -> None:
    folders = [case / "output" for case in RECORDED if "extensions" not in case.name]
    for name in EXAMPLES:
        folders.append(written(tmp_path / name, example(name)))
    folders.append(written(tmp_path / "names", design(design_of_names(KEYWORDS))))
    folders.append(written(tmp_path / "texts", design(design_of_texts(TEXTS))))
    assert judge_schemas(folders) == []


def test_ajv_finds_nothing_where_it_is_told_of_extensions(tmp_path: Path, judge_schemas: Judge) -> None:
    folders = [written(tmp_path / name, example(name), extensions=True) for name in EXAMPLES]
    folders += [case / "output" for case in RECORDED if "extensions" in case.name]
    assert judge_schemas(folders, extensions=True) == []


def written(folder: Path, blueprint: Any, **options: Any) -> Path:
    for file in emitted(blueprint, **options).files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(file.content), encoding="utf-8")
    return folder


# ---- hostile names and texts ----------------------------------------------------------------------------------------


def test_names_that_mean_something_elsewhere_arrive() -> None:
    """As names of entities, fields and choices; whether the schemas are valid, Ajv has judged above."""
    made = schemas_of(design(design_of_names(KEYWORDS)))
    assert len({path.casefold() for path in made}) == len(made)
    (everything,) = (one for path, one in made.items() if path == "p/Everything.json")
    assert set(everything["properties"]) == set(KEYWORDS)


def test_texts_arrive_as_they_are() -> None:
    made = schemas_of(design(design_of_texts(TEXTS)))
    assert faults(made) == []
    titles = {one["title"] for one in made.values()}
    assert [text for text in TEXTS if text not in titles] == []


@pytest.mark.parametrize("name", [*DEVICES, "con", "AUX"])
def test_a_device_of_windows_is_no_file(name: str) -> None:
    (file,) = emitted(design(f"package shop\ntype {name} {{ x: int }}")).files
    assert file.path == f"schemas/shop/{name}-1.json"
    assert f"type:shop.{name}" in json.loads(file.content)["$comment"]


def test_names_that_differ_by_case_have_files_of_their_own() -> None:
    text = "package shop\ntype Order { x: order }\ntype order { x: ORDER }\nenum ORDER { a }"
    made = schemas_of(design(text))
    assert list(made) == ["shop/Order.json", "shop/order-2.json", "shop/ORDER-3.json"]
    assert made["shop/order-2.json"]["properties"]["x"] == {"$ref": "ORDER-3.json"}
    assert faults(made) == []


# ---- what a schema says ---------------------------------------------------------------------------------------------


def test_a_file_says_what_it_is_and_where_it_comes_from() -> None:
    account = schema("Account")
    assert list(account)[:4] == ["$schema", "$id", "$comment", "title"]
    assert account["$id"] == "https://schemas.invalid/shop/Account.json"
    assert account["$comment"] == (
        "Generated by cxc from design.blueprint:4: change the design, not this file. "
        "entity:shop.Account; master: service:shop.S"
    )
    assert schema("Seen")["title"] == "Seen"
    assert schema("Gone")["title"] == "It is gone"


def test_the_base_is_followed_and_references_stay_relative() -> None:
    made = schemas_of(design(DATA), base="https://schemas.shop.example/v2/")
    assert made["shop/Seen.json"]["$id"] == "https://schemas.shop.example/v2/shop/Seen.json"
    assert made["shop/Seen.json"]["properties"]["whole"]["$ref"] == "Account.json"
    assert made["shop/Account.json"]["properties"]["paid"]["$ref"] == "../built-in/money.json"
    assert faults(made) == []


@pytest.mark.parametrize("base", ["https://schemas.shop.example", "schemas/", "urn:x/", "https://a b/"])
def test_a_base_is_the_address_of_a_folder(base: str) -> None:
    with pytest.raises(ValidationError):
        emitted(design(DATA), base=base)


def test_both_sides_are_described_where_they_differ() -> None:
    account = schema("Account")
    sent = account["$defs"]["Input"]
    assert "pin" not in account["properties"]
    assert account["properties"]["id"]["readOnly"] is True
    assert "id" not in sent["properties"]
    assert sent["properties"]["pin"]["writeOnly"] is True
    assert account["required"] == ["id", "name", "rate", "most", "paid", "owner"]
    assert sent["required"] == ["pin", "most", "paid", "owner"]
    assert "$defs" not in schema("Mark")
    assert "$defs" not in schema("Seen")


def test_what_is_sent_is_made_of_what_is_sent() -> None:
    text = "package shop\ntype Inner { a: int = 1 }\ntype Outer { inner: [Inner]; outer: Outer? }"
    outer = schema("Outer", text)
    assert outer["properties"]["inner"]["items"] == {"$ref": "Inner.json"}
    sent = outer["$defs"]["Input"]["properties"]
    assert sent["inner"]["items"] == {"$ref": "Inner.json#/$defs/Input"}
    assert sent["outer"] == {"$ref": "Outer.json#/$defs/Input"}


def test_only_keywords_and_formats_of_json_schema_are_used() -> None:
    for one in schemas_of(design(DATA)).values():
        for _, part in parts(one):
            assert not [word for word in part if word.startswith("x-")]
            assert part.get("format") in (None, "uuid", "uri-reference")


def test_what_has_no_keyword_stands_in_a_comment() -> None:
    properties = schema("Account")["properties"]
    assert properties["name"]["$comment"] == "personal: identity"
    assert properties["owner"]["$comment"] == "personal: identity; field:shop.Account.name"
    assert properties["most"]["$comment"] == "minimum: 0; maximum: 9.5"
    assert properties["old"]["$comment"] == "since: 1.1"
    assert properties["old"]["deprecated"] is True
    assert schema("Mark")["properties"]["code"]["$comment"] == "pattern: (?i)x"
    assert schema("Size")["description"] == "- `small`: S\n- `large`: Deprecated: Too large."


def test_extensions_say_it_in_keywords() -> None:
    account = schema("Account", extensions=True)
    assert account["x-cxc-trace"] == {"entity": "entity:shop.Account", "master": "service:shop.S"}
    assert account["properties"]["name"]["x-cxc-personal"] == ["identity"]
    assert account["properties"]["most"]["x-cxc-maximum"] == "9.5"
    assert "$comment" not in account["properties"]["name"]
    assert schema("Size", extensions=True)["x-enumDescriptions"]["small"] == "S"


def test_an_error_is_problem_details() -> None:
    gone = schema("Gone", problems="https://shop.example/problems/")
    assert gone["properties"]["type"]["const"] == "https://shop.example/problems/shop:Gone"
    assert gone["properties"]["status"]["const"] == 410
    assert gone["required"] == ["type", "title", "status", "mark"]
    assert gone["examples"][0]["title"] == "It is gone"
    assert schema("Gone")["properties"]["type"]["const"] == "urn:problem:shop:Gone"


def test_a_schema_tells_what_fits_from_what_does_not() -> None:
    made = schemas_of(design(DATA))
    resources = [(one["$id"], Resource.from_contents(one)) for one in made.values()]
    registry: Registry[Any] = Registry().with_resources(resources)
    seen = Draft202012Validator(made["shop/Seen.json"], registry=registry)
    good = made["shop/Seen.json"]["examples"][0]
    assert seen.is_valid(good)
    assert not seen.is_valid({**good, "whole": {**good["whole"], "size": "tiny"}})
    assert not seen.is_valid({**good, "whole": {**good["whole"], "paid": {"amount": 1}}})
    assert not seen.is_valid({"account": good["account"]})


def test_a_design_without_data_has_no_schemas() -> None:
    assert emitted(design("package shop\nteam T")).files == ()

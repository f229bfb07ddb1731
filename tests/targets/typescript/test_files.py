"""What stands in the files of a client, one question at a time; the golden cases show them whole."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cxc.model.service import Operation
from designs import EXAMPLES, design, example
from hostile import KEYWORDS, TEXTS, design_of_names, design_of_texts
from typescript_clients import emitted, files

HEAD = "package shop\nteam T\n"


def service(text: str, before: str = "", **options: Any) -> str:
    """Return the module of a service `S` with these operations."""
    return files(design(f"{HEAD}{before}\nservice S {{ owner T\n{text}\n}}"), **options)["src/services/s.ts"]


def models(text: str) -> str:
    """Return the module of the data in declarations, all of which an operation answers with in a type `Root`."""
    return files(design(f"{HEAD}{text}\nservice S {{ owner T; query q() -> Root }}"))["src/models/shop.ts"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_operation_has_a_method_and_every_file_says_where_it_comes_from(name: str) -> None:
    client = files(example(name))
    services = {path: text for path, text in client.items() if path.startswith("src/services/")}
    methods = sum(text.count("return this.#connection.") for text in services.values())
    assert methods == len(example(name).every(Operation))
    assert [path for path, text in client.items() if "enerated by cxc" not in text[:200]] == []
    assert all(re.search(r"^// .+: \S+\.blueprint:\d+$", text, re.MULTILINE) for text in services.values())


def test_without_operations_there_is_no_client() -> None:
    assert emitted(design(HEAD)).files == ()
    assert emitted(design(f"{HEAD}service S {{ owner T }}")).files == ()


def test_a_package_needs_nothing_at_run_time_and_says_what_it_is() -> None:
    manifest = json.loads(files(example("pharmacy"))["package.json"])
    assert "dependencies" not in manifest
    assert (manifest["type"], manifest["sideEffects"]) == ("module", False)
    assert (manifest["name"], manifest["version"]) == ("northwind-client", example("pharmacy").version)
    named = files(example("pharmacy"), package="@northwind/api")
    assert json.loads(named["package.json"])["name"] == "@northwind/api"
    assert 'from "@northwind/api"' in named["README.md"]


def test_a_name_that_npm_does_not_take_is_refused() -> None:
    for name in ("Upper", "a b", "@a", "../x", "x" * 300, '"', ""):
        with pytest.raises(ValueError, match="is not the name of an npm package"):
            emitted(example("pharmacy"), package=name)


def test_types_of_problems_begin_as_the_settings_say() -> None:
    client = files(example("pharmacy"), problems="https://northwind.example/problems/")["src/problems.ts"]
    assert '"https://northwind.example/problems/northwind.platform:NotRefillable"' in client
    assert "urn:problem" not in client


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("string(3)", "string"),
        ("text", "string"),
        ("int", "number"),
        ("bool", "boolean"),
        ("decimal(9, 2)", "DecimalString"),
        ("money", "Money"),
        ("datetime", "DateTimeString"),
        ("time", "TimeString"),
        ("bytes", "Base64String"),
        ("[[int]]", "readonly (readonly number[])[]"),
        ("[Other?]", "readonly (Other | null)[]"),
        ("map<[string]>", "Readonly<Record<string, readonly string[]>>"),
        ("map<int?>", "Readonly<Record<string, number | null>>"),
        ("Other.o", "number"),
    ],
)
def test_types(declared: str, written: str) -> None:
    made = models(f"type Root {{ x: {declared}; y: {declared}? }}\ntype Other {{ o: int }}")
    assert f"  readonly x: {written};\n" in made
    assert f"  readonly y?: {written} | undefined;\n" in made


def test_what_is_sent_differs_from_what_comes_back_where_it_must() -> None:
    text = "type Root { seen: int @readonly; hidden: int @secret; given: int = 1; both: int; plain: Plain }"
    client = files(design(f"{HEAD}{text}\ntype Plain {{ p: int }}\nservice S {{ owner T; query q(r: Root) -> Root }}"))
    members = dict(re.findall(r"export interface (\w+) {\n(.*?)\n}", client["src/models/shop.ts"], re.DOTALL))
    assert re.findall(r"readonly (\S+):", members["Root"]) == ["seen", "given", "both", "plain"]
    assert re.findall(r"readonly (\S+):", members["RootInput"]) == ["hidden", "given?", "both", "plain"]
    assert "PlainInput" not in members


def test_only_what_operations_need_is_there() -> None:
    client = files(design(f"{HEAD}type A {{ a: int }}\ntype B {{ b: int }}\nservice S {{ owner T; query q() -> [A] }}"))
    assert "interface A " in client["src/models/shop.ts"]
    assert "interface B " not in client["src/models/shop.ts"]


def test_parameters_travel_where_openapi_says() -> None:
    made = service('command c(a: int, b: int, z: Z) -> int { http PUT "/x/{b}" }', "type Z { z: int }")
    assert '  path: "/x/{b}",\n  body: ["a", "z"],\n' in made
    made = service('query c(a: int?, b: int, z: Z) -> int { http GET "/x/{b}" }', "type Z { z: int }")
    assert '  path: "/x/{b}",\n  query: ["a", "z"],\n  json: ["z"],\n' in made
    assert '  body: ["pin"],\n' in service("query c(pin: string @secret) -> int")


def test_a_parameter_in_the_path_is_always_needed() -> None:
    assert "readonly b: number;" in service('query c(b: int = 1) -> int { http GET "/x/{b}" }')


@pytest.mark.parametrize(
    ("operation", "is_repeatable", "has_key"),
    [
        ("query q() -> int", True, False),
        ("query q(p: string @secret) -> int", True, False),
        ("query q() -> int { idempotent }", True, False),
        ("command c()", False, False),
        ("command c() { idempotent }", True, True),
        ('command c() { http PATCH "/c"; idempotent }', True, True),
        ('command c() { http PATCH "/c" }', False, False),
        ('command c() { http PUT "/c" }', True, False),
        ('command c() { http DELETE "/c"; idempotent }', True, False),
    ],
)
def test_only_what_may_be_is_repeated(operation: str, is_repeatable: bool, has_key: bool) -> None:
    made = service(operation)
    assert ("  repeatable: true,\n" in made) is is_repeatable
    assert ("  keyed: true,\n" in made) is has_key


def test_a_deprecated_operation_says_so() -> None:
    assert "@deprecated Use `other`." in service('command c() { deprecated "Use `other`." }')


def test_who_must_be_known_is_asked_for_a_token() -> None:
    assert '  identity: "verified",\n' in service("command c() { identity verified }")
    assert "identity:" not in service("command c() { identity anonymous }")


# ---- hostile names and texts -------------------------------------------------------------------------------


def test_names_that_mean_something_get_a_sign() -> None:
    client = files(design(design_of_names(KEYWORDS)))
    declared = re.findall(r"^export (?:interface|type|class|const) (\S+)", client["src/models/p.ts"], re.MULTILINE)
    assert {"class_", "number_", "Promise_", "__proto__", "Date", "constructor"} <= set(declared)
    assert not {"class", "number", "Promise", "Problem", "await"} & set(declared)
    for name in KEYWORDS:
        assert f'"{name}"' in client["src/models/p.ts"], name


def test_texts_are_comments_and_nothing_else() -> None:
    client = files(design(design_of_texts(TEXTS)))
    for path, text in client.items():
        if path.endswith(".ts"):
            comments = re.findall(r"/\*\*.*?\*/", text, re.DOTALL)
            code = re.sub(r"/\*\*.*?\*/|^//.*$", "", text, flags=re.DOTALL | re.MULTILINE)
            assert "*/" not in code, path
            assert not re.search("alert|HYPERLINK|passwd|DROP", code), path
            tags = {tag for one in comments for tag in re.findall(r"(?:^/\*\*|\n \*|\n   \*)\s*@(\w+)", one)}
            assert tags <= {"deprecated", "defaultValue", "example"}, path


def test_operations_with_one_name_have_methods_of_their_own() -> None:
    made = emitted(
        design(f'{HEAD}service S {{ owner T; query do_it() -> int; query doIt() -> int {{ http GET "/x" }} }}')
    )
    text = next(str(file.content) for file in made.files if file.path.endswith("/s.ts"))
    assert re.findall(r"^  (\w+)\(options", text, re.MULTILINE) == ["doIt", "doIt_"]


def test_services_whose_files_would_be_one_have_files_of_their_own() -> None:
    text = f"{HEAD}service Order {{ owner T; query q() -> int }}\nservice order {{ owner T; query r() -> int }}"
    paths = [file.path for file in emitted(design(f"{text}\nservice Con {{ owner T; query s() -> int }}")).files]
    assert [path for path in paths if "/services/" in path] == [
        "typescript/src/services/order.ts",
        "typescript/src/services/order_.ts",
        "typescript/src/services/con_.ts",
    ]

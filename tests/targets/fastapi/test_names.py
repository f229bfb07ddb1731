"""Names of the design as names of Python, and code on as many lines as `ruff format` gives it."""

import pytest

from cxc.targets.fastapi.code import Group, Pieces, docstring, laid, literal, raw_literal
from cxc.targets.fastapi.identifiers import constants, distinct, identifier, module_name
from cxc.targets.fastapi.names import Names
from cxc.targets.fastapi.options import FastApiOptions
from designs import design


@pytest.mark.parametrize(
    ("name", "expected"),
    [("order", "order"), ("class", "class_"), ("_x", "x"), ("_1", "field_1"), ("__", "field"), ("taken", "taken_")],
)
def test_identifier(name: str, expected: str) -> None:
    assert identifier(name, {"taken"}, "field") == expected


def test_names_that_become_one_are_told_apart() -> None:
    assert distinct(["_x", "x", "x_", "class", "class_"], (), "field") == {
        "_x": "x__",
        "x": "x",
        "x_": "x_",
        "class": "class__",
        "class_": "class_",
    }


def test_module_is_no_device_of_windows() -> None:
    assert module_name("Con", ()) == "con_"
    assert module_name("RefillOrders", ()) == "refill_orders"
    assert module_name("Import", ()) == "import_"


def test_choices_that_differ_by_case_are_told_apart() -> None:
    assert constants(["on_its_way", "Yes", "yes", "_1"]) == {
        "on_its_way": "ON_ITS_WAY",
        "Yes": "YES",
        "yes": "YES_",
        "_1": "VALUE_1",
    }


@pytest.mark.parametrize(
    ("workspace", "package"),
    [
        ("northwind", "northwind"),
        ("Pedal-Hire.2", "pedal_hire_2"),
        ("3d", "platform_3d"),
        ("json", "json"),
        ("re", "re_platform"),
    ],
)
def test_package_is_named_for_the_workspace(workspace: str, package: str) -> None:
    from dataclasses import replace

    blueprint = replace(design("package p\nteam T"), name=workspace)
    assert Names(blueprint, FastApiOptions(package=None)).package == package


@pytest.mark.parametrize("name", ["class", "fastapi", "two words", "é", "", "_x", "1a"])
def test_package_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of the Python package"):
        FastApiOptions(package=name)


# ---- code -----------------------------------------------------------------------------------------------------------


def test_call_that_does_not_fit_has_a_line_for_each_argument() -> None:
    long = Group("Field", tuple(f"argument_{number}=value" for number in range(6)))
    assert laid(Group("f", ("a", "b")), 4, "x = ") == "x = f(a, b)"
    lines = laid(long, 4, "x: str = ").split("\n")
    assert (lines[0], lines[1], lines[-1]) == ("x: str = Field(", "        argument_0=value,", "    )")


def test_only_item_of_a_list_type_gets_no_comma() -> None:
    long = Group("list", ("x" * 90,), "[]")
    assert laid(long, 0).split("\n")[1].endswith("x")


def test_long_text_is_cut_behind_blanks() -> None:
    text = "word " * 40
    lines = laid(Pieces(text), 4, "x = ").split("\n")
    assert "".join(line.strip().strip('"') for line in lines[1:-1]) == text
    assert all(len(line) <= 88 for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        'a "b"',
        "it's",
        "\\",
        "\n\t\r",
        "\x00\x7f\u2028\u202e",
        "'\"'",
        "é 中",
        "\ufeff",
        "\ud800".encode("utf-8", "replace").decode(),
    ],
)
def test_literal_is_read_back(text: str) -> None:
    assert eval(literal(text)) == text
    assert literal(text).isprintable()


@pytest.mark.parametrize("pattern", ["[A-Z]+", r"\d{3}", r'\w"', "\\\\", r"a\n"])
def test_pattern_is_read_back(pattern: str) -> None:
    assert eval(raw_literal(pattern)) == pattern


@pytest.mark.parametrize(
    "text", ['"quoted"', "back\\slash\\", 'three """ quotes', "x" * 200, "two\nlines", "bell \x07", " "]
)
def test_docstring_ends_where_it_should(text: str) -> None:
    source = f"def f() -> None:\n    {docstring([text], 4)}\n"
    scope: dict[str, object] = {}
    exec(source, scope)
    assert "f" in scope

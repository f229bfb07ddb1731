"""What texts in quotes mean: escapes, and the indentation of long texts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.parser import Parsed, parse


def value(raw: str) -> str:
    node = read(f"say {raw}\n").file.statements[0]
    assert isinstance(node, tree.Node)
    assert isinstance(node.values[0], tree.Text)
    return node.values[0].value


def read(text: str) -> Parsed:
    return parse(SourceFile("x.blueprint", text))


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ('""', ""),
        ('"a b"', "a b"),
        (r'"\"a\""', '"a"'),
        (r'"a\\b"', "a\\b"),
        (r'"a\nb\tc"', "a\nb\tc"),
        (r'"\\n"', "\\n"),
        (r'"\u{1F600}\u{e9}\u{0000E9}"', "😀éé"),
        (r'"\u{10FFFF}"', "\U0010ffff"),
        ('"// no comment /// and no documentation"', "// no comment /// and no documentation"),
        ('"{ } [ ( ; , @"', "{ } [ ( ; , @"),
        ('"tab\there"', "tab\there"),
        ('"\ufeff\u00a0"', "\ufeff\u00a0"),
    ],
)
def test_a_text(raw: str, meant: str) -> None:
    assert read(f"say {raw}").diagnostics == ()
    assert value(raw) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ('""""""', ""),
        ('"""one"""', "one"),
        ('"""  one  """', "  one  "),
        ('"""\n  one\n  two\n"""', "  one\n  two"),
        ('"""\n  one\n  two\n  """', "one\ntwo"),
        ('"""\n    one\n      two\n    """', "one\n  two"),
        ('"""\n    one\n  two\n    """', "  one\ntwo"),
        ('"""\n\n  one\n\n  """', "\none\n"),
        ('"""first\n  second\n  """', "first\nsecond"),
        ('"""\n\tone\n\t\ttwo\n\t"""', "one\n\ttwo"),
        ('"""\r\n  one\r\n  two\r\n  """', "one\ntwo"),
        ('"""\r  one\r  two\r  """', "one\ntwo"),
        ('"""\n  say "yes" and ""\n  """', 'say "yes" and ""'),
        ('"""\n  three \\"""\n  """', 'three """'),
        ('"""\n  a\\tb\\u{E9}\\\\\n  """', "a\tbé\\"),
        ('"""\n  // text\n  """', "// text"),
        ('"""   \n  one\n  """', "one"),
    ],
)
def test_a_long_text(raw: str, meant: str) -> None:
    assert read(f"say {raw}\n").diagnostics == ()
    assert value(raw) == meant


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        (r'"\q"', (6, 8), r"`\q` has no meaning in a text"),
        (r'"ab\d+"', (8, 10), r"`\d` has no meaning in a text"),
        (r'"\r"', (6, 8), r"`\r` has no meaning in a text"),
        (r'"\é"', (6, 8), r"`\é` has no meaning in a text"),
        (r'"\u1F600"', (6, 8), r"`\u` needs the number of a character behind it"),
        (r'"\u{}"', (6, 8), r"`\u` needs the number of a character behind it"),
        (r'"\u{1234567}"', (6, 8), r"`\u` needs the number of a character behind it"),
        (r'"\u{110000}"', (6, 16), "U+110000 is no character of a text"),
        (r'"\u{d800}"', (6, 14), "U+D800 is no character of a text"),
        (r'"\u{0}"', (6, 11), "U+0 is no character of a text"),
        (r'"""\q"""', (8, 10), r"`\q` has no meaning in a text"),
        ('"""a\\\nb"""', (9, 1), "A backslash at the end of a line has no meaning in a text"),
    ],
)
def test_a_backslash_that_means_nothing_is_reported_where_it_stands(
    raw: str, place: tuple[int, int], message: str
) -> None:
    (found,) = read(f"say {raw}\n").diagnostics
    assert (found.code, found.message) == ("CXC101", message)
    assert (found.span.line, found.span.column, found.span.end_column) == (1, *place)
    assert found.help


def test_every_wrong_escape_is_reported_and_the_text_still_read() -> None:
    parsed = read('say "\\a \\\\ \\b"\nowner X\nhave = "\\c"\n')
    assert [(d.span.line, d.span.column) for d in sorted(parsed.diagnostics, key=lambda d: d.span)] == [
        (1, 6), (1, 12), (3, 6), (3, 9),
    ]  # fmt: skip
    assert [type(statement) for statement in parsed.file.statements] == [tree.Node] * 3


def test_a_regular_expression_has_backslashes_of_its_own() -> None:
    parsed = read('code: string(/\\d+\\/\\q/) @example("1\\\\2")\n')
    assert parsed.diagnostics == ()
    field = parsed.file.statements[0]
    assert isinstance(field, tree.Field)
    assert isinstance(field.type, tree.NamedType)
    assert field.type.constraints[0].raw == "/\\d+\\/\\q/"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00")))
def test_any_text_can_be_written(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    assert value(f'"{escaped}"') == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_can_be_written_by_the_numbers_of_its_characters(text: str) -> None:
    assert value('"' + "".join(f"\\u{{{ord(char):X}}}" for char in text) + '"') == text


@given(st.text(st.sampled_from([*'ab \n\t"\\'])))
def test_a_text_as_json_writes_it_means_the_same(text: str) -> None:
    assert value(json.dumps(text)) == text

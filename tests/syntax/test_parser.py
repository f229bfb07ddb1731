"""Text to tree: every shape, exact places, and limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.lexer import NESTING_LIMIT
from cxc.syntax.parser import Parsed, parse
from syntax.texts import any_texts, damaged_texts, sound_texts
from syntax.trees import meaning

DESIGN = Path(__file__).resolve().parent.parent / "golden" / "fmt" / "a-whole-design" / "input.blueprint"


def read(text: str) -> Parsed:
    return parse(SourceFile("x.blueprint", text))


def only(text: str) -> Any:
    parsed = read(text)
    assert parsed.diagnostics == ()
    (statement,) = parsed.file.statements
    return statement


def shown(part: Any) -> str:
    """A value or type as short text, with the name of its class."""
    if isinstance(part, tree.Name):
        return f"Name {part.text}" + (f" titled {part.title.value}" if part.title else "")
    if isinstance(part, tree.Text):
        return f"Text {part.value}"
    if isinstance(part, tree.Range):
        return f"Range {part.low.raw} to {part.high.raw}"
    if isinstance(part, tree.Comparison):
        return f"Comparison {part.operator} {part.bound.raw}"
    if isinstance(part, tree.List):
        return f"List [{', '.join(map(shown, part.items))}]"
    if isinstance(part, tree.NamedType):
        return f"{part.name}({', '.join(map(shown, part.constraints))})" if part.constraints else part.name
    if isinstance(part, tree.ListType):
        return f"[{shown(part.item)}]"
    if isinstance(part, tree.MapType):
        return f"{part.word}<{shown(part.item)}>"
    if isinstance(part, tree.OptionalType):
        return f"{shown(part.item)}?"
    return f"{type(part).__name__} {part.raw}"


# ---- shapes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "values", "arrow"),
    [
        ("moment_of_truth", "moment_of_truth", [], None),
        ("owner people.Team", "owner", ["Name people.Team"], None),
        ('step a "Asks"', "step", ["Name a titled Asks"], None),
        ('support Couriers """\n  Brings\n  """', "support", ["Name Couriers titled Brings"], None),
        ("via Web, Phone,\n\n  Store", "via", ["Name Web", "Name Phone", "Name Store"], None),
        ('need "one", "two"', "need", ["Text one", "Text two"], None),
        ("emotion +2", "emotion", ["Number +2"], None),
        ("share 99.9%", "share", ["Percent 99.9%"], None),
        ("within 1h30m", "within", ["Duration 1h30m"], None),
        ("wait 10m..2h", "wait", ["Range 10m to 2h"], None),
        ("wait 10m .. 2h", "wait", ["Range 10m to 2h"], None),
        ("target >= 40", "target", ["Comparison >= 40"], None),
        ("target <85%", "target", ["Comparison < 85%"], None),
        ('tags [a, "b", [1, 2], []]', "tags", ["List [Name a, Text b, List [Number 1, Number 2], List []]"], None),
        ("on Failed -> retry", "on", ["Name Failed"], "Name retry"),
        ("leads -> retry", "leads", [], "Name retry"),
        ("maturity 2->4", "maturity", ["Number 2"], "Number 4"),
        ("end end, none", "end", ["Name end", "Name none"], None),
    ],
)
def test_a_node(text: str, word: str, values: list[str], arrow: str | None) -> None:
    node = only(text)
    assert type(node) is tree.Node
    assert (node.word, [shown(value) for value in node.values]) == (word, values)
    assert (shown(node.arrow) if node.arrow else None) == arrow
    assert (node.clauses, node.block) == ((), None)


def test_clauses_follow_values_and_arrow() -> None:
    node = only('on Late -> wait by people.Team, Other within 2h carries Order.id "t"')
    clauses = [(clause.word, [shown(value) for value in clause.values]) for clause in node.clauses]
    assert clauses == [
        ("by", ["Name people.Team", "Name Other"]),
        ("within", ["Duration 2h"]),
        ("carries", ["Name Order.id titled t"]),
    ]


@pytest.mark.parametrize(
    ("text", "type_", "default", "annotations"),
    [
        ("id: uuid", "uuid", None, []),
        ("id:uuid@key", "uuid", None, [("key", [])]),
        ("name: string(1..80)?", "string(Range 1 to 80)?", None, []),
        ("code: string(/[a-z]{2}/, 2)", "string(Regex /[a-z]{2}/, Number 2)", None, []),
        ("ratio: decimal(> 0, <= 1)", "decimal(Comparison > 0, Comparison <= 1)", None, []),
        ("items: [Order.id?]", "[Order.id?]", None, []),
        ("labels: map<[text]>", "map<[text]>", None, []),
        ("grid: map<map<int>>?", "map<map<int>>?", None, []),
        ("status: Status = active", "Status", "Name active", []),
        ("tags: [text] = [] @since(\"1.2\")", "[text]", "List []", [("since", ["Text 1.2"])]),
        ('a: text @personal("b", x) @secret', "text", None, [("personal", ["Text b", "Name x"]), ("secret", [])]),
    ],
)  # fmt: skip
def test_a_field(text: str, type_: str, default: str | None, annotations: list[tuple[str, list[str]]]) -> None:
    field = only(text)
    assert type(field) is tree.Field
    assert shown(field.type) == type_
    assert (shown(field.default) if field.default else None) == default
    assert [(one.word, [shown(value) for value in one.values]) for one in field.annotations] == annotations


def test_an_operation() -> None:
    text = "command c(\n  a: int = 1 @x,\n  /// Says b.\n  b: [text]\n) -> Order? fails A, B by T { latency 2s }"
    operation = only(text)
    assert type(operation) is tree.Operation
    assert (operation.word, operation.name.text, shown(operation.result)) == ("command", "c", "Order?")
    assert [(one.name, shown(one.type), one.doc) for one in operation.parameters] == [
        ("a", "int", ()),
        ("b", "[text]", ("Says b.",)),
    ]
    assert [clause.word for clause in operation.clauses] == ["fails", "by"]
    assert [node.word for node in operation.block.statements] == ["latency"]


def test_an_operation_of_nothing() -> None:
    operation = only("query q()")
    assert type(operation) is tree.Operation
    assert (operation.parameters, operation.result, operation.clauses, operation.block) == ((), None, (), None)


def test_a_transition() -> None:
    transition = only('-> retry "t" when "x" share 30% { since "1" }')
    assert type(transition) is tree.Transition
    assert shown(transition.target) == "Name retry titled t"
    assert [clause.word for clause in transition.clauses] == ["when", "share"]
    assert len(transition.block.statements) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a; b\nc", ";;a;\n\n;b\r\nc;", "\ufeffa\rb\r\rc", "a // x\n// y\nb // z\nc //", "a\n/// doc\n\nb\nc",
        "//// banner ////\na\nb\nc", "\n a\n\t b \f\n c\t",
    ],
)  # fmt: skip
def test_statements_end_with_a_newline_or_semicolon(text: str) -> None:
    parsed = read(text)
    assert parsed.diagnostics == ()
    assert [statement.word for statement in parsed.file.statements] == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["a {}", "a { }", "a {\n}", "a { ; }", "a { // c\n}", "a {\n// c\n\n}\n"])
def test_a_block_may_be_empty(text: str) -> None:
    assert only(text).block.statements == ()


def test_documentation_belongs_to_the_statement_after_it() -> None:
    parsed = read("/// One.\n///\n///  Two.  \n// no documentation\n\na\n//// none ////\nb { /// Three.\nc }\n")
    first, second = parsed.file.statements
    assert first.doc == ("One.", "", " Two.")
    assert second.doc == ()
    assert second.block.statements[0].doc == ("Three.",)


def test_comments_are_kept_apart() -> None:
    text = '// one\na "// no" // two\n/// no\nb [ // three\n]\n//'
    found = read(text).file.comments
    assert [comment.text for comment in found] == ["// one", "// two", "// three", "//"]
    assert all(text[comment.start : comment.end] == comment.text for comment in found)


def test_the_example_of_the_design_is_read() -> None:
    parsed = read(DESIGN.read_text(encoding="utf-8"))
    assert parsed.diagnostics == ()
    assert [statement.word for statement in parsed.file.statements] == [
        "package", "import", "from", "entity", "enum", "event", "error", "service", "channel", "capability", "journey",
        "experience", "principle",
    ]  # fmt: skip


# ---- places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\nb = x\n", (2, 3)),
        ("a\r\nb = x\r\n", (2, 3)),
        ("a\rb = x\r", (2, 3)),
        ("a\r\rb = x", (3, 3)),
        ("a\n\rb = x", (3, 3)),
        ("\tb\t= x\n", (1, 4)),
        ("\ufeffb = x\n", (1, 4)),
        ('a "😀😀"; b = x\n', (1, 11)),
        ('a "e\u0301"; b = x\n', (1, 11)),
        ('a """\r\n  😀\r\n  """; b = x', (3, 10)),
        ("// 😀\n/// é\nb = x", (3, 3)),
        ("b =", (1, 3)),
        ("b = x // last", (1, 3)),
        ("a\u2028; b = x", (1, 2)),
    ],
)
def test_columns_count_characters_and_lines_end_as_editors_have_it(text: str, place: tuple[int, int]) -> None:
    found = min(read(text).diagnostics, key=lambda one: one.span)
    assert (found.code, found.span.line, found.span.column) == ("CXC101", *place)


def test_a_place_at_the_end_of_a_file_without_a_last_newline() -> None:
    (found,) = read("team A {\n  kind x").diagnostics
    assert (found.span.line, found.span.column, found.span.end_line, found.span.end_column) == (1, 8, 1, 9)


def parts(part: Any) -> list[Any]:
    """A piece of a tree and all pieces in it that have a place."""
    inside = [part] if hasattr(part, "start") else []
    if isinstance(part, tuple):
        inside += [one for value in part for one in parts(value)]
    return inside


@given(sound_texts)
def test_every_part_of_a_tree_says_where_it_stands(text: str) -> None:
    for part in parts(read(text).file.statements):
        written = text[part.start : part.end]
        assert written
        assert written == written.strip(" \t\f\r\n\ufeff")
        if isinstance(part, tree.Text | tree.Number | tree.Percent | tree.Duration | tree.Regex):
            assert written == part.raw
        elif isinstance(part, tree.Name):
            assert text[part.start : part.name_end] == part.text
        elif isinstance(part, tree.Node | tree.Operation | tree.Clause | tree.MapType):
            assert written.startswith(part.word)
        elif isinstance(part, tree.Field | tree.NamedType):
            assert written.startswith(part.name)
        elif isinstance(part, tree.Block):
            assert written[0] + written[-1] == "{}"


# ---- limits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "b = x\n", "}\n", '"""\n', "}" * 10_000 + "\n"])
@pytest.mark.parametrize(
    "nested",
    [
        "a {\n" * 10_000 + "}\n" * 10_000,
        "a {\n" * 10_000,
        "a { " * 10_000 + "}" * 10_000,
        "a " + "[" * 10_000 + "]" * 10_000,
        "a: " + "[" * 10_000 + "T" + "]" * 10_000,
        "a(" * 10_000 + ")" * 10_000,
        "(" * 10_000,
        "a " + "[" * 10_000,
        "a: " + "m<" * 10_000 + "T" + ">" * 10_000,
        "a b(x: " + "m<\n" * 10_000 + "T" + ">" * 10_000 + ")",
        "a: T" + "?" * 10_000,
    ],
    ids=lambda text: text[:4].strip(),
)
def test_deep_nesting_is_refused_or_reported(before: str, nested: str) -> None:
    parsed = read(before + nested)
    codes = [found.code for found in parsed.diagnostics]
    assert codes
    assert set(codes) <= {"CXC101", "CXC102", "CXC109"}
    assert len(codes) < 5 or before.startswith("}}")
    assert depth(parsed.file) <= 4 * NESTING_LIMIT


def depth(part: Any) -> int:
    level, deepest = [part], 0
    while level:
        level = [inside for one in level if isinstance(one, tuple) for inside in one]
        deepest += 1
    return deepest


@pytest.mark.parametrize(("opening", "closing"), [("a {\n", "}\n"), ("[", "]")])
def test_nesting_up_to_the_limit_is_read(opening: str, closing: str) -> None:
    prefix = "" if opening.startswith("a") else "a "
    assert read(prefix + opening * NESTING_LIMIT + closing * NESTING_LIMIT).diagnostics == ()
    (found,) = read(prefix + opening * (NESTING_LIMIT + 1) + closing * (NESTING_LIMIT + 1)).diagnostics
    assert (found.code, found.message) == ("CXC109", "This is nested more than 64 levels deep")


# ---- any text -------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(damaged_texts() | any_texts)
def test_any_text_gives_a_tree_and_findings(text: str) -> None:
    source = SourceFile("x.blueprint", text)
    parsed = parse(source)
    for found in parsed.diagnostics:
        assert found.code in ("CXC101", "CXC102", "CXC109")
        assert found.help
        places = [found.span, *(related.span for related in found.related), *(edit.span for edit in found.fix)]
        for place in places:
            start, end = source.offset(place.line, place.column), source.offset(place.end_line, place.end_column)
            assert 0 <= start <= end <= len(text)
    assert meaning(parse(source).file) == meaning(parsed.file)


@given(sound_texts)
def test_an_error_before_sound_statements_does_not_change_them(text: str) -> None:
    # What recovery makes of sound statements is what the parser makes of them.
    damaged = read(f"owner = x\n{text}")
    sound = read(text)
    assert len(damaged.diagnostics) == 1
    assert meaning(damaged.file)[1:] == meaning(sound.file)

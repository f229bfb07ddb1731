import json
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wcwidth import width

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.display import Display
from cxc.diagnostics.frame import bounds
from cxc.diagnostics.report import FORMATS, Format, write_report
from cxc.source import SourceFile, Span

UNKNOWN = Kind("CXC201", "unknown-reference", Severity.ERROR)


def report(format: Format, diagnostics: list[Diagnostic], *sources: SourceFile, **options: object) -> str:
    stream = StringIO()
    write_report(format, diagnostics, {source.path: source for source in sources}, stream, **options)
    return stream.getvalue()


def findings_in(source: SourceFile) -> list[Diagnostic]:
    return [finding(UNKNOWN, f"No {column}", Span(source.path, 1, column, 1, column + 1)) for column in (3, 1, 2, 1)]


def test_findings_are_listed_in_the_order_of_their_places_each_once() -> None:
    source = SourceFile("a", "abc")
    found = findings_in(source)
    assert [line for line in report("text", found, source).split("\n") if line.startswith("error")] == [
        f"error CXC201 unknown-reference: No {column}" for column in (1, 2, 3)
    ]
    assert [each["message"] for each in json.loads(report("json", found))["findings"]] == ["No 1", "No 2", "No 3"]
    assert [each["message"]["text"] for each in json.loads(report("sarif", found))["runs"][0]["results"]] == [
        "No 1.",
        "No 2.",
        "No 3.",
    ]
    assert [line[-4:] for line in report("github", found).split("\n")[:3]] == ["No 1", "No 2", "No 3"]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_its_last_line(format: Format) -> None:
    assert report(format, []).endswith("\n")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "shift_jis", "utf-16"])
def test_every_format_can_be_written_in_any_encoding(format: Format, encoding: str) -> None:
    source = SourceFile("ü\udcff", "注 “💊” \ud800\u202e")
    stream = TextIOWrapper(BytesIO(), encoding=encoding)
    found = finding(
        UNKNOWN, "“注” fehlt", Span(source.path, 1, 1, 1, 9), help="„Ü“", fix=[Edit(Span(source.path, 1, 1, 1, 2), "é")]
    )
    write_report(format, [found], {source.path: source}, stream)
    stream.flush()


numbers = st.integers(-2, 40) | st.integers()
files = st.sampled_from(["a", "b", "gone", ""])
texts = st.text(
    alphabet=st.characters() | st.sampled_from('ab \t\r\n\u202e\u2066\u200d\u0301\0\x1b\ufe0f💊注{}[]()"'), max_size=60
)
long_texts = st.builds(lambda part, times: part * times, texts, st.sampled_from([1, 1, 30]))
spans = st.builds(Span, files, numbers, numbers, numbers, numbers)
diagnostics = st.builds(
    Diagnostic,
    kind=st.just(UNKNOWN),
    message=texts,
    span=spans,
    related=st.lists(st.builds(Related, spans, texts), max_size=3).map(tuple),
    help=st.none() | texts,
    fix=st.lists(st.builds(Edit, spans, texts), max_size=3).map(tuple),
    severity=st.sampled_from(Severity),
    suppression=st.none() | st.builds(Suppression, texts, st.none() | st.just("2027-01-01"), spans),
)


@given(long_texts, texts, st.lists(diagnostics, max_size=3), st.integers(0, 120))
def test_any_finding_in_any_text_is_reported_and_nothing_in_it_reaches_the_terminal(
    first: str, second: str, found: list[Diagnostic], columns: int
) -> None:
    sources = [SourceFile("a", first), SourceFile("b", second)]
    shown = report("text", found, *sources, show_allowed=True, columns=columns)
    for written in (shown, report("github", found, *sources)):
        assert [char for char in written if not char.isprintable() and char != "\n"] == []
    for format in ("json", "sarif"):
        written = report(format, found, *sources)
        assert written.isascii() and [char for char in written if not char.isprintable() and char != "\n"] == []
        json.loads(written).values()
    report("text", found, *sources, colour=True)


@given(long_texts.filter(lambda text: text.strip()), st.data())
def test_the_underline_is_as_wide_as_what_it_underlines(text: str, data: st.DataObject) -> None:
    """Where a line is short enough to be shown whole, what stands above the `^` is exactly the text that is meant."""
    source = SourceFile("a", text)
    line = data.draw(st.integers(1, len(source.line_starts)))
    begin, end = bounds(source, line)
    start = data.draw(st.integers(begin, end))
    stop = data.draw(st.integers(start, end))
    found = finding(UNKNOWN, "No", source.span(start, stop)._replace(line=line, end_line=line))
    cells = Display().cells(text[begin:end])
    assume(sum(cell.columns for cell in cells) <= 1000)
    rows = report("text", [found], source, columns=1100).split("\n")
    margin = len(f"{line} | ")
    shown, underline = rows[3][margin:], rows[4][margin:]
    meant, before, at = "", "", begin
    for cell in cells:
        if at + cell.length <= start:
            before += cell.shown
        elif at < stop:
            meant += cell.shown
        at += cell.length
    assert shown.startswith((before + meant).rstrip())
    assert len(underline) - len(underline.lstrip(" ")) == width(before)
    assert underline.count("^") == max(width(meant), 1)

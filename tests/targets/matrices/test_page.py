"""The page as a document: one file that asks for nothing, tables that say what is what, and texts that stay texts."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cxc.model.blueprint import Blueprint
from cxc.targets import load_target
from cxc.targets.matrices import page as page_module
from cxc.targets.matrices.facets import FacetsOf
from cxc.targets.matrices.matrix import Cell, Kind, Matrix, Ramp, Scale
from cxc.targets.matrices.page import page_of
from cxc.targets.matrices.view import matrices_of
from cxc.targets.templates import Templates
from designs import EXAMPLES, design, example
from hostile import TEXTS, design_of_texts

TEMPLATES = Templates.of("matrices")


def page(blueprint: Blueprint) -> str:
    return page_of(blueprint, matrices_of(blueprint), TEMPLATES)


class Document(HTMLParser):
    """Collects the elements of a page in order, each with its attributes, and what is said in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.tables: dict[str, list[list[tuple[str, dict[str, str | None], str]]]] = {}
        self._table: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag == "section":
            self._table = self.tables.setdefault(given["id"] or "", [])
        elif tag == "tr":
            self._table.append([])
        elif tag in ("th", "td"):
            self._table[-1].append((tag, given, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._table and self._table[-1] and self.lasttag not in ("script", "style"):
            tag, given, said = self._table[-1][-1]
            self._table[-1][-1] = (tag, given, said + data)


@pytest.mark.parametrize("name", EXAMPLES)
def test_tables_hold_every_cell_and_say_what_heads_what(name: str) -> None:
    document = Document(page(example(name)))
    for matrix in matrices_of(example(name)):
        rows = document.tables[matrix.name]
        if not matrix.cells or not matrix.columns.headings:
            assert rows == []
            continue
        inner = [row for row in rows if any(tag == "td" for tag, _, _ in row)]
        assert [len(row) for row in inner] == [1 + len(cells) for cells in matrix.cells]
        assert all(row[0][0] == "th" and row[0][1]["scope"] == "row" for row in inner)
        scopes = {given["scope"] for row in rows for tag, given, _ in row if tag == "th"}
        assert scopes <= {"row", "col", "colgroup", "rowgroup"}
        for row, heading, cells in zip(inner, matrix.rows.headings, matrix.cells, strict=True):
            assert row[0][2].strip().endswith(heading.parts[-1].label)
            for (_, _, said), cell in zip(row[1:], cells, strict=True):
                assert str(cell.shown) in said
                assert cell.detail in said
                assert bool(said.strip()) == (cell.kind is not Kind.NONE)


def test_absences_look_different_and_are_read_out_differently() -> None:
    text = page(example("airline"))
    for look, mark, word in (("off", "–", "not offered"), ("na", "n/a", "not applicable"), ("un", "?", "unknown")):
        assert f'<td class="{look}"><b aria-hidden="true">{mark}</b><i>{word}</i></td>' in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_page_asks_for_nothing(name: str) -> None:
    document = Document(page(example(name)))
    asking = {"src", "srcset", "data", "action", "formaction", "poster", "background"}
    assert not any(asking & given.keys() for _, given in document.elements)
    assert not any(tag in ("link", "iframe", "img", "object", "embed", "base") for tag, _ in document.elements)
    links = {given["href"] for tag, given in document.elements if tag == "a"}
    assert all(re.fullmatch(r"#[a-z-]+|[A-Za-z.-]+\.(md|csv|xlsx)", link or "") for link in links)


@pytest.mark.parametrize("name", EXAMPLES)
def test_links_lead_to_files_beside_the_page_and_to_places_in_it(name: str) -> None:
    target = load_target("matrices")
    made = target.emit(example(name), target.options(), TEMPLATES)
    files = {file.path.removeprefix("matrices/") for file in made.files}
    document = Document(page(example(name)))
    ids = [given["id"] for _, given in document.elements if "id" in given]
    assert len(ids) == len(set(ids))
    links = {given["href"] or "" for tag, given in document.elements if tag == "a"}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} <= files


def test_only_our_own_style_and_script_may_run() -> None:
    text = page(example("pharmacy"))
    policy = next(given["content"] or "" for tag, given in Document(text).elements if "http-equiv" in given)
    for kind in ("style", "script"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL))


def test_texts_stay_texts() -> None:
    text = page(design(design_of_texts(TEXTS)))
    known = Document(page(example("pharmacy")))
    found = Document(text)
    assert {tag for tag, _ in found.elements} <= {tag for tag, _ in known.elements}
    assert {name for _, given in found.elements for name in given} <= {n for _, given in known.elements for n in given}
    assert text.count("<script") == 1
    assert "<script>alert(1)</script> & &amp; <!-- --> ]]> <img src=x onerror=alert(1)>" in "".join(found.texts)
    assert "{{ 7 * 7 }} {% raw %} {# no #} ${HOME}" in "".join(found.texts)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]", text)


def test_the_title_of_the_workspace_ends_neither_comment_nor_title() -> None:
    from dataclasses import replace

    blueprint = replace(design("package a"), title='A --> </title><script>"B"</script>', name="a --> b")
    text = page(blueprint)
    assert text.splitlines()[1].count("-->") == 1
    assert text.count("<script") == 1
    assert text.count("<title>") == text.count("</title>") == 1


def test_an_empty_design_says_that_there_is_nothing_to_show() -> None:
    text = page(design("package empty"))
    assert "Nothing to show: the design has no tier or journey, or no channel." in text
    assert "<table" not in text


def test_what_is_too_large_for_a_page_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MOST_CELLS", 50)
    text = page(example("pharmacy"))
    assert re.search(r"\d+ rows and \d+ columns are too many for a page", text)
    assert "capability-system.csv" in text


def test_numbers_are_coloured_by_their_scale() -> None:
    scale = Scale(Ramp.RISK, 0, 10)
    steps = [page_module._heat(scale, value) for value in (-3, 0, 0.1, 2, 2.1, 9, 10, 99)]
    assert steps == [f"risk-{step}" for step in (0, 0, 1, 1, 2, 5, 5, 5)]
    assert page_module._heat(None, 3) == page_module._heat(Scale(Ramp.LEVEL, 2, 2), 3) == ""


def test_signs_and_numbers_make_a_dense_table() -> None:
    def dense(*cells: Cell) -> bool:
        pharmacy = next(one for one in matrices_of(example("pharmacy")) if one.name == "capability-information")
        line = [*cells, *[Cell(Kind.NONE)] * (len(pharmacy.columns.headings) - len(cells))]
        return page_module._is_dense(Matrix("a", "A", "", pharmacy.rows, pharmacy.columns, [line]), {"direct": "●"})

    assert dense(Cell(Kind.WORD, "direct"), Cell(Kind.NUMBER, 3), Cell(Kind.UNKNOWN), Cell(Kind.TEXT, "words"))
    assert not dense(Cell(Kind.WORD, "direct", "by change"))
    assert not dense(Cell(Kind.NUMBER, 3, "2 seams"))
    assert not dense(Cell(Kind.WORD, "full"))


# ---- by what rows are chosen ------------------------------------------------------------------------------------

CHOICES = """package a
team Desk
team Back
channel Web { kind web; identity authenticated; owner Desk }
channel Line { kind phone; identity identified; owner Desk }
persona P
metric Mood { kind nps; target >= 40 }
entity Loan { number: int(1..9) @key }
capability Lending { importance strategic; people Desk
  capability Deciding
  capability Paying { importance supporting; people Back }
}
service Loans { owner Back; masters Loan; realizes Deciding; query look(number: Loan.number) -> Loan }
tier Gold { support assisted; channels Line; journeys Borrow }
journey Borrow { kind use; persona P; trigger "t"; outcome "o"
  phase during {
    step ask { via Web, Line; calls Loans.look; measures Mood }
    step think { via none; backstage "Thinks" by Desk; capability Paying }
  }
}
"""


@pytest.mark.parametrize(
    ("id", "teams", "channels", "importance"),
    [
        ("step:a.Borrow.ask", "Back", "Web Line", "strategic"),
        ("step:a.Borrow.think", "Desk", "", "supporting"),
        ("journey:a.Borrow", "Back Desk", "Web Line", "strategic supporting"),
        ("capability:a.Lending", "Desk", "Web Line", "strategic"),
        ("capability:a.Deciding", "Desk", "Web Line", "strategic"),
        ("capability:a.Paying", "Back", "", "supporting"),
        ("service:a.Loans", "Back", "Web Line", "strategic"),
        ("operation:a.Loans.look", "Back", "Web Line", "strategic"),
        ("entity:a.Loan", "Back", "Web Line", "strategic"),
        ("metric:a.Mood", "Back", "Web Line", "strategic"),
        ("team:a.Desk", "Desk", "", ""),
        ("channel:a.Web", "", "Web", ""),
        ("tier:a.Gold", "", "Line", ""),
        ("nothing:a.Nothing", "", "", ""),
    ],
)
def test_what_an_element_has_to_do_with(id: str, teams: str, channels: str, importance: str) -> None:
    facets = FacetsOf(design(CHOICES)).element(id)
    names = [[id.rpartition(".")[2] for id in ids] for ids in (facets.teams, facets.channels, facets.importance)]
    assert names == [teams.split(), channels.split(), importance.split()]


def test_a_journey_in_a_tier_is_on_the_channels_of_the_tier() -> None:
    blueprint = design(CHOICES)
    matrix = next(one for one in matrices_of(blueprint) if one.name == "tier-channel-journey")
    facets = FacetsOf(blueprint).heading(matrix.rows.headings[0])
    assert list(facets.channels) == ["channel:a.Line"]
    assert list(facets.teams) == ["team:a.Back", "team:a.Desk"]


def test_a_workspace_can_have_its_own_look(tmp_path: Path) -> None:
    folder = tmp_path / "matrices"
    folder.mkdir()
    (folder / "index.css").write_text("table { color: teal }\n", encoding="utf-8")
    text = page_of(design("package a"), matrices_of(design("package a")), Templates.of("matrices", str(tmp_path)))
    assert "<style>table { color: teal }\n</style>" in text

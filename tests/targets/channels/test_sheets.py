"""Scripts and runbooks hold all that people need who serve, as a page and as Markdown, and only as text."""

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from channel_output import hostile, output, output_of_example, output_of_vet
from designs import EXAMPLES


def sheets(files: dict[str, str], ending: str) -> dict[str, str]:
    return {
        path: text
        for path, text in files.items()
        if ("/scripts/" in path or "/runbooks/" in path) and path.endswith(ending)
    }


class Page(HTMLParser):
    """The words, elements, ids and links of a page."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def files_of(name: str) -> dict[str, str]:
    return output_of_vet() if name == "vet" else output_of_example(name)


@pytest.mark.parametrize("name", [*EXAMPLES, "vet"])
def test_each_journey_has_a_page_and_the_same_in_markdown(name: str) -> None:
    files = files_of(name)
    pages, texts = sheets(files, ".html"), sheets(files, ".md")
    assert {path.removesuffix(".html") for path in pages} == {path.removesuffix(".md") for path in texts}
    for text in pages.values():
        page = Page(text)
        assert page.elements.count("h1") == 1
        assert len(set(page.ids)) == len(page.ids)
        assert {link[1:] for link in page.links} <= set(page.ids)
        assert not {"script", "img", "link"} & set(page.elements)


def test_all_examples_have_sheets() -> None:
    assert sum(len(sheets(output_of_example(name), ".md")) for name in EXAMPLES) > 20


def test_a_script_holds_what_is_said_asked_told_and_done() -> None:
    page = Page(output_of_vet()["channels/Phone/scripts/VisitUs.html"]).text
    for words in (
        "Good time of day, Name. What is wrong?",
        "Notes (optional)",
        "Preparing the room – The practice, within 2 hours 30 minutes",
        "Looks up the animal – The practice, within 10 minutes",
        "Night courier: Brings samples",
        "moment of truth",
        "1 minute as a rule, 10 minutes at most",
        "No time is left: go on with Waits for a time (out of the customer's sight) – hand over: Client: Id",
        "A day suits: Gets a confirmation (on another channel) (80% of customers) – hand over: Visit: Code",
        "Who goes on to another channel",
        "Who can take over",
    ):
        assert words in page
    assert page.count("Derived from the journey: no experience says what to say here.") == 1


def test_what_a_person_does_where_the_design_gives_no_way_on_is_derived() -> None:
    page = Page(output_of_vet()["channels/House/runbooks/VisitUs.html"]).text
    assert (
        "There is no such visit: Apologise, say what happens next, and hand over to The practice by telephone" in page
    )
    assert "Derived: the design gives no way on." in page


def test_who_comes_from_another_channel_is_not_asked_again() -> None:
    text = output_of_example("pharmacy")["channels/Phone/scripts/RefillPrescription.md"]
    (line,) = [
        line for line in text.splitlines() if line.startswith("| Talks to a pharmacist") and "Wants advice" in line
    ]
    assert "| Prescription: Id | nothing |" in line


@pytest.mark.parametrize("kind", ["phone", "social", "store", "field", "mail"])
def test_hostile_texts_stand_as_text(kind: str) -> None:
    for blueprint in hostile(kind):
        files = output(blueprint)
        pages, texts = sheets(files, ".html"), sheets(files, ".md")
        assert pages and texts
        for text in pages.values():
            page = Page(text)
            assert not {"script", "img", "iframe"} & set(page.elements)
            assert all(link.startswith("#step-") for link in page.links)
        for text in texts.values():
            _harmless(text)


def _harmless(text: str) -> None:
    """Refuse Markdown in which anything but our own comment is HTML, or that links to anything unseen."""
    tokens: list[Any] = [token for token in MarkdownIt("commonmark").enable("table").parse(text)]
    inner = [child for token in tokens for child in token.children or []]
    html = [token.content for token in (*tokens, *inner) if token.type in ("html_block", "html_inline")]
    assert len(html) == 1
    assert html[0].startswith("<!-- Generated by cxc")
    assert not [token for token in inner if token.type == "image"]
    # An address in pointed brackets is the author's own, and leads where it says.
    links = [token for token in inner if token.type == "link_open"]
    assert all(token.markup == "autolink" and str(token.attrs["href"]).startswith("http") for token in links)


@pytest.mark.parametrize("name", [*EXAMPLES, "vet"])
def test_markdown_of_examples_is_harmless(name: str) -> None:
    for text in sheets(files_of(name), ".md").values():
        _harmless(text)


def test_everybody_can_read_a_page(
    tmp_path: Path, browse: Callable[[Path, Sequence[dict[str, Any]]], list[Any]]
) -> None:
    for name, path in (
        ("vet", "channels/Phone/scripts/VisitUs.html"),
        ("telecom", "channels/Store/runbooks/FixFault.html"),
    ):
        page = tmp_path / f"{name}.html"
        page.write_text(files_of(name)[path], encoding="utf-8")
        assert browse(
            page, [{"viewport": [360, 800]}, {"axe": True}, {"media": {"media": "print"}}, {"axe": True}]
        ) == [[], []]

"""The page of a rule: what it finds, why that matters, how to mend it, and a bad and a good example.

The words are those of the rule's own module; where pages are listed and printed is left to commands and documentation.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cxc.diagnostics.display import Display

if TYPE_CHECKING:
    from cxc.rules import Rule

HEADINGS = ("What", "Why", "Fix", "Limits", "References")
"""The headings of a rule's docstring, in their order; the last one may be missing."""

_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*]|\d+[.)]) +")
_FENCE = re.compile(r"`{3,}")


class Explanation(NamedTuple):
    """The page of a rule in its parts, texts as Markdown without indentation; what a rule does not say is empty."""

    code: str
    slug: str
    severity: str
    family: str
    pattern: str
    what: str
    why: str
    fix: str
    bad: str
    good: str
    limits: str
    references: str

    def sections(self) -> Iterator[tuple[str, str, bool]]:
        """Yield the title and text of each section that says something, and whether it is a blueprint to show."""
        for title, text, is_example in (
            ("What", self.what, False),
            ("Why", self.why, False),
            ("How to mend it", self.fix, False),
            ("Not like this", self.bad, True),
            ("But like this", self.good, True),
            ("Limits", self.limits, False),
            ("References", self.references, False),
        ):
            if text:
                yield title, text, is_example


def explanation(rule: Rule) -> Explanation:
    """Return the page of a rule."""
    pattern, sections = parse(rule.documentation)
    return Explanation(
        code=rule.kind.code,
        slug=rule.kind.slug,
        severity=rule.kind.severity.value,
        family=rule.family,
        pattern=pattern,
        bad=_unindented(rule.bad),
        good=_unindented(rule.good),
        **{heading.lower(): sections.get(heading, "") for heading in HEADINGS},
    )


def parse(documentation: str) -> tuple[str, dict[str, str]]:
    """Return the sentence with which a rule's docstring begins, and the text under each heading that it has."""
    first, *parts = _HEADING.split(inspect.cleandoc(documentation))
    return " ".join(first.split()), dict(zip(parts[::2], map(_unindented, parts[1::2]), strict=True))


def as_text(page: Explanation, *, colour: bool = False, columns: int = 88, encoding: str | None = None) -> str:
    """Return the page for a terminal that is `columns` wide."""
    display = Display(encoding)
    title = f"{page.code} {page.slug}"
    lines = [f"{_bold(title) if colour else title} ({page.severity})"]
    lines += ["", *map(display.plain, _wrapped(page.pattern, columns))]
    for heading, text, is_example in page.sections():
        body = textwrap.indent(text.expandtabs(4), "    ").split("\n") if is_example else _wrapped(text, columns, "  ")
        lines += ["", _bold(heading) if colour else heading, *map(display.plain, body)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_markdown(page: Explanation, *, level: int = 1) -> str:
    """Return the page as Markdown; `level` is that of its title, and at 0 it has none, as where a page has its own."""
    lines = [f"{'#' * level} {page.code} {page.slug}", ""] if level else []
    lines += [f"*{page.severity.capitalize()}.* {page.pattern}"]
    for heading, text, is_example in page.sections():
        lines += ["", f"{'#' * max(level + 1, 2)} {heading}", "", _fenced(text) if is_example else text]
    return "\n".join(lines) + "\n"


def _unindented(text: str) -> str:
    return textwrap.dedent(text).strip("\n").rstrip()


def _bold(text: str) -> str:
    from click import style

    return style(text, bold=True)


def _fenced(code: str) -> str:
    fence = max((found.group() + "`" for found in _FENCE.finditer(code)), key=len, default="```")
    return f"{fence}blueprint\n{code}\n{fence}"


def _wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Return Markdown in lines of a width: paragraphs and list items are filled, code is left as it is."""
    lines: list[str] = []
    paragraph: list[str] = []

    def fill() -> None:
        if paragraph:
            item = _ITEM.match(paragraph[0])
            hanging = indent + " " * (item.end() if item else 0)
            joined = " ".join(" ".join(paragraph).split())
            lines.extend(
                textwrap.wrap(
                    joined,
                    max(columns, 40),
                    initial_indent=indent,
                    subsequent_indent=hanging,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
            paragraph.clear()

    fenced = False
    for line in text.split("\n"):
        fence = line.startswith("```")
        verbatim = fenced or fence or (line.startswith("    ") and not paragraph)
        if verbatim or not line.strip() or _ITEM.match(line):
            fill()
        if verbatim or not line.strip():
            lines.append(f"{indent}{line}".rstrip())
        else:
            paragraph.append(line)
        fenced ^= fence
    fill()
    return lines

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
"""The headings of a rule's docstring, in their order; the last may be missing."""

_TITLES = {"Fix": "How to mend it", "Limits": "Limits", "References": "References"}
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*]|\d+[.)]) ")
_FENCE = re.compile(r"`{3,}")


class Explanation(NamedTuple):
    """The page of a rule in its parts, each Markdown without indentation; what a rule does not say is empty."""

    code: str
    slug: str
    severity: str
    family: str
    pattern: str
    what: str
    why: str
    fix: str
    limits: str
    references: str
    bad: str
    good: str

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield the titles and texts of the sections that say something, in their order."""
        for heading in HEADINGS:
            text: str = getattr(self, heading.lower())
            if text:
                yield _TITLES.get(heading, heading), text


def explanation(rule: Rule) -> Explanation:
    """Return the page of a rule."""
    pattern, sections = parse(rule.documentation)
    return Explanation(
        code=rule.kind.code,
        slug=rule.kind.slug,
        severity=rule.kind.severity.value,
        family=rule.family,
        pattern=pattern,
        **{heading.lower(): sections.get(heading, "") for heading in HEADINGS},
        bad=_example(rule.bad),
        good=_example(rule.good),
    )


def parse(documentation: str) -> tuple[str, dict[str, str]]:
    """Return the sentence with which a rule's docstring begins, and the text under each heading."""
    parts = _HEADING.split(inspect.cleandoc(documentation))
    texts = (textwrap.dedent(text.strip("\n")).strip() for text in parts[2::2])
    return " ".join(parts[0].split()), dict(zip(parts[1::2], texts, strict=True))


def as_text(page: Explanation, *, colour: bool = False, columns: int = 88, encoding: str | None = None) -> str:
    """Return the page for a terminal that is `columns` wide."""
    display = Display(encoding)

    def title(text: str) -> str:
        if not colour:
            return text
        from click import style

        return style(text, bold=True)

    lines = [f"{title(f'{page.code} {page.slug}')} ({page.severity})", "", *_wrapped(page.pattern, "", columns)]
    for heading, text in page.sections():
        if heading == _TITLES["References"]:
            lines += _shown_examples(page, title)
        lines += ["", title(heading), *_wrapped(text, "  ", columns)]
    if not page.references:
        lines += _shown_examples(page, title)
    return "\n".join(display.plain(line) if "\x1b" not in line else line for line in lines) + "\n"


def as_markdown(page: Explanation, *, level: int = 1) -> str:
    """Return the page as Markdown; `level` is that of its title, and with 0 it has none."""
    lines = [f"{'#' * level} {page.code} {page.slug}", ""] if level else []
    lines += [f"*{page.severity.capitalize()}.* {page.pattern}"]
    below = "#" * (level + 1 if level else 2)
    examples = [line for name, code in _examples(page) for line in ("", f"{below} {name}", "", *_fenced(code))]
    for heading, text in page.sections():
        if heading == _TITLES["References"]:
            lines += examples
            examples = []
        lines += ["", f"{below} {heading}", "", text]
    return "\n".join([*lines, *examples]) + "\n"


def _example(text: str) -> str:
    return inspect.cleandoc(text) if text else ""


def _examples(page: Explanation) -> Iterator[tuple[str, str]]:
    if page.bad:
        yield "Not like this", page.bad
    if page.good:
        yield "But like this", page.good

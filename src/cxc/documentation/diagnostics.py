"""One page for each diagnostic, from the rule's own file, and their index."""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Severity
from cxc.diagnostics.explanation import as_markdown, explanation
from cxc.rules import FAMILIES, Rule, all_rules

_LETTERS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}
_HEADING = "| code | slug | severity | what is wrong |\n| --- | --- | --- | --- |"
_INDEX = """# Diagnostics

Each finding has a code, which never changes its meaning, and a slug. `cxc explain CODE` shows the same page in the
terminal. Rules of the families 3 to 8, and all warnings and hints, can be ignored, allowed in place or given another
severity; see [the configuration](../reference/configuration.md).
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the index and the pages: path below `docs/diagnostics/` and text."""
    rules = all_rules()
    yield "README.md", _index(rules)
    for rule in rules:
        yield f"{rule.kind.code}.md", as_markdown(explanation(rule)).rstrip() + "\n"


def _index(rules: tuple[Rule, ...]) -> str:
    parts = [_INDEX]
    for digit, family in FAMILIES.items():
        rows = [rule for rule in rules if rule.kind.code[3] == digit]
        if not rows:
            continue
        parts.append(f"## CXC{digit}: {family}\n\n{_HEADING}")
        for rule in rows:
            code = rule.kind.code
            first = rule.documentation.strip().split("\n")[0]
            parts.append(f"| [{code}]({code}.md) | `{rule.kind.slug}` | {_LETTERS[rule.kind.severity]} | {first} |")
        parts.append("")
    return "\n".join(parts)

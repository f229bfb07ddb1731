"""The rules whose code and slug are settled but which nothing finds yet, so that settings may name them already.

A rule that gets its file in a family folder leaves this table.
"""

from __future__ import annotations

from functools import cache

from cxc.diagnostics import Kind, Severity

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "H": Severity.HINT}

_TABLE = """
907 breaking-change E
"""

PLANNED = tuple(
    Kind(f"CXC{number}", slug, _SEVERITIES[letter])
    for number, slug, letter in (line.split() for line in _TABLE.split("\n") if line)
)
"""The kinds of these rules, in the order of their codes."""


@cache
def known_kinds() -> tuple[Kind, ...]:
    """Return the kind of every rule, built or planned, in the order of the codes."""
    from cxc.rules import all_rules

    built = {rule.kind.code: rule.kind for rule in all_rules()}
    planned = {kind.code: kind for kind in PLANNED}
    return tuple(kind for _, kind in sorted({**planned, **built}.items()))

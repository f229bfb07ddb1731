"""The rules whose code and slug are settled but which nothing finds yet, so that settings may name them already.

A rule that gets its file in a family folder leaves this table.
"""

from __future__ import annotations

from functools import cache

from cxc.diagnostics import Kind, Severity

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "H": Severity.HINT}

_TABLE = """
401 empty-phase E
402 unreachable-step E
403 endless-loop E
404 missing-default-transition E
405 unhandled-failure W
406 phase-out-of-order E
407 shares-over-one E
408 no-follow-up W
409 unprotected-moment-of-truth W
410 duration-over-target W
411 oversized-journey H
501 step-without-frontstage W
502 frontstage-without-backstage W
503 backstage-without-owner W
504 step-without-evidence H
505 wait-without-limit W
601 unavailable-input E
602 asked-twice W
603 context-lost W
604 organisational-seam W
605 vertical-stack W
606 missing-experience W
607 misplaced-experience E
608 shows-unknown-data E
609 exposed-personal-data E
610 identity-drop E
611 no-human-escalation W
612 no-alternative-channel W
613 hours-gap W
614 unserved-preference W
615 overpromised-availability W
616 overpromised-latency W
617 tier-without-reach E
618 unused-channel W
619 journey-parity H
804 principle-violated E
805 invalid-principle E
906 unimplemented-operation E
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

"""The catalogue of diagnostics as the language's design settles it: no code is lost, reused or renamed."""

from __future__ import annotations

from cxc.diagnostics import Severity
from cxc.rules import all_rules
from cxc.rules.planned import PLANNED, known_kinds

CATALOGUE = """
1xx 101 syntax-error E · 102 unterminated-string E · 103 invalid-encoding E · 104 duplicate-property E
    105 unknown-word E · 106 misplaced-statement E · 107 missing-property E · 108 wrong-value E · 109 limit-exceeded E
2xx 201 unknown-reference E · 202 duplicate-name E · 203 wrong-kind-of-reference E · 204 unknown-package E
    205 workspace-cycle E · 206 unused-import W · 207 ambiguous-name E · 208 unconventional-name H
    209 deprecated-reference W · 210 unused-declaration W
3xx 301 entity-without-key E · 302 entity-without-master W · 303 entity-with-two-masters E · 304 endless-type E
    305 invalid-constraint E · 306 invalid-default E · 307 unused-operation W · 308 query-with-side-effects E
    309 event-never-emitted W · 310 event-without-subscriber H · 311 unclassified-personal-data W
    312 conflicting-routes E · 313 personal-data-without-purpose W · 314 swallowed-failure W
4xx 401 empty-phase E · 402 unreachable-step E · 403 endless-loop E · 404 missing-default-transition E
    405 unhandled-failure W · 406 phase-out-of-order E · 407 shares-over-one E · 408 no-follow-up W
    409 unprotected-moment-of-truth W · 410 duration-over-target W · 411 oversized-journey H
5xx 501 step-without-frontstage W · 502 frontstage-without-backstage W · 503 backstage-without-owner W
    504 step-without-evidence H · 505 wait-without-limit W
6xx 601 unavailable-input E · 602 asked-twice W · 603 context-lost W · 604 organisational-seam W
    605 vertical-stack W · 606 missing-experience W · 607 misplaced-experience E · 608 shows-unknown-data E
    609 exposed-personal-data E · 610 identity-drop E · 611 no-human-escalation W · 612 no-alternative-channel W
    613 hours-gap W · 614 unserved-preference W · 615 overpromised-availability W · 616 overpromised-latency W
    617 tier-without-reach E · 618 unused-channel W · 619 journey-parity H
7xx 701 step-without-capability W · 702 orphan-capability W · 703 capability-without-means W
    704 weak-moment-of-truth W · 705 target-below-current W · 706 duplicate-capability W · 707 retiring-system W
    708 proposed-capability-in-use W
8xx 801 unmeasured-journey W · 802 invalid-metric-target E · 803 self-service-below-target W
    804 principle-violated E · 805 invalid-principle E · 806 containment-without-satisfaction W · 807 lifecycle-gap H
9xx 901 invalid-config E · 902 stale-output E · 903 modified-output E · 904 name-collision E · 905 template-error E
    906 unimplemented-operation E · 907 breaking-change E
"""


def _settled() -> dict[str, tuple[str, Severity]]:
    words = [word for word in CATALOGUE.split() if word != "·" and not word.endswith("xx")]
    letters = {"E": Severity.ERROR, "W": Severity.WARNING, "H": Severity.HINT}
    return {f"CXC{words[at]}": (words[at + 1], letters[words[at + 2]]) for at in range(0, len(words), 3)}


def test_built_and_planned_rules_are_the_whole_catalogue() -> None:
    assert {kind.code: (kind.slug, kind.severity) for kind in known_kinds()} == _settled()


def test_no_rule_is_both_built_and_planned() -> None:
    built = {rule.kind.code for rule in all_rules()}
    assert built.isdisjoint(kind.code for kind in PLANNED)


def test_no_code_or_slug_is_used_twice() -> None:
    kinds = [*PLANNED, *(rule.kind for rule in all_rules())]
    assert len({kind.code for kind in kinds}) == len({kind.slug for kind in kinds}) == len(kinds)

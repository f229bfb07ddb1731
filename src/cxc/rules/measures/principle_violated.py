"""A principle of the design that the design breaks.

What:
    What a principle requires does not hold. The finding names the elements that break it, each with the value that it
    has there, and marks the part of the expression that is not so. A value that is asked for and not given breaks it
    too.

Why:
    A design of some size is the work of many teams, and what it stands for fades with each good reason for one more
    exception. A principle that is only written down is forgotten; one that every build checks is either kept or
    changed in the open. Architects call that a fitness function of the architecture.

Fix:
    Mend the elements that are named; or, where the principle asks too much, say in it what it does not ask for.

Limits:
    What is asked of a statement that could not be understood is held against nobody. Where several alternatives
    (`||`) all fail, the finding names the element for which they do, and not what each of them would need.

References:
    Ford, N., Parsons, R. and Kua, P.: Building Evolutionary Architectures, chapter 2. 2017. The Open Group: The TOGAF
    Standard, Version 9.2, chapter 20 (Architecture principles). 2018.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import plural
from cxc.model.blueprint import Blueprint
from cxc.model.measure import Principle
from cxc.rules.wording import listed
from cxc.source import Span

if TYPE_CHECKING:
    from cxc.principles.judgement import Judgement, Violation
    from cxc.principles.scene import Thing

KIND = Kind("CXC804", "principle-violated", Severity.ERROR)

_SHOWN = 10
"""The most elements that a finding points at."""
_NAMED = 3
"""The most elements that its sentence names."""
_FACTS = 4
"""The most that is said of one of them."""
_LONGEST_NAME = 100

BAD = """
package northwind.platform

team PharmacyTeam

service Stores {
  owner PharmacyTeam
  availability 99.9%
}

service Prescriptions {
  owner PharmacyTeam
  availability 99%
}

principle AlwaysThere "Customers find the platform at work" {
  require "services.all(s, s.availability >= 0.999)"
  because "Who meets a closed door takes the phone"
}
"""

GOOD = """
package northwind.platform

team PharmacyTeam

service Stores {
  owner PharmacyTeam
  availability 99.9%
}

service Prescriptions {
  owner PharmacyTeam
  availability 99.95%
}

principle AlwaysThere "Customers find the platform at work" {
  require "services.all(s, s.availability >= 0.999)"
  because "Who meets a closed door takes the phone"
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield a finding for each part of a principle that does not hold."""
    if not blueprint.every(Principle):
        return
    # What reads and asks expressions is loaded only for designs that have some.
    from cxc.principles.judgement import judgements

    for judgement in judgements(blueprint):
        for violation in judgement.violations:
            yield _finding(judgement, violation)


class _Culprit(NamedTuple):
    """An element that breaks a principle, and what it has there."""

    name: str
    kind: str
    span: Span
    fact: str

    @property
    def sentence(self) -> str:
        """Who has what."""
        colon = "" if self.fact.startswith(("has ", "is ")) else ":"
        return f"`{self.name}`{colon} {self.fact}" if self.fact else f"`{self.name}` is one of them"


def _finding(judgement: Judgement, violation: Violation) -> Diagnostic:
    principle, require = judgement.principle, judgement.require
    culprits = _culprits(violation)
    start = min(cause.node.start for cause in violation.causes)
    end = max(cause.node.end for cause in violation.causes)
    help = "Mend what is named here, or change the principle."
    if any(cause.is_missing for cause in violation.causes):
        help = f"{help} What may be missing is asked for with `has(…)` first."
    if principle.because:
        because = principle.because.strip()
        help = f"{help} It is there because: {because}{'' if because[-1:] in '.!?…' else '.'}"
    return finding(
        KIND,
        f"The principle `{principle.name}` does not hold{_how(violation, culprits)}",
        require.part(start, end) or principle.span,
        related=[Related(one.span, one.sentence) for one in culprits[:_SHOWN]],
        help=help,
    )


def _culprits(violation: Violation) -> list[_Culprit]:
    """Return the elements that break a principle, each once, with all that is to be said of it."""
    from cxc.principles.scene import name_of

    facts: dict[Thing, list[str]] = {}
    for cause in violation.causes:
        if cause.thing is not None:
            known = facts.setdefault(cause.thing, [])
            if cause.fact and cause.fact not in known:
                known.append(cause.fact)
    return [
        _Culprit(name[:_LONGEST_NAME], thing.element.kind, thing.element.span, listed(said[:_FACTS]))
        for thing, said in facts.items()
        if (name := name_of(thing)) is not None
    ]


def _how(violation: Violation, culprits: Sequence[_Culprit]) -> str:
    """Return who breaks a principle, and how, as the end of the sentence."""
    if not culprits:
        facts = list(dict.fromkeys(cause.fact for cause in violation.causes if cause.fact))
        return f": {listed(facts[:_FACTS])}" if facts else ""
    if len(culprits) == 1:
        only = culprits[0]
        return f": {only.sentence}" if only.fact else f" for `{only.name}`"
    kinds = {one.kind for one in culprits}
    what = plural(kinds.pop()) if len(kinds) == 1 else "elements"
    names = [f"`{one.name}`" for one in culprits]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return f" for {len(culprits)} {what}: {listed(names)}"

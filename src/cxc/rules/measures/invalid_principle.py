"""A principle whose expression makes no sense.

What:
    What a principle requires is no expression of the Common Expression Language (CEL), asks for something that there is
    not, compares what cannot be compared, is no question with the answer yes or no, or cannot be answered for this
    design: it divides by zero, reads past the end of a list, or takes too many steps.

Why:
    A principle that cannot be asked is not checked, and everybody believes that it is. A mistake in it is found here
    whatever the design holds: also one in a question about journeys where there are none yet.

Fix:
    The finding marks the place in the expression, and often says what was meant. What can be asked for is listed in
    docs/reference/principles.md.

Limits:
    Whether the question is the one that was meant, nobody can see. Of several mistakes that keep an expression from
    being read, the first is told. How much one question may take is limited by a number of steps.

References:
    Google: Common Expression Language, language definition (cel-spec). Ford, N., Parsons, R. and Kua, P.: Building
    Evolutionary Architectures, chapter 2. 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.measure import Principle

if TYPE_CHECKING:
    from cxc.principles.judgement import Judgement
    from cxc.principles.problems import Problem

KIND = Kind("CXC805", "invalid-principle", Severity.ERROR)

BAD = """
package northwind.pharmacy

team StoreTeam

service Stores {
  owner StoreTeam
  availability 99.9%
}

principle AlwaysThere "Customers find the platform at work" {
  require "services.all(s, s.availibility >= 0.999)"
}
"""

GOOD = """
package northwind.pharmacy

team StoreTeam

service Stores {
  owner StoreTeam
  availability 99.9%
}

principle AlwaysThere "Customers find the platform at work" {
  require "services.all(s, s.availability >= 0.999)"
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield what is wrong with the expressions of principles, each mistake at its place."""
    if not blueprint.every(Principle):
        return
    # What reads and asks expressions is loaded only for designs that have some.
    from cxc.principles.judgement import judgements

    for judgement in judgements(blueprint):
        for problem in judgement.problems:
            yield _finding(judgement, problem)


def _finding(judgement: Judgement, problem: Problem) -> Diagnostic:
    span = judgement.require.part(problem.start, problem.end) or judgement.principle.span
    fix = [Edit(span, problem.instead)] if problem.instead is not None and problem.end > problem.start else []
    related = [] if problem.thing is None else [Related(problem.thing.element.span, "when it is asked of this one")]
    return finding(KIND, problem.message, span, related=related, help=problem.help, fix=fix)

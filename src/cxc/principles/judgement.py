"""The principles of a design, judged: what is wrong with their expressions, and which of them do not hold.

What is said of it is left to the rules `principle_violated` and `invalid_principle`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.expression import Expression
from cxc.model.measure import Principle
from cxc.principles.blame import Blame, Cause
from cxc.principles.checking import check
from cxc.principles.evaluation import STEP_LIMIT, Budget, Program
from cxc.principles.parser import parse
from cxc.principles.problems import CannotParse, CannotTell, Problem, TooMuch
from cxc.principles.scene import Scene
from cxc.principles.tree import Logic, Node

_LIMIT_REACHED = "The question takes too many steps for this design"
_LIMIT_HELP = (
    f"At most {STEP_LIMIT:,} are taken. Ask less inside of `all`, `exists`, `filter` and `map`, above all no list of "
    "the whole design inside of another."
)

_CAUSE_LIMIT = 50_000
"""For how many causes it is worth looking: nobody reads as many, and they take memory."""


class Violation(NamedTuple):
    """A part of an expression that does not hold, and why; there may be more causes than could be looked for."""

    part: Node
    causes: tuple[Cause, ...]


class Judgement(NamedTuple):
    """What was found out about one `require` of a principle."""

    principle: Principle
    require: Expression
    problems: tuple[Problem, ...] = ()
    violations: tuple[Violation, ...] = ()


def judgements(blueprint: Blueprint) -> tuple[Judgement, ...]:
    """Return what there is to say about the principles of a design, in the order of the text; made once for it."""
    return blueprint.derived(_judgements)


def _judgements(blueprint: Blueprint) -> tuple[Judgement, ...]:
    scene = Scene(blueprint)
    found = (
        _judged(principle, require, scene)
        for principle in blueprint.every(Principle)
        if blueprint.is_complete(principle)
        for require in principle.require
        if require.span is not None
    )
    return tuple(one for one in found if one.problems or one.violations)


def _judged(principle: Principle, require: Expression, scene: Scene) -> Judgement:
    try:
        tree = parse(require)
    except CannotParse as error:
        return Judgement(principle, require, (error.problem,))
    problems = check(tree)
    if problems:
        return Judgement(principle, require, tuple(problems))
    program = Program(tree, scene, Budget())
    scene.doubtful = False
    failure: Problem | None = None
    try:
        answer = program.value(tree, program.frame())
        if answer is True:
            return Judgement(principle, require)
        if answer is not False and answer is not None:
            raise CannotTell(Problem(tree.start, tree.end, "This is no answer yes or no"))
    except TooMuch:
        return Judgement(principle, require, (Problem(tree.start, tree.end, _LIMIT_REACHED, _LIMIT_HELP),))
    except CannotTell as error:
        failure = error.problem
    is_sure = not scene.doubtful
    if failure is not None and tree.type.name == "dyn":
        return Judgement(principle, require, (failure,) if is_sure else ())
    found = _blamed(principle, require, Program(tree, scene, Budget()))
    if failure is not None and is_sure and not found.problems and not found.violations:
        return Judgement(principle, require, (failure,))
    return found


def _blamed(principle: Principle, require: Expression, program: Program) -> Judgement:
    blame = Blame(program, require)
    violations: list[Violation] = []
    problems: list[Problem] = []
    for part in _parts(program.tree):
        causes: list[Cause] = []
        try:
            if blame.holds(part):
                continue
            for cause in islice(blame.causes(part), _CAUSE_LIMIT):
                if cause.mistake is None:
                    causes.append(cause)
                elif all(cause.mistake[:3] != known[:3] for known in problems):
                    problems.append(cause.mistake)
        except TooMuch:
            causes = causes or [Cause(None, part, "")]
        if causes:
            violations.append(Violation(part, tuple(causes)))
    return Judgement(principle, require, tuple(problems), tuple(violations))


def _parts(tree: Node) -> Iterator[Node]:
    """Yield what must hold by itself: the parts of `&&`."""
    if isinstance(tree, Logic) and tree.operator == "&&":
        for part in tree.parts:
            yield from _parts(part)
    else:
        yield tree

"""What can be wrong with an expression, before and while it is asked: where in it, what, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cxc.principles.scene import Thing


class Problem(NamedTuple):
    """A mistake from offset `start` up to `end` of the expression.

    `instead` is the text to put there where it is sure, `thing` the element for which the expression cannot be asked.
    """

    start: int
    end: int
    message: str
    help: str | None = None
    instead: str | None = None
    thing: Thing | None = None


class CannotParse(Exception):
    """The text is no expression. Never leaves `cxc.principles`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class CannotTell(Exception):
    """The expression has no value for this design. Never leaves `cxc.principles`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class MissingValue(CannotTell):
    """It asks for a value that the design does not give; `owner` is the element that has none, where it is one."""

    def __init__(self, problem: Problem, owner: object = None) -> None:
        super().__init__(problem)
        self.owner = owner


class TooMuch(Exception):
    """It would take too long, or too much memory. Never leaves `cxc.principles`."""

"""A target or baseline that the metric can never have.

What:
    The `target` or the `baseline` of a metric lies outside its scale, or has another unit: a net promoter
    score goes from −100 to 100 and an effort score from 1 to 7, neither in percent; satisfaction, first-contact
    resolution, containment and completion go from 0 to 100, with or without `%`; a duration is a time.

Why:
    A target that cannot be reached is given up silently, and one that is always met rewards standing still.
    Mostly the number belongs to another scale, and then two teams read the same report and see different
    things.

Fix:
    Write a value of the scale that the message names. For a scale of your own use `kind custom` and name its
    `unit`.

Limits:
    Whether a high or a low value is the good one is left to you: effort is asked both ways. What a `custom`
    metric may be is not checked.

References:
    Reichheld, F. F.: The one number you need to grow. Harvard Business Review 81(12), 2003. Dixon, M.,
    Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review 88(7–8), 2010.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.measure import Metric
from cxc.model.values import Amount, Duration, Target

KIND = Kind("CXC802", "invalid-metric-target", Severity.ERROR)

BAD = """
package northwind.measures

metric Recommendation "Would recommend us" {
  kind nps
  target >= 140
  baseline 38
}

metric RefillEffort "Effort of a refill" {
  kind ces
  target >= 85%
}
"""

GOOD = """
package northwind.measures

metric Recommendation "Would recommend us" {
  kind nps
  target >= 55
  baseline 38
}

metric RefillEffort "Effort of a refill" {
  kind ces
  target >= 6
}
"""


class _Scale(NamedTuple):
    """Which values a kind of metric can have, and how to call them."""

    name: str
    low: int
    high: int
    in_percent: bool


_SCALES = {
    "nps": _Scale("a net promoter score", -100, 100, False),
    "csat": _Scale("satisfaction", 0, 100, True),
    "ces": _Scale("an effort score", 1, 7, False),
    "fcr": _Scale("first-contact resolution", 0, 100, True),
    "containment": _Scale("containment", 0, 100, True),
    "completion": _Scale("completion", 0, 100, True),
}


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the targets and baselines that are not on the scale of their metric."""
    for metric in blueprint.every(Metric):
        if not blueprint.is_complete(metric) or "kind" not in blueprint.places.get(metric.id, ()):
            continue
        for word, value in (("target", metric.target), ("baseline", metric.baseline)):
            problem = _problem(metric.sort, value) if value is not None else None
            if problem is None or value is None:
                continue
            yield finding(
                KIND,
                f"The {word} of `{metric.name}` is {_written(value)}, but {problem}",
                blueprint.place(metric, word),
                related=[Related(blueprint.place(metric, "kind"), f"its kind is `{metric.sort}`")],
                help=_advice(metric.sort, word),
            )


def _problem(sort: str, value: Target | Amount) -> str | None:
    """Return what a metric of a kind is, where a value is none of it."""
    if sort == "duration":
        return None if value.unit == "milliseconds" else "a duration is a time"
    scale = _SCALES.get(sort)
    if scale is None:
        return None
    units = ("number", "percent") if scale.in_percent else ("number",)
    if value.unit not in units or not scale.low <= value.value <= scale.high:
        return f"{scale.name} is {_range(scale)}"
    beyond = {">": scale.high, "<": scale.low}
    if isinstance(value, Target) and beyond.get(value.operator) == value.value:
        return f"{scale.name} is never {'above' if value.operator == '>' else 'below'} {_number(value)}"
    return None


def _range(scale: _Scale) -> str:
    numbers = f"{scale.low} to {scale.high}".replace("-", "−")
    return f"a share from {scale.low}% to {scale.high}%" if scale.in_percent else f"a number from {numbers}"


def _written(value: Target | Amount) -> str:
    """Return a value as the text has it."""
    return f"`{value.operator} {_number(value)}`" if isinstance(value, Target) else f"`{_number(value)}`"


def _number(value: Target | Amount) -> str:
    if value.unit == "milliseconds":
        return Duration(int(value.value)).text
    return f"{value.value:.12g}{'%' if value.unit == 'percent' else ''}"


def _advice(sort: str, word: str) -> str:
    bound = "<= " if word == "target" else ""
    if sort == "duration":
        return f"Write a time, as in `{word} {bound}2d`."
    return f"Write a {word} on this scale, or `kind custom` and its `unit` where the scale is your own."

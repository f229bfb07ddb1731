"""How customers spread over a journey: by hand, by 100,000 customers who are sent through it, and by two solvers."""

from __future__ import annotations

import random
import subprocess
import sys
from math import isclose, log, sqrt
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cxc.flow import Flow, chances, flow_of
from cxc.model.journey import Journey
from designs import design

MINUTE = 60_000


def flow(steps: str) -> Flow:
    """Return the analyses of a journey whose steps may be served on Web or by people on Phone, and call S.a or S.b."""
    blueprint = design(
        f"""package one
        team Crew
        persona Someone
        error Broken
        channel Web {{ kind web; owner Crew }}
        channel Phone {{ kind phone; owner Crew }}
        service S {{
          owner Crew
          availability 90%
          query a() -> int
          query b() -> int {{ availability 50%; fails Broken }}
          query c() -> int
        }}
        service Silent {{ owner Crew; query d() -> int }}
        journey Go {{
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase during {{
            {steps}
          }}
        }}"""
    )
    return flow_of(blueprint.every(Journey)[0], blueprint)


# ---- by hand ---------------------------------------------------------------------------------------------------------

BY_HAND = {
    "a straight line": (
        "step one { via Web; wait 5m..1h; calls S.a }; step two { wait 10m }; step three { calls S.b }",
        (1, 15, 70, 0.9 * 0.5),
    ),
    "nothing is said": ("step one; step two", (1, 0, 0, None)),
    "shares, and a step by people on one way": (
        "step one { via Web; wait 2m; -> help share 30%; -> two }\n"
        "step help { via Phone; wait 20m..40m; -> end }\nstep two { wait 10m..20m; -> end }",
        (0.7, 2 + 0.3 * 20 + 0.7 * 10, 42, None),
    ),
    "what is left is split evenly": (
        'step one { -> two share 40%; -> help when "a"; -> four when "b"; -> end }\n'
        "step two { wait 10m; -> end }\nstep help { via Phone; wait 20m; -> end }\nstep four { wait 30m; -> end }",
        (0.8, 0.4 * 10 + 0.2 * 20 + 0.2 * 30, 30, None),
    ),
    "an end inside a branch": (
        "step one { wait 4m; -> end share 25%; -> two }\nstep two { via Phone; wait 8m }",
        (0.25, 4 + 0.75 * 8, 12, None),
    ),
    # Two tries are needed on average.
    "a loop of trying again": (
        "step one { wait 1m }\nstep try { wait 3m; calls S.a; -> try share 50%; -> last }\nstep last { wait 2m }",
        # availability: x = 0.9 · (x / 2 + 1 / 2)
        (1, 1 + 2 * 3 + 2, None, 0.45 / 0.55),
    ),
    "a loop at the start": (
        "step first { wait 6m; -> second share 75%; -> end }\nstep second { wait 2m; -> first }",
        # 4 visits to the first step, 3 to the second
        (1, 4 * 6 + 3 * 2, None, None),
    ),
    "a loop without a wait has a bound": (
        "step first { -> first share 50%; -> second }\nstep second { wait 2m..5m }",
        (1, 2, 5, None),
    ),
    "two loops, one inside the other": (
        "step outer { wait 1m }\nstep inner { wait 1m; -> inner share 50%; -> after }\n"
        "step after { wait 1m; -> outer share 50%; -> end }",
        # each round of the outer loop takes 1 + 2 + 1 minutes, and there are two of them
        (1, 8, None, None),
    ),
    "two loops that cross": (
        "step a { wait 1m; -> b }\nstep b { wait 1m; -> a share 50%; -> c }\n"
        "step c { wait 1m; -> b share 50%; -> end }",
        # c = 1 + b/2; b = 1 + a/2 + c/2; a = 1 + b: b = 1 + 1/2 + b/2 + 1/2 + b/4, so b = 8
        (1, 9, None, None),
    ),
    "a step by people in a loop": (
        "step a { via Web; -> help share 20%; -> again share 40%; -> end }\n"
        "step help { via Phone; -> a }\nstep again { via Web; -> a }",
        # x = 0.4 x + 0.4
        (0.4 / 0.6, 0, 0, None),
    ),
    "nobody gets by alone": ("step a { via Phone }; step b { via Web }", (0, 0, 0, None)),
    "channels for both count as self-service": ("step a { via Phone, Web }", (1, 0, 0, None)),
    "shares that come to too little are taken in proportion": (
        "step a { -> help share 10%; -> end share 30% }\nstep help { via Phone; wait 60m }",
        (0.75, 15, 60, None),
    ),
    "shares that come to too much leave nothing for the others": (
        "step a { -> help share 90%; -> two share 60%; -> end }\n"
        "step help { via Phone; -> end }\nstep two { wait 10m; -> end }",
        (0.4, 4, 10, None),
    ),
    "shares of nothing are as good as none": (
        "step a { -> help share 0%; -> end share 0% }\nstep help { via Phone }",
        (0.5, 0, 0, None),
    ),
    "failures have no share": (
        "step a { wait 1m; calls S.b; on Broken -> help; -> end }\nstep help { via Phone; wait 60m }",
        (1, 1, 1, 0.5),
    ),
    "who never comes to an end expects nothing": (
        "step a { wait 1m; calls S.a; -> trap share 1%; -> end }\nstep trap { via Phone; -> trap }",
        (None, None, 1, None),
    ),
    "a trap of several steps": (
        "step a { wait 1m; -> b }\nstep b { -> a share 100%; -> end }",
        (None, None, None, None),
    ),
    "shares that come to all, by noisy numbers": (
        "step a { wait 1m; -> b share 70%; -> c share 10%; -> a share 20%; -> end }\nstep b { -> a }\nstep c { -> a }",
        (None, None, None, None),
    ),
    "a trap that nobody enters": (
        "step a { wait 1m; -> trap share 0%; -> end share 100% }\n"
        "step trap { wait 1m; -> trap share 100%; -> a share 0% }",
        (1, 1, 1, None),
    ),
    "what is called in two steps must be at work twice": (
        "step a { calls S.a }; step b { calls S.c }; step c { calls Silent.d }",
        (1, 0, 0, 0.81),
    ),
    "what is called twice in a step must be at work once": (
        "step a { calls S.a, S.c, S.b; -> end share 50%; -> b }; step b { calls S.b }",
        (1, 0, 0, 0.45 * (0.5 + 0.5 * 0.5)),
    ),
}


@pytest.mark.parametrize(("steps", "worked_out"), BY_HAND.values(), ids=BY_HAND)
def test_what_was_worked_out_by_hand(
    steps: str, worked_out: tuple[float | None, float | None, float | None, float | None]
) -> None:
    found = flow(steps)
    self_service, duration, longest, availability = worked_out
    assert _is_about(found.self_service, self_service)
    assert _is_about(found.expected_duration, duration and duration * MINUTE)
    assert _is_about(found.longest_duration, longest and longest * MINUTE)
    assert _is_about(found.availability, availability)


def _is_about(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-12)


# ---- by customers ----------------------------------------------------------------------------------------------------

CUSTOMERS = 100_000
DOUBT = 1e-6
"""How likely a sound analysis may fail one comparison."""


class Place(NamedTuple):
    """A step as it was drawn: its channels, its wait in minutes, and its ways on (the number of a step; `end`)."""

    via: str
    wait: int
    ways: tuple[tuple[int | None, int | None], ...]

    def text(self, number: int) -> str:
        via = f"via {self.via}" if self.via else ""
        wait = f"wait {self.wait}m" if self.wait else ""
        ways = (
            f"-> {'end' if target is None else f's{target}'}{'' if share is None else f' share {share}%'}"
            for target, share in self.ways
        )
        return f"step s{number} {{ {'; '.join(filter(None, (via, wait, *ways)))} }}"


@st.composite
def journeys(draw: st.DrawFn) -> tuple[Place, ...]:
    """Draw steps whose ways lead anywhere, back to themselves included; without a way, to the next one."""
    size = draw(st.integers(2, 6))
    targets = st.one_of(st.none(), st.integers(0, size - 1))
    shares = st.one_of(st.none(), st.sampled_from((10, 15, 20, 30, 45, 50)))
    ways = st.lists(st.tuples(targets, shares), max_size=4, unique_by=lambda way: way[0])
    place = st.builds(
        Place,
        st.sampled_from(("", "Web", "Web, Phone", "Phone")),
        st.sampled_from((0, 1, 5, 30, 90)),
        ways.map(tuple),
    )
    return tuple(draw(place) for _ in range(size))


def matrix(places: tuple[Place, ...]) -> np.ndarray:
    """Return the chance to get from each step to each other, and in the last column to an end."""
    found = np.zeros((len(places), len(places) + 1))
    for number, place in enumerate(places):
        ways = place.ways or ((number + 1, None),)
        written = sum(share for _, share in ways if share is not None)
        unwritten = [target for target, share in ways if share is None]
        for target, share in ways:
            to = len(places) if target is None else target
            if share is not None:
                found[number, to] = share / max(written, 100) if unwritten else share / written
            else:
                found[number, to] = max(0, 100 - written) / 100 / len(unwritten)
    return found


def is_left_by_all(spread: np.ndarray) -> bool:
    """Whether from everywhere that customers get to, some get to an end."""
    size = len(spread)
    steps = np.eye(size + 1, dtype=bool)
    steps[:size] |= spread > 0
    for _ in range(size):
        steps = steps @ steps
    return bool(steps[steps[0], size].all())


class Customers(NamedTuple):
    """What became of each customer: whether they met no step that only people serve, and how long they waited."""

    alone: np.ndarray
    waited: np.ndarray


def sent_through(places: tuple[Place, ...], spread: np.ndarray, seed: int) -> Customers:
    """Send customers through a journey, all at once and step by step, until each has come to an end."""
    dice = np.random.default_rng(seed)
    bounds = np.cumsum(spread, axis=1)[:, :-1].T.copy()
    waits = np.array([place.wait for place in places], dtype=float)
    by_people = np.array([place.via == "Phone" for place in places])
    alone, waited = np.ones(CUSTOMERS, dtype=bool), np.zeros(CUSTOMERS)
    who, where = np.arange(CUSTOMERS), np.zeros(CUSTOMERS, dtype=np.intp)
    while len(who):
        alone[who[by_people[where]]] = False
        waited[who] += waits[where]
        thrown = dice.random(len(who))
        where = sum((thrown >= bound[where] for bound in bounds), start=np.zeros(len(who), dtype=np.intp))
        still = where < len(places)
        who, where = who[still], where[still]
    return Customers(alone, waited)


def leeway(sample: np.ndarray, largest: float) -> float:
    """Return how far a sample's mean may be from the true one, but for a chance of `DOUBT`.

    This is the empirical Bernstein bound for values from 0 to `largest` (A. Maurer and M. Pontil: Empirical Bernstein
    bounds and sample variance penalization, theorem 4. COLT 2009), for both sides: some 5.5 standard errors, and a rest
    for what is so rare that no sample shows it.
    """
    doubt = log(4 / DOUBT)
    count = len(sample)
    return sqrt(2 * sample.var(ddof=1) * doubt / count) + 7 * largest * doubt / (3 * (count - 1))


@settings(
    max_examples=200,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(journeys())
def test_the_analyses_foretell_what_becomes_of_100_000_customers(places: tuple[Place, ...]) -> None:
    spread = matrix(places)
    assume(is_left_by_all(spread))
    text = "\n".join(place.text(number) for number, place in enumerate(places))
    found = flow(text)
    customers = sent_through(places, spread, seed=crc32(text.encode()))
    assert found.self_service is not None and found.expected_duration is not None
    assert abs(customers.alone.mean() - found.self_service) <= leeway(customers.alone, 1)
    # No customer goes round without end; twice the longest way of so many is longer than anyone goes.
    largest = 2 * max(customers.waited.max(), sum(place.wait for place in places))
    assert abs(customers.waited.mean() - found.expected_duration / MINUTE) <= leeway(customers.waited, largest)
    if found.longest_duration is not None:
        assert customers.waited.max() <= found.longest_duration / MINUTE


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(journeys())
def test_where_some_never_come_to_an_end_nothing_is_foretold(places: tuple[Place, ...]) -> None:
    found = flow("\n".join(place.text(number) for number, place in enumerate(places)))
    is_sound = is_left_by_all(matrix(places))
    assert (found.self_service is not None) == is_sound
    assert (found.expected_duration is not None) == is_sound


# ---- by two solvers --------------------------------------------------------------------------------------------------


def _ring(size: int, leaving: int, by_people: int) -> Flow:
    """Return a journey that goes round in one loop, which at each step a share of the customers leaves."""
    steps = [
        f"step s{at} {{ wait 2m; {'via Phone; ' if at == by_people else ''}-> end share {leaving}%; "
        f"-> s{(at + 1) % size} }}"
        for at in range(size)
    ]
    return flow("\n".join(steps))


@pytest.mark.parametrize(("size", "by_people"), [(2, 1), (23, 7), (24, 7), (600, 70)])
def test_a_large_loop_is_solved(size: int, by_people: int) -> None:
    found = _ring(size, 5, by_people)
    assert len(found.graph.components) == 1
    assert found.expected_duration == pytest.approx(2 * MINUTE / 0.05, rel=1e-9)
    assert found.self_service == pytest.approx(1 - 0.95**by_people, rel=1e-9)
    assert found.longest_duration is None


@pytest.mark.parametrize("size", [2, 3, 10, 23, 24, 60])
def test_elimination_and_numpy_agree(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(size)
    for _ in range(10):
        rows = []
        for at in range(size):
            weights = {to: dice.random() for to in dice.sample(range(size), min(size, 4))}
            total = sum(weights.values()) + dice.choice((0.0, 1e-6, 0.1, 1.0)) + (at == 0) * 0.1
            row = {at: 1.0}
            for to, weight in weights.items():
                row[to] = row.get(to, 0.0) - weight / total
            rows.append(row)
        right = [dice.choice((0.0, dice.random(), 1e6 * dice.random())) for _ in range(size)]
        solved = []
        for worth in (size + 1, 0):
            monkeypatch.setattr(chances, "_WORTH_NUMPY", worth)
            solved.append(chances._solve([dict(row) for row in rows], list(right)))
        eliminated, by_numpy = solved
        for row, value in zip(rows, right, strict=True):
            assert isclose(sum(part * eliminated[to] for to, part in row.items()), value, rel_tol=1e-6, abs_tol=1e-3)
        assert eliminated == pytest.approx(by_numpy, rel=1e-6, abs=1e-6)


def test_numpy_is_loaded_for_large_loops_only() -> None:
    code = (
        "import sys; import cxc.cli; from cxc.flow import chances; "
        "chances._solve([{0: 1.0, 1: -0.5}, {0: -0.5, 1: 1.0}], [1.0, 1.0]); print('numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"

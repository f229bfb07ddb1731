"""The table of criteria: what each counts, and which findings it rests on.

Where each comes from in the literature is said in `docs/score.md`, which a test keeps in step with this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cxc.model.blueprint import Blueprint
from cxc.score import capability, choice, continuity, coverage, learning
from cxc.score.items import Item, Subject

__all__ = ["CRITERIA", "DIMENSIONS", "Criterion", "Item", "Subject"]

DIMENSIONS = ("coverage", "continuity", "choice", "capability", "learning")


@dataclass(frozen=True)
class Criterion:
    """One thing that is counted, for each journey by `count` or for the whole design by `count_all`.

    `met` says what is counted and when it is met, `codes` which findings say more about what is not.
    """

    dimension: str
    name: str
    met: str
    codes: tuple[str, ...]
    count: Callable[[Subject], Iterable[Item]] | None = None
    count_all: Callable[[Blueprint], Iterable[Item]] | None = None


def _of(dimension: str, *rows: tuple[str, str, str, Callable[[Subject], Iterable[Item]]]) -> tuple[Criterion, ...]:
    return tuple(Criterion(dimension, name, met, tuple(codes.split()), count) for name, codes, met, count in rows)


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "coverage",
        "lifecycle",
        "Kinds of journey (learn, buy, provision, use, bill, pay, support) of which there is one; counted where there "
        "are journeys of two kinds or more.",
        ("CXC807",),
        count_all=coverage.lifecycle,
    ),
    Criterion(
        "coverage",
        "personas",
        "Personas that set out on a journey.",
        (),
        count_all=coverage.personas,
    ),
    *_of(
        "coverage",
        ("phases", "CXC401 CXC406", "Phases (before, during, after) in which there is a step.", coverage.phases),
        ("paths", "CXC402 CXC403", "Steps that customers reach, and from which a way leads to an end.", coverage.paths),
        (
            "branches",
            "CXC404 CXC407",
            "Steps with written transitions that leave no customer without a way on, and share out 100% at most.",
            coverage.branches,
        ),
        ("failures", "CXC405", "Failures of called operations for which the step has an `on`.", coverage.failures),
        (
            "frontstage",
            "CXC501",
            "Steps that customers come to whose frontstage is said, if only as `none`.",
            coverage.frontstage,
        ),
        (
            "backstage",
            "CXC502",
            "Steps with something on the frontstage whose backstage is said, if only as `none`.",
            coverage.backstage,
        ),
        (
            "work-owned",
            "CXC503",
            "Pieces of work backstage that name a team, a partner or a process.",
            coverage.work_owned,
        ),
        (
            "evidence",
            "CXC504",
            "Steps that customers come to whose evidence is said, if only as `none`.",
            coverage.evidence,
        ),
    ),
    *_of(
        "continuity",
        (
            "asked-once",
            "CXC602",
            "Parameters that experiences ask for and that are not known yet, or are a new value.",
            continuity.asked_once,
        ),
        (
            "at-hand",
            "CXC601",
            "Required parameters of what presented steps call that are asked for, known or returned before.",
            continuity.at_hand,
        ),
        (
            "carried",
            "CXC603",
            "Ways on which customers change the channel to a step that calls operations, and lose nothing it needs.",
            continuity.carried,
        ),
        (
            "seams",
            "CXC604",
            "Ways from a step of one team to a step of another on which something is carried.",
            continuity.seams,
        ),
        (
            "doors",
            "CXC613",
            "Ways on which customers change the channel and find one open, or within the wait that they are told.",
            continuity.doors,
        ),
    ),
    *_of(
        "choice",
        (
            "several-channels",
            "CXC619",
            "Steps with channels that two channels or more serve.",
            choice.several_channels,
        ),
        (
            "presented",
            "CXC606 CXC607",
            "Steps, counted on each channel that serves them, that an experience presents there.",
            choice.presented,
        ),
        (
            "preferences",
            "CXC614",
            "Channels preferred by the journey's personas on which some step of it is served.",
            choice.preferences,
        ),
        (
            "people",
            "CXC611",
            "Journeys with channels in which customers reach a step that people serve.",
            choice.people,
        ),
        (
            "not-only-digital",
            "CXC612",
            "Journeys with channels of which one needs no screen and no connection (ivr, phone, store, mail, field).",
            choice.not_only_digital,
        ),
        (
            "tiers",
            "CXC617",
            "Tiers that promise the journey and have a channel that serves it.",
            choice.tiers,
        ),
        (
            "shared-operations",
            "CXC605",
            "Operations called in journeys on several channels that not one channel alone uses.",
            choice.shared_operations,
        ),
    ),
    *_of(
        "capability",
        (
            "named",
            "CXC701",
            "Steps with a capability behind them, named or realized by a called service.",
            capability.named,
        ),
        (
            "means",
            "CXC703",
            "Means (people, process, system) that the capabilities without parts behind the journey have.",
            capability.means,
        ),
        ("in-place", "CXC708", "Capabilities behind the journey that are more than proposed.", capability.in_place),
        (
            "systems",
            "CXC707",
            "Systems named by services, capabilities and steps of the journey that are not ending, or whose successor "
            "is named beside them.",
            capability.systems,
        ),
        (
            "moments-protected",
            "CXC409",
            "Protections (owner, metric, recovery) that moments of truth have.",
            capability.moments_protected,
        ),
        (
            "maturity-known",
            "",
            "Capabilities behind moments of truth that say their maturity today and its target.",
            capability.maturity_known,
        ),
        (
            "at-target",
            "CXC704 CXC705",
            "Capabilities with a target behind moments of truth, counted for each moment, that have reached it.",
            capability.at_target,
        ),
    ),
    *_of(
        "learning",
        ("measured", "CXC801", "Journeys that take a metric, in a step or as a whole.", learning.measured),
        ("followed-up", "CXC408", "Journeys with a step after the outcome that takes a metric.", learning.followed_up),
        (
            "asked-how-it-was",
            "CXC806",
            "Journeys with metrics that ask customers too (nps, csat, ces).",
            learning.asked_how_it_was,
        ),
        ("with-target", "CXC802", "Metrics of the journey that have a target.", learning.with_target),
        ("with-baseline", "", "Metrics of the journey whose value today is said.", learning.with_baseline),
        ("with-source", "", "Metrics of the journey that say where their value comes from.", learning.with_source),
        (
            "promises",
            "CXC410 CXC615 CXC803",
            "Promises (duration, self-service, availability) that the design keeps, of those that can be worked out.",
            learning.promises,
        ),
        ("pains-answered", "", "Steps with pains that name an opportunity.", learning.pains_answered),
    ),
)

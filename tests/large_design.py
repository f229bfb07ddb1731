"""A design as large as that of a whole organisation: 400 capabilities, 60 systems, and who works with them where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cxc.model.blueprint import Blueprint
from designs import design

AREAS, IN_EACH, SYSTEMS, TEAMS, CHANNELS, JOURNEYS = 40, 9, 60, 12, 6, 20
_KINDS = ("web", "mobile", "phone", "store", "email", "kiosk")
_IMPORTANCE = ("strategic", "core", "supporting")


@cache
def large_design() -> Blueprint:
    """Return the design: 40 areas with nine capabilities each, and journeys that rely on them."""
    return design("\n".join(["package large", "persona Someone", *_organisation(), *_capabilities(), *_journeys()]))


def _organisation() -> Iterator[str]:
    yield from (f'team T{team} "Team {team} for service"' for team in range(TEAMS))
    yield from (
        f'system S{at} "System {at} of record" {{ owner T{at % TEAMS}; lifecycle live }}' for at in range(SYSTEMS)
    )
    yield from (
        f"channel C{at} {{ kind {_KINDS[at]}; identity identified; owner T{at % TEAMS} }}" for at in range(CHANNELS)
    )


def _capabilities() -> Iterator[str]:
    for area in range(AREAS):
        yield f'capability A{area} "Area {area}" {{ importance {_IMPORTANCE[area % 3]}'
        for at in range(IN_EACH):
            systems = ", ".join(f"S{(area * 7 + at * step) % SYSTEMS}" for step in range(1, 1 + at % 4))
            works = f"system {systems}; " if systems else ""
            maturity = f"maturity {1 + (area + at) % 4} -> {1 + (area + at) % 4 + at % 2}"
            title = f"Ability {area}.{at} to serve customers well"
            yield f'  capability A{area}x{at} "{title}" {{ people T{(area + at) % TEAMS}; {works}{maturity} }}'
        yield "}"


def _journeys() -> Iterator[str]:
    for journey in range(JOURNEYS):
        yield f'journey J{journey} "Journey {journey}" {{ kind use; persona Someone; trigger "t"; outcome "o"'
        for phase in ("before", "during", "after"):
            yield f'  phase {phase} "Phase" {{'
            for step in range(4):
                area, at = (journey * 2 + step) % AREAS, step % IN_EACH
                channels = (
                    f"C{step % CHANNELS}, C{journey % CHANNELS}" if step % CHANNELS != journey % CHANNELS else "C0"
                )
                yield f"    step {phase}{step} {{ via {channels}; capability A{area}x{at} }}"
            yield "  }"
        yield "}"

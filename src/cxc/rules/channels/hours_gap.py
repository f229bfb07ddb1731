"""A change to a channel that is closed while customers come from one that is open.

What:
    A way leads customers to another channel, and there are times of the week in which the one they come from is
    open and none of those that serve the next step is. It is no finding where a `wait` of the step before or
    after is as long as customers have to wait for the opening.

Why:
    The app takes the order on Friday night, and says to call; on Monday somebody answers. Whoever is sent on is
    sent on now: a closed door behind an open one is worse than a closed one in front, since the customer has
    begun, and waits without knowing for how long.

Fix:
    Open one of the channels of the next step at these times, add one that is open, or say how long the customer
    waits: `wait 10m..3d`.

Limits:
    Public holidays are not looked at, and a channel without hours is always open. Customers are taken to come
    at any time at which the channel is open. A wait counts only in the step before or after.

References:
    Maister, D. H.: The psychology of waiting lines. In: Czepiel, J. A., Solomon, M. R. and Surprenant, C. F.
    (eds.): The Service Encounter. Lexington Books, 1985. Shostack, G. L.: Designing services that deliver.
    Harvard Business Review 62(1), 1984.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import Flow, flow_of
from cxc.flow.durations import longest_wait
from cxc.flow.hours import Outside, Week, is_open, longest_outside, moment, open_in_week, together
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey
from cxc.rules.wording import listed

KIND = Kind("CXC613", "hours-gap", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Phone { kind phone; hours "Mo-Fr 09:00-17:00"; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp
      capability Refills
      frontstage "Shows the medicines that are due"
      backstage none
      evidence none
    }
    step advice {
      via Phone
      capability Refills
      frontstage "Pharmacist looks at the prescription"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience InApp {
  journey Refill
  channel MobileApp
  step order { screen "/refills" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step advice { script "How can I help?" }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Phone { kind phone; hours "Mo-Su 00:00-24:00"; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp
      capability Refills
      frontstage "Shows the medicines that are due"
      backstage none
      evidence none
    }
    step advice {
      via Phone
      capability Refills
      frontstage "Pharmacist looks at the prescription"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience InApp {
  journey Refill
  channel MobileApp
  step order { screen "/refills" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step advice { script "How can I help?" }
  step tell { script "How easy was it?" }
}
"""

_MINUTE = 60_000


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the ways that lead customers to a closed door, each with the longest wait before it."""
    hours = _Hours()
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if not flow.is_understood:
            continue
        for way, origins, targets in _changes(flow, blueprint):
            origins = [channel for channel in origins if blueprint.is_complete(channel)]
            if not all(map(blueprint.is_complete, targets)):
                continue
            outside = longest_outside(hours.open(origins), hours.open(targets))
            if outside and outside.minutes * _MINUTE > _patience(way):
                # Those of the channels that are open at that minute: it may be closed on others.
                come = [channel for channel in origins if is_open(hours.open([channel]), outside.comes)]
                yield _closed(way, come, targets, outside, blueprint)


class _Hours:
    """When channels are open in the week; what was worked out once for some of them is kept."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, ...], Week] = {}

    def open(self, channels: Sequence[Channel]) -> Week:
        """Return when at least one of some channels is open."""
        key = tuple(channel.id for channel in channels)
        if key not in self._open:
            weeks = (self.open([channel]) for channel in channels)
            self._open[key] = open_in_week(channels[0].hours) if len(channels) == 1 else together(weeks)
        return self._open[key]


def _changes(flow: Flow, blueprint: Blueprint) -> Iterator[tuple[Way, Sequence[Channel], Sequence[Channel]]]:
    """Yield the ways on which customers change the channel, with the channels that they come from and get to."""
    here = _channels_at(flow, blueprint)
    for id in flow.graph.steps:
        for way in flow.graph.ways.onward[id]:
            if way.target is None or not blueprint.is_complete(way.target):
                continue
            targets = flow.channels_of(way.target)
            via = {channel.id for channel in targets}
            if origins := [channel for channel in here.get(id, ()) if via and channel.id not in via]:
                yield way, origins, targets


def _channels_at(flow: Flow, blueprint: Blueprint) -> Mapping[str, Sequence[Channel]]:
    """Return for each step (by its id) the channels on which customers are in it."""
    found: dict[str, list[Channel]] = defaultdict(list)
    for state in flow.states.all:
        channel = blueprint.get(state.channel) if state.channel else None
        if isinstance(channel, Channel):
            found[state.step].append(channel)
    return found


def _patience(way: Way) -> float:
    """Return how long a customer who goes a way is told to wait, in milliseconds."""
    return max(longest_wait(step) for step in (way.origin, way.target) if step)


def _closed(
    way: Way, origins: Sequence[Channel], targets: Sequence[Channel], outside: Outside, blueprint: Blueprint
) -> Diagnostic:
    come, doors = (listed([f"`{channel.name}`" for channel in channels]) for channels in (origins, targets))
    door = doors if len(targets) == 1 else "one of them"
    closed = "all week" if outside.opens is None else f"from {moment(outside.comes)} to {moment(outside.opens)}"
    return finding(
        KIND,
        f"Customers who come from {come} find {doors} closed {closed}",
        way.span or way.origin.span,
        related=[Related(blueprint.place(one, "hours"), _opening(one)) for one in (*origins, *targets)],
        help=f"Open {door} then, let a channel that is open serve the next step as well, or say how long customers "
        "wait, as in `wait 10m..3d`.",
    )


def _opening(channel: Channel) -> str:
    return f"`{channel.name}` is open at these hours" if channel.hours else f"`{channel.name}` is always open"

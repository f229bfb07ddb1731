"""A step that cannot be done on a channel on which most of the journey can.

What:
    A channel serves at least half of a journey's steps, and a step is left that it does not serve. Steps that
    only people serve are not counted: they say nothing about what customers do on their own.

Why:
    Customers expect to end where they began. Whoever has done three steps in the app and meets a fourth that is
    on the web only has to change, sign in again and find the place, for a reason that lies in the organisation
    and not in the step.

Fix:
    Let the channel serve the step as well. If there is a reason why it cannot, say so with `// cxc: allow`, and
    carry what is known over to the channel that can.

Limits:
    Some steps are elsewhere by their nature, and are not reported. Where only people serve, no channel on which
    customers serve themselves is missed; where all is done on the spot (kiosk, store, field), none at a
    distance; what e-mail, text message, push or post brings comes to everybody; and a community has no other
    place. These channels are not asked to serve a journey's other steps either.

References:
    Verhoef, P. C., Kannan, P. K. and Inman, J. J.: From multi-channel retailing to omni-channel retailing.
    Journal of Retailing 91(2), 2015. Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your
    customers. Harvard Business Review 88(7-8), 2010.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow import Flow, flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, SENDING_KINDS, Channel
from cxc.model.journey import Journey
from cxc.rules.wording import listed

KIND = Kind("CXC619", "journey-parity", Severity.HINT)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
      capability Refills
      frontstage "Shows the medicines that are due"
      backstage none
      evidence none
    }
    step change {
      via MobileApp
      capability Refills
      frontstage "Shows the day of delivery"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via MobileApp, Phone
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
  step change { screen "/delivery" }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { script "Which box is nearly empty?" }
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

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
      capability Refills
      frontstage "Shows the medicines that are due"
      backstage none
      evidence none
    }
    step change {
      via MobileApp, Phone
      capability Refills
      frontstage "Shows the day of delivery"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via MobileApp, Phone
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
  step change { screen "/delivery" }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { script "Which box is nearly empty?" }
  step change { script "Which day suits you?" }
  step tell { script "How easy was it?" }
}
"""

_APART = SENDING_KINDS | {"community"}
"""The kinds of channel that do what no other can, and need not do what others can."""

_ON_THE_SPOT = frozenset({"kiosk", "store", "field"})
"""The kinds of channel for which customers, or those who serve them, have to be at a place."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the steps for which customers of a channel have to leave it."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if len(flow.channels) < 2 or not flow.is_certain:
            continue
        leading = _leading(flow)
        for step in journey.steps:
            missing = [f"`{channel.name}`" for channel in _missing(flow.channels_of(step), leading)]
            if missing:
                yield finding(
                    KIND,
                    f"Customers cannot do `{step.name}` on {listed(missing)}, on which half of `{journey.name}` or "
                    "more can be done",
                    blueprint.place(step, "via"),
                    help=f"Let {listed(missing)} serve this step as well.",
                )


def _leading(flow: Flow) -> list[Channel]:
    """Return the channels that serve at least half of the steps; those that only people serve are no measure."""
    served = [channels for step in flow.journey.steps if (channels := flow.channels_of(step))]
    common = [channels for channels in served if any(one.sort not in ASSISTED_KINDS for one in channels)] or served
    count = Counter(channel.id for channels in common for channel in channels)
    return [one for one in flow.channels if one.sort not in _APART and 2 * count[one.id] >= len(common)]


def _missing(serving: Sequence[Channel], leading: Sequence[Channel]) -> list[Channel]:
    """Return the channels that a step is missed on; none where it is elsewhere by its nature."""
    kinds = {channel.sort for channel in serving}
    if not kinds or kinds & _APART:
        return []
    here = {channel.id for channel in serving}
    missing = [channel for channel in leading if channel.id not in here]
    if kinds <= ASSISTED_KINDS:
        missing = [channel for channel in missing if channel.sort in ASSISTED_KINDS]
    if kinds <= _ON_THE_SPOT:
        missing = [channel for channel in missing if channel.sort in _ON_THE_SPOT]
    return missing

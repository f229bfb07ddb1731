"""A journey that is on digital channels only.

What:
    Every channel of the journey asks for a screen and a connection: web, mobile, kiosk, tv, car, chat, chatbot,
    e-mail, text message, push, social, community, partner site. None is a telephone line, a voice line, a
    store, a letter or a visit.

Why:
    Some customers cannot use a screen today, or ever: no device, no connection, an impairment, a language, an
    emergency. A service that has no other way leaves them out, and leaves everybody out while it is down.

Fix:
    Let a channel of another kind (`ivr`, `phone`, `store`, `mail` or `field`) serve the steps without which the
    outcome is not reached.

Limits:
    One step on another channel is enough. Whether that step leads to the outcome is not asked; what a channel
    cannot do, CXC619 says.

References:
    ETSI: EN 301 549, Accessibility requirements for ICT products and services, clause 4 (functional
    performance). 2021. Verhoef, P. C., Kannan, P. K. and Inman, J. J.: From multi-channel retailing to
    omni-channel retailing. Journal of Retailing 91(2), 2015.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.rules.wording import listed

KIND = Kind("CXC612", "no-alternative-channel", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Chat { kind chat; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Chat
      capability Refills
      frontstage "Shows the medicines that are due"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via MobileApp, Chat
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
  step tell { screen "/thanks" }
}

experience WithPharmacist {
  journey Refill
  channel Chat
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
  step tell { screen "/thanks" }
}

experience WithPharmacist {
  journey Refill
  channel Phone
  step order { script "Which box is nearly empty?" }
  step tell { script "How easy was it?" }
}
"""

_DIGITAL_KINDS = frozenset({
    "web", "mobile", "kiosk", "tv", "car", "chat", "chatbot", "email", "sms", "push", "social", "community",
    "partner_site",
})  # fmt: skip


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys that nobody without a screen and a connection can go."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if flow.channels and flow.is_certain and all(channel.sort in _DIGITAL_KINDS for channel in flow.channels):
            channels = listed([f"`{channel.name}`" for channel in flow.channels])
            yield finding(
                KIND,
                f"Nobody without a screen and a connection gets through `{journey.name}`: it is on {channels} only",
                journey.span,
                help="Offer it on a channel of another kind as well: `phone`, `ivr`, `store`, `mail` or `field`.",
            )

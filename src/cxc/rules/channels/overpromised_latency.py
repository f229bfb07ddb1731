"""A channel that promises an answer sooner than what it calls can give one.

What:
    A channel's `latency` is shorter than the latencies of the operations that one of its steps calls, added
    up.

Why:
    What is called one after the other takes the time of all. A promise of one second on parts that take two is
    broken for everybody who comes that way; and what is promised sets what is expected, so that the same two
    seconds feel longer than without it.

Fix:
    Promise what the parts need, make the slowest part faster, or let the step call less before it answers.

Limits:
    Operations are taken to be called one after the other; an operation without a latency counts as none. How
    long the channel itself takes comes on top.

References:
    Nielsen, J.: Usability Engineering, chapter 5 (response times). Academic Press, 1993. Zeithaml, V. A.,
    Berry, L. L. and Parasuraman, A.: Communication and control processes in the delivery of service quality.
    Journal of Marketing 52(2), 1988.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.promises import called, step_latency
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey, Step
from cxc.model.values import Duration

KIND = Kind("CXC616", "overpromised-latency", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { latency 2s }
}

channel Phone { kind phone; latency 1s; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
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

experience ByPhone {
  journey Refill
  channel Phone
  step order { asks code }
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

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { latency 2s }
}

channel Phone { kind phone; latency 2s; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
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

experience ByPhone {
  journey Refill
  channel Phone
  step order { asks code }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the channels whose promise is broken in a step, each with the slowest one."""
    slowest: dict[str, tuple[int, Step, Journey]] = {}
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        for step in journey.steps:
            latency = step_latency(step, blueprint)
            if latency is None:
                continue
            for channel in flow.channels_of(step):
                if channel.id not in slowest or latency > slowest[channel.id][0]:
                    slowest[channel.id] = latency, step, journey
    for channel in blueprint.every(Channel):
        if channel.latency is None or channel.id not in slowest:
            continue
        latency, step, journey = slowest[channel.id]
        if latency > channel.latency:
            needed = Duration(latency).text
            yield finding(
                KIND,
                f"`{channel.name}` promises an answer within {channel.latency.text}, and what step `{step.name}` of "
                f"`{journey.name}` calls takes {needed}",
                blueprint.place(channel, "latency"),
                related=[
                    Related(blueprint.place(step, "calls"), "called here, one after the other"),
                    *(
                        Related(
                            blueprint.place(operation, "latency"), f"`{operation.name}` takes {operation.latency.text}"
                        )
                        for operation in called(step, blueprint)
                        if operation.latency
                    ),
                ],
                help=f"Promise {needed} at least, or make what the step calls faster.",
            )

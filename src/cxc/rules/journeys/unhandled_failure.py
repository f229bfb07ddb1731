"""A failure of a called operation that no way leads on from.

What:
    The step calls an operation that `fails` with an error, and has no `on` for that error.

Why:
    What may go wrong is known: the operation says so. When it does, the customer stands in this step with an
    error on the screen, or a clerk who does not know what to say. How an organisation recovers from a failure
    decides more about whether customers stay than the failure itself.

Fix:
    Write `on ERROR -> STEP`: to another try, to another way to the same end, or to people who help. `on A, B ->
    STEP` handles several at once, and `-> end` says that the journey ends with it.

Limits:
    Only failures that operations promise are known. Whether the step that follows helps is left to the reader.

References:
    Tax, S. S. and Brown, S. W.: Recovering and learning from service failure. MIT Sloan Management Review 40(1),
    1998. Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984 (fail points).
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.teams import service_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.service import Operation

KIND = Kind("CXC405", "unhandled-failure", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system Till { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system Till }

metric Effort { kind ces; target <= 2 }

error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { fails WrongCode }
}

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
    }
  }
  phase after {
    step ask {
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
  step ask { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system Till { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system Till }

metric Effort { kind ces; target <= 2 }

error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { fails WrongCode }
}

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
      on WrongCode -> order
    }
  }
  phase after {
    step ask {
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
  step ask { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the calls that may fail in a way for which the step has no `on`."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        handled = {error.id for route in step.failures for error in route.errors}
        for call in step.calls or ():
            operation = blueprint.get(call)
            if not isinstance(operation, Operation):
                continue
            service = service_of(operation, blueprint)
            name = f"{service.name}.{operation.name}" if service else operation.name
            for error in operation.fails:
                if error.id not in handled:
                    yield finding(
                        KIND,
                        f"Customers have no way on from the step `{step.name}` when `{name}` fails with `{error.name}`",
                        call.span or step.span,
                        related=[Related(error.span or operation.span, "that it may fail is said here")],
                        help=f"Write `on {error.name} -> STEP`, or `on {error.name} -> end`.",
                    )

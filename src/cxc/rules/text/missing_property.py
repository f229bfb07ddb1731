"""An element without a property it cannot do without.

What:
    Every element has a few properties without which it says nothing: a service has an owner, a journey a
    persona, a trigger and an outcome, every declaration a name.

Why:
    What is missing here is missing for everyone who builds on it: a service without an owner is nobody's when
    it fails, and a journey without an outcome cannot be judged. Asking for it while the design is made is
    cheaper than finding the hole later, in what is generated or in what customers meet.

Fix:
    Write the property; the message shows its form. Where it is not yet known, it is better to leave out the
    whole element than to invent something.

Limits:
    Where a statement of the element could not be read, nothing is reported as missing that may have stood in
    it.

References:
    Boehm, B. and Basili, V. R.: Software defect reduction top 10 list. IEEE Computer 34(1), 2001.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC107", "missing-property", Severity.ERROR)

BAD = """
package northwind.channels

team DigitalTeam

channel MobileApp {
  kind mobile
  identity authenticated
}

channel Web {
  kind web
  owner DigitalTeam
}
"""

GOOD = """
package northwind.channels

team DigitalTeam

channel MobileApp {
  kind mobile
  identity authenticated
  owner DigitalTeam
}

channel Web {
  kind web
  owner DigitalTeam
}
"""

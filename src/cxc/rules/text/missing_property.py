"""An element without a property it cannot do without.

What:
    Every element has a few properties without which it says nothing: a service has an owner, a journey a persona, a trigger and an outcome.

Why:
    An element without them cannot be checked, and would leave a hole in everything that is generated.

Fix:
    Write the property; the message shows its form.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC107", "missing-property", Severity.ERROR)

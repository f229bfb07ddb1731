"""A name that nothing has.

What:
    The statement refers to something by a name that is declared nowhere in sight: not in this package, and not among the imports.

Why:
    A design holds together by its references. A name that leads nowhere is a touchpoint without a service, a service without an owner, or simply a typing mistake.

Fix:
    Correct the name, declare the thing, or import the package that declares it.

Limits:
    A name that stands in a statement which could not be read is not reported, since it may be declared there.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC201", "unknown-reference", Severity.ERROR)

"""A name of something that does not fit here.

What:
    The name exists, but it names another kind of thing than this property takes.

Why:
    A journey has a persona, a service has an owner that is a team: a reference of another kind says something that has no meaning.

Fix:
    Write the name of a thing of the right kind; the message says which kinds fit.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC203", "wrong-kind-of-reference", Severity.ERROR)

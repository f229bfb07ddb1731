"""A name of something that does not fit here.

What:
    The name exists, but it names another kind of thing than this property takes.

Why:
    A journey has a persona, a service has an owner that is a team: a reference of another kind says something
    that has no meaning, such as a channel that answers for a service. Often two things of nearly the same
    name were confused.

Fix:
    Write the name of a thing of the right kind; the message says which kinds fit.

Limits:
    Whether the named thing is the right one of its kind, only people can say.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC203", "wrong-kind-of-reference", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

channel Counter {
  kind store
  owner StoreTeam
}

service Stores {
  owner Counter
}
"""

GOOD = """
package northwind.platform

team StoreTeam

channel Counter {
  kind store
  owner StoreTeam
}

service Stores {
  owner StoreTeam
}
"""

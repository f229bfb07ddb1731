"""A name that nothing has.

What:
    The statement refers to something by a name that is declared nowhere in sight: not in this package, not
    among the imports, and not inside the thing before the dot.

Why:
    A design holds together by its references. A name that leads nowhere is a touchpoint without a service, a
    service without an owner, or a typing mistake; and on paper all three look as if somebody had taken care
    of it.

Fix:
    Correct the name, declare the thing, or import the package that declares it (`import a.b`, or
    `from a.b import Name`). The message suggests what is nearest.

Limits:
    A name that stands in a statement which could not be read is not reported, since it may be declared there.

References:
    Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984: what is not on the
    blueprint cannot be managed.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC201", "unknown-reference", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeams
}
"""

GOOD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam
}
"""

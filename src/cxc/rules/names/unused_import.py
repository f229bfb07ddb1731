"""An import that the file does not use.

What:
    No name of the package, or not the imported name, occurs in the file.

Why:
    An import tells the reader what the file depends on, and whom to ask before changing it. One that is not
    used tells them something untrue, and keeps packages tied together that have nothing to do with each
    other.

Fix:
    Remove it, or use what it was meant for.

Limits:
    An import that a statement which could not be understood may have needed is not reported.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC206", "unused-import", Severity.WARNING)

BAD = """
// file: people.blueprint
package northwind.people

team StoreTeam
team CareTeam

channel Counter {
  kind store
  owner CareTeam
}

// file: platform.blueprint
package northwind.platform

from northwind.people import CareTeam, StoreTeam

service Stores {
  owner StoreTeam
}
"""

GOOD = """
// file: people.blueprint
package northwind.people

team StoreTeam
team CareTeam

channel Counter {
  kind store
  owner CareTeam
}

// file: platform.blueprint
package northwind.platform

from northwind.people import StoreTeam

service Stores {
  owner StoreTeam
}
"""

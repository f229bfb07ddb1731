"""An import of a package that does not exist.

What:
    No file of this workspace, and no dependency in `cxc.toml`, belongs to the package.

Why:
    What cannot be found cannot be checked: every name that should come from it would be unknown. One error at
    the import says so once, instead of one at each use.

Fix:
    Correct the name, or add the workspace that holds the package to `[dependencies]` in `cxc.toml`: by the
    path of its sources, or of its published `blueprint.json`.

Limits:
    Names that come from the missing package are not reported one by one.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC204", "unknown-package", Severity.ERROR)

BAD = """
// file: people.blueprint
package northwind.people

team StoreTeam

// file: platform.blueprint
package northwind.platform

import northwind.poeple

service Stores {
  owner people.StoreTeam
}
"""

GOOD = """
// file: people.blueprint
package northwind.people

team StoreTeam

// file: platform.blueprint
package northwind.platform

import northwind.people

service Stores {
  owner people.StoreTeam
}
"""

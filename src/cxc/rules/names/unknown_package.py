"""An import of a package that does not exist.

What:
    No file of this workspace, and no dependency in cxc.toml, belongs to the package.

Why:
    What cannot be found cannot be checked: every name that should come from it would be unknown.

Fix:
    Correct the name, or add the workspace that holds the package to [dependencies] in cxc.toml.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC204", "unknown-package", Severity.ERROR)

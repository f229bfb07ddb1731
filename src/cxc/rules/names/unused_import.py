"""An import that the file does not use.

What:
    No name of the package, or not the imported name, occurs in the file.

Why:
    An import tells the reader what the file depends on. One that is not used tells them something untrue.

Fix:
    Remove it.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC206", "unused-import", Severity.WARNING)

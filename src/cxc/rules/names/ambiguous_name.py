"""A name that could mean two things.

What:
    Two imports, or an import and a declaration of the package, give the same name to different things, and the file uses it.

Why:
    The compiler will not guess, and neither should a reader have to.

Fix:
    Import the package instead of the name and write the package before the dot, or remove one of the imports.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC207", "ambiguous-name", Severity.ERROR)

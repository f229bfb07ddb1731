"""A name that is declared twice in one scope.

What:
    Two declarations of one package, two members of one declaration, or two parameters of one operation have the same name.

Why:
    Whoever writes the name could mean either. Two teams that describe the same thing twice are often the first sign of a seam.

Fix:
    Give one of them another name, or remove it.

Limits:
    Names of different packages may be the same; a file that uses both names its package before the dot.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC202", "duplicate-name", Severity.ERROR)

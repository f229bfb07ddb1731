"""Two names that would give one file, class or route, or a name that cannot be the name of a file.

What:
    Generated files, classes and routes are named for what they come from. Two different names may still give
    the same one: where upper and lower case are not told apart, or where the convention of a language joins
    them (`refill_order` and `RefillOrder`). And some names, such as `Con` or `Aux`, are no file names on
    Windows.

Why:
    One of the two would silently take the place of the other, on some computers only.

Fix:
    Rename one of the two declarations.

Limits:
    Files are compared as the most forgiving file system would compare them, whatever the computer of this
    build does.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC904", "name-collision", Severity.ERROR)

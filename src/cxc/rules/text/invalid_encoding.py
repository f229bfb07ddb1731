"""A file that is not UTF-8 text.

What:
    Blueprint files are text in UTF-8, the encoding that all current editors write. The message says which
    byte cannot stand there, and where the first one is.

Why:
    In another encoding letters such as `é` or `ß` arrive as something else, in the design and in everything
    that is generated from it: on screens, in letters, in the names of customers. Rather than guess, the
    compiler says where the first wrong byte stands.

Fix:
    Save the file as UTF-8 (“Save with encoding” in most editors).

Limits:
    A file in another encoding is not read at all, so nothing else in it is reported; and because it may
    declare anything, nothing is concluded from what the other files do not declare.

References:
    Yergeau, F.: UTF-8, a transformation format of ISO 10646. RFC 3629, 2003.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC103", "invalid-encoding", Severity.ERROR)

"""A file that is not UTF-8 text.

What:
    Blueprint files are text in UTF-8, the encoding that all current editors write. A zero byte, which is in no text, is
    a sign of UTF-16, or of a file that is no text at all.

Why:
    In another encoding letters such as `é` or `ß` arrive as something else, in the design and in everything that is
    generated from it. Rather than guess, the compiler says where the first wrong byte stands.

Fix:
    Save the file as UTF-8 ("Save with encoding" in most editors).

Limits:
    A file in another encoding is not read at all, so nothing else in it is reported.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC103", "invalid-encoding", Severity.ERROR)

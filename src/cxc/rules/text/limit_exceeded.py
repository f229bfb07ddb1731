"""A file that is larger, or nested deeper, than the compiler reads.

What:
    A blueprint file may hold 5 MiB of text, and 64 levels of braces or brackets inside each other.

Why:
    A design that people are to read together has no file of that size; what does is nearly always a file that got its
    name by mistake, or the work of a program. The limit keeps a build from hanging on it.

Fix:
    Divide the file by package or by journey: the files of one package see each other's names. For deep nesting, give
    the inner part a name and refer to it.

Limits:
    A file over the limit is not read at all, so nothing else in it is reported.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC109", "limit-exceeded", Severity.ERROR)

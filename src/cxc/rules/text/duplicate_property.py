"""A property that is given twice.

What:
    A property that takes one value stands twice in the same element, or a list names the same thing twice.

Why:
    Only one of the two can be meant, and the compiler will not choose.

Fix:
    Remove one of them.

Limits:
    Properties that take several values (need, pain, backstage …) may be repeated.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC104", "duplicate-property", Severity.ERROR)

"""A statement in the wrong place.

What:
    The word is known, but not inside this element; or a statement of another shape stands where a property is expected.

Why:
    Where a statement stands says what it belongs to: a step belongs to a phase, an operation to a service.

Fix:
    Move it to where the message says it belongs.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC106", "misplaced-statement", Severity.ERROR)

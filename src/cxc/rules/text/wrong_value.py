"""A value of the wrong form.

What:
    The property takes another form of value: a duration, a percentage, one of certain words, a name, a text in quotes.

Why:
    A promise of fast cannot be checked; a promise of 300ms can.

Fix:
    Write the value in the form the message shows.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC108", "wrong-value", Severity.ERROR)

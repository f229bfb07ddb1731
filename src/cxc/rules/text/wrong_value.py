"""A value of the wrong form.

What:
    The property takes another form of value: a duration, a percentage, one of certain words, a name, a text in
    quotes; or it takes one value and was given several.

Why:
    A promise of `fast` cannot be checked; a promise of `300ms` can, and then the design says before anything is built
    whether the promises along a journey add up. What is exact in the blueprint need not be agreed upon again by
    everyone who reads it.

Fix:
    Write the value in the form the message shows.

Limits:
    Whether a value of the right form is a sensible one is left to the rules of its subject.

References:
    Gilb, T.: Competitive Engineering, chapter 5 (Scales of Measure). 2005.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC108", "wrong-value", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query opening_times(store: string(4)) -> [string] { latency fast }
}
"""

GOOD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query opening_times(store: string(4)) -> [string] { latency 300ms }
}
"""

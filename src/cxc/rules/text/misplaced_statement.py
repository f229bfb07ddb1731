"""A statement in the wrong place.

What:
    The word is known, but not inside this element; or a statement of another shape stands where a property is
    expected. The message says where the word belongs.

Why:
    Where a statement stands says what it belongs to: a step belongs to a phase, an operation to a service, a
    promise to whoever keeps it. In another place it would belong to something that cannot have it.

Fix:
    Move it to where the message says it belongs. A property is written without a colon (`owner Team`); only
    fields have one (`id: uuid`).

Limits:
    Where a word belongs into several elements, all of them are named; which one is meant only the author
    knows.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC106", "misplaced-statement", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam
  latency 300ms

  query opening_times(store: string(4)) -> [string]
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

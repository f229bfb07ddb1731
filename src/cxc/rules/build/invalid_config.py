"""A setting that the compiler does not know, or cannot take as it is written.

What:
    `cxc.toml` is not TOML, has a key that does not exist, a value of the wrong kind, or a path that leads out
    of the workspace. The same is said of a comment `// cxc: allow …` that is not complete or names no rule.

Why:
    A setting that is silently left out is worse than none: the author believes that it holds. So every
    mistake in the settings is an error, and all of them are reported at once.

Fix:
    Write what the message suggests. An allowance has the form
    `// cxc: allow asked-twice "reason" until 2027-01-01`; several rules are divided by commas, and
    `until` may be left out.

Limits:
    Errors of text, names and build (1xx, 201 to 205, 207, 9xx) can be neither ignored nor allowed, because
    what comes after them builds on what they guard.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC901", "invalid-config", Severity.ERROR)

BAD = """
package northwind.data

// cxc: allow entity-without-master
entity Locker { number: int(1..200) @key }
"""

GOOD = """
package northwind.data

// cxc: allow entity-without-master "kept by the supplier of the lockers" until 2030-01-01
entity Locker { number: int(1..200) @key }
"""

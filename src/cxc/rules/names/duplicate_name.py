"""A name that is declared twice in one scope.

What:
    Two declarations of one package, two members of one declaration, or two parameters of one operation have
    the same name.

Why:
    Whoever writes the name could mean either of the two. And two teams that describe the same thing twice are
    often the first sign of a seam: each has its own customer, its own order, its own idea of what is done.

Fix:
    Give one of them another name, or remove it. Where both teams mean the same thing, let one declare it and
    the other import it.

Limits:
    Names of different packages may be the same; a file that uses both writes the package before the dot. All
    kinds of declarations share the names of a package: a service and a journey cannot have the same one.

References:
    Evans, E.: Domain-Driven Design, chapter 14 (Maintaining Model Integrity: duplicate concepts and false
    cognates).
    2003.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC202", "duplicate-name", Severity.ERROR)

BAD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  is_free: bool
}

type Locker {
  size: int(1..3)
}
"""

GOOD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  is_free: bool
}

type LockerSize {
  size: int(1..3)
}
"""

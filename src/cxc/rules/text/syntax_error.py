r"""A statement that does not have one of the four shapes of the language.

What:
    Every statement is a node (`owner people.Team`), a field (`id: uuid @key`), an operation
    (`query find(id: uuid) -> Order`) or a transition (`-> next_step`). This one is none of them.

Why:
    One shape for every statement is what lets a design be read by people who are no programmers. A statement
    that cannot be read is left out of the design, and what it was to say is lost: so it is an error. The rest
    of the file is still checked, and all errors are reported at once.

Fix:
    Write what the message suggests. Text stands in straight double quotes, a newline or `;` ends a statement,
    and every `{`, `(` and `[` has its closing partner. In a text a backslash stands only in `\"`, `\\`, `\n`,
    `\t` and `\u{1F600}`.

Limits:
    Where a closing brace is missing, the compiler takes the indentation as a sign of where it was meant.

References:
    Denny, P., Luxton-Reilly, A. and Tempero, E.: All syntax errors are not equal. ITiCSE 2012. Becker, B. A.
    et al.: Compiler error messages considered unhelpful. ITiCSE Working Group Reports, 2019.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC101", "syntax-error", Severity.ERROR)

BAD = """
package northwind.data

entity Locker {
  number int(1..200) @key
  is_free: bool
}
"""

GOOD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  is_free: bool
}
"""

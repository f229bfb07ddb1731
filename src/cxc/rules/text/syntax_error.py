"""A statement that does not have one of the four shapes of the language.

What:
    Every statement is a node (`owner people.Team`), a field (`id: uuid @key`), an operation
    (`query find(id: uuid) -> Order`) or a transition (`-> next_step`). This one is none of them.

Why:
    One shape for every statement is what lets a design be read by people who are no programmers. A statement that
    cannot be read is left out of the design; the rest of the file is still checked.

Fix:
    Write what the message suggests. Text stands in straight double quotes, a newline or `;` ends a statement, and every
    `{`, `(` and `[` has its closing partner.

Limits:
    Where a closing brace is missing, the compiler takes the indentation as a sign of where it was meant.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC101", "syntax-error", Severity.ERROR)

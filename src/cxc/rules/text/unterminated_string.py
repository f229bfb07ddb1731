r"""A text that begins with a quote and never ends.

What:
    A text in `"` ends on its own line; a text in three quotes may run over several lines and ends with three
    quotes.

Why:
    Without the closing quote the compiler cannot know which of the following words are text and which are
    design. It takes the end of the line for the end of the text, which is nearly always what was meant, and
    reads on.

Fix:
    Write the closing quote. To write a quote inside a text, put a backslash before it:
    `"the \"golden hour\""`.

Limits:
    Where a text in three quotes never ends, the first line that stands no deeper than the one it begins on is
    taken to be behind it. Without such a line it takes the rest of the file with it: that part is checked once
    the text is closed.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC102", "unterminated-string", Severity.ERROR)

BAD = """
package northwind.people

persona Carer "Cares for a parent {
  goal "Medicine in the house, always"
}
"""

GOOD = """
package northwind.people

persona Carer "Cares for a parent" {
  goal "Medicine in the house, always"
}
"""

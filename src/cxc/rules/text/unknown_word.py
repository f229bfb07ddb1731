"""A word the language does not know here.

What:
    The statement begins with a word that no declaration or property has.

Why:
    The vocabulary is small on purpose, so that everyone who reads a design knows all its words. A word that nobody knows would be ignored without notice.

Fix:
    Write the word the message suggests; the language reference lists all words and where they stand.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC105", "unknown-word", Severity.ERROR)

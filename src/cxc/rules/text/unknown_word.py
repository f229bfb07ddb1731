"""A word the language does not know here.

What:
    The statement, clause or annotation begins with a word that no declaration or property has.

Why:
    The vocabulary is small on purpose, so that everyone who reads a design knows all its words. A misspelt
    word that was skipped without notice would be a promise that nobody keeps: the author believes that it is
    part of the design.

Fix:
    Write the word the message suggests. The language reference lists all words and where they stand; what has
    no word may be said in the documentation (`///`) above the statement.

Limits:
    The suggestion goes by the letters of the word, among the words that may stand in this place.

References:
    Damerau, F. J.: A technique for computer detection and correction of spelling errors. Communications of
    the ACM 7(3), 1964.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC105", "unknown-word", Severity.ERROR)

BAD = """
package northwind.channels

team DigitalTeam

channel MobileApp {
  kind mobile
  identitty authenticated
  owner DigitalTeam
}
"""

GOOD = """
package northwind.channels

team DigitalTeam

channel MobileApp {
  kind mobile
  identity authenticated
  owner DigitalTeam
}
"""

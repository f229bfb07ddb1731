"""A property that is given twice.

What:
    A property that takes one value stands twice in the same element, or a list names the same thing twice.

Why:
    Only one of the two can be meant. Two teams that both wrote down what they believe to hold would each find
    their own line and rely on it; the compiler will not choose between them.

Fix:
    Remove one of the two. Where both are right, the property may take several values: write them behind each
    other, divided by commas.

Limits:
    Properties that take several values (`need`, `pain`, `backstage` …) may be repeated with other values.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC104", "duplicate-property", Severity.ERROR)

BAD = """
package northwind.channels

team DigitalTeam

channel MobileApp {
  kind mobile
  identity authenticated
  identity identified
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

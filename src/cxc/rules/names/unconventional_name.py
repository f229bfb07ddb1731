"""A name that does not follow the custom of the language.

What:
    Declarations are written in `PascalCase`, their members (fields, operations, steps, enum values) in
    `snake_case`, packages in lower case.

Why:
    When all designs follow one custom, a reader sees from a name what it is, and generated code looks like
    code of its language: from `request_refill` come `requestRefill`, `/request-refill` and `RequestRefill`,
    each where it is usual.

Fix:
    Write the name as the message suggests, here and wherever it is used.

Limits:
    Only a hint. Letters in capitals that belong to an abbreviation (`SMSGateway`) are left alone.

References:
    Butler, S., Wermelinger, M., Yu, Y. and Sharp, H.: Relating identifier naming flaws and code quality. 16th
    Working Conference on Reverse Engineering, 2009.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC208", "unconventional-name", Severity.HINT)

BAD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  isFree: bool
}
"""

GOOD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  is_free: bool
}
"""

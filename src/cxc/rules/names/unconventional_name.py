"""A name that does not follow the custom of the language.

What:
    Declarations are written in PascalCase, their members (fields, operations, steps, enum values) in snake_case, packages in lower case.

Why:
    When all designs follow one custom, a reader sees from a name what it is, and generated code looks like code of its language.

Fix:
    Write the name as the message suggests, wherever it is used.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC208", "unconventional-name", Severity.HINT)

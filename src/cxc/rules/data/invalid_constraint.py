"""A constraint that its type cannot have, or that nothing can meet.

What:
    Constraints stand in parentheses behind a type: a length for `string(1..80)` and `text(..)`, a pattern for
    `string(/[A-Z]{2}/)`, bounds for `int(0..12)`, digits for `decimal(12, 2)`. This one does not fit its type, excludes
    every value, is no regular expression, or is one that can take endless time.

Why:
    Constraints travel into the API, the forms and the database. One that cannot be met blocks customers there; a pattern
    with repetition inside repetition lets a single input stop a server (OWASP, Regular expression denial of service).

Fix:
    Write the smaller bound first, use the constraints the type takes, and write a pattern without nested repetition.

Limits:
    Whether two constraints together leave values that make sense to a customer is not judged.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC305", "invalid-constraint", Severity.ERROR)

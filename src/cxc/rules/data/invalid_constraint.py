"""A constraint that its type cannot have, or that nothing can meet.

What:
    Constraints stand in parentheses behind a type: a length for `string(1..80)` and `text(1..2000)`, a
    pattern for `string(/[A-Z]{2}/)`, bounds for `int(0..12)`, digits for `decimal(12, 2)`. This one does not
    fit its type, excludes every value, is no regular expression, or is one that can take endless time.

Why:
    Constraints travel into the API, the forms and the database. One that cannot be met blocks customers
    there. And a pattern that can match one text in very many ways (`(a+)+`) lets a single input of forty
    letters stop a server.

Fix:
    Write the smaller bound first and use the constraints the type takes. In a pattern, let each repetition
    end with something that the next one cannot begin with: `[a-z]+(-[a-z]+)*` instead of `([a-z]+-?)*`.

Limits:
    Reported are patterns that take exponential time, not those that are merely slow on very long texts, such
    as `.*.*x`. Whether the values that are left make sense to a customer is not judged.

References:
    Davis, J. C., Coghlan, C. A., Servant, F. and Lee, D.: The impact of regular expression denial of service
    (ReDoS) in practice. ESEC/FSE 2018. OWASP: Regular expression Denial of Service.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC305", "invalid-constraint", Severity.ERROR)

BAD = """
package northwind.data

type Locker {
  number: int(200..1)
}
"""

GOOD = """
package northwind.data

type Locker {
  number: int(1..200)
}
"""

"""Names of the design as names of TypeScript: none that means something there, and each once.

A name that is taken gets `_` behind it. Fields and choices keep their names, since there every word may stand.
"""

from __future__ import annotations

from cxc.model.routes import camel_case

_WORDS = frozenset(
    # What the language itself keeps, in any place where a generated name may stand
    """abstract any arguments as asserts async await bigint boolean break case catch class const continue debugger
    declare default delete do else enum eval export extends false finally for from function get global globalThis if
    implements import in infer instanceof interface intrinsic is keyof let module namespace never new null number
    object of out override package private protected public readonly require return satisfies set static string super
    switch symbol this throw true try type typeof undefined unique unknown using var void while with yield accessor
    defer exports Infinity NaN"""
    # What the generated modules use
    """ Promise Readonly Record connection options parameters""".split()
)
_EXPORTED = frozenset(
    """ApiClient ApiClock ApiConnection ApiConnectionError ApiFailure ApiIdentity ApiOperation ApiOptions ApiPage
    ApiPages ApiProblemError ApiResult ApiSuccess ApiTimeoutError ApiTransport CallOptions InvalidPart
    InvalidRequest JsonKind Money OtherProblem PageOptions PagedCallOptions Problem ProblemKind TokenProvider
    createClient defaultTimeout unwrap Base64String CountryString CurrencyString DateString DateTimeString
    DecimalString DurationString EmailString LanguageString PhoneString TimeString UrlString UuidString""".split()
)
"""What the package exports besides what comes from the design."""
_MEMBERS = frozenset("constructor then toString toLocaleString valueOf toJSON hasOwnProperty __proto__".split())
"""What a method must not be called, because somebody else calls it."""


class Names:
    """The names of one scope, each given out once."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)

    def take(self, name: str) -> str:
        """Return a name, with `_` behind it as often as it takes to be free."""
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name

    def inner(self) -> Names:
        """Return the names of a scope inside this one."""
        return Names(frozenset(self._taken))


def of_package() -> Names:
    """Return the names that a module of the package exports."""
    return Names(_WORDS | _EXPORTED)


def of_members() -> Names:
    """Return the names of the methods of a class."""
    return Names(_MEMBERS)


def camel(name: str) -> str:
    """Return a name as that of a method or variable: `request_refill` → `requestRefill`."""
    made = camel_case(name)
    return f"_{made}" if made[0].isdigit() else made


def pascal(name: str) -> str:
    """Return a name as that of a class or type: `request_refill` → `RequestRefill`."""
    made = camel(name)
    return made[0].upper() + made[1:]

"""Tokens to a tree, by the grammar of CEL's language definition (github.com/google/cel-spec, doc/langdef.md).

Macros (`has`, `all`, `exists`, `exists_one`, `filter`, `map`) are recognised here, as the definition has it. How deep
and how large an expression may be is limited, so that whoever walks the tree may recur.
"""

from __future__ import annotations

from collections.abc import Callable

from cxc.principles.problems import CannotParse, Problem
from cxc.principles.tokens import END, LARGEST, Token, tokens_of
from cxc.principles.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Has,
    Index,
    ListOf,
    Literal,
    Logic,
    MapOf,
    Name,
    Node,
    Select,
    Unary,
)
from cxc.principles.types import BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT, Type

LENGTH_LIMIT = 10_000
"""The longest expression that is read, in characters."""
SIZE_LIMIT = 1_000
"""How many parts an expression may have."""
DEPTH_LIMIT = 40
"""How deep brackets and operators may stand inside each other."""

_RELATIONS = frozenset({"<", "<=", ">", ">=", "==", "!=", "in"})
_LITERALS: dict[str, Type] = {
    "int": INT,
    "uint": UINT,
    "double": DOUBLE,
    "string": STRING,
    "bytes": BYTES,
    "bool": BOOL,
    "null": NULL,
}
_RESERVED = frozenset("as break const continue else for function if import let loop package namespace return var void "
                      "while".split())  # fmt: skip
_SPOKEN = {"and": "&&", "or": "||", "not": "!", "is": "==", "AND": "&&", "OR": "||", "NOT": "!"}
MACROS = {"all": (2,), "exists": (2,), "exists_one": (2,), "filter": (2,), "map": (2, 3)}
"""The macros of a list, and how many arguments each takes."""


def parse(text: str) -> Node:
    """Return the tree of an expression; raise `CannotParse` at its first mistake."""
    if len(text) > LENGTH_LIMIT:
        raise CannotParse(
            Problem(0, len(text), f"The expression is longer than {LENGTH_LIMIT} characters", "Divide it into several.")
        )
    if not text.strip():
        raise CannotParse(Problem(0, len(text), "The expression is empty", "Write what must hold."))
    return _Parser(tokens_of(text)).whole()


class _Parser:
    """Recursive descent over the tokens, one method for each rank of operators."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.size = 0

    # ---- tokens -----------------------------------------------------------------------------------------------------

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, *sorts: str) -> Token | None:
        return self.take() if self.next.sort in sorts else None

    def expect(self, sort: str, what: str) -> Token:
        if self.next.sort != sort:
            raise self.unexpected(what)
        return self.take()

    def unexpected(self, what: str) -> CannotParse:
        """Return what to say of a token that cannot stand here."""
        token = self.next
        help = f"Write {what}."
        if token.sort == END:
            return CannotParse(Problem(token.start, token.end, "The expression ends too early", help))
        if token.text in _SPOKEN:
            sign = _SPOKEN[token.text]
            return CannotParse(
                Problem(token.start, token.end, f"`{token.text}` is no operator", f"Write `{sign}`.", sign)
            )
        return CannotParse(Problem(token.start, token.end, f"`{token.text}` cannot stand here", help))

    def made(self, node: Node) -> Node:
        """Count a node, and how deep it is: a chain of operators is a tree that leans to the left."""
        node.depth = 1 + max((part.depth for part in node.children()), default=0)
        if node.depth > 2 * DEPTH_LIMIT:
            raise self.too_deep(node.start, node.end)
        self.size += 1
        if self.size > SIZE_LIMIT:
            raise CannotParse(
                Problem(
                    0, node.end, f"The expression has more than {SIZE_LIMIT} parts", "Divide it into several `require`."
                )
            )
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise self.too_deep(self.next.start, self.next.end)

    @staticmethod
    def too_deep(start: int, end: int) -> CannotParse:
        """Return what to say of an expression that nobody could follow."""
        return CannotParse(
            Problem(start, end, "The expression is nested too deep", "Divide it into several `require`.")
        )

    # ---- expressions ------------------------------------------------------------------------------------------------

    def whole(self) -> Node:
        node = self.expression()
        if self.next.sort != END:
            raise self.unexpected("`&&` or `||` before it, or remove it")
        return node

    def expression(self) -> Node:
        self.deeper()
        test = self.joined("||")
        if self.accept("?"):
            then = self.joined("||")
            self.expect(":", "`:` and what holds otherwise")
            other = self.expression()
            test = self.made(Conditional(test, then, other, start=test.start, end=other.end))
        self.depth -= 1
        return test

    def joined(self, operator: str) -> Node:
        """Read what `||` joins, or, one rank below, `&&`."""
        parts = [self.joined("&&") if operator == "||" else self.relation()]
        while self.accept(operator):
            parts.append(self.joined("&&") if operator == "||" else self.relation())
        if len(parts) == 1:
            return parts[0]
        return self.made(Logic(operator, parts, start=parts[0].start, end=parts[-1].end))

    def relation(self) -> Node:
        return self.binary(_RELATIONS, self.sum)

    def sum(self) -> Node:
        return self.binary(frozenset("+-"), self.product)

    def product(self) -> Node:
        return self.binary(frozenset("*/%"), self.unary)

    def binary(self, operators: frozenset[str], operand: Callable[[], Node]) -> Node:
        """Read what operators of one rank join, from the left to the right."""
        node = operand()
        before = self.depth
        while self.next.sort in operators:
            operator = self.take()
            self.deeper()  # `a + b + c` is a tree that leans to the left
            right = operand()
            node = self.made(Binary(operator.text, operator.start, node, right, start=node.start, end=right.end))
        self.depth = before
        return node

    def unary(self) -> Node:
        signs: list[Token] = []
        while (sign := self.accept("!", "-")) is not None:
            if signs and sign.sort != signs[0].sort:
                raise CannotParse(
                    Problem(sign.start, sign.end, f"`{sign.text}` cannot stand behind `{signs[0].text}`", "Remove one.")
                )
            signs.append(sign)
        before = self.depth
        is_number = self.next.sort in ("int", "double")
        node = self.member()
        for sign in reversed(signs):
            self.deeper()
            if sign.sort == "-" and is_number and isinstance(node, Literal):
                is_number = False
                node = Literal(-node.value, start=sign.start, end=node.end, type=node.type)
            else:
                node = self.made(Unary(sign.sort, node, start=sign.start, end=node.end))
        self.depth = before
        self.check_size_of(node)
        return node

    def check_size_of(self, node: Node) -> None:
        """Report the one whole number that is only there below zero."""
        if isinstance(node, Literal) and node.type == INT and node.value > LARGEST:
            raise CannotParse(
                Problem(node.start, node.end, f"The number `{node.value}` is too large", f"The largest is {LARGEST}.")
            )

    # ---- members ----------------------------------------------------------------------------------------------------

    def member(self) -> Node:
        node = self.primary()
        before = self.depth
        while True:
            if self.accept("."):
                self.deeper()
                name = self.expect("name", "the name of a property behind the point")
                node = self.call(name, node) if self.next.sort == "(" else self.made(
                    Select(node, name.text, name.start, start=node.start, end=name.end)
                )  # fmt: skip
            elif self.accept("["):
                self.deeper()
                index = self.expression()
                end = self.expect("]", "`]` behind it").end
                node = self.made(Index(node, index, start=node.start, end=end))
            else:
                self.depth = before
                return node

    def primary(self) -> Node:
        token = self.next
        if token.sort in _LITERALS:
            self.take()
            return self.made(Literal(token.value, start=token.start, end=token.end, type=_LITERALS[token.sort]))
        if token.sort == "(":
            self.take()
            node = self.expression()
            self.expect(")", "`)` behind it")
            return node
        if token.sort == "[":
            self.take()
            items, end = self.arguments("]")
            return self.made(ListOf(items, start=token.start, end=end))
        if token.sort == "{":
            return self.map()
        self.accept(".")  # `.name` is the name as it is known outside of all comprehensions; here there is no other
        name = self.next
        if name.sort != "name" or name.text in _SPOKEN or name.text in _RESERVED:
            if name.text in _RESERVED:
                raise CannotParse(
                    Problem(name.start, name.end, f"`{name.text}` cannot be a name", "Write another one.")
                )
            raise self.unexpected("a name, a value or `(`")
        self.take()
        if self.next.sort == "(":
            return self.call(name, None)
        return self.made(Name(name.text, start=name.start, end=name.end))

    def map(self) -> Node:
        start = self.take().start
        entries: list[tuple[Node, Node]] = []
        while self.next.sort != "}":
            key = self.expression()
            self.expect(":", "`:` and a value behind the key")
            entries.append((key, self.expression()))
            if not self.accept(","):
                break
        end = self.expect("}", "`}` behind the last value").end
        return self.made(MapOf(entries, start=start, end=end))

    def arguments(self, closing: str) -> tuple[list[Node], int]:
        """Read expressions up to a closing bracket, which is taken too."""
        found: list[Node] = []
        while self.next.sort != closing:
            found.append(self.expression())
            if not self.accept(","):
                break
            if closing == ")" and self.next.sort == closing:
                raise self.unexpected("another value, or no comma")
        return found, self.expect(closing, f"a comma or `{closing}`").end

    def call(self, name: Token, target: Node | None) -> Node:
        self.take()
        arguments, end = self.arguments(")")
        start = name.start if target is None else target.start
        if target is None and name.text == "has":
            return self.has(name, arguments, end)
        if target is not None and name.text in MACROS:
            return self.comprehension(name, target, arguments, end)
        return self.made(Call(name.text, name.start, target, arguments, start=start, end=end))

    def has(self, name: Token, arguments: list[Node], end: int) -> Node:
        if len(arguments) == 1 and isinstance(arguments[0], Select):
            return self.made(Has(arguments[0], start=name.start, end=end))
        message = "`has` asks whether a property is given, and takes just that"
        raise CannotParse(Problem(name.start, end, message, "Write it as in `has(j.target)`."))

    def comprehension(self, name: Token, target: Node, arguments: list[Node], end: int) -> Node:
        counts = MACROS[name.text]
        if len(arguments) not in counts or not isinstance(arguments[0], Name):
            message = f"`{name.text}` takes a name for each item, and what is asked of it"
            raise CannotParse(Problem(name.start, end, message, f"Write it as in `journeys.{name.text}(j, …)`."))
        variable = arguments[0]
        condition = arguments[1] if len(arguments) == 3 else None
        return self.made(
            Comprehension(
                name.text, name.start, target, variable.name, variable.start, condition, arguments[-1],
                start=target.start, end=end,
            )
        )  # fmt: skip

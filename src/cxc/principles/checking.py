"""What is wrong with an expression whatever the design holds: names and properties there are not, types that cannot be.

Each part of the tree gets its type. All mistakes are found, and none twice: what was reported has the type of a
mistake, of which nothing more is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from cxc.diagnostics.suggestion import did_you_mean
from cxc.principles.functions import FUNCTIONS, METHODS, Function, duration, pattern_of
from cxc.principles.operators import Operators, capital
from cxc.principles.parser import MACROS
from cxc.principles.problems import Problem
from cxc.principles.tree import (
    Call,
    Comprehension,
    Has,
    Index,
    ListOf,
    Literal,
    MapOf,
    Name,
    Node,
    Select,
)
from cxc.principles.types import (
    BOOL,
    DYN,
    NUMBERS,
    STRING,
    WRONG,
    Type,
    in_words,
    is_open,
    joined,
    list_of,
    map_of,
    may_equal,
)
from cxc.principles.view import roots

_YES_NO = "what a principle requires is a question with the answer yes or no"


def check(tree: Node) -> list[Problem]:
    """Give each part of a tree its type and return what is wrong with it, in the order of the text."""
    checker = _Checker()
    found = checker.type_of(tree)
    if found.name not in ("bool", "dyn", "error"):
        help = "Compare it with something, as in `… >= 1`."
        if found.name in ("list", "map"):
            help = "Ask how many there are, as in `….size() > 0`, or ask something of each, as in `….all(x, …)`."
        checker.report(tree, f"This is {in_words(found)}, but {_YES_NO}", help)
    return sorted(checker.problems, key=lambda problem: (problem.start, problem.end))


class _Checker(Operators):
    """Walks a tree once; `variables` are those of the comprehensions around, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: dict[str, Type] = {}

    def _literal(self, node: Literal) -> Type:
        return node.type

    # ---- names and properties ---------------------------------------------------------------------------------------

    def _name(self, node: Name) -> Type:
        if node.name in self.variables:
            return self.variables[node.name]
        root = roots().get(node.name)
        if root is not None:
            return root.type
        known = [*self.variables, *roots()]
        return self._unknown(node.start, node.end, f"There is no `{node.name}` here", node.name, known)

    def _unknown(self, start: int, end: int, message: str, name: str, known: Iterable[str], call: str = "") -> Type:
        """Report a name that there is not, with the one that was probably meant, or with all that there are."""
        allowed = sorted(dict.fromkeys(known))
        meant = did_you_mean(name, allowed)
        if meant is not None:
            return self.report_at(start, end, message, f"Did you mean `{meant}{call}`?", meant)
        listed = ", ".join(f"`{one}{call}`" for one in allowed)
        return self.report_at(start, end, message, f"There are {listed}." if allowed else None)

    def _select(self, node: Select) -> Type:
        operand = self.type_of(node.operand)
        if is_open(operand):
            return operand
        if operand.name == "map":
            return operand.of[1] if len(operand.of) > 1 else DYN
        if operand.shape is not None:
            found = operand.shape.properties.get(node.field)
            if found is not None:
                return found.type
            message = f"{capital(in_words(operand))} has no `{node.field}`"
            return self._unknown(node.at, node.end, message, node.field, operand.shape.properties)
        message = f"{capital(in_words(operand))} has no `{node.field}`"
        help = None
        if operand.name == "list" and operand.item.shape is not None:
            help = f"Ask each of them, as in `….all(x, x.{node.field} …)` or `….exists(x, x.{node.field} …)`."
        elif node.field in METHODS:
            help = f"Write `{node.field}()`."
        return self.report_at(node.at, node.end, message, help)

    def _has(self, node: Has) -> Type:
        operand = self.type_of(node.select.operand)
        node.select.type = self._select_again(node.select, operand)
        return BOOL

    def _select_again(self, node: Select, operand: Type) -> Type:
        if operand.shape is None and not is_open(operand) and operand.name != "map":
            return self.report(node, f"{capital(in_words(operand))} has no properties", None)
        return self._select(node)

    def _index(self, node: Index) -> Type:
        operand, index = self.type_of(node.operand), self.type_of(node.index)
        if is_open(operand) or is_open(index):
            return DYN if operand.name != "error" else WRONG
        if operand.name == "list":
            if index.name not in NUMBERS:
                return self.report(node.index, f"A list is read by number, not by {in_words(index)}", None)
            return operand.item
        if operand.name == "map":
            if not may_equal(operand.item, index):
                return self.report(node.index, f"The map has no key that is {in_words(index)}", None)
            return operand.of[1] if len(operand.of) > 1 else DYN
        return self.report(node, f"{capital(in_words(operand))} is no list", None)

    # ---- calls ------------------------------------------------------------------------------------------------------

    def _call(self, node: Call) -> Type:
        given = [] if node.target is None else [self.type_of(node.target)]
        table = FUNCTIONS if node.target is None else METHODS
        ways = table.get(node.function)
        if ways is None:
            found = self._unknown_function(node)
            self._judge_arguments_of_unknown(node.arguments)
            return found
        given += [self.type_of(argument) for argument in node.arguments]
        if any(type_.name == "error" for type_ in given):
            return ways[0].gives
        for way in ways:
            if len(way.takes) == len(given) and all(map(_fits, way.takes, given)):
                self._check_constants(node, way)
                return way.gives
        return self._wrong_arguments(node, ways, given)

    def _judge_arguments_of_unknown(self, arguments: list[Node]) -> None:
        """Find mistakes in arguments, of which the first may have been meant as the variable of a macro."""
        around = self.variables
        first = arguments[0] if arguments else None
        if isinstance(first, Name) and len(arguments) > 1:
            self.variables = {**around, first.name: WRONG}
        for argument in arguments:
            self.type_of(argument)
        self.variables = around

    def _unknown_function(self, node: Call) -> Type:
        end = node.at + len(node.function)
        other = METHODS if node.target is None else {**FUNCTIONS, "has": ()}
        if node.function in other or (node.target is None and node.function in MACROS):
            form = f"….{node.function}(…)" if node.target is None else f"{node.function}(…)"
            return self.report_at(node.at, end, f"`{node.function}` is not written so", f"Write `{form}`.")
        known = [*FUNCTIONS, "has"] if node.target is None else [*METHODS, *MACROS]
        shape = node.target.type.shape if node.target is not None else None
        if shape is not None and node.function in shape.properties:
            message = f"`{node.function}` is a property, which takes nothing in parentheses"
            return self.report_at(node.at, end, message, f"Write `.{node.function}`.")
        message = f"There is no function `{node.function}`"
        return self._unknown(node.at, end, message, node.function, known, "()")

    def _wrong_arguments(self, node: Call, ways: tuple[Function, ...], given: list[Type]) -> Type:
        counts = {len(way.takes) for way in ways}
        if len(given) not in counts:
            number = next(iter(counts)) - (node.target is not None)
            takes = {0: "nothing", 1: "one value"}.get(number, f"{number} values")
            return self.report(node, f"`{node.function}` takes {takes} in parentheses", None)
        parts = [*([node.target] if node.target is not None else []), *node.arguments]
        for place, (part, type_) in enumerate(zip(parts, given, strict=True)):
            taken = [way.takes[place] for way in ways]
            if not any(_fits(one, type_) for one in taken):
                wanted = _one_of(in_words(one) for one in taken)
                self.report(part, f"`{node.function}` takes {wanted}, but this is {in_words(type_)}", None)
                return ways[0].gives
        return self.report(node, f"`{node.function}` does not take these values together", None)

    def _check_constants(self, node: Call, way: Function) -> None:
        """Report durations and patterns that are wrong as they are written."""
        if not node.arguments or not isinstance(node.arguments[-1], Literal) or way.takes[-1] != STRING:
            return
        argument = node.arguments[-1]
        checks: dict[str, Callable[[str], object]] = {"duration": duration, "matches": pattern_of}
        check = checks.get(node.function)
        if check is not None and isinstance(argument.value, str):
            try:
                check(argument.value)
            except ValueError as error:
                self.report(argument, capital(str(error)), None)

    # ---- lists and maps ---------------------------------------------------------------------------------------------

    def _listof(self, node: ListOf) -> Type:
        return list_of(_common(self.type_of(item) for item in node.items))

    def _mapof(self, node: MapOf) -> Type:
        keys: list[Type] = []
        values: list[Type] = []
        for key, value in node.entries:
            keys.append(self.type_of(key))
            values.append(self.type_of(value))
            if keys[-1].name not in ("string", "int", "uint", "bool", "dyn", "error"):
                self.report(key, f"The key of a map is no {in_words(keys[-1]).partition(' ')[2] or 'such value'}", None)
        return map_of(_common(keys), _common(values))

    def _comprehension(self, node: Comprehension) -> Type:
        operand = self.type_of(node.operand)
        item = operand.item if operand.name in ("list", "map") else DYN
        if operand.name == "error":
            item = WRONG
        elif operand.name not in ("list", "map", "dyn"):
            end = node.at + len(node.macro)
            message = f"`{node.macro}` goes through a list, but this is {in_words(operand)}"
            self.report_at(node.operand.start, end, message, None)
            item = WRONG
        around = dict(self.variables)
        node.slot = len(around)
        # A variable takes the name of one around it, or of a collection, away from it, as in CEL.
        self.variables = {**around, node.variable: item}
        if node.condition is not None:
            self._question(node.condition, self.type_of(node.condition), f"`{node.macro}`")
        body = self.type_of(node.body)
        self.variables = around
        if node.macro == "map":
            return list_of(replace(body, choices=body.choices))
        self._question(node.body, body, f"`{node.macro}`")
        return list_of(item) if node.macro == "filter" else BOOL


def _fits(taken: Type, given: Type) -> bool:
    return is_open(taken) or is_open(given) or taken.name == given.name


def _common(types: Iterable[Type]) -> Type:
    found: Type | None = None
    for type_ in types:
        found = type_ if found is None else joined(found, type_)
    return found or DYN


def _one_of(words: Iterable[str]) -> str:
    found = list(dict.fromkeys(words))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} or {found[-1]}"

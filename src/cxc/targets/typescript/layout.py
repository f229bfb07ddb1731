"""Declarations on as many lines as Prettier gives them.

What a line holds is left to the others; what always stands on lines of its own, to the templates.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 100
"""As in `prettier` of the `package.json`."""
_STEP = "  "


def union(before: str, members: Sequence[str], indent: int = 0) -> list[str]:
    """Return `before A | B;`, below it where it does not fit beside it, and then on a line for each where it must be.

    The one type of a member (which stands inside, so it has an `indent`) never leaves its line.
    """
    line = f"{before} {' | '.join(members)};"
    below = f"{_STEP}{' | '.join(members)};"
    if _fits(line, indent) or (len(members) == 1 and indent):
        return [line]
    if _fits(below, indent) or len(members) == 1:
        return [before, below]
    *most, last = (f"{_STEP}| {member}" for member in members)
    return [before, *most, f"{last};"]


def items(before: str, listed: Sequence[str], after: str, indent: int = 0, *, apart: bool = False) -> list[str]:
    """Return `before[a, b]after`, with each item on a line of its own where they do not fit on one, or are `apart`."""
    line = f"{before}[{', '.join(listed)}]{after}"
    if not apart and _fits(line, indent):
        return [line]
    return [f"{before}[", *(f"{_STEP}{item}," for item in listed), f"]{after}"]


def names_from(word: str, names: Sequence[str], module: str) -> list[str]:
    """Return an import or export of names; a single one never leaves its line."""
    line = f'{word} {{ {", ".join(names)} }} from "{module}";'
    if len(names) == 1 or _fits(line):
        return [line]
    return [f"{word} {{", *(f"{_STEP}{name}," for name in names), f'}} from "{module}";']


def constant(head: str, members: Sequence[str]) -> list[str]:
    """Return `head = { … };`, with each member on a line of its own; below the head where that is long."""
    inner = [f"{_STEP}{member}" for member in members]
    if _fits(f"{head} = {{"):
        return [f"{head} = {{", *inner, "};"]
    return [f"{head} =", f"{_STEP}{{", *(f"{_STEP}{line}" for line in inner), f"{_STEP}}};"]


def entry(name: str, made: str, argument: str, indent: int) -> list[str]:
    """Return `name: new Made(argument),`, broken inside the brackets, or behind the colon where that does not do."""
    line, head = f"{name}: new {made}({argument}),", f"{name}: new {made}("
    if _fits(line, indent):
        return [line]
    if _fits(head, indent):
        return [head, f"{_STEP}{argument},", "),"]
    return [f"{name}:", f"{_STEP}new {made}({argument}),"]


def method(name: str, parameters: Sequence[str], result: tuple[str, Sequence[str]], indent: int) -> list[str]:
    """Return the head of a method; the result is a generic type and its arguments."""
    outer, arguments = result
    line = f"{name}({', '.join(parameters)}): {_generic(outer, arguments)} {{"
    if _fits(line, indent):
        return [line]
    head = [f"{name}(", *(f"{_STEP}{parameter}," for parameter in parameters)]
    return [*head, *_generic_lines("): ", outer, arguments, " {", indent)]


def call(before: str, arguments: Sequence[str], indent: int) -> list[str]:
    """Return `before(a, b);`, with each argument on a line of its own where they do not fit on one."""
    line = f"{before}({', '.join(arguments)});"
    return [line] if _fits(line, indent) else [f"{before}(", *(f"{_STEP}{one}," for one in arguments), ");"]


def _generic(outer: str, arguments: Sequence[str]) -> str:
    return f"{outer}<{', '.join(arguments)}" + ">" * (outer.count("<") + 1)


def _generic_lines(before: str, outer: str, arguments: Sequence[str], after: str, indent: int) -> list[str]:
    """Return a generic type, broken from outside to inside as far as it must be."""
    line = f"{before}{_generic(outer, arguments)}{after}"
    if _fits(line, indent):
        return [line]
    first, _, inner = outer.partition("<")
    if inner:
        inside = _generic_lines("", inner, arguments, "", indent + len(_STEP))
    else:
        inside = [*(f"{argument}," for argument in arguments[:-1]), arguments[-1]]
    return [f"{before}{first}<", *(f"{_STEP}{one}" for one in inside), f">{after}"]


def _fits(line: str, indent: int = 0) -> bool:
    return indent + len(line) <= WIDTH

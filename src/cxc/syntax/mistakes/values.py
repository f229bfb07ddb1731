"""Values that are missing, unfinished, or written as other languages write them."""

from __future__ import annotations

from cxc.syntax.lexer import SCALARS, Token
from cxc.syntax.mistakes.scene import (
    COMPARISONS,
    NAMES,
    TEXTS,
    Mistake,
    Scene,
    replaced,
    shown,
)

_AFTER = {
    ":": ("type", "Write the type after the colon, for example `name: text`."),
    "=": ("value", "Write the default after `=`, or remove the `=`."),
    "@": ("word", "Write the word of the annotation right after `@`."),
    "->": ("name", "Write the name that the arrow leads to."),
    "..": ("value", "A range has two ends, for example `1..80` or `10m..2h`."),
    "(": ("value", "Write what belongs between the parentheses, and `)`."),
    "[": ("value", "Write what belongs into the list, and `]`."),
    "<": ("type", "Write a type, and `>`."),
}
_UNITS = frozenset({"ms", "s", "m", "h", "d", "w"})


def wrong_arrow_or_comparison(scene: Scene) -> Mistake | None:
    """`on X => step`, `target => 40`, `target =< 40`, `target > = 40`."""
    bad, last, following = scene.bad, scene.last, scene.following
    if bad is None or bad.value != "=":
        return None
    if last is not None and last.value in ("<", ">"):
        first, end, index = last, bad, scene.index - 1
        sign = f"{last.value}="
    elif following is not None and following.value in ("<", ">") and following.start_pos == bad.end_pos:
        first, end, index = bad, following, scene.index
        behind = scene.tokens[index + 2] if index + 2 < len(scene.tokens) else None
        is_comparison = following.value == "<" or (behind is not None and behind.type in SCALARS)
        sign = f"{following.value}=" if is_comparison else "->"
    else:
        return None
    written = first.value + (" " if first.end_pos < end.start_pos else "") + end.value
    mended = [*scene.tokens[:index], scene.sign(sign, first.start_pos), *scene.tokens[index + 2 :]]
    return Mistake(
        f"`{written}` is written `{sign}`", first, f"Write `{sign}`.", (mended,), (replaced(first, end, sign),), to=end
    )


def range_with_dash(scene: Scene) -> Mistake | None:
    """`string(1-80)`, `wait 10m - 2h`."""
    bad, last, following = scene.bad, scene.last, scene.following
    if bad is None or last is None or last.type not in SCALARS:
        return None
    if bad.type in SCALARS and bad.value.startswith("-") and len(bad.value) > 1:
        high, rest = Token(bad.type, bad.value[1:], bad.start_pos + 1, bad.end_pos), scene.after
    elif bad.value in ("-", "–", "—") and following is not None and following.type in SCALARS:
        high, rest = following, scene.after[1:]
    else:
        return None
    mended = [*scene.before, scene.sign("..", bad.start_pos), high, *rest]
    value = f"{last.value}..{high.value}"
    return Mistake(
        "A range is written with two dots", bad, f"Write `{value}`.", (mended,), (replaced(last, high, value),), to=high
    )


def wrong_dots(scene: Scene) -> Mistake | None:
    """`1...80`."""
    bad, last, following = scene.bad, scene.last, scene.following
    if bad is None or bad.value != "." or last is None or last.value != ".." or following is None:
        return None
    fix = (replaced(bad, bad, ""),)
    return Mistake("A range is written with two dots", bad, "Remove the third dot.", (scene.without(scene.index),), fix)


def duration_with_blank(scene: Scene) -> Mistake | None:
    """`within 2 h`."""
    for index in (scene.index - 1, scene.index):
        if not 0 < index < len(scene.tokens):
            continue
        number, unit = scene.tokens[index - 1], scene.tokens[index]
        if number.type != "NUMBER" or unit.value not in _UNITS:
            continue
        value = f"{number.value}{unit.value}"
        joined = Token("DURATION", value, number.start_pos, unit.end_pos)
        mended = [*scene.tokens[: index - 1], joined, *scene.tokens[index + 1 :]]
        if scene.parses(mended):
            fix = (replaced(number, unit, value),)
            return Mistake(
                "A duration has no blank before its unit", number, f"Write `{value}`.", (mended,), fix, to=unit
            )
    return None


def unquoted_text(scene: Scene) -> Mistake | None:
    """`step request Requests the refill`."""
    tokens = scene.tokens
    if scene.bad is not None or len(tokens) < 4 or any(token.type != "NAME" for token in tokens):
        return None
    if not scene.first_on_line.isdisjoint(tokens[1:]):
        return None
    words = tokens[2:]
    text = " ".join(token.value for token in words)
    joined = Token("STRING", f'"{text}"', words[0].start_pos, words[-1].end_pos)
    return Mistake(
        f"The text `{text}` has no quotes",
        words[0],
        f'Write `"{text}"`.',
        ([*tokens[:2], joined],),
        (replaced(words[0], words[-1], f'"{text}"'),),
        to=words[-1],
    )


def name_behind_title(scene: Scene) -> Mistake | None:
    """`phase "Order" during {`."""
    tokens = scene.tokens
    if scene.bad is not None or [token.type for token in tokens] != ["NAME", "STRING", "NAME"] or scene.opening is None:
        return None
    word, title, name = tokens
    return Mistake(
        f"The name `{name.value}` comes before its title",
        name,
        f"Write the name first: `{word.value} {name.value} {title.value}`.",
        ([word, name, title],),
        (replaced(title, name, f"{name.value} {title.value}"),),
    )


def word_without_value(scene: Scene) -> Mistake | None:
    """`pain "Waits" severity`, `step request refill`."""
    last = scene.last
    if scene.bad is not None or last is None or last.type != "NAME" or scene.index < 3:
        return None
    return Mistake(
        f"A value is missing after `{last.value}`",
        last,
        f"Write the value. If `{last.value}` is one itself, put a comma before it; if it is a text, put it in quotes.",
        # With a block it is a declaration, which is worth keeping without what is doubtful.
        (scene.before[:-1],) if scene.opening else None,
    )


def missing_number(scene: Scene) -> Mistake | None:
    """`target >=`, `target >= high`."""
    last = scene.last
    if last is None or last.value not in COMPARISONS or "NUMBER" not in scene.expected:
        return None
    return Mistake(
        f"A number is missing after `{last.value}`",
        last,
        f"Write what to compare with, for example `{last.value} 40`, `{last.value} 85%` or `{last.value} 2h`.",
    )


def missing_after(scene: Scene) -> Mistake | None:
    """`->`, `status: Status =`, and other statements that end in their middle."""
    last = scene.last
    if last is None:
        return None
    if last.value in _AFTER and not (scene.bad is not None and scene.bad.type in NAMES | TEXTS | SCALARS):
        thing, help = _AFTER[last.value]
        rest = scene.without(scene.index - 1)
        # Without its arrow a transition, or a reaction to an event, is nothing; an operation is one without its result.
        is_sound = last.value == "=" or (last.value == "->" and scene.index > 3 and scene.tokens[2].value == "(")
        mended = (rest,) if is_sound and scene.parses(rest) else None
        return Mistake(f"A {thing} is missing after `{last.value}`", last, help, mended)
    if scene.bad is None:
        return Mistake(f"Something is missing after {shown(last)}", last, expectation(scene))
    return None


def misplaced(scene: Scene) -> Mistake | None:
    """Anything else that stands where it cannot."""
    bad = scene.bad or scene.opening
    if bad is None:
        return None
    return Mistake(f"{shown(bad)} cannot stand here", bad, expectation(scene))


def expectation(scene: Scene) -> str:
    """Say in general what could stand where the parser stopped."""
    expected = scene.expected
    if "STRING" in expected:
        return "Write a value: a name, a text in quotes, or a number."
    if "_NEWLINE" in expected or "$END" in expected:
        return "End the statement before it, with a new line or `;`."
    if "COLON" in expected:
        return "Write `:` and a type."
    if "LPAR" in expected:
        return "Write the parameters in parentheses, or `()`."
    return "Look at the statements around it for how this one is written."

"""Characters that no word, number or sign of the language has.

Wrong quotes and comments of other languages never come here; `cxc.syntax.loose_text` has read them as meant.
"""

from __future__ import annotations

import re

from cxc.syntax.lexer import SCALARS, UNEXPECTED, Token
from cxc.syntax.mistakes.scene import NAMES, Mistake, Scene, removed, replaced

_ARROWS = frozenset("→⇒➔➜⟶")
_DASHES = frozenset("-–—")
_JOINERS = frozenset("&+|/")
_BULLETS = frozenset("-*•–")
_APOSTROPHES = frozenset("'’‘")
_PATH = re.compile(r"(?:\.{1,2}|~|\w+:/?)?[/\\]|\.{1,2}[^\W\d]", re.ASCII)
_NUMBERS = "Write a number (`40`), a percentage (`99.9%`), or a duration with ms, s, m, h, d or w (`2h`)."


def hyphen_in_name(scene: Scene) -> Mistake | None:
    """`ask-pharmacist`, and `phase-2`, which reads as a name and a negative number."""
    start, end = _glued_run(scene)
    run = scene.tokens[start : end + 1]
    if len(run) < 2 or run[0].type not in NAMES or run[1].value[0] not in _DASHES:
        return None
    name = "".join(token.value for token in run)
    if not all(char.isalnum() or char in "_.-–—" for char in name):
        return None
    written = "".join("_" if char in _DASHES else char for char in name).strip("_")
    return Mistake(
        f"`{name}` is no name, because of the `{run[1].value[0]}`",
        run[0],
        f"Write `{written}`: names are made of the letters A to Z, digits and `_`.",
        (_joined(scene, start, end, "NAME", written),),
        (replaced(run[0], run[-1], written),),
        to=run[-1],
    )


def foreign_letters(scene: Scene) -> Mistake | None:
    """`café`, `Übergabe`: a name with letters beyond A to Z."""
    bad = scene.bad
    if bad is None or bad.type != UNEXPECTED or not bad.value[0].isalpha():
        return None
    start, end = _glued_run(scene)
    if scene.tokens[start].type not in (*NAMES, UNEXPECTED):
        start = end = scene.index
    name = "".join(token.value for token in scene.tokens[start : end + 1])
    return Mistake(
        f"`{name}` has letters that a name cannot have",
        scene.tokens[start],
        "Names are made of the letters A to Z, digits and `_`; a text in quotes may have any letters.",
        (_joined(scene, start, end, "NAME", name),),
        to=scene.tokens[end],
    )


def path(scene: Scene) -> Mistake | None:
    """`import ../../shared`, `screen /refills/new`."""
    tokens, start = scene.tokens, min(scene.index, len(scene.tokens) - 1)
    if scene.bad is None:
        return None
    while start > 1 and tokens[start - 1].end_pos == tokens[start].start_pos:
        start -= 1
    end = start
    while end + 1 < len(tokens) and tokens[end].end_pos == tokens[end + 1].start_pos:
        end += 1
    text = "".join(token.value for token in tokens[start : end + 1])
    if start == 0 or start == end or not _PATH.match(text):
        return None
    return Mistake(
        f"`{text}` is a path, and neither a name nor a text",
        tokens[start],
        f'A name has dots between its parts, as in `northwind.pharmacy`. A text stands in quotes: `"{text}"`.',
        to=tokens[end],
    )


def arrow(scene: Scene) -> Mistake | None:
    """`→`, `-->`, `—>`."""
    bad, following = scene.bad, scene.following
    if bad is None or bad.type != UNEXPECTED:
        return None
    end = scene.index
    if bad.value in _DASHES and following is not None and following.start_pos == bad.end_pos:
        end += following.value in ("->", ">")
    if bad.value not in _ARROWS and end == scene.index:
        return None
    last = scene.tokens[end]
    mended = [*scene.before, scene.sign("->", bad.start_pos), *scene.tokens[end + 1 :]]
    return Mistake("The arrow is written `->`", bad, "Write `->`.", (mended,), (replaced(bad, last, "->"),), to=last)


def loose_percent(scene: Scene) -> Mistake | None:
    """`99 %`, or `%` without a number."""
    bad, last = scene.bad, scene.last
    if bad is None or bad.value != "%":
        return None
    if last is None or last.type != "NUMBER":
        return Mistake("A number is missing before `%`", bad, "Write a percentage such as `99.9%`.")
    value = f"{last.value}%"
    return Mistake(
        "The `%` stands apart from its number",
        bad,
        f"Write `{value}`.",
        (_joined(scene, scene.index - 1, scene.index, "PERCENT", value),),
        (replaced(last, bad, value),),
    )


def malformed_number(scene: Scene) -> Mistake | None:
    """`2hours`, `40€`, `1.5x`, `.5`."""
    bad, following = scene.bad, scene.following
    if bad is None or bad.type != UNEXPECTED:
        return None
    last = scene.last
    is_apart = last is None or last.end_pos < bad.start_pos
    if bad.value == "." and is_apart and following is not None and following.type in SCALARS:
        value = f"0.{following.value}"
        mended = _joined(scene, scene.index, scene.index + 1, following.type, value)
        fix = (replaced(bad, following, value),)
        return Mistake("A number begins with a digit", bad, f"Write `{value}`.", (mended,), fix, to=following)
    start, end = _glued_run(scene)
    if not scene.tokens[start].value[0].isdigit():
        return None
    text = "".join(token.value for token in scene.tokens[start : end + 1])
    message = f"`{text}` is neither a number, a percentage nor a duration"
    return Mistake(message, scene.tokens[start], _NUMBERS, to=scene.tokens[end])


def loose_dot(scene: Scene) -> Mistake | None:
    """`people.`: a name that ends with its dot."""
    bad, last = scene.bad, scene.last
    if bad is None or bad.value != "." or last is None or last.type not in NAMES or last.end_pos != bad.start_pos:
        return None
    following = scene.following
    is_last = following is None or following.start_pos > bad.end_pos
    return Mistake(
        f"A name is missing after `{last.value}.`",
        bad,
        "Write the name without blanks around the dot, or remove the dot.",
        (scene.without(scene.index),) if is_last else None,
    )


def joining_sign(scene: Scene) -> Mistake | None:
    """`Web & Phone`."""
    bad, following = scene.bad, scene.following
    if bad is None or bad.type != UNEXPECTED or bad.value not in _JOINERS or following is None or scene.index < 2:
        return None
    mended = [*scene.before, scene.sign(",", bad.start_pos), *scene.after]
    if not scene.parses(mended):
        return None
    return Mistake(
        f"Several values are separated by commas, not by `{bad.value}`",
        bad,
        "Write a comma.",
        (mended,),
        (replaced(bad, bad, ","),),
    )


def bullet(scene: Scene) -> Mistake | None:
    """`- via MobileApp`."""
    bad = scene.bad
    if scene.index or bad is None or bad.value not in _BULLETS:
        return None
    return Mistake(
        f"A statement begins with its word, not with `{bad.value}`",
        bad,
        "Remove it; a statement a line needs no sign before it.",
        (scene.without(0),),
        (removed(bad),),
    )


def meaningless(scene: Scene) -> Mistake | None:
    """Any other character."""
    bad = scene.bad
    if bad is None or bad.type != UNEXPECTED:
        return None
    text = bad.value
    if text in _APOSTROPHES:
        return Mistake(
            f"`{text}` stands outside of any text in quotes", bad, 'Put the whole text into double quotes: `"…"`.'
        )
    if text == "*":
        return Mistake("`*` does not stand for all names", bad, "Write the names one by one, separated by commas.")
    if not text[0].isprintable():
        return Mistake(
            f"There is an invisible character here, U+{ord(text[0]):04X}",
            bad,
            "Remove it, or write an ordinary blank.",
            (scene.without(scene.index),),
            (replaced(bad, bad, " "),),
        )
    return Mistake(
        f"`{text}` has no meaning in the blueprint language",
        bad,
        "Remove it, or put the text it belongs to into quotes.",
        (scene.without(scene.index),),
    )


def _glued_run(scene: Scene) -> tuple[int, int]:
    """Return the indices of the first and last of the tokens that stand around the bad one without a blank."""
    start = end = min(scene.index, len(scene.tokens) - 1)
    tokens = scene.tokens
    while start > 0 and tokens[start - 1].end_pos == tokens[start].start_pos and _is_word(tokens[start - 1]):
        start -= 1
    while end + 1 < len(tokens) and tokens[end].end_pos == tokens[end + 1].start_pos and _is_word(tokens[end + 1]):
        end += 1
    return start, end


def _is_word(token: Token) -> bool:
    return token.type in NAMES or token.type in SCALARS or token.type == UNEXPECTED


def _joined(scene: Scene, start: int, end: int, type: str, value: str) -> list[Token]:
    tokens = scene.tokens
    joined = Token(type, value, tokens[start].start_pos, tokens[end].end_pos)
    return [*tokens[:start], joined, *tokens[end + 1 :]]

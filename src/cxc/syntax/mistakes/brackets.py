"""Brackets without a partner, and commas that are missing or too many in them.

Braces are matched by `cxc.syntax.cutting`.
"""

from __future__ import annotations

from cxc.syntax.lexer import CLOSING, SCALARS
from cxc.syntax.mistakes.scene import (
    CLOSING_SIGNS,
    NAMES,
    TEXTS,
    Mistake,
    Scene,
    inserted,
    removed,
    replaced,
    shown,
)

_FIRST_OF_ITEM = NAMES | TEXTS | SCALARS | {"LSQB", "DOC"}


def wrong_closing(scene: Scene) -> Mistake | None:
    """See `[a, b)`, or a closing bracket that nothing opens."""
    bad = scene.bad
    if bad is None or bad.type not in CLOSING:
        return None
    if scene.unclosed:
        opening = scene.unclosed[-1].value
        sign = CLOSING_SIGNS[opening]
        if bad.value == sign:
            return None
        mended = [*scene.before, scene.sign(sign, bad.start_pos), *scene.after]
        message = f"`{opening}` is closed with `{sign}`, not with `{bad.value}`"
        return Mistake(message, bad, f"Write `{sign}`.", (mended,), (replaced(bad, bad, sign),))
    return Mistake(
        f"This `{bad.value}` closes nothing",
        bad,
        "Remove it, or write the bracket it was meant to close.",
        (scene.without(scene.index),),
        (removed(bad),),
    )


def missing_opening(scene: Scene) -> Mistake | None:
    """`query find id: uuid)`."""
    if scene.unclosed or len(scene.tokens) < 3 or scene.tokens[1].type != "NAME":
        return None
    if not any(token.value == ")" for token in scene.tokens[scene.index :]):
        return None
    mended = scene.with_sign("(", 2)
    if not scene.parses(mended):
        return None
    name = scene.tokens[1]
    fix = (inserted("(", name.end_pos),)
    return Mistake(
        f"The `(` after `{name.value}` is missing", scene.tokens[2], "Write `(` before this.", (mended,), fix
    )


def missing_comma(scene: Scene) -> Mistake | None:
    """See `(a: int b: text)`, `[a b]`."""
    bad = scene.bad
    if bad is None or not scene.unclosed or "COMMA" not in scene.expected or bad.type not in _FIRST_OF_ITEM:
        return None
    if not scene.is_closed_later(scene.unclosed[-1]):
        return None
    return Mistake(
        f"A comma is missing before {shown(bad)}",
        bad,
        "Put a comma between the two.",
        (scene.with_sign(",", scene.index),),
        (inserted(", ", bad.start_pos),),
    )


def empty_parentheses(scene: Scene) -> Mistake | None:
    """`@key()`, `string()`."""
    bad, last = scene.bad, scene.last
    if bad is None or bad.value != ")" or last is None or last.value != "(":
        return None
    return Mistake(
        "There is nothing between these parentheses",
        last,
        "Remove them, or write between them what belongs there.",
        (scene.without(scene.index - 1, scene.index),),
        (replaced(last, bad, ""),),
        to=bad,
    )


def unclosed_bracket(scene: Scene) -> Mistake | None:
    """`(`, `[` or `<` without a partner."""
    if not scene.unclosed:
        return _unclosed_angle(scene)
    opening = scene.unclosed[-1]
    if scene.is_closed_later(opening):
        return None
    sign = CLOSING_SIGNS[opening.value]
    before = scene.before[:-1] if scene.last and scene.last.value == "," else scene.before
    end = before[-1].end_pos
    mended = [*before, scene.sign(sign, end), *scene.tokens[scene.index :]]
    return Mistake(
        f"The `{opening.value}` that opens here is never closed",
        opening,
        f"Write `{sign}` where it ends.",
        (mended,),
        (inserted(sign, end),) if scene.parses(mended) else (),
    )


def _unclosed_angle(scene: Scene) -> Mistake | None:
    if "MORE_THAN" not in scene.expected:
        return None
    opening = next((token for token in reversed(scene.before) if token.value == "<"), None)
    if opening is None:
        return None
    bad = scene.bad
    if bad is not None and bad.value == ",":
        end = next((at for at in range(scene.index, len(scene.tokens)) if scene.tokens[at].value == ">"), None)
        if end is not None:
            return Mistake(
                "There is one type between `<` and `>`, not several",
                bad,
                "Write the type of the values only; the keys are texts.",
                (scene.without(scene.index, end - 1),),
            )
    return Mistake(
        "The `<` that opens here is never closed",
        opening,
        "Write `>` after the type.",
        (scene.with_sign(">", scene.index),),
        (inserted(">", scene.before[-1].end_pos),),
    )

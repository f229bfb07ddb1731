"""Commas where there should be none, none where there should be one, and statements that share a line."""

from __future__ import annotations

from collections.abc import Iterable

from cxc.syntax.lexer import CLOSING, OPENING, SCALARS, Token
from cxc.syntax.mistakes.scene import TEXTS, Mistake, Scene, inserted, removed, replaced, shown

_MOST_COMMAS_TRIED = 3
_SIGNS = frozenset({",", ":", "->", "..", "@"})


def doubled_sign(scene: Scene) -> Mistake | None:
    """`via MobileApp,, Web`, `id:: uuid`."""
    bad, last = scene.bad, scene.last
    if bad is None or last is None or bad.value != last.value or bad.value not in _SIGNS:
        return None
    message = f"There are two `{bad.value}`, one after the other"
    return Mistake(message, bad, "Remove one of them.", (scene.without(scene.index),), (removed(bad),))


def empty_place(scene: Scene) -> Mistake | None:
    """`masters , Order`, `[, a]`."""
    bad, last = scene.bad, scene.last
    if bad is None or last is None or bad.value != ",":
        return None
    if last.value not in ("(", "[") and (scene.index != 1 or last.end_pos == bad.start_pos):
        return None
    message, help = f"A value is missing between `{last.value}` and this comma", "Write the value, or remove the comma."
    return Mistake(message, bad, help, (scene.without(scene.index),), (removed(bad),))


def comma_between_statements(scene: Scene) -> Mistake | None:
    """`{ id: uuid, name: text }`, `enum Status { active, withdrawn }`."""
    bad = scene.bad
    if bad is None or bad.value != "," or scene.unclosed:
        return None
    pieces, commas = _divided(scene.tokens)
    if not scene.parses(*pieces) or (len(pieces) < 2 and scene.opening):
        return None
    first = scene.tokens[0]
    if scene.index == 1 and first.value[0].isupper():
        help = "A statement begins with a word that says what its values are."
        return Mistake(f"A word is missing before `{first.value}`", first, help)
    ends_line = [len(pieces) <= at or pieces[at][0] in scene.first_on_line for at in range(1, len(commas) + 1)]
    return Mistake(
        "Statements are not separated by commas",
        bad,
        "Put each statement on a line of its own, or `;` between them.",
        tuple(pieces),
        tuple(replaced(comma, comma, "" if at_end else ";") for comma, at_end in zip(commas, ends_line, strict=True)),
    )


def _divided(tokens: list[Token]) -> tuple[list[list[Token]], list[Token]]:
    """Return what stands between the commas outside of brackets, and these commas; a last empty piece is left out."""
    pieces: list[list[Token]] = [[]]
    commas: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.type in OPENING) - (token.type in CLOSING)
        if token.value == "," and depth == 0:
            commas.append(token)
            pieces.append([])
        else:
            pieces[-1].append(token)
    return (pieces if pieces[-1] else pieces[:-1]), commas


def comma_at_line_end(scene: Scene) -> Mistake | None:
    """`via MobileApp,` where the next line is a statement of its own."""
    tokens = scene.tokens
    tried = 0
    for index in range(min(scene.index, len(tokens) - 1), 1, -1):
        if tokens[index - 1].value != "," or tokens[index] not in scene.first_on_line:
            continue
        pieces = (tokens[: index - 1], tokens[index:])
        if scene.parses(*pieces):
            comma = tokens[index - 1]
            return Mistake(
                "After this comma another value is expected, but a new statement follows",
                comma,
                "Remove the comma.",
                pieces,
                (removed(comma),),
            )
        tried += 1
        if tried == _MOST_COMMAS_TRIED:
            break
    return None


def trailing_comma(scene: Scene) -> Mistake | None:
    """`via MobileApp, ` and nothing more; `[a, b, ]`."""
    last = scene.last
    if last is None or last.value != ",":
        return None
    return Mistake(
        "A value is missing after this comma",
        last,
        "Write another value after the comma, or remove the comma.",
        (scene.without(scene.index - 1),),
        (removed(last),),
    )


def several_targets(scene: Scene) -> Mistake | None:
    """`-> collect, deliver`."""
    bad = scene.bad
    if bad is None or bad.value != "," or scene.index < 2 or scene.tokens[scene.index - 2].value != "->":
        return None
    return Mistake(
        "An arrow leads to one name only",
        bad,
        "Write each arrow on a line of its own.",
        (scene.before,),
    )


def missing_comma_between_values(scene: Scene) -> Mistake | None:
    """`say "Hello" "Good morning"`, `calls Orders.find Orders.cancel`, `on Failed retry carries Order.id`."""
    bad, last = scene.bad, scene.last
    if bad is None or last is None or scene.unclosed or "COMMA" not in scene.expected:
        return None
    fix = (inserted(", ", bad.start_pos),)
    if bad.type in TEXTS and last.type in TEXTS:
        help = "Put a comma between them, or join them into one text."
        return Mistake("Two texts follow each other", bad, help, (scene.with_sign(",", scene.index),), fix)
    if bad.type not in {"DOTTED_NAME", "LSQB"} | TEXTS | SCALARS:
        return None
    if scene.index > 2 and all(token.type == "NAME" for token in scene.tokens[scene.index - 3 : scene.index]):
        help = "Several values are separated by commas, an arrow is written `->`, and a text stands in quotes."
        return Mistake(f"Something is missing before {shown(bad)}", bad, help)
    # Only to a reader who knows the words is a comma, and no arrow or brace, what is certainly missing.
    help = "Several values are separated by commas."
    return Mistake(f"A comma is missing before {shown(bad)}", bad, help, None, fix)


def statements_on_one_line(scene: Scene) -> Mistake | None:
    """`status 409 reason: text`, `a: int b: text`."""
    if scene.unclosed or scene.bad is None:
        return None
    for index in _beginnings(scene, scene.bad):
        first, second = scene.tokens[:index], scene.tokens[index:]
        if index < 1 or second[0] in scene.first_on_line or len(second) == 1 or not scene.parses(first, second):
            continue
        begins = second[0]
        is_certain = index < scene.index or begins.value == "->" or second[1].value == ":"
        return Mistake(
            f"{shown(begins)} begins a new statement on the same line",
            begins,
            "Put it on a line of its own, or `;` before it.",
            (first, second) if is_certain else (first,),
            (inserted("; ", begins.start_pos),) if is_certain else (),
        )
    return None


def _beginnings(scene: Scene, bad: Token) -> Iterable[int]:
    """Return the indices where a second statement may begin, given the token that cannot belong to the first."""
    if bad.value == "->" and scene.tokens[0].value != "->":
        return range(scene.index - 1, 0, -1)
    # The colon of a field is its second token, the parenthesis of an operation its third.
    return (scene.index - {":": 1, "(": 2}.get(bad.value, 0),)

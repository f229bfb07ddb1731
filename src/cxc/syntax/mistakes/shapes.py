"""Fields, operations and properties mistaken for each other, or with their parts in another order."""

from __future__ import annotations

from cxc.syntax.lexer import SCALARS, Token
from cxc.syntax.mistakes.scene import (
    COMPARISONS,
    NAMES,
    TEXTS,
    Mistake,
    Scene,
    inserted,
    removed,
    replaced,
    shown,
)


def value_with_equals(scene: Scene) -> Mistake | None:
    """`owner = people.Team`."""
    bad, last = scene.bad, scene.last
    if bad is None or bad.value != "=" or scene.index != 1 or last is None:
        return None
    end = scene.index
    while end + 1 < len(scene.tokens) and scene.tokens[end + 1].value == "=":
        end += 1
    return Mistake(
        f"`{last.value}` takes its value without `=`",
        bad,
        f"Remove it: {_example(scene, end + 1)}.",
        (scene.without(scene.index, end),),
        (replaced(bad, scene.tokens[end], ""),),
        to=scene.tokens[end],
    )


def _example(scene: Scene, index: int) -> str:
    """Return the first word of a statement, and the value at `index` behind it, where that is a single token."""
    value = scene.tokens[index] if index < len(scene.tokens) else None
    is_short = value is not None and value.type in NAMES | TEXTS | SCALARS and len(value.value) <= 40
    return f"`{scene.tokens[0].value} {value.value if value and is_short else 'value'}`"


def value_with_colon(scene: Scene) -> Mistake | None:
    """`title: "Order"`, `prefers: MobileApp, Web`."""
    tokens, bad = scene.tokens, scene.bad
    if bad is None or len(tokens) < 3 or tokens[1].value != ":" or scene.unclosed[:-1]:
        return None
    is_value = bad.type in TEXTS | SCALARS or bad.value in COMPARISONS or bad.value in (",", "]", "..")
    others = sum(token.value == ":" for token in tokens) - 1
    if not is_value or others or not scene.parses(scene.without(1)):
        return None
    return Mistake(
        f"`{tokens[0].value}` takes its value without `:`",
        tokens[1],
        f"Remove it: {_example(scene, 2)}. A colon comes only before the type of a field.",
        (scene.without(1),),
        (removed(tokens[1]),),
    )


def missing_colon(scene: Scene) -> Mistake | None:
    """`id uuid @key`, and in parameters `(id uuid)`."""
    tokens, bad, last = scene.tokens, scene.bad, scene.last
    if bad is None or last is None:
        return None
    if scene.unclosed and scene.unclosed[0].value == "(" and tokens[1].type == "NAME" and last.type == "NAME":
        return _parameter_without_type(scene, bad, last) if "COLON" in scene.expected else None
    looks_like_field = bad.value in ("@", "=", "?", "<", "..") or bad.type in SCALARS | {"REGEX"} or bad.value in "><="
    if not looks_like_field or len(tokens) < 2 or tokens[1].value == ":":
        return None
    mended = scene.with_sign(":", 1)
    if not scene.parses(mended):
        return None
    return Mistake(
        f"The field `{tokens[0].value}` has no colon before its type",
        tokens[1],
        f"Write `{tokens[0].value}: {tokens[1].value}`.",
        (mended,),
        (inserted(":", tokens[0].end_pos),),
    )


def _parameter_without_type(scene: Scene, bad: Token, last: Token) -> Mistake:
    if bad.value in (",", ")"):
        start = scene.index - 1
        end = start + (bad.value == ",")
        start -= bad.value == ")" and scene.tokens[start - 1].value == ","
        return Mistake(
            f"The parameter `{last.value}` has no type",
            last,
            f"Write a colon and the type after it, for example `{last.value}: text`.",
            (scene.without(start, end),),
        )
    return Mistake(
        f"The parameter `{last.value}` has no colon before its type",
        bad,
        f"Write `{last.value}: {bad.value}`.",
        (scene.with_sign(":", scene.index),),
        (inserted(":", last.end_pos),),
    )


def annotation_before_type(scene: Scene) -> Mistake | None:
    """`id: @key uuid`, `@key id: uuid`."""
    tokens = scene.tokens
    index = scene.index
    bad = scene.bad
    if bad is None or bad.value != "@" or (index and tokens[index - 1].value != ":"):
        return None
    end = index
    while end < len(tokens) and tokens[end].value == "@":
        end = _annotation_end(tokens, end)
    annotations, rest = tokens[index:end], tokens[end:]
    if index == 0 and not rest:
        message, help = "This annotation belongs to no field", "Write it after the type, on the line of its field."
        return Mistake(message, bad, help, ([],), to=tokens[-1])
    mended = [*tokens[:index], *rest, *annotations]
    if not scene.parses(mended):
        return None
    return Mistake(
        "An annotation comes after the type of its field",
        bad,
        f"Write `{'name: type' if index == 0 else tokens[0].value + ': type'} @{tokens[index + 1].value}`.",
        (mended,),
        to=annotations[-1],
    )


def _annotation_end(tokens: list[Token], start: int) -> int:
    """Return the index behind the annotation whose `@` stands at `start`."""
    end = start + 2
    if end < len(tokens) and tokens[end].value == "(":
        depth = 0
        while end < len(tokens):
            depth += (tokens[end].value == "(") - (tokens[end].value == ")")
            end += 1
            if depth == 0:
                break
    return min(end, len(tokens))


def annotation_without_parentheses(scene: Scene) -> Mistake | None:
    """`@personal "health"`, `@key readonly`."""
    bad, last, following = scene.bad, scene.last, scene.following
    if bad is None or last is None or scene.index < 2 or scene.tokens[scene.index - 2].value != "@":
        return None
    if bad.type in TEXTS | SCALARS:
        parentheses = (scene.sign("(", bad.start_pos), bad, scene.sign(")", bad.end_pos))
        return Mistake(
            f"The value of `@{last.value}` goes in parentheses",
            bad,
            f"Write `@{last.value}({bad.value})`.",
            ([*scene.before, *parentheses, *scene.after],),
            (replaced(last, bad, f"{last.value}({bad.value})"),),
        )
    if bad.type not in NAMES or (following is not None and following.value in (":", "(", "->")):
        return None
    return Mistake(
        f"`{bad.value}` cannot follow `@{last.value}`",
        bad,
        f"Write `@{bad.value}` if it is an annotation, or `@{last.value}({bad.value})` if it is the value.",
        (scene.without(scene.index),),
    )


def result_without_arrow(scene: Scene) -> Mistake | None:
    """`query find(id: uuid): Order`, `query find(id: uuid) Order`, `query find(id: uuid) [Order]`."""
    tokens, bad, last = scene.tokens, scene.bad, scene.last
    if scene.unclosed or last is None or len(tokens) < 4 or tokens[2].value != "(":
        return None
    if bad is not None and bad.value == ":" and last.value == ")":
        mended, at = [*scene.before, scene.sign("->", bad.start_pos), *scene.after], bad
        fix = replaced(bad, bad, " ->")
    elif bad is not None and last.value == ")" and bad.type in ("DOTTED_NAME", "LSQB"):
        mended, at = scene.with_sign("->", scene.index), bad
        fix = inserted("-> ", bad.start_pos)
    elif last.value[0].isupper() and last.type == "NAME" and tokens[scene.index - 2].value == ")":
        mended, at = scene.with_sign("->", scene.index - 1), last
        fix = inserted("-> ", last.start_pos)
    else:
        return None
    if not scene.parses(mended):
        return None
    return Mistake("The result of an operation comes after `->`", at, "Write `->` before its type.", (mended,), (fix,))


def word_after_type(scene: Scene) -> Mistake | None:
    """`id: uuid required`."""
    tokens, bad = scene.tokens, scene.bad
    if bad is None or bad.type != "NAME" or scene.unclosed or len(tokens) < 3 or tokens[1].value != ":":
        return None
    if scene.following is not None and scene.following.value in (":", "("):
        return None
    return Mistake(
        f"`{bad.value}` cannot follow the type of `{tokens[0].value}`",
        bad,
        "Annotations say what else there is to say of a field: `@word`. A new statement begins on a new line.",
        (scene.before,),
    )


def missing_operation_name(scene: Scene) -> Mistake | None:
    """`query(id: uuid)`."""
    bad, last = scene.bad, scene.last
    if bad is None or bad.value != "(" or scene.index != 1 or last is None:
        return None
    return Mistake(
        f"A name is missing between `{last.value}` and `(`",
        bad,
        f"Write the name of the operation after `{last.value}`; the values of a property have no parentheses.",
    )


def misplaced_documentation(scene: Scene) -> Mistake | None:
    """`id: uuid /// the identity`, or documentation with nothing behind it."""
    tokens, bad = scene.tokens, scene.bad
    if tokens and all(token.type == "DOC" for token in tokens):
        return Mistake(
            "No statement follows this documentation",
            tokens[0],
            "Put it before the statement it describes, or make it a comment with `//`.",
            ([],),
            tuple(replaced(token, token, token.value[1:]) for token in tokens),
            to=tokens[-1],
        )
    if bad is None or bad.type != "DOC":
        return None
    rest = scene.without(scene.index)
    return Mistake(
        "Documentation comes before what it describes, on a line of its own",
        bad,
        "Put it above the statement, or make it a comment with `//`.",
        (rest if scene.unclosed else [bad, *rest],),
        (replaced(bad, bad, bad.value[1:]),),
    )


def block_of_field(scene: Scene) -> Mistake | None:
    """`id: uuid { … }`."""
    opening = scene.opening
    if scene.bad is not None or opening is None or not scene.accepts(scene.tokens, False) or not scene.tokens:
        return None
    return Mistake(
        "A field has no block",
        opening,
        "Remove the block; annotations, such as `@word(value)`, say what else there is to say of a field.",
        (scene.tokens,),
        keeps_block=False,
    )


def block_of_nothing(scene: Scene) -> Mistake | None:
    """See a `{` that begins a statement."""
    if scene.tokens or scene.opening is None:
        return None
    return Mistake(
        "This block belongs to no statement",
        scene.opening,
        "Put the `{` behind the statement it belongs to, on the same line.",
    )


def wrong_beginning(scene: Scene) -> Mistake | None:
    """`"Order" phase`, `5 stars`."""
    bad = scene.bad
    if bad is None or any(token.type != "DOC" for token in scene.before):
        return None
    return Mistake(
        f"A statement cannot begin with {shown(bad)}",
        bad,
        "A statement begins with a word (`word value`, `name: type`) or with `->`.",
    )

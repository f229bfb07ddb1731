"""A parser's refusal in the words of someone who is no programmer: what is wrong, where, and what to write instead.

It knows the shapes of the grammar, not the words of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from cxc.syntax.lexer import UNEXPECTED, Token

_CURLY_QUOTES = frozenset("“”„‟«»‘’‚")
_MISSING_AFTER = {
    "COMMA": ("value", "Write another value after the comma, or remove the comma."),
    "COLON": ("type", "Write the type after the colon, for example `name: text`."),
    "EQUAL": ("value", "Write the default value after `=`, or remove the `=`."),
    "AT": ("word", "Write the annotation's word, for example `@key`."),
    "__ANON_0": ("name", "Write the name of the step, type or operation the arrow leads to."),
}
_SCALARS = frozenset({"NUMBER", "PERCENT", "DURATION"})


class Explanation(NamedTuple):
    """One sentence, the token it is about, and what to do."""

    message: str
    token: Token
    help: str | None


def explain(
    bad: Token, before: list[Token], after: list[Token], expected: Collection[str], has_block: bool
) -> Explanation:
    """Explain why `bad` cannot follow the tokens before it; `expected` are the terminals that could."""
    if bad.type == UNEXPECTED:
        return _unexpected_text(bad)
    last = before[-1] if before else None
    if last is None:
        return _bad_beginning(bad)
    at_end = bad.type in ("$END", "RBRACE", "_NEWLINE") or (bad.type == "LBRACE" and has_block)
    for bracket, partner, sign in (("LPAR", "RPAR", ")"), ("LSQB", "RSQB", "]")):
        unclosed = _unclosed(before, bracket, partner)
        if unclosed and (at_end or partner in expected) and bad.type != partner:
            return Explanation(
                f"The `{unclosed.value}` that opens here is never closed",
                unclosed,
                f"Write `{sign}` where it ends.",
            )
    if at_end and last.type in _MISSING_AFTER:
        thing, advice = _MISSING_AFTER[last.type]
        return Explanation(f"A {thing} is missing after `{last.value}`", last, advice)
    if at_end:
        return Explanation(f"Something is missing after `{last.value}`", last, _hint(expected))
    if bad.type == "DOC":
        return Explanation(
            "Documentation (`///`) stands before the statement it belongs to, on lines of its own",
            bad,
            "Put it above the statement, or write a comment with `//`.",
        )
    return Explanation(*_misplaced(bad, last, before, after, expected))


def _misplaced(
    bad: Token, last: Token, before: list[Token], after: list[Token], expected: Collection[str]
) -> tuple[str, Token, str | None]:
    """Explain a token that is sound by itself but cannot stand where it does."""
    shown = bad.value if len(bad.value) <= 40 else bad.value[:37] + "…"
    if bad.type == "EQUAL" and len(before) == 1:
        return f"`{last.value}` is given its value without `=`", bad, f"Write `{last.value} value`."
    if bad.type == "COLON" and len(before) == 1:
        return "A type is expected after `:`", bad, None
    if bad.type == "AT" and len(before) == 2 and before[0].type == "NAME":
        name, type_ = before[0].value, before[1].value
        return (
            f"An annotation stands behind a field, and `{name} {type_}` is not one",
            bad,
            f"A field has a colon before its type: `{name}: {type_}`.",
        )
    if bad.type in ("STRING", "LONG_STRING") and last.type in ("STRING", "LONG_STRING"):
        return "Two texts follow each other without a comma", bad, "Put a comma between them, or join them into one."
    if bad.type in _SCALARS and last.type in (*_SCALARS, "STRING", "NAME", "DOTTED_NAME"):
        return f"`{shown}` cannot follow `{last.value}`", bad, "Several values are divided by commas."
    if bad.type == "RBRACE":
        return f"The statement is not finished before `{shown}`", bad, _hint(expected)
    return f"`{shown}` cannot stand here", bad, _hint(expected)


def _unexpected_text(bad: Token) -> Explanation:
    text = bad.value
    if text in _CURLY_QUOTES or text == "'":
        return Explanation(f"Text stands in straight double quotes, not in `{text}`", bad, 'Write `"` on both sides.')
    if len(text) == 1 and (ord(text) < 32 or ord(text) == 127 or not text.isprintable()):
        return Explanation(
            f"The invisible character U+{ord(text):04X} stands here", bad, "Remove it; blanks and newlines are enough."
        )
    if text[0].isdigit():
        return Explanation(
            f"`{text}` is neither a number, a percentage nor a duration",
            bad,
            "Write a number (`40`), a percentage (`99.9%`), or a duration with ms, s, m, h, d or w (`2h`).",
        )
    if text[0].isalpha():
        return Explanation(
            f"`{text}` has letters that a name cannot have",
            bad,
            "Names are made of the letters A to Z, digits and `_`; a title in quotes may be any text.",
        )
    return Explanation(f"`{text}` has no meaning in the blueprint language", bad, "Remove it, or put it into quotes.")


def _bad_beginning(bad: Token) -> Explanation:
    shown = bad.value if len(bad.value) <= 40 else bad.value[:37] + "…"
    if bad.type == "DOC" or bad.type == "$END":
        return Explanation("No statement follows this documentation", bad, "Remove it, or write it with `//`.")
    if bad.type == "LBRACE":
        return Explanation(
            "This block belongs to no statement", bad, "Put the `{` behind the statement, on the same line."
        )
    return Explanation(
        f"A statement cannot begin with `{shown}`",
        bad,
        "A statement begins with a word, such as `owner` or `step`, or with `->`.",
    )


def _unclosed(tokens: list[Token], opening: str, closing: str) -> Token | None:
    open_ones: list[Token] = []
    for token in tokens:
        if token.type == opening:
            open_ones.append(token)
        elif token.type == closing and open_ones:
            open_ones.pop()
    return open_ones[-1] if open_ones else None


def _hint(expected: Collection[str]) -> str | None:
    if "_NEWLINE" in expected or "$END" in expected:
        return "End the statement here, with a new line or `;`."
    if "STRING" in expected:
        return "Write a value: a name, a text in quotes, or a number."
    if "COLON" in expected:
        return "Write `:` and a type."
    if "LPAR" in expected:
        return "Write the parameters in parentheses, or `()`."
    return None

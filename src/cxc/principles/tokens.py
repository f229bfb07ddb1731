"""An expression cut into tokens, after the lexis of CEL's language definition; and what its literals mean."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cxc.principles.problems import CannotParse, Problem

END = "end"
LARGEST = 2**63 - 1


class Token(NamedTuple):
    """A token: what sort it is (an operator is its own sort), its text, and where it begins and ends."""

    sort: str
    text: str
    start: int
    end: int
    value: Any = None


_STRING = r"""
    [rR]?\"{3}(?:\\[\s\S]|[^\\])*?\"{3} | [rR]?'{3}(?:\\[\s\S]|[^\\])*?'{3}
    | [rR]?\"(?:\\[^\r\n]|[^\\\"\r\n])*\" | [rR]?'(?:\\[^\r\n]|[^\\'\r\n])*'
"""
_RAW_STRING = r"[rR](?:\"[^\"\r\n]*\"|'[^'\r\n]*')"
_TOKEN = re.compile(
    rf"""
    (?P<blank>[\t\n\f\r ]+|//[^\r\n]*)
    | (?P<bytes>[bB](?:{_STRING})|[bB][rR](?:\"[^\"\r\n]*\"|'[^'\r\n]*'))
    | (?P<string>{_RAW_STRING}|{_STRING})
    | (?P<double>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<int>(?:0[xX][0-9A-Fa-f]+|[0-9]+)[uU]?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<operator>&&|\|\||[<>=!]=|[-+*/%!<>?:.,()\[\]{{}}])
    """,
    re.VERBOSE,
)
_BACKSLASH = re.compile(
    r"\\(?:([0-3][0-7]{2})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([abfnrtv\\?\"'`])|([\s\S]?))",
    re.DOTALL,
)
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MISTAKEN = {
    "=": ("`=` compares nothing", "Write `==`.", "=="),
    "&": ("`&` joins nothing", "Write `&&` for “and”.", "&&"),
    "|": ("`|` joins nothing", "Write `||` for “or”.", "||"),
    "≥": ("`≥` is no sign of the language", "Write `>=`.", ">="),
    "≤": ("`≤` is no sign of the language", "Write `<=`.", "<="),
    "≠": ("`≠` is no sign of the language", "Write `!=`.", "!="),
}
_QUOTES = "“”„‘’‚«»`"


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of an expression with one of the sort `end` behind them; raise `CannotParse`."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise CannotParse(_unreadable(text, at))
        sort, start, at = str(match.lastgroup), at, match.end()
        if sort == "blank":
            continue
        written = match[0]
        if sort == "name" and written in ("true", "false", "null"):
            value = {"true": True, "false": False}.get(written)
            found.append(Token("null" if value is None else "bool", written, start, at, value))
        elif sort in ("operator", "name"):
            found.append(Token(written if sort == "operator" or written == "in" else sort, written, start, at))
        else:
            found.append(_literal(sort, written, start, at))
    found.append(Token(END, "", len(text), len(text)))
    return found


def _unreadable(text: str, at: int) -> Problem:
    char = text[at]
    if char in "\"'":
        end = min((found for found in (text.find("\n", at), text.find("\r", at)) if found >= 0), default=len(text))
        return Problem(at, end, f"The text that begins with {char} never ends", f"Write {char} behind it.")
    if char in _MISTAKEN:
        message, help, instead = _MISTAKEN[char]
        return Problem(at, at + 1, message, help, instead)
    if char in _QUOTES:
        return Problem(at, at + 1, f"Text stands in straight quotes, not in {char}", "Write '…'.", "'")
    shown = f"`{char}`" if char.isprintable() else "This character"
    return Problem(at, at + 1, f"{shown} has no meaning in an expression", "Remove it.")


def _literal(sort: str, written: str, start: int, end: int) -> Token:
    if sort == "double":
        return Token(sort, written, start, end, float(written))
    if sort == "int":
        digits = written.rstrip("uU")
        sort = sort if digits == written else "uint"
        # Python refuses to read numbers of thousands of digits; nobody needs more than twenty here.
        value = LARGEST * 4 if len(digits) > 40 else int(digits, 16 if digits[:2] in ("0x", "0X") else 10)
        if value > (LARGEST + 1 if sort == "int" else 2 * LARGEST + 1):
            raise CannotParse(
                Problem(start, end, f"The number `{written}` is too large", f"The largest one is {LARGEST}.")
            )
        return Token(sort, written, start, end, value)
    prefix = written[: len(written) - len(written.lstrip("bBrR"))]
    body_at = start + len(prefix) + (3 if written[len(prefix) :][:3] in ('"""', "'''") else 1)
    body = written[body_at - start : len(written) - (body_at - start - len(prefix))]
    if "r" not in prefix.lower():
        body = _unescaped(body, body_at, octets=sort == "bytes")
    return Token(sort, written, start, end, body.encode("utf-8", "surrogateescape") if sort == "bytes" else body)


def _unescaped(body: str, at: int, *, octets: bool) -> str:
    """Return what a text with backslashes means; among bytes, a number is one byte and no character."""
    if "\\" not in body:
        return body

    def meaning(match: re.Match[str]) -> str:
        octal, *codes, simple, other = match.groups()
        if simple is not None:
            return _SIMPLE.get(simple, simple)
        code = next((code for code in codes if code is not None), None)
        number = int(octal, 8) if octal is not None else int(code, 16) if code is not None else None
        if number is None or 0xD800 <= number < 0xE000 or number > 0x10FFFF:
            shown = match[0] if (other or "x").isprintable() else "A backslash at the end of a line"
            start = at + match.start()
            message = f"`{shown}` has no meaning in a text"
            raise CannotParse(Problem(start, start + len(match[0]), message, "Write `\\\\\\\\` for a backslash."))
        is_octet = octets and number >= 0x80 and (octal is not None or codes[0] is not None)
        return chr(0xDC00 + number) if is_octet else chr(number)

    return _BACKSLASH.sub(meaning, body)

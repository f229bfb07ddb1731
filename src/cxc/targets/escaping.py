"""Any text made harmless in the formats that templates and targets write: comments, Markdown, CSV.

What is written in which format is left to the targets; YAML has a module of its own.
"""

from __future__ import annotations

import re

_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
# An underscore inside a word means nothing in Markdown.
_MARKDOWN = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)")
_LINE_BEGIN = re.compile(r"^(\d*)(?=[#>+-](?:\W|$)|(?<=\d)[.)](?:\s|$))")
_CODE_NAME = re.compile(r"((?<!`)`[^`\\]+`(?!`))")
_ENTITY = re.compile(r"&(?=#|\w+;)")
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); set to Japanese, the wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_CODE = re.compile(r"(`{1,3})(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://|mailto:)")
# What a linter of documents takes for a danger even where it stands in code.
_DANGEROUS_TAG = re.compile(r"<(?=script\b|[a-z][^>]*\bon[a-z]+\s*=)", re.IGNORECASE)
_DANGEROUS_LINK = re.compile(r"\]([(:])(?=\s*<?\s*javascript:)", re.IGNORECASE)
_DANGEROUS_ATTRIBUTE = re.compile(r"((?:href|src)\s*=\s*[\"']?\s*)javascript:", re.IGNORECASE)


def one_line(text: str) -> str:
    """Return a text on one line, with escapes for the characters that would be obeyed instead of shown."""
    joined = " ".join(text.split())
    # Most texts are; nothing that is looked for can be printed.
    if joined.isprintable():
        return joined
    return _NOT_SHOWN.sub(lambda match: f"\\u{ord(match[0]):04x}", joined)


def comment(text: str) -> str:
    """Return a text that ends no comment, neither `# …` nor `// …`, `/* … */` or HTML's `<!-- … -->`."""
    return one_line(text).replace("*/", "* /").replace("-->", "-- >").replace("--!>", "-- !>")


def plain_as_markdown(text: str) -> str:
    """Return plain text as Markdown that shows just this text, on one line; names in backticks are shown as code."""
    parts = _CODE_NAME.split(one_line(text))
    # Every second part is code, in which nothing but a backtick means anything.
    escaped = "".join(part if index % 2 else _escaped(part, index == 0) for index, part in enumerate(parts))
    # `\]` ends no link, which a linter does not know.
    harmless = _DANGEROUS_LINK.sub(r"]\\\1", _DANGEROUS_TAG.sub("&lt;", escaped))
    return _DANGEROUS_ATTRIBUTE.sub(r"\1javascript&#58;", harmless)


def _escaped(text: str, begins_line: bool) -> str:
    escaped = _MARKDOWN.sub(r"\\\g<0>", text)
    if begins_line:
        escaped = _LINE_BEGIN.sub(r"\g<1>\\", escaped, count=1)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", escaped))


def safe_markdown(text: str) -> str:
    """Return Markdown in which HTML stands as text and no link runs a script; code is left as it is."""
    if "<" in text:
        parts, end = [], 0
        for code in _CODE.finditer(text):
            parts += [_TAG.sub("&lt;", text[end : code.start()]), code[0]]
            end = code.end()
        text = "".join(parts) + _TAG.sub("&lt;", text[end:])
        text = _DANGEROUS_TAG.sub("&lt;", text)
    if "avascript:" in text.lower():
        text = _DANGEROUS_LINK.sub(r"]\\\1", text)
        text = _DANGEROUS_ATTRIBUTE.sub(r"\1javascript&#58;", text)
    return text


def markdown_cell(text: str) -> str:
    """Return plain text for a cell of a Markdown table."""
    return plain_as_markdown(text).replace("|", "\\|")


def not_a_formula(text: str) -> str:
    """Return a text as a cell that no spreadsheet calculates: with `'` before what would begin a formula.

    So is what begins with `'` and then like a formula: taking one `'` away from such a cell gives the text back.
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def csv_cell(text: str) -> str:
    """Return a text as one cell of a CSV file, in quotes (RFC 4180), and never as what a spreadsheet calculates."""
    return '"' + not_a_formula(text).replace('"', '""') + '"'

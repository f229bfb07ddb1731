"""The tokens of a text that has errors: texts that never end get an end, wrong quotes and comments are read as meant.

Each is reported here, once; `recovery` then knows that the statement it stands in has had its report. Errors in the
order of sound tokens are left to `mistakes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cxc.diagnostics import Diagnostic, Edit, Kind, finding
from cxc.rules.text import syntax_error, unterminated_string
from cxc.source import SourceFile
from cxc.syntax.lexer import (
    NESTING_LIMIT,
    UNEXPECTED,
    UNTERMINATED_LONG_STRING,
    UNTERMINATED_STRING,
    BlueprintLexer,
    NestingTooDeep,
    Token,
)
from cxc.syntax.loose_quotes import CURLY, begins_text, ends_text, first_misread, line_start, opened_on_line, text_end
from cxc.syntax.strings import LONG_QUOTES

WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SINGLE = frozenset("‘’‚'")
_CLOSINGCURLY = re.compile('[“”«»"]')
# A straight single quote is an apostrophe where a letter follows.
_CLOSING_SINGLE = re.compile(r"[‘’']([\s,;)\]}{]|$)")
_LINE = re.compile(r"[^\r\n]*")
_BLOCK_COMMENT = re.compile(r"/\*[\s\S]*?\*/|/\*[^\r\n]*")
# Texts of several lines that lack an end are looked for this often: more of them are one mistake, not many.
_MOST_GUESSES = 20


class LooseText:
    """The tokens of a text with errors, newlines among them, and what was wrong with single ones.

    `mended` holds the tokens that do not stand in the text as they are, `doubtful` those of them that may begin
    elsewhere, `greedy` those that may have taken words of their statement. `swallowed` is the stretch that a text
    without end takes with it, where its end cannot be guessed.
    """

    def __init__(self, source: SourceFile, lexer: BlueprintLexer) -> None:
        self.source = source
        self.tokens: list[Token] = []
        self.mended: set[Token] = set()
        self.doubtful: set[Token] = set()
        self.greedy: set[Token] = set()
        self.diagnostics: list[Diagnostic] = []
        self.swallowed: tuple[int, int] | None = None
        self._lexer = lexer
        self._text = source.text
        self._line = (0, -1)
        """Where the line that was last looked at was looked at, and its end: long lines are asked for often."""
        self._guesses = self._guess_ends()
        position: int | None = 0
        while position is not None:
            position = self._read(position)
        self._limit_nesting()

    @property
    def swallowed_words(self) -> tuple[str, ...]:
        """What may be a name in the part of the text that is not read."""
        return tuple(WORDS.findall(self._text[slice(*self.swallowed)])) if self.swallowed else ()

    def _read(self, position: int) -> int | None:
        """Read tokens up to one that has to be mended; return where to go on, or None at the end."""
        for match in self._lexer.scan(self._text, position):
            kind = match.lastgroup
            if kind is None or kind == "COMMENT":
                continue
            start, end = match.span()
            if kind in (UNTERMINATED_LONG_STRING, UNTERMINATED_STRING, UNEXPECTED, "REGEX") or start in self._guesses:
                resume = self._mend(kind, start, end)
                if resume is not None:
                    return resume
            self.tokens.append(Token(kind, match[0], start, end))
        return None

    def _mend(self, kind: str, start: int, end: int) -> int | None:
        """Put something sound in the place of a token; return where it ends, or None where that is left to others."""
        text = self._text
        if kind == UNTERMINATED_LONG_STRING or start in self._guesses:
            return self._end_long_text(start, end)
        if kind == UNTERMINATED_STRING:
            return self._end_text(start)
        if text[start] in CURLY or text[start] in _SINGLE:
            return self._requote(start)
        if text.startswith("/*", start):
            comment = _BLOCK_COMMENT.match(text, start)
            return self._comment(start, comment.end() if comment else end, "/*")
        if text[start] == "#":
            return self._comment(start, self._line_end(start), "#")
        return None

    def _limit_nesting(self) -> None:
        braces = 0
        for token in self.tokens:
            braces = max(0, braces + (token.type == "LBRACE") - (token.type == "RBRACE"))
            if braces > NESTING_LIMIT:
                raise NestingTooDeep(token)

    # ---- reports ----------------------------------------------------------------------------------------------------

    def _report(
        self, kind: Kind, message: str, start: int, end: int, help: str, fix: Iterable[tuple[int, int, str]] = ()
    ) -> None:
        edits = [Edit(self.source.span(first, last), text) for first, last, text in fix]
        self.diagnostics.append(finding(kind, message, self.source.span(start, end), help=help, fix=edits))

    def _put(self, value: str, start: int, end: int) -> None:
        """Add a text token that does not stand in the file as it is."""
        token = Token("LONG_STRING" if value.startswith(LONG_QUOTES) else "STRING", value, start, end)
        self.tokens.append(token)
        self.mended.add(token)

    # ---- texts that never end ---------------------------------------------------------------------------------------

    def _end_text(self, start: int) -> int:
        """Read a line whose quotes do not pair; the quote at `start` is the last of them."""
        misread = first_misread(self._text, self.tokens)
        if misread is not None:
            token = self.tokens[misread]
            del self.tokens[misread:]
            if not ends_text(self._text, token.start_pos):
                return self._close_text(token.start_pos, token.end_pos - 1, before_bracket=True)
            start = token.start_pos
        if ends_text(self._text, start) and not begins_text(self._text, start) and self._begin_text(start):
            return start + 1
        return self._close_text(start, self._line_end(start))

    def _close_text(self, start: int, end: int, *, before_bracket: bool = False) -> int:
        """Close the text that begins at `start`, at the likeliest place before `end`."""
        closing = self._text.find(")", start, end)
        if before_bracket and closing > start and opened_on_line(self.tokens):
            end = closing
        end = text_end(self._text, self.tokens, start, end)
        inner = self._text[start + 1 : end]
        curly = bool(inner) and inner[-1] in CURLY
        help = 'Write the closing `"` after the text.'
        if curly:
            help = f'Write a straight `"` in the place of `{inner[-1]}`.'
        self._report(
            unterminated_string.KIND,
            "The text that begins here never ends",
            start,
            end,
            help,
            [(end - curly, end, '"')] if inner else [],
        )
        self._put(f'"{inner[:-1] if curly else inner}"', start, end)
        self.greedy.add(self.tokens[-1])
        return end

    def _begin_text(self, end: int) -> bool:
        """Read a lone quote behind words as the end of a text without a beginning; say whether there are such words."""
        index = line_start(self.tokens)
        opened = [at for at in opened_on_line(self.tokens) if self.tokens[at].type != "LBRACE"]
        if opened:
            first = opened[-1] + 1
        else:
            # What a `;` or the brace of a short block parts is another statement, but braces in a text are not apart.
            for at in range(index, len(self.tokens)):
                token = self.tokens[at]
                if token.value == ";" or (
                    token.type == "LBRACE" and self._text[token.end_pos : token.end_pos + 1] == " "
                ):
                    index = at + 1
            # The first word is the statement's, and the second, where more follow, may be the name before a title.
            first = min(index + 2, max(index + 1, len(self.tokens) - 1))
        if first >= len(self.tokens):
            return False
        start = self.tokens[first].start_pos
        self._report(
            unterminated_string.KIND,
            "This quote ends a text that has no quote where it begins",
            end,
            end + 1,
            'Write `"` where the text begins.',
            [(start, start, '"')] if opened else [],
        )
        del self.tokens[first:]
        self._put(f'"{self._text[start:end]}"', start, end + 1)
        if not opened:
            self.doubtful.add(self.tokens[-1])
        return True

    def _end_long_text(self, start: int, end: int) -> int:
        guess = self._guesses.get(start)
        self._report(
            unterminated_string.KIND,
            "The text that begins here never ends",
            start,
            start + 3,
            f"Write the closing {LONG_QUOTES} on a line of its own after the text.",
        )
        if guess is None:
            self.swallowed = (start, end)
            self._put(LONG_QUOTES * 2, start, start + 3)
            return end
        self._put(self._text[start:guess] + LONG_QUOTES, start, guess)
        self.greedy.add(self.tokens[-1])
        return guess

    def _guess_ends(self) -> dict[int, int]:
        """Guess where long texts were meant to end, in a file where the last one never does; by the indentation."""
        guesses: dict[int, int] = {}
        position = 0
        while len(guesses) < _MOST_GUESSES and self._text.find(LONG_QUOTES, position) >= 0:
            texts = [
                match
                for match in self._lexer.scan(self._text, position)
                if match.lastgroup in ("LONG_STRING", UNTERMINATED_LONG_STRING)
            ]
            if not texts or texts[-1].lastgroup != UNTERMINATED_LONG_STRING:
                break
            ends = ((match.start(), self._outdent(*match.span())) for match in texts)
            start, end = next(((start, end) for start, end in ends if end is not None), (None, None))
            if start is None or end is None:
                break
            guesses[start] = position = end
        return guesses

    def _outdent(self, start: int, end: int) -> int | None:
        """Return where a long text is left: before the first line that stands no deeper than the one it begins on."""
        first_line = self.source.position(start)[0]
        last_line = self.source.position(end)[0]
        if first_line == last_line:
            return None
        margin = indentation(self.source.line(first_line))
        begins_here = bool(self._text[start + 3 : self._line_end(start)].strip())
        last = self._line_end(start) if begins_here else None
        for number in range(first_line + 1, last_line + 1):
            line = self.source.line(number)
            if not line.strip() or line.lstrip(" \t").startswith(LONG_QUOTES):
                continue
            if indentation(line) <= margin:
                return last
            last = self.source.offset(number, 1) + len(line.rstrip())
        return None

    # ---- quotes and comments of other languages ---------------------------------------------------------------------

    def _requote(self, start: int) -> int | None:
        """Read a text in wrong quotes; a single quote after a letter is an apostrophe, and left to others."""
        text = self._text
        sign = text[start]
        if sign in _SINGLE and start and (text[start - 1].isalnum() or text[start - 1] == '"'):
            return None
        pattern = _CLOSING_SINGLE if sign in _SINGLE else _CLOSINGCURLY
        closing = pattern.search(text, start + 1, self._line_end(start))
        end = closing.start() if closing else text_end(text, self.tokens, start, self._line_end(start))
        behind = end + 1 if closing else end
        inner = text[start + 1 : end]
        written = inner.replace('"', '\\"')
        fix = [(start, start + 1, '"'), (end, behind, '"')] if written == inner else [(start, behind, f'"{written}"')]
        self._report(
            syntax_error.KIND,
            f"Text goes in straight double quotes, not in `{sign}`",
            start,
            start + 1,
            'Write `"` on both sides.',
            fix,
        )
        self._put(f'"{written}"', start, behind)
        return behind

    def _comment(self, start: int, end: int, sign: str) -> int:
        self._report(
            syntax_error.KIND,
            f"A comment begins with `//`, not with `{sign}`",
            start,
            start + len(sign),
            "Write `//` before the comment, on each of its lines.",
            [(start, start + 1, "//")] if sign == "#" else [],
        )
        return end

    def _line_end(self, start: int) -> int:
        begin, end = self._line
        if not begin <= start <= end:
            match = _LINE.match(self._text, start)
            end = match.end() if match else start
            self._line = start, end
        return end


def indentation(line: str) -> int:
    """Return the width of the blanks a line begins with; a tab is as wide as four."""
    blank = line[: len(line) - len(line.lstrip(" \t"))]
    return len(blank.expandtabs(4))

"""Reading on after a syntax error: each statement is parsed by itself, so that a bad one spoils no other.

Only a file that `parser` could not read whole comes here. `loose_text` gives its tokens, `cutting` the statements. Each
goes through the same LALR tables; for one that fails the catalogue of `mistakes` says what is wrong and how it was
meant. What cannot be mended becomes `tree.Spoiled`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxc.diagnostics import Diagnostic, Edit, finding
from cxc.rules.text import syntax_error
from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.cutting import Braces, Cutter, RawStatement
from cxc.syntax.driver import Driver, Refusal
from cxc.syntax.escapes import wrong_escapes
from cxc.syntax.lexer import BlueprintLexer, Token
from cxc.syntax.loose_text import WORDS, LooseText
from cxc.syntax.mistakes import recognise
from cxc.syntax.mistakes.scene import NAMES, Mistake, Scene

# One statement may hold several mistakes: the first is reported, the others are mended as far as that goes.
_MOST_MENDED = 8
_CONTINUED_BY = frozenset({"NAME", "COLON", "EQUAL", "AT", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN"})


def recover(
    source: SourceFile, driver: Driver, lexer: BlueprintLexer
) -> tuple[tuple[tree.Statement, ...], tuple[Diagnostic, ...]]:
    """Return the statements of a file with syntax errors, and the errors."""
    loose = LooseText(source, lexer)
    cutter = Cutter(source, loose)
    raw = cutter.cut()
    recovery = _Recovery(source, driver, lexer, cutter.first_on_line, loose)
    statements = recovery.parse(raw)
    if loose.swallowed:
        start, end = loose.swallowed
        statements = (*statements, tree.Spoiled(None, loose.swallowed_words, None, start, end))
    escapes = wrong_escapes(source, (token for token in loose.tokens if token not in loose.mended))
    return statements, (*loose.diagnostics, *cutter.diagnostics, *recovery.diagnostics, *escapes)


class _Recovery:
    """Parses statements one by one and collects what is wrong with them."""

    def __init__(
        self,
        source: SourceFile,
        driver: Driver,
        lexer: BlueprintLexer,
        first_on_line: frozenset[Token],
        loose: LooseText,
    ) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._driver = driver
        self._signs = lexer.signs
        self._first_on_line = first_on_line
        self._doubtful, self._greedy = loose.doubtful, loose.greedy

    def parse(self, statements: list[RawStatement]) -> tuple[tree.Statement, ...]:
        """Parse the statements of a block or of the file."""
        parsed: list[tree.Statement] = []
        index = 0
        while index < len(statements):
            statement = statements[index]
            index += 1
            joined = self._joined(statement, statements[index]) if index < len(statements) else None
            if joined is not None:
                statement = joined
                index += 1
            parsed += self._statement(statement)
        return tuple(parsed)

    def _statement(self, statement: RawStatement) -> list[tree.Statement]:
        block = self._block(statement.block)
        if statement.lacks_opening and block is not None:
            return [self._divided(statement.tokens, block)]
        if not self._doubtful.isdisjoint(statement.tokens):
            at = next(index for index, token in enumerate(statement.tokens) if token in self._doubtful)
            return [self._spoil(statement.tokens, at, block)]
        result = self._read(statement.tokens, statement.block is not None)
        if isinstance(result, Refusal):
            return self._mend(statement, result, block)
        if statement.continuation and not statement.is_reported:
            self._report_continuation(statement.continuation)
        return [_with_block(one, block or self._taken_block(statement.tokens)) for one in result]

    def _divided(self, tokens: list[Token], block: tree.Block) -> tree.Statement:
        """Divide tokens that lack an opening brace into a head and the first statement of its block."""
        for end in range(len(tokens) - 2, 0, -1):
            head, first = self._read(tokens[:end], True), self._read(tokens[end:], False)
            if not isinstance(head, Refusal) and not isinstance(first, Refusal):
                return _with_block(head[0], block._replace(statements=(*first, *block.statements)))
        return self._spoil(tokens, 0, block)

    def _block(self, braces: Braces | None) -> tree.Block | None:
        if braces is None:
            return None
        statements = self.parse(braces.statements)
        taken = [self._taken(raw.tokens) for raw in braces.statements if not self._greedy.isdisjoint(raw.tokens)]
        return tree.Block((*statements, *taken), braces.opening.start_pos, braces.end)

    def _taken(self, tokens: list[Token]) -> tree.Statement:
        """Return what keeps the words that a text without end may have taken from the rest of its statement."""
        words = (word for token in tokens if token in self._greedy for word in WORDS.findall(token.value))
        first = next((token for token in tokens if token.type != "DOC"), tokens[0])
        return tree.Spoiled(
            first.value if first.type == "NAME" else None,
            tuple(dict.fromkeys(words)),
            None,
            first.start_pos,
            first.start_pos,
        )

    def _taken_block(self, tokens: list[Token]) -> tree.Block | None:
        """Return what stands for a block that a title without end took."""
        _, rest = _without_documentation(tokens)
        token = rest[2] if len(rest) > 2 else None
        if token is None or token not in self._greedy or "{" not in token.value:
            return None
        lost = tree.Spoiled(None, tuple(dict.fromkeys(WORDS.findall(token.value))), None, token.end_pos, token.end_pos)
        return tree.Block((lost,), token.end_pos, token.end_pos)

    def _read(self, tokens: list[Token], has_block: bool) -> tuple[tree.Statement, ...] | Refusal:
        """Parse one statement, with an empty block where it has one."""
        if has_block:
            end = tokens[-1].end_pos if tokens else 0
            tokens = [*tokens, Token("LBRACE", "{", end, end), Token("RBRACE", "}", end, end)]
        result = self._driver.parse_tokens(tokens)
        return result if isinstance(result, Refusal) else result.statements

    def _accepts(self, tokens: list[Token], has_block: bool) -> bool:
        return bool(tokens) and not isinstance(self._read(tokens, has_block), Refusal)

    # ---- statements that fail ---------------------------------------------------------------------------------------

    def _mend(self, statement: RawStatement, refusal: Refusal, block: tree.Block | None) -> list[tree.Statement]:
        """Report what is wrong with a statement, and read it as it was meant, as far as that can be told."""
        opening = statement.block.opening if statement.block else None
        tokens, is_reported = statement.tokens, statement.is_reported
        for _ in range(_MOST_MENDED):
            docs, rest = _without_documentation(tokens)
            mistake = recognise(self._scene(rest, refusal._replace(at=refusal.at - len(docs)), opening))
            if not is_reported:
                self._report(mistake)
                is_reported = True
            if mistake.mended is None:
                break
            opening = opening if mistake.keeps_block else None
            first, *others = mistake.mended
            if others or not first:
                pieces = [RawStatement(piece, None, True) for piece in ([*docs, *first], *others) if first]
                return self._pieces(statement, pieces, block if opening else None)
            left = len(tokens) - refusal.at
            tokens = [*docs, *first]
            result = self._read(tokens, opening is not None)
            if not isinstance(result, Refusal):
                found = [_with_block(one, block if opening else None) for one in result]
                return [*found, *_lost_names(statement.tokens, tokens)]
            if len(tokens) - result.at >= left:
                break
            refusal = result
        docs, rest = _without_documentation(tokens)
        return [self._spoil(rest, refusal.at - len(docs), block)]

    def _scene(self, tokens: list[Token], refusal: Refusal, opening: Token | None) -> Scene:
        index = min(refusal.at, len(tokens))
        return Scene(tokens, index, refusal.expected, opening, self._first_on_line, self._signs, self._accepts)

    def _pieces(
        self, statement: RawStatement, pieces: list[RawStatement], block: tree.Block | None
    ) -> list[tree.Statement]:
        """Parse what turned out to be several statements; the last has the block."""
        found: list[tree.Statement] = [one for piece in pieces for one in self._statement(piece)]
        if found and block is not None:
            found[-1] = _with_block(found[-1], block)
        return [*found, *_lost_names(statement.tokens, [token for piece in pieces for token in piece.tokens])]

    def _spoil(self, tokens: list[Token], index: int, block: tree.Block | None) -> tree.Statement:
        """Give a statement up; keep the head of a declaration, so that what is in its block counts."""
        if not tokens:
            start, end = (block.start, block.end) if block else (0, 0)
            return tree.Spoiled(None, (), block, start, end)
        names = tuple(_names(tokens))
        if block is not None:
            for end in dict.fromkeys((index, 2)):
                # What has one of these behind its name is meant as an operation or a field, and no node without it.
                is_node = 2 <= end <= len(tokens) and not any(t.value in ("(", ":") for t in tokens[end : end + 1])
                head = self._read(tokens[:end], True) if is_node else None
                if head is not None and not isinstance(head, Refusal):
                    remains = tree.Spoiled(None, names, None, tokens[0].start_pos, tokens[0].start_pos)
                    return _with_block(head[0], block._replace(statements=(*block.statements, remains)))
        word = next((token.value for token in tokens[:1] if token.type == "NAME"), None)
        return tree.Spoiled(word, names, block, tokens[0].start_pos, tokens[-1].end_pos)

    # ---- statements over several lines ------------------------------------------------------------------------------

    def _joined(self, first: RawStatement, second: RawStatement) -> RawStatement | None:
        """Return two statements as one, where the first lacks its end and the second, on a deeper line, is that."""
        if first.block or first.is_reported or not first.tokens or not second.tokens:
            return None
        last, begins = first.tokens[-1], second.tokens[0]
        if last.type not in _CONTINUED_BY and last.value not in ("->", ".."):
            return None
        if begins not in self._first_on_line or self._column(begins) <= self._column(first.tokens[0]):
            return None
        tokens = [*first.tokens, *second.tokens]
        if self._accepts(first.tokens, False) or not self._accepts(tokens, second.block is not None):
            return None
        return RawStatement(tokens, second.block, second.is_reported, continuation=begins)

    def _column(self, token: Token) -> int:
        return self._source.position(token.start_pos)[1]

    def _report_continuation(self, token: Token) -> None:
        span = self._source.span(token.start_pos, token.end_pos)
        message = f"A new line begins a new statement, but `{token.value}` belongs to the one before"
        help = "Write it on the line before; only after a comma, and inside brackets, a statement may go on."
        self.diagnostics.append(finding(syntax_error.KIND, message, span, help=help))

    def _report(self, mistake: Mistake) -> None:
        span = self._source.span(mistake.at.start_pos, (mistake.to or mistake.at).end_pos)
        fix = [Edit(self._source.span(start, end), text) for start, end, text in mistake.fix]
        self.diagnostics.append(finding(syntax_error.KIND, mistake.message, span, help=mistake.help, fix=fix))


def _with_block(statement: tree.Statement, block: tree.Block | None) -> tree.Statement:
    if block is None or isinstance(statement, tree.Field):
        return statement
    return statement._replace(block=block, end=max(statement.end, block.end))


def _without_documentation(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Divide a statement's tokens into its documentation and the rest; where that is all, into nothing and it."""
    start = next((index for index, token in enumerate(tokens) if token.type != "DOC"), 0)
    return tokens[:start], tokens[start:]


def _names(tokens: Iterable[Token]) -> Iterable[str]:
    return (word for token in tokens if token.type in NAMES for word in token.value.split("."))


def _lost_names(before: list[Token], after: list[Token]) -> list[tree.Statement]:
    """Return what keeps the names that a mended statement no longer has, so that nothing is concluded from that."""
    lost = [name for name in dict.fromkeys(_names(before)) if name not in set(_names(after))]
    return [tree.Spoiled(None, tuple(lost), None, before[0].start_pos, before[0].start_pos)] if lost else []

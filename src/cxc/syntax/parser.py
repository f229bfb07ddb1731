"""Text to syntax tree: lark, our lexer, our tree builder; at the first error the work goes over to `recovery`.

Reading files and their encoding belongs to `cxc.workspace`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lark import Lark

from cxc import resources
from cxc.diagnostics import Diagnostic, finding
from cxc.rules.text import limit_exceeded
from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.build import TreeBuilder
from cxc.syntax.driver import Driver, NotInGrammar
from cxc.syntax.escapes import may_have_wrong_escapes, wrong_escapes
from cxc.syntax.lexer import NESTING_LIMIT, BlueprintLexer, NestingTooDeep


class Parsed(NamedTuple):
    """A file's syntax tree and what was wrong with its text."""

    file: tree.File
    diagnostics: tuple[Diagnostic, ...]


@cache
def grammar_parser(*, build_tree: bool = True) -> Lark:
    """Return the parser of the grammar; without `build_tree` it makes lark's plain trees, as the benchmarks need."""
    return Lark(
        resources.grammar(),
        parser="lalr",
        lexer=BlueprintLexer,
        start="file",
        maybe_placeholders=True,
        transformer=TreeBuilder() if build_tree else None,
    )


@cache
def grammar_lexer() -> BlueprintLexer:
    """Return the lexer of the grammar's terminals."""
    return BlueprintLexer(grammar_parser().lexer_conf)


@cache
def _driver() -> Driver:
    return Driver(grammar_parser(), grammar_lexer())


def parse(source: SourceFile) -> Parsed:
    """Parse one file; a statement that cannot be read is reported and kept as `tree.Spoiled`."""
    try:
        if source.text.count("<") > NESTING_LIMIT:
            grammar_lexer().limit_types(source.text)
        try:
            file = _driver().parse(source.text)
        except NotInGrammar:
            from cxc.syntax.recovery import recover

            statements, diagnostics = recover(source, _driver(), grammar_lexer())
            return Parsed(tree.File(statements, grammar_lexer().comments(source.text)), diagnostics)
        if may_have_wrong_escapes(source.text):
            return Parsed(file, tuple(wrong_escapes(source, grammar_lexer().lex(source.text))))
        return Parsed(file, ())
    except NestingTooDeep as error:
        problem = finding(
            limit_exceeded.KIND,
            f"This is nested more than {NESTING_LIMIT} levels deep",
            source.span(error.token.start_pos, error.token.end_pos),
            help="Give the inner parts a name of their own and refer to them by that name.",
        )
        return Parsed(tree.File((), grammar_lexer().comments(source.text), unreadable=True), (problem,))

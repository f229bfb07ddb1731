"""The grammar itself, and that our lexer and parse loop do with it what lark's do."""

from __future__ import annotations

import logging
import re
from functools import cache

import pytest
from hypothesis import given
from lark import Lark, logger
from lark.exceptions import GrammarError

from cxc import resources
from cxc.bind.plan import plan_of
from cxc.model import vocabulary
from cxc.model.file import File
from cxc.source import SourceFile
from cxc.syntax.lexer import CLOSING, CONTINUING, NEWLINE, OPENING, BlueprintLexer
from cxc.syntax.parser import grammar_lexer, grammar_parser, parse
from syntax.texts import sound_texts

Tokens = list[tuple[str, str, int]]
WORDS = sorted(set().union(*(plan_of(cls).words for cls in (File, *vocabulary().values()))))


def parser_of(grammar: str) -> Lark:
    # Lark resolves shift/reduce conflicts in silence; in strict mode it refuses them, as it always does reduce/reduce.
    return Lark(grammar, parser="lalr", lexer=BlueprintLexer, start="file", strict=True, debug=True)


def test_the_grammar_has_no_conflicts(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger=logger.name):
        parser_of(resources.grammar())
    assert [record.message for record in caplog.records if "conflict" in record.message.lower()] == []


def test_a_conflict_would_be_noticed() -> None:
    with pytest.raises(GrammarError, match="Shift/Reduce conflict"):
        parser_of(resources.grammar().replace("?value: name", "?value: name | NAME NAME", 1))


def test_the_grammar_holds_no_word_of_the_language() -> None:
    assert [sign for sign in grammar_lexer().signs if any(char.isalnum() for char in sign)] == []
    assert {"owner", "step", "journey", "package"} <= set(WORDS)
    without_comments = re.sub(r"(?m)^//.*$|\s//.*$", "", resources.grammar())
    assert set(re.findall(r'"([A-Za-z_]+)"', without_comments)) & set(WORDS) == set()


def test_every_word_can_also_be_a_name() -> None:
    line = '{0} {0} "t" {0} {0}.{0} {{ {0}: {0} = {0} @{0}; {0} {0}({0}: {0}) -> {0}; {0}; -> {0} }}\n'
    assert parse(SourceFile("x", "".join(line.format(word) for word in WORDS))).diagnostics == ()


@given(sound_texts)
def test_our_loop_makes_the_tree_that_larks_makes(text: str) -> None:
    parsed = parse(SourceFile("x", text))
    assert parsed.diagnostics == ()
    assert grammar_parser().parse(text) == parsed.file._replace(comments=())


@cache
def larks_own() -> Lark:
    return Lark(resources.grammar(), parser="lalr", lexer="basic", start="file")


@given(sound_texts)
def test_our_lexer_gives_the_tokens_that_larks_gives(text: str) -> None:
    larks = [(token.type, str(token), token.start_pos) for token in larks_own().lex(text)]
    ours = [(token.type, token.value, token.start_pos) for token in grammar_lexer().lex(text)]
    assert ours == without_idle_newlines(larks)


def without_idle_newlines(tokens: Tokens) -> Tokens:
    kept: Tokens = []
    depth = 0
    for token in tokens:
        kind = token[0]
        depth += (kind in OPENING) - (kind in CLOSING)
        if kind != NEWLINE or (not depth and (kept[-1][0] if kept else "") not in CONTINUING):
            kept.append(token)
    return kept

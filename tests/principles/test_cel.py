"""Expressions beside Google's CEL (`cel-expr-python`), an implementation that shares nothing with ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxc.model.blueprint import Blueprint
from cxc.principles.checking import check
from cxc.principles.evaluation import Budget, Program
from cxc.principles.parser import parse
from cxc.principles.problems import CannotParse, CannotTell
from cxc.principles.scene import Scene

cel = pytest.importorskip("cel_expr_python.cel")
ENVIRONMENT = cel.NewEnv()
SCENE = Scene(Blueprint("test", "Test", "1", "2026", ()))

REFUSED, FAILED = "refused", "failed"


def ours(text: str) -> Any:
    """Return the value of an expression, that it is refused, or that it has none."""
    try:
        tree = parse(text)
    except CannotParse:
        return REFUSED
    if any("what a principle requires" not in problem.message for problem in check(tree)):
        return REFUSED
    program = Program(tree, SCENE, Budget())
    try:
        return plain(program.value(tree, program.frame()))
    except CannotTell:
        return FAILED


def theirs(text: str) -> Any:
    try:
        program = ENVIRONMENT.compile(text)
    except RuntimeError:
        return REFUSED
    try:
        found = program.eval()
    except RuntimeError:
        return FAILED
    return FAILED if found.type() == cel.Type.ERROR else plain(found.plain_value())


def plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (bytearray, bytes)):
        return bytes(value)
    if value != value:
        return "not a number"
    return value


EXPRESSIONS = r"""
1-1
2 -1
!!true
--1
-9223372036854775808
9223372036854775807 + 1
-9223372036854775808 - 1
9223372036854775807 * 2
9223372036854775808
18446744073709551615u
18446744073709551616u
-(-9223372036854775808)
5 / 2
-5 / 2
-5 % 3
5 % -3
5.0 % 2.0
1 / 0
1 % 0
1.0 / 0.0
-1.0 / 0.0
0.0 / 0.0
0.0 / 0.0 == 0.0 / 0.0
-0.0 == 0.0
7u - 8u
1u + 2u
1 + 1.0
1 + 2 * 3 - 4 / 2
(1 + 2) * 3
1 < 2 == true
0x1F
1e3
.5
1.
1.e3
'a' < 'b'
'a' + 'b'
b'a' + b'b'
[1] + [2]
false < true
true || false && false
!true || true
true ? 1 : 2
1 ? 2 : 3
'abc'.contains('b')
'abc'.startsWith('ab')
'abc'.endsWith('bc')
'abc'.matches('b+')
'abc'.matches('^b')
''.matches('')
'a\nb'.matches('a.b')
size('héllo')
'héllo'.size()
'😀'.size()
'\U0001F600'.size()
b'é'.size()
b'\xff'
b'\377'.size()
'\377'
r'\d'
R"\d"
'''a
b'''
'a\'b'
"a'b"
'\x41\101\n'
'\q'
'abc
"\""
'a' 'b'
[1, 2, 3].all(x, x > 0)
[1, 2, 3].exists(x, x > 2)
[1, 2, 3].exists_one(x, x > 2)
[1, 2, 3].exists_one(x, x > 1)
[1, 2, 3].filter(x, x > 1)
[1, 2, 3].map(x, x * 2)
[1, 2, 3].map(x, x > 1, x * 2)
[0, 1].all(x, 1 / x > 0)
[0, 1].exists(x, 1 / x > 0)
[1, 0].exists(x, 1 / x > 0)
[0, -1].all(x, 1 / x > 0)
[0, 1].filter(x, 1 / x > 0)
[0, 1].exists_one(x, 1 / x > 0)
[].all(x, false)
[].exists(x, true)
[[1, 2], [3]].all(l, l.all(x, x > 0))
[1, 2].all(x, [3, 4].exists(y, y > x))
[1].all(x, [2].all(x, x == 2) && x == 1)
[1, 2].all(x, x)
[1].all(1, true)
[1].all(x.y, true)
[1].all(x)
{1: 'a', 2: 'b'}.all(k, k > 0)
false && 1 / 0 > 0
1 / 0 > 0 && false
1 / 0 > 0 || true
1 / 0 > 0 && true
1 in [1, 2]
'a' in {'a': 1}
'a' in 'abc'
{'a': 1}.a
{'a': 1}['a']
{'a': 1}['b']
{'a': 1}.b
has({'a': 1}.a)
has({'a': 1}.b)
has(1)
{'a': 1, 'a': 2}.size()
{true: 1}[true]
{}.size()
{'a': 1,}.size()
[1, 2,].size()
[1, 2][1]
[1, 2][2]
[1, 2][-1]
['a']['b']
null == null
[1, 2] == [1, 2]
[1, 2] == [1]
[1, 'a'].size()
'a' == 1
1 == 'a'
'a' + 1
!1
-'a'
1 && true
dyn(1) == 'a'
dyn('a') + 'b'
dyn(1) == 1.0
dyn(1) < 1.5
dyn([1]) == [1.0]
dyn('a') < 1
dyn(1) && true
duration('1h') + duration('30m')
duration('1h') - duration('90m')
duration('90m').getHours()
duration('90m').getMinutes()
duration('90m').getSeconds()
duration('123.321456789s').getMilliseconds()
duration('-90m').getHours()
duration('1h') > duration('59m')
duration('0') == duration('0s')
duration('1h30m') == duration('90m')
string(duration('90s'))
string(1)
string(1.0)
string(1.5)
string(true)
string('a')
string(b'abc')
bytes('abc')
int('12')
int('x')
int(1.9)
int(-1.9)
int(1e30)
int(18446744073709551615u)
uint(3)
uint(-3)
double('1.5')
double(1)
double('x')
bool('true')
bool('yes')
size(1)
'a'.foo()
foo(1)
x
a.b.c
as
1 2
1 +
(1
[1
{1
1)
a b
&
1 = 1
""".strip("\n").split("\n")


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_means_what_it_means_to_google(text: str) -> None:
    assert ours(text) == theirs(text)
    assert type(ours(text)) is type(theirs(text))


def test_where_we_allow_more_than_google() -> None:
    """Numbers of two types may be compared, as the definition has it; durations may have days and weeks."""
    for text in ("1 == 1.0", "1 < 1.5", "1u < 2", "1 in [1.0]", "[1, 2] == [1.0, 2.0]"):
        assert (ours(text), theirs(text)) == (True, REFUSED)
    assert ours("duration('1w')") == ours("duration('7d')") == timedelta(days=7)


def test_what_is_wrong_for_all_designs_is_found_before_anything_is_asked() -> None:
    for text in ("'a'.matches('(')", "duration('1h30')", "duration('')", "{1.5: 1}.size()"):
        assert (ours(text), theirs(text)) == (REFUSED, FAILED)


# ---- any expression --------------------------------------------------------------------------------------------------

NUMBERS = st.recursive(
    st.sampled_from(["0", "1", "2", "-3", "7", "9223372036854775807"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/%"), inner),
        st.builds("[{}, {}].filter(x, x > {}).size()".format, inner, inner, inner),
        st.builds("({} < {} ? {} : {})".format, inner, inner, inner, inner),
    ),
    max_leaves=8,
)
QUESTIONS = st.recursive(
    st.one_of(
        st.sampled_from(["true", "false"]),
        st.builds("{} {} {}".format, NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS),
        st.builds("{} in [{}, {}]".format, NUMBERS, NUMBERS, NUMBERS),
    ),
    lambda inner: st.one_of(
        st.builds("({}) && ({})".format, inner, inner),
        st.builds("({}) || ({})".format, inner, inner),
        st.builds("!({})".format, inner),
        st.builds("[{}, {}].all(y, y > 0 || ({}))".format, NUMBERS, NUMBERS, inner),
        st.builds("[{}, {}].exists(y, y > 0 && ({}))".format, NUMBERS, NUMBERS, inner),
        st.builds("[{}].exists_one(y, y > 0 && ({}))".format, NUMBERS, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(QUESTIONS)
def test_any_question_has_the_same_answer(text: str) -> None:
    assert ours(text) == theirs(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aj01.'\"()[]{}<>=!&|?:,+-*/% \n\\éin", max_size=30))
def test_any_text_is_an_expression_to_both_or_to_none(text: str) -> None:
    assert (ours(text) == REFUSED) is (theirs(text) == REFUSED)

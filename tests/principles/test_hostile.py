"""Expressions of people who want to see the compiler fall over, hang, or do as they say."""

from __future__ import annotations

import time

import pytest

from cxc.diagnostics import Diagnostic
from findings import found_in

DESIGN = """package a
team T { contact "desk@example.org" }
service S {
  owner T
  availability 99%
  query q(a: int) -> int
  query r(a: int) -> int
}
"""


def asked(expression: str) -> list[Diagnostic]:
    """Return what is found in a design with this principle besides what it has anyway."""
    text = expression.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\0", "\\u{1}")
    before = time.process_time()
    found = [
        one for one in found_in(f'{DESIGN}principle P {{ require "{text}" }}\n') if one.code in ("CXC804", "CXC805")
    ]
    assert time.process_time() - before < 20, "it takes too long"
    return found


LONG = {
    "characters": "true || '" + "a" * 200_000 + "' == ''",
    "brackets": "(" * 5_000 + "true" + ")" * 5_000,
    "brackets that do not end": "[" * 9_000,
    "lists in lists": "[" * 4_000 + "1" + "]" * 4_000 + " == []",
    "negations": "!" * 9_000 + "true",
    "minus signs": "-" * 9_000 + "1 == 1",
    "properties": "services" + ".a" * 4_000,
    "conditions": "true ? " * 1_400 + "true" + " : false" * 1_400,
    "sums": "1" + "+1" * 4_000 + " > 0",
    "indices": "services" + "[0]" * 3_000,
    "alternatives": " || ".join(["false"] * 1_200),
    "comprehensions": "services.all(a, " * 500 + "true" + ")" * 500,
    "items": f"{[1] * 3_000}.size() > 0",
    "chains in chains": "(" * 30 + "1" + f"{' + 1' * 25})" * 30 + " > 0",
    "properties of brackets": "(" * 30 + "services" + f"{'[0]' * 25})" * 30 + " == 1",
    "calls": "size(" * 1_500 + "'a'" + ")" * 1_500 + " > 0",
}


@pytest.mark.parametrize("expression", LONG.values(), ids=LONG)
def test_an_expression_that_is_too_much_is_refused(expression: str) -> None:
    (found,) = asked(expression)
    assert found.code == "CXC805"
    assert len(found.message) < 200


def test_many_parts_that_are_not_too_many_are_no_mistake() -> None:
    assert asked(" && ".join(["true"] * 900)) == []


SLOW = {
    "lists inside of lists": "all(a, L.all(b, L.all(c, L.all(d, L.all(e, L.all(f, L.all(g, a + b + c + g > 0)))))))",
    "a text that doubles": "map(a, 'ab')" + ".map(a, a + a)" * 30 + ".size() > 0",
    "a list that doubles": "map(a, [1])" + ".map(a, a + a)" * 30 + ".size() > 0",
    "lists that are compared": "all(a, L.all(b, L.all(c, L.all(d, L.map(x, L) == L.map(x, L)))))",
    "looking into lists": "all(a, L.all(b, L.all(c, L.all(d, 21 in L || true))))",
    "written numbers": "all(a, L.all(b, L.all(c, L.all(d, L.all(e, string(a + b).size() > 0)))))",
}


@pytest.mark.parametrize("expression", SLOW.values(), ids=SLOW)
def test_what_takes_too_long_or_too_much_memory_is_told(expression: str) -> None:
    items = str(list(range(1, 21)))
    (found,) = asked(f"{items}.{expression.replace('L', items)}")
    assert found.code == "CXC805"
    assert "too many steps" in found.message


PATTERNS = [
    "(a+)+$",
    "(a|a)*b",
    "([a-z]+)*[0-9]",
    "(?=a)b",
    r"(a)\1",
    "(?P<n>a)(?P=n)",
    "(?<=a)b",
    "a{1,1000}{1,1000}",
    "(",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_that_may_take_for_ever_is_refused(pattern: str) -> None:
    (found,) = asked(f"'{'a' * 60}!'.matches(r'{pattern}')")
    assert found.code == "CXC805"


@pytest.mark.parametrize("pattern", ["a?" * 30 + "a" * 30, ".*.*.*.*x", "a*a*a*a*b"])
def test_a_pattern_that_takes_long_on_a_text_is_refused_there(pattern: str) -> None:
    (found,) = asked(f"'{'a' * 400}'.matches('{pattern}')")
    assert "very many ways" in found.message


def test_a_pattern_that_is_put_together_is_looked_at_too() -> None:
    (found,) = asked(f"'{'a' * 60}!'.matches('(a+)' + '+$')")
    assert "very many ways" in found.message


NAMES = [
    "__class__", "__class__.__mro__", "services.__class__", "services[0].__class__", "services[0].element",
    "services[0].scene.blueprint", "services.all(s, s.__dict__)", "services[0]._known", "''.__class__",
    "self", "scene", "blueprint", "os.system('ls')", "__import__('os')", "open('/etc/passwd')", "eval('1')",
    "''.format(services)", "'%s' % services", "services[0].get('id')", "services.__getitem__(0)", "type(1)",
    "[].append(1)", "{}.get('a')", "services.sort()", "1.0.hex()", "true.real", "services[0].has('id')",
]  # fmt: skip


@pytest.mark.parametrize("expression", NAMES)
def test_nothing_of_the_compiler_can_be_got_at(expression: str) -> None:
    found = asked(expression)
    assert found
    assert {one.code for one in found} == {"CXC805"}


def test_a_variable_may_have_any_name() -> None:
    for name in ("__class__", "services", "None", "self", "class", "all", "size", "duration", "_", "x" * 300):
        assert asked(f"services.all({name}, {name}.name == 'S')") == []


ODD = [
    "9223372036854775807 + 1 > 0", "-9223372036854775808 - 1 < 0", "9" * 5_000 + " > 0", "0x" + "f" * 5_000 + " > 0",
    "1e999999 > 0.0 && 1 / 0 > 0", "1." + "0" * 5_000 + " == 2.0", "int('" + "9" * 5_000 + "') > 0",
    "double('1e99999999999999') > 0.0 && false", "duration('" + "9" * 400 + "h') > duration('1h')",
    "duration('99999999999999h') > duration('1h')", "duration('-') == duration('1h')", "int(1e308 * 10.0) > 0",
    "int(0.0 / 0.0) > 0", "services[9223372036854775807].name == 'a'", "services[0.5].name == 'a'",
    "'\\ud800' == 'a'", "'\\U00110000' == 'a'", "b'\\u00e9' == 'a'", "{services: 1}.size() > 0", "{null: 1}.size() > 1",
    "\0", "\u202e", "a\u0000b", "​true", "“services”", "services．size()", "١ > 0", "𝒙 > 0", "//", "/* */ true",
    "has(services[0].name.x)", "null.x", "null > 1", "services[0].title > 'a'", "-services", "services - services",
    "duration('1h') * 2 > duration('1h')", "-duration('315576000000s') < duration('0s') && false",
]  # fmt: skip


@pytest.mark.parametrize("expression", ODD)
def test_an_odd_expression_is_reported(expression: str) -> None:
    assert asked(expression)


def test_no_message_is_as_long_as_what_it_speaks_of() -> None:
    for expression in (
        "a" * 9_000,
        f"services.all(s, s.{'b' * 9_000} > 1)",
        f"'{'c' * 9_000}' == 1",
        "d" * 9_000 + "()",
    ):
        for found in asked(expression):
            assert len(found.message) < 250
            assert len(found.help or "") < 2_000


def test_a_design_of_which_much_is_asked_is_judged_in_time() -> None:
    members = "\n".join(f"  query q{number}(a: int) -> int" for number in range(1_000))
    design = f"package a\nteam T\nservice S {{\n  owner T\n{members}\n}}\n"
    principle = 'principle P { require "operations.all(a, operations.all(b, a.name != b.name || a == b))" }\n'
    found = [one for one in found_in(design + principle) if one.code.startswith("CXC80")]
    assert [one.message for one in found] == ["The question takes too many steps for this design"]
    principle = 'principle P { require "operations.all(a, a.steps.size() > 0)" }\n'
    (violated,) = (one for one in found_in(design + principle) if one.code.startswith("CXC80"))
    assert violated.message.endswith("for 1000 operations: `S.q0`, `S.q1`, `S.q2` and 997 more")
    assert len(violated.related) == 10


def test_lists_that_hold_each_other_are_not_written_out() -> None:
    lists = "[1, 2, 3, 4, 5]" + ".map(a, [services, a, a, a, a])" * 12
    (found,) = asked(f"dyn({lists}) == [1]")
    assert found.code == "CXC804"
    assert len(found.message) < 300

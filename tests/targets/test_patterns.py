import re

import pytest

from cxc.targets.patterns import whole_match


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("", "^$"),
        ("[A-Z]{2}", "^[A-Z]{2}$"),
        ("^[a-z]+$", "^[a-z]+$"),
        ("a|b", "^(?:a|b)$"),
        ("a\\$", "^a\\$$"),
        ("\\-\\@\\ ", "^-@ $"),
        ("[\\-\\_\\]]", "^[\\-_\\]]$"),
        ("[]a]", "^[\\]a]$"),
        ("[^]a[]", "^[^\\]a\\[]$"),
        ("a{,5}b{2,}c{3}", "^a{0,5}b{2,}c{3}$"),
        ("a{", "^a\\{$"),
        ("}]", "^\\}\\]$"),
        ("\\Aab\\Z", "^^ab$$"),
        ("(?P<x>a)(b)(?P=x)", "^(a)(b)\\1$"),
        ("a(?#why)b", "^ab$"),
        ("(?:a)(?=b)(?!c)(?<=d)(?<!e)", "^(?:a)(?=b)(?!c)(?<=d)(?<!e)$"),
        ("[(?#](x)y", "^[(?#](x)y$"),
        ("a\\++", "^a\\++$"),
        ("\\x41\\u0042\\d\\w\\s\\b", "^\\x41\\u0042\\d\\w\\s\\b$"),
    ],
)
def test_is_written_for_json_schema(pattern: str, written: str) -> None:
    assert whole_match(pattern) == written
    re.compile(written)


@pytest.mark.parametrize(
    "pattern", ["(?i)a", "(?i:a)", "(?>a)b", "a++", "a{2}+", "\\N{BULLET}", "[\\a]", "\\U0001F600", "\\07"]
)
def test_what_ecma_262_cannot_say_is_left_out(pattern: str) -> None:
    assert whole_match(pattern) is None

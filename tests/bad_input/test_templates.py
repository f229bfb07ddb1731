"""Templates of the workspace that are broken, curious or greedy: each is told, in its line, and nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import LINUX, all_in, cxc, cxc_process, obey_rights, write_all

DESIGN = """\
package shop

team Desk { kind operations }

service Orders { owner Desk; query find(number: string(8)) -> string }
"""
TEMPLATE = "templates/openapi/document.yaml.j2"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    write_all(tmp_path, {"secret.txt": "secret", "secret.j2": "secret"})
    return write_all(tmp_path / "w", {"cxc.toml": "", "shop.blueprint": DESIGN})


def assert_told(workspace: Path, line: int, words: str) -> None:
    before = all_in(workspace)
    ran = cxc("build", cwd=workspace)
    errors = [line for line in ran.output.splitlines() if line.startswith("error ")]
    assert len(errors) == 1, ran.said
    assert errors[0].startswith("error CXC905 template-error: The template cannot be rendered: ")
    assert words in errors[0]
    assert f"--> {TEMPLATE}:{line}:1" in ran.output
    assert ran.code == 1
    assert "secret" not in ran.said.replace("secret.", "")
    assert all_in(workspace) == before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # curious
        ("{{ ''.__class__ }}", 1, "'__class__'"),
        ("\n\n{{ ''.__class__.__mro__[1].__subclasses__() }}", 3, "'__class__'"),
        ("{{ ''['__class__'] }}", 1, "'__class__'"),
        ("{{ '' | attr('__class__') }}", 1, "'__class__'"),
        ("{{ [''] | map(attribute='__class__') | first }}", 1, "'__class__'"),
        ("{{ '{0.__class__}'.format(1) }}", 1, "'__class__'"),
        ("{{ '{a.__class__}'.format_map({'a': 1}) }}", 1, "'__class__'"),
        ("{{ self.__init__.__globals__ }}", 1, "'__init__'"),
        ("{{ lipsum.__globals__ }}", 1, "'__globals__'"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", 1, "'__init__'"),
        ("{% import 'os' as os %}{{ os }}", 1, "there is no template `os`"),
        ("{% include '../../../secret.txt' %}", 1, "there is no template `../../../secret.txt`"),
        ("{% include '../../secret.j2' %}", 1, "there is no template"),
        ("{% include '/etc/passwd' %}", 1, "there is no template `/etc/passwd`"),
        ("{% extends 'C:\\\\secret.j2' %}", 1, "there is no template"),
        ("{% include '../matrices/matrix.md.j2' %}", 1, "there is no template"),
        # broken
        ("{% if %}", 1, "Expected an expression"),
        ("a\n{% for x in y %}", 2, "Unexpected end of template"),
        ("a\n{% nosuch %}", 2, "Encountered unknown tag 'nosuch'"),
        ("{{ nosuch }}", 1, "'nosuch' is undefined"),
        ("a\nb {{ nosuch.thing }}", 2, "'nosuch' is undefined"),
        ("{{ 1 | nosuch }}", 1, "No filter named 'nosuch'"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", 1, "recursion"),
        # greedy
        ("{% for i in range(10 ** 9) %}{% endfor %}", 1, "range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
        ("{% include 'document.yaml.j2' %}", 1, "recursion"),
        ("{% extends 'document.yaml.j2' %}", 1, "recursion"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_template_that_cannot_be_rendered(workspace: Path, text: str, line: int, words: str) -> None:
    write_all(workspace, {TEMPLATE: text})
    assert_told(workspace, line, words)


@LINUX
@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% for i in range(9000) %}{{ m(n - 1) if n }}{% endfor %}{% endmacro %}{{ m(9) }}",
    ],
    ids=["loops", "macros"],
)
def test_a_template_without_an_end(workspace: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("cxc.targets.limits.SECONDS", 0.3)
    write_all(workspace, {TEMPLATE: text})
    assert_told(workspace, 1, "it does not come to its end")


@LINUX
@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' * 10 ** 10 }}",
        "{{ 'x' | center(10 ** 10) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ [1] * 10 ** 9 }}",
        "{{ 'x'.ljust(10 ** 10) }}",
        "{{ 'x' | indent(10 ** 10, true) }}",
    ],
)
def test_a_template_that_takes_all_memory(workspace: Path, text: str) -> None:
    write_all(workspace, {TEMPLATE: text})
    assert_told(workspace, 1, "it needs more memory than a template may have")


@pytest.mark.parametrize("content", ["é".encode("latin-1"), b"\xff\xfe{\0{\0", b"\xed\xa0\x80"])
def test_a_template_that_is_no_text(workspace: Path, content: bytes) -> None:
    write_all(workspace, {TEMPLATE: content})
    assert_told(workspace, 1, "it is not UTF-8 text")


def _loop(place: Path) -> None:
    place.symlink_to(place.name)


@LINUX
@pytest.mark.parametrize("make", [Path.mkdir, _loop, os.mkfifo], ids=["folder", "loop", "fifo"])
def test_a_template_that_is_no_file_is_not_taken_for_one(workspace: Path, make: Callable[[Path], object]) -> None:
    """Ours stands in its place; a build that waits for a pipe would never end."""
    (workspace / TEMPLATE).parent.mkdir(parents=True)
    make(workspace / TEMPLATE)
    ran = cxc_process("build", cwd=workspace)
    assert ran.code in (0, 1)
    assert ran.codes.count("CXC905") == ran.code


@LINUX
def test_a_template_without_the_right_to_read_it(workspace: Path) -> None:
    write_all(workspace, {TEMPLATE: "x"})
    (workspace / TEMPLATE).chmod(0)
    ran = cxc_process("build", cwd=workspace, prepare=obey_rights)
    assert ran.code == 1
    assert "CXC905" in ran.codes
    assert not (workspace / "generated").exists()


def test_a_template_writes_text_as_it_stands(workspace: Path) -> None:
    """What a design says is never a template, wherever it lands."""
    title = "{{ 7 * 7 }}{% raw %}{# x #}"
    write_all(workspace, {"shop.blueprint": DESIGN.replace("Orders {", f'Orders "{title}" {{')})
    assert cxc("build", cwd=workspace).code == 0
    assert title in (workspace / "generated" / "openapi" / "orders.yaml").read_text(encoding="utf-8")

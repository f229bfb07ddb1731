import pickle
from pathlib import Path

import pytest

from cxc.targets.templates import TemplateFailure, Templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "openapi").mkdir(parents=True)
    return tmp_path / "templates"


def put(folder: Path, text: str, name: str = "own.j2") -> Templates:
    (folder / "openapi" / name).write_text(text, encoding="utf-8")
    return Templates.of("openapi", str(folder))


def test_a_template_of_the_workspace_takes_the_place_of_ours(folder: Path) -> None:
    ours = Templates.of("openapi", str(folder))
    values = {"sources": [], "info": {"title": "T"}, "servers": ["/"], "tags": ["t"], "paths": "", "components": ""}
    assert "openapi: 3.1.1" in ours.render("document.yaml.j2", **values)
    assert put(folder, "mine\n", "document.yaml.j2").render("document.yaml.j2", **values) == "mine\n"


def test_values_are_never_read_as_templates(folder: Path) -> None:
    assert put(folder, "{{ text }}").render("own.j2", text="{{ 7 * 7 }} {% if %}") == "{{ 7 * 7 }} {% if %}"


def test_markup_is_escaped_by_itself(folder: Path) -> None:
    assert put(folder, "{{ text }}", "own.html.j2").render("own.html.j2", text="<b>") == "&lt;b&gt;"


def test_filters_make_text_harmless(folder: Path) -> None:
    template = "# {{ text | comment }}\na: {{ text | yaml }}\nb:\n{{ data | yaml_lines(2) }}\nc: {{ text | json }}\n"
    assert put(folder, template).render("own.j2", text="x\ny: #", data={"k": ["- v"]}) == (
        '# x y: #\na: "x\\ny: #"\nb:\n  k:\n    - "- v"\nc: "x\\ny: #"\n'
    )
    cells = "{{ text | csv }} {{ text | markdown_cell }} {{ text | markdown }}"
    assert put(folder, cells).render("own.j2", text="=a|*b*") == '"\'=a|*b*" =a\\|\\*b\\* =a|\\*b\\*'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("{{ values.nothing }}", 1, "has no attribute 'nothing'"),
        ("\n\n{% if %}", 3, "Expected an expression"),
        ("{{ '' | nothing }}", 1, "No filter named 'nothing'"),
        ("{{ ''.__class__.__mro__ }}", 1, "'__class__' of 'str' object is unsafe"),
        ("{{ cycler.__init__.__globals__ }}", 1, "'__init__' of 'type' object is unsafe"),
        ("{{ '%s'.format.__globals__ }}", 1, "is unsafe"),
        ("{{ values.update(a=1) }}", 1, "is unsafe"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ range(10 ** 9) | list }}", 1, "range too big"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
        ("\n{% include '../secret.j2' %}", 2, "there is no template `../secret.j2`"),
        ("{% include '/etc/passwd' %}", 1, "there is no template `/etc/passwd`"),
    ],
)
def test_a_failure_names_the_line_and_the_reason(folder: Path, text: str, line: int, reason: str) -> None:
    (folder / "secret.j2").write_text("secret")
    with pytest.raises(TemplateFailure) as caught:
        put(folder, text).render("own.j2", values={})
    diagnostic = caught.value.diagnostic
    assert diagnostic.code == "CXC905"
    assert reason in diagnostic.message
    assert (diagnostic.span.file, diagnostic.span.line) == ("templates/openapi/own.j2", line)
    assert diagnostic.span.end_column == 1 + len(text.split("\n")[line - 1])


def test_a_failure_in_an_included_template_is_reported_there(folder: Path) -> None:
    put(folder, "fine\n{{ nothing }}", "part.j2")
    with pytest.raises(TemplateFailure, match=r"^templates/openapi/part\.j2:2: "):
        put(folder, "{% include 'part.j2' %}").render("own.j2")


def test_a_file_that_is_no_text_is_a_failure(folder: Path) -> None:
    (folder / "openapi" / "own.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateFailure, match="it is not UTF-8 text"):
        Templates.of("openapi", str(folder)).render("own.j2")


def test_a_missing_template_is_a_failure() -> None:
    with pytest.raises(TemplateFailure, match="there is no template `nothing`"):
        Templates.of("openapi").render("nothing")


def test_travels_to_another_process_after_use(folder: Path) -> None:
    templates = put(folder, "{{ 1 + 1 }}")
    assert templates.render("own.j2") == "2"
    assert pickle.loads(pickle.dumps(templates)).render("own.j2") == "2"

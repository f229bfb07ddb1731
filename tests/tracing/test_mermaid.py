"""The diagrams are what Mermaid reads, whatever names and titles say; Mermaid itself judges, where it is installed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from command_line import cxc, write_all
from conftest import CONFORMANCE
from cxc.flow.trace import trace
from cxc.model.base import Named
from cxc.tracing import mermaid
from designs import EXAMPLES, design, example
from hostile import TEXTS

HOSTILE = [
    *TEXTS,
    'a "] --> n0["b',
    "]] )) }} >] |x|",
    "end",
    "subgraph x",
    "%%{init: {'theme': 'dark'}}%%",
    "%% comment",
    "style n0 fill:#f00;",
    "classDef x:y#z;",
    "#quot; #35; #x;",
    "`**bold**` __strong__ $$x$$",
    "fa:fa-ban",
    "click n0 call alert()",
    "<br><script>alert(1)</script>",
    "---\ntitle: x\n---",
    "日本 ünïcödé 🎉 \u202e",
]
_NODE = re.compile(r'  (n\d+)\["((?:[\w .,/()–-]|#\d+;|<br>)*)"\]')
_EDGE = re.compile(r'  (n\d+) (?:-- "[a-z ]+" -->|-\. "[a-z ]+" \.->) (n\d+)')


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{"".join(char if char.isprintable() or char == chr(0x202E) else " " for char in escaped)}"'


def _hostile_design() -> str:
    teams = "\n".join(f"team T{number} {_quoted(text)}" for number, text in enumerate(HOSTILE))
    people = ", ".join(f"T{number}" for number in range(len(HOSTILE)))
    means = f'capability end2 "end" {{ people {people}; process "x" }}'
    return f"{means}\n{teams}\nteam style\nteam subgraph {{ parent style }}"


def _assert_sound(lines: list[str]) -> None:
    assert lines[0] == "flowchart LR"
    assert lines[-1] == "  style n0 stroke-width:3px"
    nodes = [match[1] for line in lines[1:-1] if (match := _NODE.fullmatch(line))]
    edges = [match for line in lines[1:-1] if (match := _EDGE.fullmatch(line))]
    assert len(nodes) + len(edges) == len(lines) - 2, lines
    assert nodes == [f"n{number}" for number in range(len(nodes))]
    assert all(end in nodes for edge in edges for end in edge.groups())


def test_every_line_is_a_node_or_an_edge() -> None:
    blueprint = design(_hostile_design())
    for element in blueprint.elements.values():
        _assert_sound(list(mermaid.render(trace(element, blueprint), blueprint)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_says_what_the_text_says(text: str) -> None:
    written = mermaid.label(text)
    assert re.fullmatch(r"(?:[\w .,/()–-]|#\d+;)*", written)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), written) == text


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_sound(name: str) -> None:
    blueprint = example(name)
    for element in list(blueprint.elements.values())[::23]:
        _assert_sound(list(mermaid.render(trace(element, blueprint), blueprint)))


def test_mermaid_reads_what_was_meant(tmp_path: Path, node_tools: Path) -> None:
    blueprint = design(_hostile_design())
    wanted: list[tuple[Path, Named]] = []
    for number, element in enumerate([blueprint["capability:end2"], blueprint["team:subgraph"], blueprint["team:T0"]]):
        file = tmp_path / f"{number}.mmd"
        file.write_text("\n".join(mermaid.render(trace(element, blueprint), blueprint)), encoding="utf-8")
        wanted.append((file, element))
    (tmp_path / "broken.mmd").write_text('flowchart LR\n  n0[a "b]', encoding="utf-8")
    *read, broken = _understood([*(file for file, _ in wanted), tmp_path / "broken.mmd"])
    assert "error" in broken
    for (_, element), found in zip(wanted, read, strict=True):
        assert found["type"] == "flowchart-v2", found
        assert found["subgraphs"] == 0
        traced = trace(element, blueprint)
        ids = list(dict.fromkeys([element.id, *(line.id for line in (*(traced.down or ()), *(traced.up or ())))]))
        assert list(found["nodes"]) == [f"n{number}" for number in range(len(ids))]
        for id, label in zip(ids, found["nodes"].values(), strict=True):
            assert label.startswith(blueprint.elements[id].name + "<br>")
        assert len(found["edges"]) == mermaid.edges(traced)
    # The titles come through letter by letter.
    labels = "\n".join(read[0]["nodes"].values())
    for number, text in enumerate(HOSTILE):
        title = blueprint[f"team:T{number}"].title
        assert title is not None
        shown = " ".join(title.split())
        assert f"T{number}<br>{shown if len(shown) <= 60 else shown[:57] + '...'}" in labels, text


def test_a_large_diagram_is_told(tmp_path: Path) -> None:
    teams = "\n".join(f"team T{number} {{ parent T }}" for number in range(501))
    folder = write_all(tmp_path, {"a.blueprint": f"team T\n{teams}"})
    ran = cxc("trace", "T", folder, "--format", "mermaid")
    assert "501 edges" in ran.errors
    assert ran.code == 0
    assert not cxc("trace", "T1", folder, "--format", "mermaid").errors


def _understood(files: list[Path]) -> list[dict]:  # type: ignore[type-arg]
    done = subprocess.run(
        ["node", CONFORMANCE / "mermaid.cjs", *files], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]

"""A trace as a Mermaid flowchart, with arrows from the one that depends to what it depends on.

Every letter of a name or title that could mean something to Mermaid, to the HTML it makes or to Markdown around it is
written as `#N;`, and nodes have names of our own: no text can end a label or begin a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxc.flow.trace import Trace
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.tracing.names import Names
from cxc.tracing.text import lines_of

MOST_EDGES = 500
"""How many edges Mermaid draws unless whoever shows the diagram raises `maxEdges`."""
_LONGEST_TITLE = 60
_MEANT_AS_TEXT = re.compile(r"[^\w .,/()–-]|_")


def render(trace: Trace, blueprint: Blueprint) -> Iterator[str]:
    """Yield the lines of the diagram."""
    names = Names(blueprint)
    lines = list(lines_of(trace))
    links = list(dict.fromkeys(line.link for line in lines))
    nodes = {trace.element.id: "n0"}
    for line in lines:
        nodes.setdefault(line.id, f"n{len(nodes)}")
    yield "flowchart LR"
    for id, node in nodes.items():
        yield f'  {node}["{_label(blueprint.elements[id], names)}"]'
    for link in links:
        words = label(link.relation.down)
        arrow = f'-- "{words}" -->' if link.relation.followed else f'-. "{words}" .->'
        yield f"  {nodes[link.dependent]} {arrow} {nodes[link.dependency]}"
    yield "  style n0 stroke-width:3px"


def edges(trace: Trace) -> int:
    """Return how many edges the diagram has."""
    return len({line.link for line in lines_of(trace)})


def _label(element: Named, names: Names) -> str:
    title = " ".join((element.title or "").split())
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 3]}..."
    parts = [names.of(element), *((title,) if title else ()), f"({element.kind})"]
    return "<br>".join(label(part) for part in parts)


def label(text: str) -> str:
    """Return a text as it may stand in the quotes of a label."""
    return _MEANT_AS_TEXT.sub(lambda found: f"#{ord(found[0])};", text)

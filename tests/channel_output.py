"""All files that the target `channels` makes of a design, those that templates lay out among them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cxc.model.blueprint import Blueprint
from cxc.targets import load_target
from cxc.targets.templates import Templates
from designs import design, example
from hostile import KEYWORDS, TEXTS, design_of_names, design_of_texts, quoted, told_apart

VET = (
    Path(__file__).resolve().parent
    / "golden"
    / "channels"
    / "gives-each-kind-what-it-loads"
    / "input"
    / "vet.blueprint"
)


@cache
def vet() -> Blueprint:
    """Return a design with a channel of each kind that has files of its own."""
    return design(VET.read_text(encoding="utf-8"))


@cache
def hostile(kind: str) -> tuple[Blueprint, Blueprint]:
    """Return designs full of texts, and of names, that want to be obeyed, with channels of a kind."""
    texts, names = design_of_texts(TEXTS), design_of_names(told_apart(KEYWORDS))
    return tuple(design(text.replace("kind web", f"kind {kind}")) for text in (texts, names))  # type: ignore[return-value]


@cache
def saying(kind: str) -> Blueprint:
    """Return a design whose one channel says one hostile text in each step; the steps are `s0`, `s1` and so on."""
    ways = "say ~; intent ~; message ~; script ~".split("; ")
    shown = [
        f"step s{number} {{ {'; '.join(way.replace('~', quoted(text)) for way in ways)} }}"
        for number, text in enumerate(TEXTS)
    ]
    steps = [f"step s{number} {{ via Only; frontstage none }}" for number in range(len(TEXTS))]
    return design(
        "\n".join(
            [
                f"package p\nteam Crew\npersona Someone\nchannel Only {{ kind {kind}; owner Crew }}",
                'journey Go { kind use; persona Someone; trigger "Now"; outcome "Then"; phase during {',
                *steps,
                "} }",
                "experience All { journey Go; channel Only",
                *shown,
                "}",
            ]
        )
    )


def read(text: str) -> str:
    """Return a text as it is to be read: without controls and marks of direction, and with single blanks."""
    return " ".join(
        re.sub(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]", "", text
        ).split()
    )


def output(blueprint: Blueprint) -> dict[str, str]:
    """Return the files of all channels by their paths."""
    target = load_target("channels")
    made = target.emit(blueprint, target.options(), Templates.of("channels"))
    assert made.diagnostics == ()
    found = {file.path: file.content for file in made.files}
    assert len(found) == len(made.files)
    return {path: str(content) for path, content in found.items()}


@cache
def output_of_example(name: str) -> dict[str, str]:
    return output(example(name))


@cache
def output_of_vet() -> dict[str, str]:
    return output(vet())

"""What a target is, and how targets are found: one folder each here, or the entry-point group `cxc.targets` elsewhere.

A target turns a design into files and says nothing about disks: `cxc.output` writes.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from cxc.diagnostics import Diagnostic

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


class GeneratedFile(NamedTuple):
    """A file to write: its path below the output folder (with `/`), its whole content, and the id of its subject.

    What is written `once` belongs to the developer from then on: its path is below the folder of the developer's code,
    and a file that stands there is left alone.
    """

    path: str
    content: str | bytes
    subject: str
    once: bool = False


class Emitted(NamedTuple):
    """What a target made of a design, and what it found wrong while doing so (CXC904, CXC905)."""

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class TargetOptions(BaseModel):
    """The options of a target, from its table in `cxc.toml`; each target derives its own class."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of output: its name, one sentence on it, its options, and the pure function that makes its files.

    `emit(blueprint, options, templates)` depends on nothing else, so that it can run anywhere and be cached. `schemas`
    makes the JSON Schemas that it publishes of its own documents, by name. A target whose files are plain data, which
    no template lays out, has `templates` false. `opens` is the path of the file to look at first, where that is not
    simply the first one.
    """

    name: str
    summary: str
    emit: Callable[[Blueprint, Any, Templates], Emitted]
    options: type[TargetOptions] = TargetOptions
    judged_by: str = ""
    by_default: bool = field(default=True)
    schemas: Mapping[str, Callable[[], dict[str, Any]]] = field(default_factory=dict)
    templates: bool = field(default=True)
    opens: str = ""


GROUP = "cxc.targets"


def target_names() -> tuple[str, ...]:
    """Return the names of all targets, our own first, without loading them."""
    own = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    others = sorted(point.name for point in entry_points(group=GROUP))
    return tuple(dict.fromkeys([*own, *others]))


def load_target(name: str) -> Target:
    """Return the target of a name; `KeyError` where there is none."""
    if any(module.name == name and module.ispkg for module in pkgutil.iter_modules(__path__)):
        target: Target = import_module(f"{__name__}.{name}").TARGET
        return target
    for point in entry_points(group=GROUP):
        if point.name == name:
            loaded: Target = point.load()
            return loaded
    raise KeyError(name)


def load_targets(names: Iterable[str]) -> list[Target]:
    """Return the targets of several names, in their order."""
    return [load_target(name) for name in names]

"""The JSON Schemas that are published, by name: those of the documents that targets and commands write.

Each target brings its own (`Target.schemas`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def schema_names() -> tuple[str, ...]:
    """Return the names of all published schemas, in order."""
    return tuple(sorted(_makers()))


def schema(name: str) -> dict[str, Any]:
    """Return the published schema of a name; `KeyError` where there is none."""
    return _makers()[name]()


def _makers() -> dict[str, Callable[[], dict[str, Any]]]:
    from cxc.targets import load_targets, target_names

    makers: dict[str, Callable[[], dict[str, Any]]] = {"trace": _trace, "score": _score}
    for target in load_targets(target_names()):
        for name, make in target.schemas.items():
            # Ours are loaded first: a target from elsewhere does not take the place of one of them.
            makers.setdefault(name, make)
    return makers


def _trace() -> dict[str, Any]:
    from cxc.tracing.document import schema

    return schema()


def _score() -> dict[str, Any]:
    from cxc.score.document import schema

    return schema()

"""The pages on `cxc.toml` and on the targets, from the classes that read them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from cxc.config import Config
from cxc.targets import load_target, target_names


def configuration_page() -> str:
    """Return the page on `cxc.toml`."""
    lines = [
        "# Configuration: `cxc.toml`",
        "",
        "A folder with a `cxc.toml` is a workspace. All settings have defaults; a key not listed here is an error.",
        "",
    ]
    lines += _table("", Config)
    lines += [
        "## Allowing a finding in place",
        "",
        "A comment on the line above a statement, or at the end of its line, allows a finding there. It stays in the",
        "JSON and SARIF reports, and counts again as an error once the day is over:",
        "",
        "```blueprint",
        '// cxc: allow CXC310 "The data warehouse subscribes outside of this design" until 2027-01-01',
        "event RefillRequested { order: RefillOrder.id }",
        "```",
        "",
    ]
    return "\n".join(lines)


def targets_page() -> str:
    """Return the page on the targets and their options."""
    lines = [
        "# Targets",
        "",
        "What `cxc build` can generate. `[build] targets` chooses; `--target NAME` builds one.",
        "",
    ]
    for name in target_names():
        target = load_target(name)
        lines += [f"## `{name}`", "", target.summary, ""]
        if target.judged_by:
            lines += [f"Checked by {target.judged_by}.", ""]
        if target.options.model_fields:
            lines += [*_rows(f"targets.{name}", target.options), ""]
    return "\n".join(lines)


def _table(path: str, cls: type[BaseModel]) -> list[str]:
    """Return the rows of a table of the file, and the tables inside it after it."""
    lines = [f"## `[{path}]`" if path else "## At the top", "", *_rows(path, cls), ""]
    for name, info in cls.model_fields.items():
        inner = _model(info.annotation)
        if inner is not None and inner is not cls:
            behind = '."GLOB"' if _is_mapping(info.annotation) else ""
            lines += _table(f"{path}.{name}{behind}" if path else f"{name}{behind}", inner)
    return lines


def _rows(path: str, cls: type[BaseModel]) -> list[str]:
    lines = ["| key | takes | default | |", "| --- | --- | --- | --- |"]
    for name, info in cls.model_fields.items():
        if _model(info.annotation) is not None:
            continue
        default = info.get_default(call_default_factory=True) if not info.is_required() else None
        shown = f"`{_toml(default)}`" if default not in (None, (), {}, "") else ""
        lines.append(f"| `{name}` | {_takes(info.annotation)} | {shown} | {info.description or ''} |")
    return lines


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, BaseModel):
        pairs = ", ".join(f"{key} = {_toml(item)}" for key, item in value.model_dump(exclude_none=True).items())
        return f"{{ {pairs} }}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _plain(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _is_mapping(annotation: Any) -> bool:
    origin = get_origin(_plain(annotation))
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _model(annotation: Any) -> type[BaseModel] | None:
    """Return the class of a table inside, also where there are several by name."""
    plain = _plain(annotation)
    if _is_mapping(plain):
        plain = _plain(get_args(plain)[1])
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def _takes(annotation: Any) -> str:
    """Return a type in words."""
    plain = _plain(annotation)
    origin, arguments = get_origin(plain), [a for a in get_args(plain) if a is not type(None)]
    if origin in (Union, types.UnionType):
        return " or ".join(_takes(argument) for argument in arguments)
    if origin is Literal:
        return " or ".join(f'`"{argument}"`' for argument in arguments)
    if origin in (tuple, list):
        return f"a list, each {_takes(arguments[0])}"
    if _is_mapping(plain):
        return f"a table, each {_takes(arguments[1])}"
    return {str: "a text", bool: "`true` or `false`", int: "a number", dict: "a table"}.get(plain, "a text")

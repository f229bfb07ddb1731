"""A published design back to declarations, for the workspaces that depend on it; nothing in it is taken on trust.

What it holds is said in `cxc.targets.model.document`; finding the file is left to `cxc.workspace`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import from_json

from cxc.diagnostics import Diagnostic, finding
from cxc.model.base import Declaration, Named
from cxc.model.blueprint import members, with_members
from cxc.rules.build import invalid_config
from cxc.source import SourceFile
from cxc.targets.model.document import FILE_NAME, SCHEMA_ID, Document
from cxc.targets.model.relations import references

_NAME_ANOTHER = f"Name the `{FILE_NAME}` that `cxc build` writes."
_PUBLISH_AGAIN = "Let the workspace it comes from publish it again: `cxc build --target model`."
_UPDATE = "Update cxc."


class _Header(BaseModel):
    """What tells whether the rest can be read at all."""

    schema_id: str = Field(alias="$schema")


class _Readable(Document):
    """A document as far as others build on it.

    The analyses follow from the rest and are worked out again: they are not looked at, and may say more or less than
    this compiler knows.
    """

    analyses: Any = None


class _Problem(NamedTuple):
    """Why a document cannot be used; `id` is the element to point at."""

    what: str
    advice: str = _PUBLISH_AGAIN
    id: str | None = None


def load_blueprint(text: str, path: str) -> tuple[tuple[Declaration, ...], tuple[Diagnostic, ...]]:
    """Return all declarations of a published design, or the one reason why there are none (CXC901).

    What the design stands on is among them. `path` is how reports call the file.
    """
    source = SourceFile(path, text.removeprefix("\ufeff"))
    try:
        schema = _Header.model_validate_json(source.text).schema_id
        if schema != SCHEMA_ID:
            return (), (_diagnostic(_other_schema(schema), source),)
        document = _Readable.model_validate_json(source.text)
        declarations = (*document.external, *document.declarations)
        problem = next(_contradictions(declarations), None)
    except ValidationError as error:
        return (), (_first_of(error, source),)
    return ((), (_diagnostic(problem, source),)) if problem else (declarations, ())


def _diagnostic(problem: _Problem, source: SourceFile) -> Diagnostic:
    found = re.search(rf'"id"\s*:\s*"{re.escape(problem.id)}"', source.text) if problem.id else None
    start, end = found.span() if found else (0, 0)
    return finding(
        invalid_config.KIND,
        f"The published design `{source.path}` {problem.what}",
        source.span(start, end),
        help=problem.advice,
    )


def _other_schema(schema: str) -> _Problem:
    ours, _, current = SCHEMA_ID.rpartition(":")
    name, _, version = schema.rpartition(":")
    if name != ours or not re.fullmatch("[0-9]{1,6}", version):
        return _Problem("is none: it follows another schema", _NAME_ANOTHER)
    newer = int(version) > int(current)
    return _Problem(
        f"has the format {version}, which is {'newer' if newer else 'older'} than what this compiler reads ({current})",
        _UPDATE if newer else _PUBLISH_AGAIN,
    )


# ---- what pydantic finds wrong ---------------------------------------------------------------------------------------


def _first_of(error: ValidationError, source: SourceFile) -> Diagnostic:
    """Return the first of pydantic's errors as one of ours, with its place in the document."""
    first, *more = error.errors(include_url=False)
    if first["type"] == "json_invalid":
        return _not_json(first["ctx"]["error"], source)
    if len(first["loc"]) < 2 and error.title == _Header.__name__:
        return _diagnostic(_Problem("is none: it names no schema", _NAME_ANOTHER), source)
    path, id = _place(from_json(source.text), first["loc"])
    message = first["msg"][:1].lower() + first["msg"][1:]
    others = f", and {len(more)} more" if more else ""
    if first["type"] == "extra_forbidden":
        problem = _Problem(f"says `{path}`, which this compiler does not know{others}", f"{_UPDATE} Or: {_again()}", id)
    else:
        problem = _Problem(f"is damaged at `{path}`: {message}{others}", _PUBLISH_AGAIN, id)
    return _diagnostic(problem, source)


def _again() -> str:
    return _PUBLISH_AGAIN[:1].lower() + _PUBLISH_AGAIN[1:]


def _not_json(reason: str, source: SourceFile) -> Diagnostic:
    """Return the problem of a text that is no JSON; `reason` ends with the place."""
    plain, _, place = reason.partition(" at line ")
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    line, column = numbers if len(numbers) == 2 else (1, 1)
    # A position at the very end may lie behind the last character.
    start = min(source.offset(min(line, len(source.line_starts)), max(column, 1)), len(source.text))
    return finding(
        invalid_config.KIND,
        f"The published design `{source.path}` is not JSON: {plain}",
        source.span(start, min(start + 1, len(source.text))),
        help=_PUBLISH_AGAIN,
    )


def _place(written: Any, loc: Sequence[str | int]) -> tuple[str, str | None]:
    """Return the path of an error in the document, and the id of the element around it.

    Pydantic's own path also names the alternatives it tried, which are not in the document.
    """
    path, id = "", None
    for index, part in enumerate(loc):
        if isinstance(part, int) and isinstance(written, list) and part < len(written):
            written, path = written[part], f"{path}[{part}]"
        elif isinstance(written, dict) and (part in written or index == len(loc) - 1):
            written, path = written.get(part), f"{path}.{part}" if path else str(part)
        if isinstance(written, dict) and isinstance(written.get("id"), str):
            id = written["id"]
    return path, id


# ---- what no single property shows -----------------------------------------------------------------------------------


def _contradictions(declarations: Sequence[Declaration]) -> Iterator[_Problem]:
    """Yield what would mislead the stages that rely on a design being resolved."""
    known: set[str] = set()
    for declaration in declarations:
        yield from _misnamed(declaration, declaration.package)
        for element in with_members(declaration):
            if element.id in known:
                yield _Problem(f"holds `{element.id}` twice", id=element.id)
            known.add(element.id)
    for declaration in declarations:
        for id in references(declaration):
            if id not in known:
                yield _Problem(f"names `{id}`, which it does not hold", id=declaration.id)


def _misnamed(element: Named, holder: str) -> Iterator[_Problem]:
    """Yield the elements whose id is not what their kind, their name and what holds them make it."""
    name = f"{holder}.{element.name}" if holder else element.name
    if element.id != f"{element.kind}:{name}":
        yield _Problem(f"has an element `{element.name}` with the id `{element.id}`", id=element.id)
    for member in members(element):
        yield from _misnamed(member, holder if isinstance(member, Declaration) else name)

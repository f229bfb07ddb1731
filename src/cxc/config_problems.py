"""What a mistake in `cxc.toml` is told: one sentence on the key, where it stands, and what to write instead.

What the keys are and which values they take is said in `cxc.config` and by the targets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cxc.diagnostics import Diagnostic, Edit, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.rules.build import invalid_config
from cxc.source import SourceFile
from cxc.toml_places import Path, Place, places

REFUSED = "refused"
"""The type of the errors that bring their own sentence: `message`, `help` and what to write `instead`."""

_KEY_ITSELF = "[key]"
"""How pydantic marks that the key of a table is wrong, not what it holds."""


class _Said(NamedTuple):
    message: str
    help: str | None = None
    instead: str | None = None
    about_key: bool = False


# ---- no TOML at all ----------------------------------------------------------------------------------------

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_WORD = re.compile(r"[^\s,=\]}#]+")
_SENTENCES = {
    "Invalid value (at end": (
        "The file ends before the value is complete",
        "Write what is missing: a value, or the `]` or `}` that closes it.",
    ),
    "Invalid value": (
        "What stands behind `=` is no value",
        'Text stands in double quotes, `name = "northwind"`, and a list in brackets.',
    ),
    "Expected '='": ("A `=` is missing behind the key", "Write `key = value`, or `[key]` for a table."),
    "Cannot overwrite": ("This key is given a second time", "Write each key once."),
    "Cannot declare": ("This table is begun a second time", "Write each table once, with all of its keys below it."),
    "Cannot mutate": ("What was closed is added to here", "Write each table once, with all of its keys below it."),
    "Invalid statement": ("This is neither a key nor a table", "Write `key = value`, `[table]`, or `# comment`."),
    "Invalid initial character": (
        "A key cannot begin like this",
        "A key is made of letters, digits, `_` and `-`, or stands in double quotes.",
    ),
    "Unclosed array": ("A list is never closed", "Write `]` where it ends, and commas between its values."),
    "Unclosed inline table": ("A table is never closed", "Write `}` where it ends, and commas between its keys."),
    "Unterminated string": ("A text is never closed", "Write the closing quote."),
    'Expected "\'"': ("A text is never closed", "Write the closing quote."),
    "Found invalid character '\\n'": ("A text is never closed", "Write the closing quote, on the same line."),
    "Illegal character '\\n'": ("A text is never closed", "Write the closing quote, on the same line."),
    "Unescaped '\\'": ("A `\\` in a text has no meaning here", "Write `/` in paths, or put the text in single quotes."),
    "Expected ']": ("The `]` of the table is missing", "Write `[table]`, alone on its line."),
    "Expected newline": ("More stands behind the value", "Write one key on a line."),
    "Exceeds the limit": ("A number is too long to be read", "No setting needs a number of that size."),
}


def not_toml(source: SourceFile, reason: str) -> Diagnostic:
    """Return the problem of a text that is not TOML; `reason` is what `tomllib` says, with its position."""
    plain = _POSITION.sub("", reason)
    known = (sentence for said, sentence in _SENTENCES.items() if reason.startswith(said))
    usual = (f"The settings are not TOML: {plain}", "Each line is `key = value`, `[table]`, or a `# comment`.")
    message, help = next(known, usual)
    return finding(invalid_config.KIND, message, source.span(*_stretch(source, _POSITION.search(reason))), help=help)


def _stretch(source: SourceFile, position: re.Match[str] | None) -> tuple[int, int]:
    """Return what `tomllib` stumbled over: the word where it did or, at the end of a line, the whole line."""
    text = source.text
    start = len(text.rstrip())
    if position and position[1]:
        start = source.offset(int(position[1]), int(position[2]))
        if word := _WORD.match(text, start):
            return start, word.end()
    line = source.position(start)[0]
    written = source.line(line)
    first = source.offset(line, 1)
    return first + len(written) - len(written.lstrip()), max(first, first + len(written.rstrip()))


def too_deep(source: SourceFile) -> Diagnostic:
    """Return the problem of lists or tables inside each other beyond what can be read."""
    return finding(
        invalid_config.KIND,
        "Lists or tables stand inside each other too deeply",
        source.span(0, 0),
        help="No setting needs more than a few levels.",
    )


# ---- TOML, but not settings --------------------------------------------------------------------------------


def as_diagnostics(
    error: ValidationError, source: SourceFile, model: type[BaseModel], table: Path = ()
) -> tuple[Diagnostic, ...]:
    """Return every problem that a model has with (a `table` of) the settings, in the order of the text."""
    known = places(source.text)
    problems = error.errors(include_url=False)
    inner = {problem["loc"][:-1] for problem in problems if problem["loc"]}
    found = [
        _diagnostic(_about(problem, model, table), (*table, *problem["loc"]), source, known)
        for problem in problems
        # A list of nothing but wrong values is not empty for whoever wrote it.
        if problem["type"] != "too_short" or problem["loc"] not in inner
    ]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.span))


def _diagnostic(said: _Said, path: Path, source: SourceFile, known: Mapping[Path, Place]) -> Diagnostic:
    path = tuple(part for part in path if part != _KEY_ITSELF)
    exact = path in known
    while path and path not in known:
        path = path[:-1]
    place = known.get(path, Place((0, 0), (0, 0)))
    span = source.span(*(place.key if said.about_key or not exact else place.value))
    fix: tuple[Edit, ...] = ()
    if said.instead and exact:
        bare = said.about_key and re.fullmatch(r"[\w-]+", said.instead, re.ASCII)
        fix = (Edit(span, said.instead if bare else json.dumps(said.instead, ensure_ascii=False)),)
    return finding(invalid_config.KIND, said.message, span, help=said.help, fix=fix)


def _about(problem: ErrorDetails, model: type[BaseModel], table: Path) -> _Said:
    """Put one of pydantic's errors into a sentence."""
    loc, kind, context = problem["loc"], problem["type"], problem.get("ctx", {})
    path = (*table, *loc)
    key, name = _dotted(path), str(path[-1]) if path else ""
    if kind == REFUSED:
        return _Said(context["message"], context["help"], context["instead"], loc[-1:] == (_KEY_ITSELF,))
    if kind == "extra_forbidden":
        return _unknown_key(path, _keys(model, loc[:-1]))
    if kind == "missing":
        return _Said(f"The key `{key}` is missing", f"Write `{name} = …` here.", about_key=True)
    if kind in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return _not_a_choice(key, problem["input"], choices)
    if kind in ("dict_type", "model_type", "mapping_type", "model_attributes_type"):
        return _Said(f"`{key}` must be a table", f"Write `[{key}]` on a line, and its keys below it.", about_key=True)
    if kind in ("tuple_type", "list_type", "set_type", "frozen_set_type"):
        return _Said(f"`{key}` must be a list", f"Write `{name} = [{_toml(problem['input'])}]`.")
    if kind == "string_type":
        written = problem["input"]
        simple = isinstance(written, int | float) and not isinstance(written, bool)
        example = json.dumps(str(written)) if simple else '"…"'
        if isinstance(path[-1], int):
            return _Said(f"Each value of `{key}` must be a text", f"Write it in double quotes: `{example}`.")
        return _Said(f"`{key}` must be a text", f"Write it in double quotes: `{name} = {example}`.")
    if kind == "too_short":
        return _Said(f"`{key}` is empty", "Write at least one value, or remove the key.")
    return _Said(f"The value of `{key}` is not what it must be: {_lower(problem['msg'])}")


def _unknown_key(path: Path, allowed: list[str]) -> _Said:
    holder = f"`[{_dotted(path[:-1])}]` has" if len(path) > 1 else "`cxc.toml` has"
    instead = did_you_mean(str(path[-1]), allowed)
    help = f"Did you mean `{instead}`?" if instead else _listing(allowed)
    return _Said(f"{holder} no key `{path[-1]}`", help, instead, about_key=True)


def _listing(allowed: list[str]) -> str:
    if not allowed:
        return "Remove it: there are no keys here."
    return f"The keys here are {', '.join(f'`{key}`' for key in allowed)}."


def _not_a_choice(key: str, written: Any, choices: list[str]) -> _Said:
    instead = did_you_mean(str(written), choices)
    only = len(choices) == 1
    told = f'Write `"{choices[0]}"`.' if only else f"Write one of {', '.join(f'`{c}`' for c in choices)}."
    help = f"Did you mean `{instead}`?" if instead and not only else told
    return _Said(f"`{key}` cannot be {_toml(written)}", help, choices[0] if only else instead)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _toml(value: Any) -> str:
    """Return a short value as TOML writes it, anything else as an ellipsis."""
    if isinstance(value, bool | int | float | str) and len(str(value)) <= 60:
        return json.dumps(value, ensure_ascii=False)
    return "…"


def _dotted(path: Path) -> str:
    """Return a path as TOML writes it; an item of a list is called by its list."""
    keys = [part for part in path if isinstance(part, str) and part != _KEY_ITSELF]
    return ".".join(k if re.fullmatch(r"[\w-]+", k, re.ASCII) else json.dumps(k, ensure_ascii=False) for k in keys)


# ---- which keys there are ----------------------------------------------------------------------------------


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys of the table at a path below a model."""
    held: Any = model
    for part in path:
        if not isinstance(held, type) or not issubclass(held, BaseModel):
            held = _table_in(held)
            continue
        held = next((f.annotation for name, f in held.model_fields.items() if part in (name, f.alias)), None)
        held = held if isinstance(held, type) else _unwrapped(held)
    if isinstance(held, type) and issubclass(held, BaseModel):
        return [field.alias or name for name, field in held.model_fields.items()]
    return []


def _unwrapped(annotation: Any) -> Any:
    """Return a type without `None` as its alternative."""
    if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        return next((argument for argument in get_args(annotation) if argument is not type(None)), None)
    return annotation


def _table_in(container: Any) -> Any:
    """Return the type of what a mapping or list holds."""
    arguments = [argument for argument in get_args(container) if argument is not Ellipsis]
    return _unwrapped(arguments[-1]) if arguments else None

"""The language reference, derived from the model classes: every word, where it stands, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator

from cxc.bind.names import one_of
from cxc.bind.plan import Plan, Slot, places_of_word, plan_of
from cxc.bind.values import accepted
from cxc.model.base import Element, Named, Naming, Place, Shape
from cxc.model.data import BUILTINS, MAP, DataField
from cxc.model.file import File

_INTRODUCTION = """# Language reference

A blueprint file is UTF-8 text. `//` begins a comment (so does `////`); `///` documents the statement below it, in
Markdown. A newline or `;` ends a statement; inside `( )` and `[ ]`, and after a comma, newlines do not count.

Text stands in double quotes on one line, or between two times three double quotes over several lines, whose common
indentation does not count. In it `\\"` is a quote, `\\\\` a backslash, `\\n` a new line, `\\t` a tab, and `\\u{1F600}`
the character of that number; a backslash before anything else is an error.

Every statement has one of four shapes:

| shape | form | example |
| --- | --- | --- |
| node | `word values -> value clause… { … }` | `owner people.PharmacyTeam` |
| field | `name: type = default @annotation…` | `id: uuid @key` |
| operation | `query name(parameters) -> Type { … }` | `command cancel(order: Order.id) -> Order` |
| transition | `-> step clause…` | `-> collect when "Lives nearby" share 70%` |

What is listed below as a property may stand in the element's block, or behind it on the same line as a clause
(`pain "Waits too long" severity high`). Properties marked ● are required; those marked ＋ take several values, divided
by commas, and may be repeated. Names of declarations are written in `PascalCase`, those of members in `snake_case`.
Only `none`, `end`, `true` and `false` cannot be names.
"""


def page() -> str:
    """Return the page."""
    parts = [_INTRODUCTION, _contents()]
    for cls in _elements():
        parts.append(_section(cls))
    parts.append(_fields())
    parts.append(_types())
    return "\n".join(parts)


def _elements() -> list[type[Element]]:
    """Return every element class with a word or shape of its own, each once, with its parts after it."""
    found: dict[type[Element], None] = {}

    def visit(cls: type[Element]) -> None:
        if cls in found:
            return
        if cls is not File and _is_section(cls):
            found[cls] = None
        for _, part in plan_of(cls).words.values():
            if part is not None:
                visit(part)
        for _, part in plan_of(cls).shapes.values():
            if part.shape is Shape.TRANSITION:
                visit(part)

    visit(File)
    return list(found)


def _is_section(cls: type[Element]) -> bool:
    return bool(cls.word) or cls.shape is Shape.TRANSITION


def _title(cls: type[Element]) -> str:
    return f"`{cls.word}`" if cls.word else "Transition `->`"


def _anchor(cls: type[Element]) -> str:
    return cls.__name__.lower()


def _contents() -> str:
    lines = ["| word | what it is |", "| --- | --- |"]
    for word, (_, cls) in plan_of(File).words.items():
        if cls is not None:
            lines.append(f"| [`{word}`](#{_anchor(cls)}) | {_summary(cls)} |")
    return "\n".join(lines) + "\n"


def _summary(cls: type[Element]) -> str:
    return " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())


def _section(cls: type[Element]) -> str:
    plan = plan_of(cls)
    lines = [f'<a id="{_anchor(cls)}"></a>', "", f"## {_title(cls)}", ""]
    lines += [_summary(cls), "", f"Form: `{_form(plan)}`", ""]
    homes = [home for home in places_of_word(cls.word)] if cls.word else []
    if homes:
        inside = ", ".join(f"[`{home.word}`](#{_anchor(home)})" if home.word else "a blueprint file" for home in homes)
        lines += [f"Stands in: {inside}.", ""]
    rows = list(_rows(plan))
    if rows:
        lines += ["| property | takes | |", "| --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _form(plan: Plan) -> str:
    """Return how the statement is written, without its properties."""
    cls = plan.cls
    if cls.shape is Shape.OPERATION:
        return f"{cls.word} name(parameter: type, …) -> Type"
    parts = [cls.word] if cls.word else []
    if Place.NAME in plan.by_place and Place.VALUE not in plan.by_place:
        parts.append("SomeName" if cls.naming is Naming.PACKAGE else "some_name")
    value = plan.by_place.get(Place.VALUE)
    if value is not None:
        parts.append(_placeholder(value))
    if Place.TITLE in plan.by_place:
        parts.append('"Title"')
    arrow = plan.by_place.get(Place.ARROW)
    if arrow is not None:
        parts += ["->", _placeholder(arrow)]
    return " ".join(parts)


def _placeholder(slot: Slot) -> str:
    name = slot.name.upper()
    return f"{name}, …" if slot.many else name


def _rows(plan: Plan) -> Iterator[str]:
    """Yield a table row for each value and property of an element."""
    for place in (Place.VALUE, Place.ARROW, Place.TITLE):
        slot = plan.by_place.get(place)
        if slot is not None and not (place is Place.TITLE and issubclass(plan.cls, Named)):
            yield _row(f"{slot.name.upper()}", slot, None)
    for word, (slot, element) in plan.words.items():
        if word not in ("since", "deprecated") or not issubclass(plan.cls, Named):
            yield _row(f"`{word}`", slot, element)
    for shape, (slot, _) in plan.shapes.items():
        if shape is Shape.FIELD:
            yield f"| [fields](#fields) ＋ | `name: type` | {slot.description} |"
    if plan.any_word is not None:
        slot = plan.any_word[0]
        yield f'| names ＋ | `name "Title"` | {slot.description} |'
    if issubclass(plan.cls, Named) and "since" in plan.words:
        yield "| `since`, `deprecated` | a text in quotes | As everywhere: the version, and what to use instead. |"


def _row(shown: str, slot: Slot, element: type[Element] | None) -> str:
    marks = f"{' ●' if slot.required else ''}{' ＋' if slot.many else ''}"
    part = f"[{_title(element)}](#{_anchor(element)})" if element is not None else ""
    takes = part or accepted(slot).replace("|", "\\|")
    return f"| {shown}{marks} | {takes} | {slot.description} |"


def _fields() -> str:
    plan = plan_of(DataField)
    lines = ['<a id="fields"></a>', "", "## Fields", "", _summary(DataField), ""]
    lines += ["Form: `name: type = default @annotation…`", "", "| annotation | takes | |", "| --- | --- | --- |"]
    for word, slot in plan.annotations.items():
        takes = "nothing" if slot.is_flag else accepted(slot) or "a value of the field's type"
        lines.append(f"| `@{word}` | {takes} | {slot.description} |")
    return "\n".join(lines) + "\n"


def _types() -> str:
    constraints = {
        "length": "a length: `(8)`, `(1..80)`, `(>= 1)`",
        "pattern": "a regular expression: `(/[A-Z]{2}/)`",
        "bounds": "bounds: `(0..12)`, `(>= 0)`",
        "digits": "digits and decimals: `(12, 2)`",
    }
    lines = ["## Types", "", "| type | what it holds | constraints |", "| --- | --- | --- |"]
    for name, builtin in BUILTINS.items():
        lines.append(f"| `{name}` | {builtin.description} | {'; '.join(constraints[c] for c in builtin.constraints)} |")
    declared = one_of(tuple(cls.word for cls in _declared_types()))
    lines += [
        f"| `{MAP}<T>` | Values of one type by keys of text. | |",
        "| `[T]` | Several values of one type. | |",
        "| `T?` | A value that may be missing. | |",
        f"| a declared name | What {declared} of that name holds. | |",
        "| `Entity.field` | That field's type, and its meaning: this is how the compiler knows that two steps speak of "
        "the same thing. | |",
    ]
    return "\n".join(lines) + "\n"


def _declared_types() -> list[type[Element]]:
    from cxc.model import vocabulary
    from cxc.model.data import DeclaredType

    kinds = next(slot.kinds for slot in plan_of(DeclaredType).slots if slot.kinds)
    return [cls for cls in vocabulary().values() if getattr(cls, "kind", "") in kinds.kinds]

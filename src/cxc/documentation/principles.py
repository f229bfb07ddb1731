"""The page on what principles can ask, from the view of the design that they are asked of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from cxc.model.base import Element, Named, words
from cxc.principles.functions import FUNCTIONS, METHODS, Function
from cxc.principles.types import Type, in_words
from cxc.principles.view import Property, Shape, properties_of, roots


class Example(NamedTuple):
    """A principle to copy: what it stands for, and what it requires."""

    title: str
    require: str
    about: str


EXAMPLES = (
    Example(
        "Self-service first",
        "journeys.all(j, j.self_service >= 0.9)",
        "Nine in ten customers of every journey need nobody's help.",
    ),
    Example(
        "Somebody to talk to",
        "journeys.all(j, j.channels.exists(c, c.assisted))",
        "People serve on one of its channels at least.",
    ),
    Example(
        "Moments of truth are measured",
        "steps.filter(s, s.moment_of_truth).all(s, s.measures.size() > 0)",
        "Where customers make up their minds, we want to know how it went.",
    ),
    Example(
        "Good at what counts",
        "capabilities.filter(c, c.importance == 'strategic').all(c, c.maturity.current >= 3)",
        "A strategic capability that does not say its maturity breaks this as well.",
    ),
    Example(
        "At work when customers come",
        "services.filter(s, s.journeys.size() > 0).all(s, s.availability >= 0.999)",
        "Only of the services behind journeys is this asked.",
    ),
    Example(
        "Done in two days",
        "journeys.filter(j, j.kind == 'use').all(j, j.longest_duration <= duration('2d'))",
        "A journey with a wait in a loop that has no bound takes no longest time, and breaks this.",
    ),
    Example(
        "No question twice",
        "journeys.all(j, j.asked_twice == 0 && j.seams == 0)",
        "Nothing is asked that is known, and nothing gets lost between teams.",
    ),
    Example(
        "A journey in few hands",
        "journeys.all(j, j.teams.size() <= 3)",
        "",
    ),
    Example(
        "No new work for old systems",
        "!systems.exists(s, s.retiring && s.capabilities.exists(c, c.importance == 'strategic'))",
        "What `!….exists(…)` finds breaks the principle, one by one.",
    ),
    Example(
        "Health data only where we know who asks",
        "operations.filter(o, 'health' in o.personal)\n"
        "  .all(o, o.channels.all(c, c.identity in ['authenticated', 'verified']))",
        "An expression may go over several lines, in a text between two times three quotes.",
    ),
    Example(
        "Commands may be repeated",
        "operations.filter(o, o.kind == 'command' && !o.idempotent).size() == 0",
        "Of what is left where nothing should be, each element is named.",
    ),
    Example(
        "Waits have an end",
        "steps.all(s, !has(s.wait) || has(s.wait.longest))",
        "`has` asks whether a value is given.",
    ),
    Example(
        "Concierge is no dead end",
        "tiers.exists(t, t.support == 'concierge' && t.reachable.size() > 0)",
        "",
    ),
    Example(
        "Every journey ends with a question",
        "journeys.filter(j, !(j.kind in ['learn', 'support'])).all(j, j.has_follow_up)",
        "",
    ),
)
"""Principles to begin with; a test asks them all."""

_INTRODUCTION = """# Principles

A `principle` says what every part of the design must keep to, and each check asks whether it does:

```blueprint
principle SelfServiceFirst "Nine in ten customers never need to call" {
  require "journeys.all(j, j.self_service >= 0.9)"
  because "Who can help themselves at midnight comes back"
}
```

`require` takes expressions in the [Common Expression Language](https://github.com/google/cel-spec) (CEL), one or
several; all of them must hold. Where one does not, [CXC804](../diagnostics/CXC804.md) marks the part that is not so and
names the elements that break it, with the value that each of them has there. An expression that cannot be asked is
[CXC805](../diagnostics/CXC805.md).

## How to ask

An expression begins with a [collection](#collections) of the whole design, or with an element that `all`, `exists` and
their like give a name:

| written | holds where |
| --- | --- |
| `journeys.all(j, …)` | what stands for `…` holds for each journey, which is called `j` there |
| `channels.exists(c, …)` | it holds for one channel at least |
| `tiers.exists_one(t, …)` | it holds for one tier and no other |
| `steps.filter(s, …)` | (gives the steps for which it holds) |
| `steps.map(s, s.name)` | (gives a list of what stands there for each step) |
| `j.steps.size() > 3`, `size(j.steps) > 3` | there are more than three |
| `a && b`, `a \\|\\| b`, `!a` | both hold, one of them holds, it does not hold |
| `a ? b : c` | `b` holds where `a` does, else `c` |
| `==`, `!=`, `<`, `<=`, `>`, `>=` | values are equal, or in this order |
| `'health' in o.personal` | a list holds a value |
| `has(s.wait)` | the value is given |
| `+`, `-`, `*`, `/`, `%` | (calculate; whole numbers and others do not mix: `1.0 * 3.0`) |

Texts stand in single quotes, so that they need no backslash inside of the quotes of `require`. Shares are numbers from
0 to 1: 90% is `0.9`. Durations are written `duration('90s')`, `duration('2h30m')`, `duration('3d')`, `duration('2w')`.
Elements are compared as wholes (`s.journey == j`) or by name (`c.name == 'Web'`). What stands behind `//` in a line is
a comment. Of CEL, what deals with moments in time and with protocol buffers is left out.

## What is missing

What the design does not say is `null`, and `has()` tells. It equals nothing else, so that `importance == 'strategic'`
is not so where no importance is given. But it is neither large nor small: where it would decide the answer of a
comparison with `<` and its like, or something is asked of it, the principle does not hold, and the element that lacks
the value is named. What may be missing is asked for first: `!has(c.maturity) || c.maturity.current >= 3`.

A list that is not given is empty. `has()` of a list tells whether something is in it; of a lane of a step (`evidence`,
`backstage`, …) it tells whether the design says anything, if only `none`.

What could not be understood, because of an error in a statement, is held against nobody.

## Limits

Expressions read no files, know no time of day, and come to an end: one may have {length:,} characters, and take
{steps:,} steps (one for each part of it that is asked of each element). Regular expressions are searched for in time,
too: those that may take very long are refused.
"""


def page() -> str:
    """Return the page."""
    from cxc.principles.evaluation import STEP_LIMIT
    from cxc.principles.parser import LENGTH_LIMIT

    introduction = _INTRODUCTION.replace("{length:,}", f"{LENGTH_LIMIT:,}").replace("{steps:,}", f"{STEP_LIMIT:,}")
    parts = [introduction, _functions(), _examples(), _collections()]
    for shape in _shapes():
        parts.append(_section(shape))
    return "\n".join(parts)


def _functions() -> str:
    lines = ["## Functions", "", "| function | takes | gives |", "| --- | --- | --- |"]
    for name, ways in METHODS.items():
        behind = "…" if len(ways[0].takes) > 1 else ""
        lines.append(f"| `….{name}({behind})` | {_taken(ways)} | {in_words(ways[0].gives)} |")
    for name, ways in FUNCTIONS.items():
        if name not in METHODS:
            lines.append(f"| `{name}(…)` | {_taken(ways)} | {in_words(ways[0].gives)} |")
    return "\n".join(lines) + "\n"


def _taken(ways: tuple[Function, ...]) -> str:
    first = dict.fromkeys(in_words(way.takes[0]) for way in ways)
    more = "".join(f", with {in_words(type_)}" for type_ in ways[0].takes[1:])
    return " or ".join(first) + more


def _examples() -> str:
    lines = ["## Examples", ""]
    for example in EXAMPLES:
        lines += [f"**{example.title}.** {example.about}".rstrip(), "", "```cel", example.require, "```", ""]
    return "\n".join(lines)


def _collections() -> str:
    lines = [
        '<a id="collections"></a>',
        "",
        "## Collections",
        "",
        "| collection | of | |",
        "| --- | --- | --- |",
    ]
    for root in roots().values():
        lines.append(f"| `{root.name}` | {_link(root.type.item)} | {_summary(root.cls)} |")
    lines += [
        "",
        "Below, ◆ marks what nobody writes and the compiler finds out, and `?` what may be missing. Every element with",
        "a name besides has:",
        "",
        *_table(properties_of(Named)),
    ]
    return "\n".join(lines)


def _shapes() -> Iterator[Shape]:
    """Yield each shape that an expression can lead to: those of the collections, then their parts by name."""
    classes: dict[str, dict[type[Any], None]] = {}
    waiting = [root.type.item for root in roots().values()]
    first = len(waiting)
    while waiting:
        shape = _item(waiting.pop(0)).shape
        for cls in shape.classes if shape is not None else ():
            known = classes.setdefault(Shape((cls,)).word, {})
            if cls not in known:
                known[cls] = None
                waiting += [one.type for one in properties_of(cls)]
    shapes = [Shape(tuple(found)) for found in classes.values()]
    yield from shapes[:first]
    yield from sorted(shapes[first:], key=lambda shape: shape.word)


def _item(type_: Type) -> Type:
    while type_.name == "list":
        type_ = type_.item
    return type_


def _section(shape: Shape) -> str:
    common = {one.name for one in properties_of(Named)} if issubclass(shape.classes[0], Named) else set()
    own = [one for one in shape.properties.values() if one.name not in common]
    title = shape.word[:1].upper() + shape.word[1:]
    return "\n".join(
        [
            f'<a id="{_anchor(shape)}"></a>',
            "",
            f"## {title}",
            "",
            *(_table(own) if own else ["It has no more than that.", ""]),
        ]
    )


def _table(properties: list[Property] | tuple[Property, ...]) -> list[str]:
    lines = ["| property | is | |", "| --- | --- | --- |"]
    for one in properties:
        marks = f"{' ◆' if one.told else ''}{' ?' if one.type.maybe else ''}"
        lines.append(f"| `{one.name}`{marks} | {_is(one.type)} | {one.description} |")
    return [*lines, ""]


def _is(type_: Type) -> str:
    """Return what a property is, with links to what it leads to."""
    item = _item(type_)
    if item.choices:
        listed = ", ".join(f"`'{choice}'`" for choice in item.choices)
        return f"{'a list of texts' if type_.name == 'list' else 'a text'}: {listed}"
    if item.shape is not None:
        return f"a list, each {_link(item)}" if type_.name == "list" else _link(item)
    return in_words(type_)


def _link(type_: Type) -> str:
    assert type_.shape is not None
    links: dict[str, None] = {}
    for cls in type_.shape.classes:
        single = Shape((cls,))
        links[f"[{single.one}](#{_anchor(single)})"] = None
    return " or ".join(links)


def _anchor(shape: Shape) -> str:
    return shape.word.replace(" ", "-")


def _summary(cls: type[Element]) -> str:
    return " ".join((cls.__doc__ or words(cls.__name__)).strip().split("\n\n")[0].split())

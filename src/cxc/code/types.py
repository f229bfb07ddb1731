"""Whether one type of Python's is taken where another one is asked for: yes, no, or not to be said.

Only what is certain counts: types of libraries, protocols and type variables may be anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from cxc.code.modules import Module, Parts
from cxc.code.project import Class, Elsewhere, Meant, Project
from cxc.code.reading import parsed

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class One:
    """A type by its class, with its arguments."""

    of: Class | Parts
    arguments: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several types; `X | None` too."""

    members: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Single values, as `Literal` has them."""

    values: frozenset[object]


Type = One | Either | Values | None
"""A type; None where nothing can be said of it."""

NOTHING = One(("None",))
_ANYTHING = One(("Any",))

_ABSTRACT = ("Sequence", "Collection", "Iterable", "Mapping")
_SAME: dict[Parts, Parts] = {
    **{("typing", name): (name.lower(),) for name in ("List", "Dict", "Set", "FrozenSet", "Tuple", "Type")},
    **{("typing", name): (name,) for name in _ABSTRACT},
    **{("collections", "abc", name): (name,) for name in _ABSTRACT},
    ("typing", "Any"): ("Any",),
    ("typing_extensions", "Any"): ("Any",),
    ("typing", "AbstractSet"): ("AbstractSet",),
    ("collections", "abc", "Set"): ("AbstractSet",),
    ("types", "NoneType"): ("None",),
}
"""Several names for one type."""

_BASES: dict[Parts, tuple[Parts, ...]] = {
    ("bool",): (("int",),),
    ("int",): (("float",),),
    ("float",): (),
    ("str",): (("Sequence",),),
    ("bytes",): (("Sequence",),),
    ("list",): (("Sequence",),),
    ("tuple",): (("Sequence",),),
    ("set",): (("AbstractSet",),),
    ("frozenset",): (("AbstractSet",),),
    ("dict",): (("Mapping",),),
    ("AbstractSet",): (("Collection",),),
    ("Sequence",): (("Collection",),),
    ("Mapping",): (("Collection",),),
    ("Collection",): (("Iterable",),),
    ("Iterable",): (),
    ("None",): (),
    ("uuid", "UUID"): (),
    ("decimal", "Decimal"): (),
    ("datetime", "datetime"): (("datetime", "date"),),
    ("datetime", "date"): (),
    ("datetime", "time"): (),
    ("datetime", "timedelta"): (),
    ("enum", "StrEnum"): (("str",), ("enum", "Enum")),
    ("enum", "IntEnum"): (("int",), ("enum", "Enum")),
    ("enum", "Enum"): (),
    ("pydantic", "BaseModel"): (),
    ("pydantic", "SecretStr"): (),
    ("pydantic", "SecretBytes"): (),
    ("typing", "Generic"): (),
}
"""The types elsewhere that are known for certain, with what they descend from."""


class Types:
    """Reads annotations, and compares what they say."""

    def __init__(self, project: Project) -> None:
        self._project = project

    # ---- reading ----------------------------------------------------------------------------------------------------

    def read(self, module: Module, written: ast.expr | None, depth: int = 0) -> Type:
        """Return the type that an annotation says."""
        if written is None or depth > _DEEPEST:
            return None
        if isinstance(written, ast.Constant):
            return self._constant(module, written.value, depth)
        if isinstance(written, ast.Name | ast.Attribute):
            return self._named(module, written, depth)
        if isinstance(written, ast.Subscript):
            return self._with_arguments(module, written, depth)
        if isinstance(written, ast.BinOp) and isinstance(written.op, ast.BitOr):
            return _either(self.read(module, side, depth + 1) for side in (written.left, written.right))
        return None

    def _constant(self, module: Module, value: object, depth: int) -> Type:
        if value is None:
            return NOTHING
        if not isinstance(value, str):
            return None
        try:
            (statement,) = parsed(value.strip()).body
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return None
        return self.read(module, statement.value, depth + 1) if isinstance(statement, ast.Expr) else None

    def _named(self, module: Module, written: ast.expr, depth: int) -> Type:
        found = self._project.meaning(module, written)
        if isinstance(found, Meant):
            return self.read(found.module, found.value, depth + 1)
        if isinstance(found, Class):
            return One(found)
        return One(_SAME.get(found.parts, found.parts)) if isinstance(found, Elsewhere) else None

    def _with_arguments(self, module: Module, written: ast.Subscript, depth: int) -> Type:
        base = self._named(module, written.value, depth + 1)
        if not isinstance(base, One):
            return None
        inner = written.slice.elts if isinstance(written.slice, ast.Tuple) else [written.slice]
        name = base.of[-1] if isinstance(base.of, tuple) else ""
        if name == "Literal":
            values = [each.value for each in inner if isinstance(each, ast.Constant)]
            return Values(frozenset(values)) if len(values) == len(inner) else None
        if name in ("Annotated", "Final", "Required", "NotRequired"):
            return self.read(module, inner[0], depth + 1)
        arguments = tuple(
            None if isinstance(each, ast.Constant) and each.value is ... else self.read(module, each, depth + 1)
            for each in inner
        )
        if name == "Optional":
            return _either((*arguments, NOTHING))
        if name == "Union":
            return _either(arguments)
        return One(base.of, arguments)

    # ---- comparing --------------------------------------------------------------------------------------------------

    def fits(self, given: Type, wanted: Type, depth: int = 0) -> bool | None:
        """Return whether a value of one type is always taken where another one is asked for; None if not certain."""
        if given is None or wanted is None or depth > _DEEPEST or _ANYTHING in (given, wanted):
            return None
        if isinstance(given, Either):
            return _all(self.fits(member, wanted, depth + 1) for member in given.members)
        if isinstance(wanted, Either):
            return _any(self.fits(given, member, depth + 1) for member in wanted.members)
        if wanted == One(("object",)):
            return True
        if isinstance(wanted, Values):
            return given.values <= wanted.values if isinstance(given, Values) else self._known(given) and False
        if isinstance(given, Values):
            kinds = {type(value).__name__ for value in given.values}
            return _all(self.fits(One((kind,)), wanted, depth + 1) for kind in sorted(kinds))
        return self._one_fits(given, wanted, depth)

    def _one_fits(self, given: One, wanted: One, depth: int) -> bool | None:
        if given.of == wanted.of:
            return self._arguments_fit(given, wanted, depth)
        certain = True
        for base in self._bases(given.of) or ():
            fits = self._one_fits(One(base, given.arguments), wanted, depth + 1) if depth < _DEEPEST else None
            if fits:
                return True
            certain = certain and fits is False
        known = self._bases(given.of) is not None and self._known(wanted)
        return False if certain and known else None

    def _arguments_fit(self, given: One, wanted: One, depth: int) -> bool | None:
        if not given.arguments or not wanted.arguments:
            return True
        if len(given.arguments) != len(wanted.arguments):
            return None
        pairs = zip(given.arguments, wanted.arguments, strict=True)
        return _all(self.fits(one, other, depth + 1) for one, other in pairs)

    def _known(self, one: One) -> bool:
        return self._bases(one.of) is not None

    def _bases(self, of: Class | Parts) -> list[Class | Parts] | None:
        """Return what a class directly descends from; None where anything may descend from it, or it from anything."""
        if not isinstance(of, Class):
            # What the generated package has no more is no other type of it.
            known = () if self._project.names_package(of) else _BASES.get(of)
            return None if known is None else list(known)
        found: list[Class | Parts] = []
        for written in of.node.bases:
            base = self._project.meaning(of.module, written.value if isinstance(written, ast.Subscript) else written)
            if isinstance(base, Class):
                found.append(base)
            elif isinstance(base, Elsewhere) and base.parts in _BASES:
                found.append(base.parts)
            elif not isinstance(base, Elsewhere) or base.parts not in (("object",), ("abc", "ABC")):
                return None
        return found


def _either(members: Iterable[Type]) -> Type:
    flat: list[Type] = []
    for member in members:
        flat += member.members if isinstance(member, Either) else [member]
    return Either(tuple(flat))


def _all(answers: Iterable[bool | None]) -> bool | None:
    said = list(answers)
    return False if False in said else None if None in said else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    said = list(answers)
    return True if True in said else None if None in said else False

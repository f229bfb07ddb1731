"""A whole design: all declarations of a workspace, resolved, with the ways to get from one element to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from cxc.model.base import Declaration, Element, Named, Place, Ref
from cxc.source import Span

D = TypeVar("D", bound=Named)
T = TypeVar("T")


class Use(NamedTuple):
    """One element names another: who (an id), by which property, whom (an id), and where."""

    user: str
    word: str
    used: str
    span: Span


class Unresolved(NamedTuple):
    """A name that leads nowhere: who used it, by which property, for which kinds, and what was probably meant."""

    user: str
    word: str
    kinds: tuple[str, ...]
    suggestion: str | None


@dataclass(frozen=True)
class Blueprint:
    """A resolved design.

    `declarations` are the workspace's own, in the order of packages, files and text; `external` come from dependencies.
    `incomplete` holds the ids of elements some of whose statements could not be understood, `mentions` the names in
    such statements, `unresolved` the names that lead nowhere: from the absence of something in them nothing may be
    concluded. The id `""` in `incomplete` stands for a file, that is, for a declaration that could not be understood.
    `unreadable` says that a whole file could not be read. `imported` holds the ids of what files import by name,
    `places` for each id where its properties are given.
    """

    name: str
    title: str
    version: str
    language: str
    declarations: tuple[Declaration, ...]
    external: tuple[Declaration, ...] = ()
    uses: tuple[Use, ...] = ()
    incomplete: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    unreadable: bool = False
    unresolved: tuple[Unresolved, ...] = ()
    imported: frozenset[str] = frozenset()
    places: Mapping[str, Mapping[str, Span]] = field(default_factory=dict)
    packages: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def _index(self) -> tuple[dict[str, Named], dict[str, str], dict[type, list[Any]]]:
        """All elements by id, holders by member, and own elements by class, in one walk."""
        elements: dict[str, Named] = {}
        holders: dict[str, str] = {}
        own: dict[type, list[Any]] = defaultdict(list)
        for declaration in self.external:
            _walk(declaration, elements, holders, defaultdict(list))
        for declaration in self.declarations:
            _walk(declaration, elements, holders, own)
        return elements, holders, own

    @property
    def elements(self) -> Mapping[str, Named]:
        """All elements with an id, members and external ones included."""
        return self._index[0]

    @property
    def holders(self) -> Mapping[str, str]:
        """For each member (and nested declaration) the id of the element that holds it."""
        return self._index[1]

    def __getitem__(self, ref: Ref[Any] | str) -> Any:
        """Return the element of a reference or id."""
        return self.elements[ref.id if isinstance(ref, Ref) else ref]

    def get(self, ref: Ref[Any] | str) -> Any | None:
        """Return the element of a reference or id, or None where it could not be resolved."""
        return self.elements.get(ref.id if isinstance(ref, Ref) else ref)

    @cached_property
    def _by_class(self) -> dict[type, list[Any]]:
        exact = self._index[2]
        grouped: dict[type, list[Any]] = {}
        for cls, found in exact.items():
            for base in cls.__mro__:
                if issubclass(base, Named):
                    grouped.setdefault(base, []).append(found)
        return {base: lists[0] if len(lists) == 1 else _merged(lists, self.elements) for base, lists in grouped.items()}

    def every(self, cls: type[D]) -> Sequence[D]:
        """Return the workspace's own elements of a class, nested ones and members included, in order."""
        return self._by_class.get(cls, ())

    def holder(self, element: Named) -> Any | None:
        """Return the element that holds a member, or None for a declaration."""
        holder = self.holders.get(element.id)
        return None if holder is None else self.elements[holder]

    @cached_property
    def used_by(self) -> Mapping[str, list[Use]]:
        """For each id the places that name it."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.uses:
            found[use.used].append(use)
        return found

    @cached_property
    def uses_of(self) -> Mapping[str, list[Use]]:
        """For each id what it names."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.uses:
            found[use.user].append(use)
        return found

    @cached_property
    def _derived(self) -> dict[Callable[[Blueprint], Any], Any]:
        return {}

    def derived(self, derive: Callable[[Blueprint], T]) -> T:
        """Return what a function derives from the design; it is asked once, however many want to know."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        found: T = self._derived[derive]
        return found

    def is_mentioned(self, element: Named) -> bool:
        """Whether the element's name stands in a statement that could not be understood."""
        return self.unreadable or element.name in self.mentions

    @property
    def may_lack_declarations(self) -> bool:
        """Whether something that could not be understood may have declared anything."""
        return self.unreadable or "" in self.incomplete

    def is_complete(self, element: Named) -> bool:
        """Whether all statements of the element were understood."""
        return element.id not in self.incomplete

    @cached_property
    def _open_words(self) -> Mapping[str, frozenset[str]]:
        """For each kind the properties in which a name of that kind may stand that resembles nothing."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.unresolved:
            for kind in name.kinds if name.suggestion is None else ():
                found[kind].add(name.word)
        return {kind: frozenset(words) for kind, words in found.items()}

    def may_be_meant(self, element: Named, *words: str) -> bool:
        """Whether a statement that could not be understood or resolved may have named the element.

        A name that is declared nowhere and resembles nothing may mean anything of the kinds that were expected there;
        where `words` are given, only that of these properties.
        """
        open_words = self._open_words.get(element.kind, frozenset())
        return self.is_mentioned(element) or (not open_words.isdisjoint(words) if words else bool(open_words))

    def place(self, element: Named, word: str) -> Span:
        """Return where a property of an element is given, or else where the element stands.

        `target.duration` is the property of an element without a name that stands in it.
        """
        place = self.places.get(element.id, {}).get(word, element.span)
        return place if place.line else element.span

    def line_of_holders(self, id: str) -> Iterator[Named]:
        """Yield the element with the id, what holds it, what holds that, and so on."""
        at: str | None = id
        while at is not None and at in self.elements:
            yield self.elements[at]
            at = self.holders.get(at)


def members(element: Named) -> Iterator[Named]:
    """Yield the named elements directly inside an element, in the order of the text."""
    values = element.__dict__
    for name in _holding_fields(type(element)):
        yield from _named(values[name])


def with_members(element: Named) -> Iterator[Named]:
    """Yield an element and all named elements inside it, in the order of the text."""
    yield element
    for member in members(element):
        yield from with_members(member)


def _named(values: Iterable[Any]) -> Iterator[Named]:
    for value in values:
        if isinstance(value, Named):
            yield value
        else:
            held: type[Element] = type(value)
            for name in _holding_fields(held):
                yield from _named(value.__dict__[name])


@cache
def _holding_fields(cls: type[Element]) -> tuple[str, ...]:
    """Return the fields of a class whose values are, or hold, named elements; a field's type holds none."""
    return tuple(
        name
        for name, info in cls.model_fields.items()
        if Place.TYPE not in info.metadata and _holds_named(info.annotation)
    )


def _holds_named(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return issubclass(annotation, Named) or bool(_holding_fields(annotation))
    if get_origin(annotation) is Ref:
        return False
    return any(_holds_named(argument) for argument in get_args(annotation))


def _walk(element: Named, elements: dict[str, Named], holders: dict[str, str], by_class: dict[type, list[Any]]) -> None:
    """Put an element and all inside it into the three indexes, in the order of the text."""
    elements[element.id] = element
    by_class[type(element)].append(element)
    for member in members(element):
        holders[member.id] = element.id
        _walk(member, elements, holders, by_class)


def _merged(lists: list[list[Any]], elements: Mapping[str, Named]) -> list[Any]:
    """Return several lists of elements as one, in the order of the text."""
    wanted = {id(element) for found in lists for element in found}
    return [element for element in elements.values() if id(element) in wanted]

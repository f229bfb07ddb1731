"""The generic binder: statements of one file to elements, by the plans of the model classes.

No word of the vocabulary stands here. What names refer to is asked of `names`, values are read by `values`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from cxc.bind.names import FileScope, one_of, with_article
from cxc.bind.plan import Kinds, Plan, Slot, places_of_word, plan_of
from cxc.bind.symbols import Symbol, names_in
from cxc.bind.types import TypeBinder
from cxc.bind.values import NONE, RESERVED, IsReference, WrongValue, accepted, json_value, read_value
from cxc.diagnostics import Diagnostic, Edit, Kind, Related, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.base import Declaration, Element, Named, Naming, Place, Ref, Shape
from cxc.model.blueprint import Unresolved, Use
from cxc.model.file import File
from cxc.rules.names import unconventional_name
from cxc.rules.text import (
    duplicate_property,
    limit_exceeded,
    misplaced_statement,
    missing_property,
    syntax_error,
    unknown_word,
    wrong_value,
)
from cxc.source import SourceFile, Span
from cxc.syntax import tree

_UNRESOLVED = Ref[Any]("unresolved:")
_MISSING = object()


class BoundFile(NamedTuple):
    """The elements of one file and what was found on the way."""

    declarations: tuple[Declaration, ...]
    diagnostics: tuple[Diagnostic, ...]
    uses: tuple[Use, ...]
    incomplete: frozenset[str]
    mentions: frozenset[str]
    unresolved: tuple[Unresolved, ...]
    places: dict[str, dict[str, Span]]


class _Frame:
    """An element in the making: its plan, the values so far, and where each was given."""

    __slots__ = ("doubtful", "given", "id", "level", "lost", "plan", "scopes", "shown", "values")

    def __init__(self, plan: Plan, shown: str, id: str, scopes: tuple[Symbol, ...], level: int = 1) -> None:
        self.plan = plan
        self.level = level
        self.shown = shown
        self.id = id
        self.scopes = scopes
        self.values: dict[str, Any] = {}
        self.given: dict[str, Span] = {}
        self.doubtful = False
        """Whether something in it could not be understood."""
        self.lost = False
        """Whether that may have been any property, so that none is missing for certain."""


def bind_file(source: SourceFile, file: tree.File, scope: FileScope) -> BoundFile:
    """Bind the declarations of one file."""
    return _Binder(source, scope).file(file)


class _Binder:
    def __init__(self, source: SourceFile, scope: FileScope) -> None:
        self.source = source
        self.span = source.span
        self.scope = scope
        self.prefix = f"{scope.names.package}." if scope.names.package else ""
        self.diagnostics: list[Diagnostic] = []
        self.uses: list[Use] = []
        self.incomplete: set[str] = set()
        self.mentions: set[str] = set()
        self.unresolved: list[Unresolved] = []
        self.places: dict[str, dict[str, Span]] = {}
        self.frame = _Frame(plan_of(File), "the file", "", ())
        self.types = TypeBinder(source, self._resolve_type, self._report, scope.table.excuses)

    def file(self, file: tree.File) -> BoundFile:
        declarations: list[Declaration] = []
        frame = self.frame
        for statement in file.statements:
            self._statement(statement, frame)
        for values in frame.values.values():
            if type(values) is list:
                declarations += [value for value in values if isinstance(value, Declaration)]
        return BoundFile(
            tuple(declarations),
            tuple(self.diagnostics),
            tuple(self.uses),
            frozenset(self.incomplete),
            frozenset(self.mentions),
            tuple(self.unresolved),
            self.places,
        )

    # ---- reporting --------------------------------------------------------------------------------------------------

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)
        self.frame.doubtful = True

    def _problem(self, kind: Kind, message: str, start: int, end: int, **more: Any) -> None:
        self._report(finding(kind, message, self.span(start, end), **more))

    # ---- statements -------------------------------------------------------------------------------------------------

    def _statement(self, statement: tree.Statement, frame: _Frame) -> None:
        kind = type(statement)
        if kind is tree.Node:
            assert isinstance(statement, tree.Node)
            self._node(statement, frame)
        elif kind is tree.Field:
            assert isinstance(statement, tree.Field)
            if Shape.FIELD in frame.plan.shapes and not frame.plan.by_place.get(Place.TYPE):
                slot, cls = frame.plan.shapes[Shape.FIELD]
                self._add(frame, slot, self._field(statement, cls, frame))
            else:
                self._misplaced_field(statement, frame)
        elif kind is tree.Operation:
            assert isinstance(statement, tree.Operation)
            operations, operation = frame.plan.words.get(statement.word) or (None, None)
            if operations is not None and operation is not None and operation.shape is Shape.OPERATION:
                self._add(frame, operations, self._operation(statement, operation, frame))
            else:
                self._unknown_operation(statement, frame)
        elif kind is tree.Transition:
            assert isinstance(statement, tree.Transition)
            if Shape.TRANSITION in frame.plan.shapes:
                slot, cls = frame.plan.shapes[Shape.TRANSITION]
                self._add(frame, slot, self._element(statement, cls, frame))
            else:
                self._misplaced_shape("A transition (`-> step`)", Shape.TRANSITION, statement, frame)
        else:
            assert isinstance(statement, tree.Spoiled)
            for word in (statement.word, *statement.names):
                if word == statement.word or word in frame.plan.words:
                    self._lose(word, frame)

    @staticmethod
    def _lose(word: str | None, frame: _Frame) -> None:
        """Keep that a statement could not be understood: the property that `word` means was given, or perhaps any."""
        frame.doubtful = True
        slot, _ = frame.plan.words.get(word or "") or (None, None)
        if slot is None:
            frame.lost = True
        else:
            frame.given.setdefault(slot.name, _NOWHERE)

    def _node(self, node: tree.Node, frame: _Frame) -> None:
        slot, cls = frame.plan.words.get(node.word) or (None, None)
        if slot is None:
            if frame.plan.any_word:
                members, member = frame.plan.any_word
                self._add(frame, members, self._element(node, member, frame))
            else:
                self._unknown_word(node, frame)
        elif cls is None:
            self._property(node, slot, frame)
        elif cls.shape is Shape.OPERATION:
            self._problem(
                syntax_error.KIND,
                f"The {node.word} has no parentheses",
                node.start,
                self._head_end(node),
                help=f"Write `{node.word} name(parameter: type) -> Type`, with `()` where it takes no parameters.",
            )
            self.mentions.update(names_in(node))
        elif slot.may_be_none and len(node.values) == 1 and self._is_none(node.values[0]):
            self._set(frame, slot, (), node.start, node.start + len(node.word))
        elif slot.many:
            self._add(frame, slot, self._element(node, cls, frame))
        else:
            made = self._element(node, cls, frame)
            self._set(frame, slot, made, node.start, node.start + len(node.word))

    @staticmethod
    def _is_none(value: tree.Value) -> bool:
        return isinstance(value, tree.Name) and value.text == NONE and value.title is None

    @staticmethod
    def _head_end(node: tree.Node) -> int:
        return node.values[-1].end if node.values else node.start + len(node.word)

    # ---- words that are not known here ------------------------------------------------------------------------------

    def _unknown_word(self, node: tree.Node, frame: _Frame) -> None:
        self.mentions.update(names_in(node))
        start, end = node.start, node.start + len(node.word)
        if Shape.FIELD in frame.plan.shapes and len(node.values) == 1 and isinstance(node.values[0], tree.Name):
            name, type_ = node.word, node.values[0].text
            self._problem(
                syntax_error.KIND,
                f"The field `{name}` has no colon before its type",
                start,
                self._head_end(node),
                help=f"Write `{name}: {type_}`.",
                fix=[Edit(self.span(end, end), ":")],
            )
            return
        suggestion = did_you_mean(node.word, frame.plan.words)
        self._lose(suggestion, frame)
        homes = [cls for cls in places_of_word(node.word) if cls.word != frame.plan.cls.word]
        if homes and (suggestion is None or suggestion != node.word):
            places = one_of(tuple(dict.fromkeys(cls.word or "blueprint file" for cls in homes)))
            self._problem(
                misplaced_statement.KIND,
                f"`{node.word}` cannot stand in {frame.shown}",
                start,
                end,
                help=f"It belongs in {places}.",
            )
            return
        if suggestion:
            self._problem(
                unknown_word.KIND,
                f"There is no word `{node.word}` in {frame.shown}",
                start,
                end,
                help=f"Did you mean `{suggestion}`?",
                fix=[Edit(self.span(start, end), suggestion)],
            )
            return
        allowed = ", ".join(f"`{word}`" for word in frame.plan.words)
        advice = f"Here you may write {allowed}." if allowed else "Nothing may stand in this block."
        self._problem(unknown_word.KIND, f"There is no word `{node.word}` in {frame.shown}", start, end, help=advice)

    def _misplaced_field(self, field: tree.Field, frame: _Frame) -> None:
        self.mentions.update(names_in(field))
        end = field.start + len(field.name)
        if field.name in frame.plan.words:
            self._lose(field.name, frame)
            self._problem(
                misplaced_statement.KIND,
                f"The property `{field.name}` is written without a colon",
                field.start,
                end,
                help=f"Write `{field.name} {self.source.text[field.type.start : field.type.end]}`.",
            )
            return
        self._misplaced_shape(f"The field `{field.name}`", Shape.FIELD, field, frame, end)

    def _misplaced_shape(
        self, what: str, shape: Shape, statement: tree.Statement, frame: _Frame, end: int | None = None
    ) -> None:
        self.mentions.update(names_in(statement))
        homes = [cls for cls in _holders_of(shape) if cls.word]
        self._problem(
            misplaced_statement.KIND,
            f"{what} cannot stand in {frame.shown}",
            statement.start,
            end if end is not None else statement.start + 2,
            help=f"It belongs in {one_of(tuple(dict.fromkeys(cls.word for cls in homes)))}.",
        )

    def _unknown_operation(self, statement: tree.Operation, frame: _Frame) -> None:
        self.mentions.update(names_in(statement))
        end = statement.start + len(statement.word)
        operations = [cls.word for cls in _members_of(Shape.OPERATION)]
        if statement.word in operations:
            self._misplaced_shape(
                f"The {statement.word} `{statement.name.text}`", Shape.OPERATION, statement, frame, statement.name.end
            )
            return
        here = [word for word, (_, cls) in frame.plan.words.items() if cls and cls.shape is Shape.OPERATION]
        suggestion = did_you_mean(statement.word, here or operations)
        self._problem(
            unknown_word.KIND,
            f"There is no kind of operation `{statement.word}`",
            statement.start,
            end,
            help=f"Did you mean `{suggestion}`?"
            if suggestion
            else f"Write {' or '.join(f'`{w}`' for w in operations)}.",
        )

    # ---- properties -------------------------------------------------------------------------------------------------

    def _property(self, node: tree.Node, slot: Slot, frame: _Frame) -> None:
        """Bind `word values`, which takes neither arrow nor clauses nor block."""
        end = node.start + len(node.word)
        for part, what in (
            (node.arrow, "an arrow"),
            (node.clauses[0] if node.clauses else None, None),
            (node.block, "a block"),
        ):
            if part is None:
                continue
            if isinstance(part, tree.Clause):
                self._unknown_clause(part, frame, slot.word)
            else:
                self._problem(
                    wrong_value.KIND, f"`{slot.word}` takes no {(what or '').split()[-1]}", part.start, part.end,
                    help=f"Write {accepted(slot)}.",
                )  # fmt: skip
            self.mentions.update(names_in(part))
        if not node.values:
            if slot.is_flag:
                self._set(frame, slot, True, node.start, end)
                return
            if node.block is None and node.arrow is None:
                self._problem(
                    wrong_value.KIND, f"`{slot.word}` has no value", node.start, end, help=f"Write {accepted(slot)}."
                )
            self._set(frame, slot, _MISSING, node.start, end)
            return
        self._set(frame, slot, self._values(node.values, slot, frame, end), node.start, end)

    def _unknown_clause(self, clause: tree.Clause, frame: _Frame, word: str) -> None:
        end = clause.start + len(clause.word)
        if clause.word in frame.plan.words:
            self._lose(clause.word, frame)
            self._problem(
                syntax_error.KIND,
                f"`{clause.word}` begins a statement of its own",
                clause.start,
                end,
                help="Put it on a new line.",
            )
            return
        self._problem(
            unknown_word.KIND,
            f"There is no word `{clause.word}` behind `{word}`",
            clause.start,
            end,
            help="Text of several words stands in quotes; several values are divided by commas.",
        )

    def _values(self, values: tuple[tree.Value, ...], slot: Slot, frame: _Frame, after: int) -> Any:
        """Return the value of a slot: a tuple where it takes several, `_MISSING` where nothing sound is left."""
        flat: list[tree.Value] = []
        for value in values:
            flat += value.items if isinstance(value, tree.List) and slot.many else [value]
        if slot.may_be_none and len(flat) == 1 and self._is_none(flat[0]):
            return ()
        if not slot.many:
            if len(flat) > 1:
                self._problem(
                    wrong_value.KIND,
                    f"`{slot.word}` takes one value, not {len(flat)}",
                    flat[1].start,
                    flat[-1].end,
                    help="Keep the one that is meant.",
                )
            return self._value(flat[0], slot, frame)
        read = [self._value(value, slot, frame) for value in flat]
        seen: dict[Any, tree.Value] = {}
        for value, syntax in zip(read, flat, strict=True):
            if value is _MISSING:
                continue
            if value in seen:
                self._repeated(slot, syntax, seen[value])
            else:
                seen[value] = syntax
        return tuple(seen) if seen or not read else _MISSING

    def _repeated(self, slot: Slot, second: tree.Value, first: tree.Value) -> None:
        self._problem(
            duplicate_property.KIND,
            f"`{slot.word}` names `{self.source.text[second.start : second.end]}` twice",
            second.start,
            second.end,
            related=[Related(self.span(first.start, first.end), "first named here")],
            help="Remove one of them.",
        )

    def _value(self, value: tree.Value, slot: Slot, frame: _Frame) -> Any:
        try:
            return read_value(slot, value)
        except IsReference as reference:
            name = reference.name
            if name.title is not None:
                title = name.title
                self._problem(
                    wrong_value.KIND,
                    f"`{slot.word}` takes no text behind the name",
                    title.start,
                    title.end,
                    help="Remove the text.",
                )
            return self._reference(name, slot.word, slot.kinds, frame)
        except WrongValue as problem:
            at = problem.value
            shown = self.source.text[at.start : at.end]
            shown = shown if len(shown) <= 40 and "\n" not in shown else "this"
            fix = [Edit(self.span(at.start, at.end), problem.replacement)] if problem.replacement else []
            self._problem(
                wrong_value.KIND,
                f"`{slot.word}` cannot be {f'`{shown}`' if shown != 'this' else shown}",
                at.start,
                at.end,
                help=problem.advice,
                fix=fix,
            )
            self.mentions.update(names_in(at))
            return _MISSING

    def _reference(self, name: tree.Name, word: str, kinds: Kinds | None, frame: _Frame) -> Any:
        assert kinds is not None
        span = self.span(name.start, name.name_end)
        symbol = self._resolve(name.text, span, kinds, frame, frame.scopes, word)
        return _MISSING if symbol is None else Ref(symbol.id, span)

    def _resolve_type(self, text: str, span: Span, kinds: Kinds) -> tuple[str, str] | None:
        word = self.frame.plan.by_place[Place.TYPE].word
        symbol = self._resolve(text, span, kinds, self.frame, (), word)
        return None if symbol is None else (symbol.kind, symbol.id)

    def _resolve(
        self, text: str, span: Span, kinds: Kinds, frame: _Frame, scopes: tuple[Symbol, ...], word: str
    ) -> Symbol | None:
        """Return what a name refers to, and keep that it is used; where it leads nowhere, say so and keep what was meant."""
        resolved = self.scope.resolve(text, span, kinds, scopes)
        if resolved.problem is not None:
            self._report(resolved.problem)
            self.mentions.update(text.split("."))
        symbol = resolved.symbol
        if symbol is None:
            frame.doubtful = True
            if resolved.suggestion is not None:
                self.mentions.add(resolved.suggestion)
            if resolved.problem is not None or not self.scope.table.excuses(text):
                self.unresolved.append(Unresolved(frame.id, word, kinds.kinds, resolved.suggestion))
            return None
        self.uses.append(Use(frame.id, word, symbol.id, span))
        return symbol

    # ---- elements ---------------------------------------------------------------------------------------------------

    def _element(self, statement: tree.Node | tree.Transition, cls: type[Element], outer: _Frame) -> Element | None:
        """Bind a statement that makes an element: its head, clauses and block."""
        plan = plan_of(cls)
        is_node = isinstance(statement, tree.Node)
        word_end = statement.start + (len(statement.word) if isinstance(statement, tree.Node) else 2)
        values = statement.values if isinstance(statement, tree.Node) else ()
        frame = self._open(cls, plan, statement, outer)
        if frame is None:
            return None
        self.frame = frame
        if is_node:
            self._head(values, plan, frame, statement.start, word_end)
        arrow = statement.arrow if isinstance(statement, tree.Node) else statement.target
        self._arrow(arrow, plan, frame, statement.start, word_end)
        self._rest(statement.clauses, statement.block, frame)
        head = self.span(statement.start, max(word_end, values[-1].end if values else arrow.end if arrow else 0))
        return self._close(frame, outer, statement.doc, head)

    def _open(
        self, cls: type[Element], plan: Plan, statement: tree.Node | tree.Transition, outer: _Frame
    ) -> _Frame | None:
        """Return a frame for the element, with its name; None where a name is needed and there is none."""
        if Place.NAME not in plan.by_place:
            return _Frame(plan, _shown(cls, None), outer.id, outer.scopes)
        assert isinstance(statement, tree.Node)
        if not cls.word:
            start, end = statement.start, statement.start + len(statement.word)
            return self._named_frame(cls, plan, statement.word, start, end, outer)
        if not statement.values:
            self._problem(
                missing_property.KIND,
                f"{_sentence(with_article(statement.word))} needs a name",
                statement.start,
                statement.start + len(statement.word),
                help=f"Write `{statement.word} {_example_name(cls)}`.",
            )
            return None
        name = statement.values[0]
        if not isinstance(name, tree.Name):
            self._problem(
                wrong_value.KIND,
                f"{_sentence(with_article(statement.word))} needs a name before anything else",
                name.start,
                name.end,
                help=f'Write `{statement.word} {_example_name(cls)} "Title"`: the name without quotes, then the title.',
            )
            return None
        if "." in name.text and cls.naming is not Naming.NONE:
            self._problem(
                wrong_value.KIND,
                f"A declared name has no dots: `{name.text}`",
                name.start,
                name.name_end,
                help="The package is given once, at the top of the file.",
            )
            return None
        return self._named_frame(cls, plan, name.text, name.start, name.name_end, outer)

    def _named_frame(
        self, cls: type[Element], plan: Plan, name: str, start: int, end: int, outer: _Frame
    ) -> _Frame | None:
        assert issubclass(cls, Named)
        if name in RESERVED:
            self._problem(
                syntax_error.KIND,
                f"`{name}` cannot be a name: it has a meaning of its own",
                start,
                end,
                help="Choose another name.",
            )
            return None
        span = self.span(start, end)
        if Place.VALUE not in plan.by_place:
            self._check_custom(cls, name, span)
        prefix = self.prefix
        symbol = None
        if cls.naming is Naming.MEMBER and outer.id:
            prefix = outer.id.partition(":")[2] + "."
            symbol = outer.scopes[-1].members.get(name) if outer.scopes else None
            scopes = (*outer.scopes, symbol) if symbol else outer.scopes
        else:
            symbol = self.scope.own.get(name)
            scopes = (symbol,) if symbol else ()
        level = outer.level + 1 if outer.plan.cls is cls else 1
        if cls.levels is not None and level == cls.levels + 1:
            self._problem(
                limit_exceeded.KIND,
                f"{_sentence(_shown(cls, name))} stands on level {level}; there are {cls.levels}",
                start,
                end,
                help=f"Put it one level up, or make it part of what the {cls.word} above it does.",
            )
        frame = _Frame(plan, _shown(cls, name), f"{cls.kind}:{prefix}{name}", scopes, level)
        frame.values |= {"id": frame.id, "name": name, "span": span}
        return frame

    def _check_custom(self, cls: type[Element], name: str, span: Span) -> None:
        """Report a name that is not in the custom of its kind: PascalCase or snake_case."""
        pascal = cls.naming is Naming.PACKAGE
        if pascal:
            wanted = "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)
        else:
            wanted = "".join(
                f"_{char.lower()}"
                if char.isupper() and i and not name[i - 1].isupper() and name[i - 1] != "_"
                else char
                for i, char in enumerate(name)
            ).lower()
        if wanted != name and wanted and not wanted[0].isdigit():
            style = "PascalCase" if pascal else "snake_case"
            self.diagnostics.append(
                finding(
                    unconventional_name.KIND,
                    f"`{name}` is not in {style}, as the names of such things are",
                    span,
                    help=f"Write `{wanted}`, here and wherever it is used.",
                )
            )

    def _head(self, values: tuple[tree.Value, ...], plan: Plan, frame: _Frame, start: int, word_end: int) -> None:
        """Bind the values behind the word: a name, a value, a title."""
        rest = list(values)
        title = plan.by_place.get(Place.TITLE)
        value_slot = plan.by_place.get(Place.VALUE)
        if not plan.cls.word:
            if rest and isinstance(rest[0], tree.Text) and title is not None:
                frame.values[title.name] = rest.pop(0).value  # type: ignore[union-attr]
        elif Place.NAME in plan.by_place or (title is not None and rest and isinstance(rest[0], tree.Name)):
            first = rest[0]
            assert isinstance(first, tree.Name)
            if first.title is not None and title is not None:
                frame.values[title.name] = first.title.value
            stripped = first._replace(title=None, end=first.name_end)
            rest = [stripped, *rest[1:]] if value_slot else rest[1:]
        if value_slot is not None:
            if rest:
                frame.values[value_slot.name] = self._values(tuple(rest), value_slot, frame, word_end)
            else:
                self._missing_value(value_slot, frame, start, word_end)
            return
        if rest:
            self._problem(
                wrong_value.KIND,
                f"Nothing more can stand behind the name of {frame.shown}" if Place.NAME in plan.by_place
                else f"`{plan.cls.word}` takes no value",
                rest[0].start,
                rest[-1].end,
                help="Remove it, or put it into the block as a property.",
            )  # fmt: skip

    def _missing_value(self, slot: Slot, frame: _Frame, start: int, word_end: int) -> None:
        if slot.required:
            word = frame.plan.cls.word
            self._problem(
                wrong_value.KIND, f"`{word}` has no value", start, word_end, help=f"Write {accepted(slot)} behind it."
            )
            frame.values[slot.name] = _MISSING

    def _arrow(self, arrow: tree.Value | None, plan: Plan, frame: _Frame, start: int, word_end: int) -> None:
        slot = plan.by_place.get(Place.ARROW)
        if arrow is not None and slot is None:
            self._problem(
                wrong_value.KIND, f"{_sentence(frame.shown)} takes no `->`", arrow.start, arrow.end, help="Remove it."
            )
            self.mentions.update(names_in(arrow))
        elif arrow is not None and slot is not None:
            frame.values[slot.name] = self._value(arrow, slot, frame)
        elif slot is not None and slot.required:
            word = plan.cls.word
            self._problem(
                wrong_value.KIND, f"`{word}` has no `->`", start, word_end, help=f"Write `->` and {accepted(slot)}."
            )
            frame.values[slot.name] = _MISSING

    def _rest(self, clauses: tuple[tree.Clause, ...], block: tree.Block | None, frame: _Frame) -> None:
        for clause in clauses:
            if clause.word in frame.plan.words:
                node = tree.Node(clause.word, clause.values, None, (), None, (), clause.start, clause.end)
                self._node(node, frame)
            else:
                self._unknown_word_behind(clause, frame)
        if block is None:
            return
        if not frame.plan.takes_block:
            self._problem(
                wrong_value.KIND, f"{_sentence(frame.shown)} takes no block", block.start, block.start + 1,
                help="Remove the braces.",
            )  # fmt: skip
            return
        for statement in block.statements:
            self._statement(statement, frame)
            self.frame = frame

    def _unknown_word_behind(self, clause: tree.Clause, frame: _Frame) -> None:
        suggestion = did_you_mean(clause.word, frame.plan.words)
        self._lose(suggestion, frame)
        start, end = clause.start, clause.start + len(clause.word)
        self.mentions.update(names_in(clause))
        allowed = ", ".join(f"`{word}`" for word in frame.plan.words)
        self._problem(
            unknown_word.KIND,
            f"There is no word `{clause.word}` for {frame.shown}",
            start,
            end,
            help=f"Did you mean `{suggestion}`?" if suggestion
            else f"Here you may write {allowed}." if allowed else "Text of several words stands in quotes.",
            fix=[Edit(self.span(start, end), suggestion)] if suggestion else (),
        )  # fmt: skip

    def _close(self, frame: _Frame, outer: _Frame, doc: tuple[str, ...], head: Span) -> Element:
        """Check what must be there and make the element."""
        values = frame.values
        values.setdefault("span", head)
        doc_slot = frame.plan.by_place.get(Place.DOC)
        if doc and doc_slot is not None:
            values[doc_slot.name] = "\n".join(doc)
        whole = True
        for slot in frame.plan.slots:
            value = values.get(slot.name, _MISSING)
            if value is _MISSING:
                is_reported = slot.name in values or slot.name in frame.given or frame.lost
                values.pop(slot.name, None)
                if slot.required:
                    if not is_reported:
                        self._missing(slot, frame, values["span"])
                    values[slot.name] = _placeholder(slot)
                    whole = False
            elif type(value) is list:
                values[slot.name] = tuple(value)
        self.frame = outer
        if frame.given and "id" in values:
            self.places.setdefault(frame.id, frame.given)
        if frame.doubtful:
            outer.doubtful = outer.doubtful or not isinstance(values.get("id"), str)
            self.incomplete.add(frame.id)
        cls = frame.plan.cls
        return cls(**values) if whole else _construct(cls, values)

    def _missing(self, slot: Slot, frame: _Frame, span: Span) -> None:
        words = [element.word for element in slot.elements if element.word] or [slot.word]
        if slot.elements and not words[0]:
            return
        form = (
            f"Write `{words[0]}` and {accepted(slot)}."
            if not slot.elements
            else f"Write `{words[0]}` with what belongs to it."
        )
        self.diagnostics.append(
            finding(
                missing_property.KIND,
                f"{_sentence(frame.shown)} has no `{words[0]}`",
                span,
                help=f"{form} {slot.description}",
            )
        )
        frame.doubtful = True

    # ---- fields and operations --------------------------------------------------------------------------------------

    def _field(self, field: tree.Field, cls: type[Element], outer: _Frame) -> Element | None:
        plan = plan_of(cls)
        frame = self._named_frame(cls, plan, field.name, field.start, field.start + len(field.name), outer)
        if frame is None:
            return None
        self.frame = frame
        frame.values[plan.by_place[Place.TYPE].name] = self.types.bind(field.type)
        if field.default is not None:
            self._given(frame, plan.by_place[Place.DEFAULT].name, field.default)
        for annotation in field.annotations:
            self._annotation(annotation, frame)
        return self._close(frame, outer, field.doc, frame.values["span"])

    def _given(self, frame: _Frame, name: str, value: tree.Value) -> None:
        """Keep a default or example, with the place where it stands for the rule that checks it."""
        try:
            frame.values[name] = json_value(value)
            frame.values[f"{name}_span"] = self.span(value.start, value.end)
        except WrongValue as problem:
            at = problem.value
            self._problem(wrong_value.KIND, f"The {name} cannot be this value", at.start, at.end, help=problem.advice)

    def _annotation(self, annotation: tree.Annotation, frame: _Frame) -> None:
        slot = frame.plan.annotations.get(annotation.word)
        start, end = annotation.start, annotation.start + 1 + len(annotation.word)
        if slot is None:
            suggestion = did_you_mean(annotation.word, frame.plan.annotations)
            allowed = ", ".join(f"`@{word}`" for word in frame.plan.annotations)
            self._problem(
                unknown_word.KIND,
                f"There is no annotation `@{annotation.word}`",
                start,
                end,
                help=f"Did you mean `@{suggestion}`?" if suggestion else f"Here you may write {allowed}.",
            )
        elif slot.is_flag:
            if annotation.values:
                self._problem(
                    wrong_value.KIND, f"`@{slot.word}` takes nothing in parentheses", annotation.start, annotation.end,
                    help=f"Write `@{slot.word}`.",
                )  # fmt: skip
            self._set(frame, slot, True, start, end)
        elif not annotation.values:
            self._problem(
                wrong_value.KIND, f"`@{slot.word}` has no value", start, end, help=f"Write `@{slot.word}(…)`."
            )
        elif not (slot.choices or slot.kinds) and str not in slot.options:
            self._given(frame, slot.name, annotation.values[0])
            if len(annotation.values) > 1:
                self._problem(
                    wrong_value.KIND,
                    f"`@{slot.word}` takes one value, not {len(annotation.values)}",
                    annotation.values[1].start,
                    annotation.values[-1].end,
                    help="Keep the one that is meant, or write a list: `[…]`.",
                )
        else:
            values = tuple(_as_word(value) if slot.choices else value for value in annotation.values)
            self._set(frame, slot, self._values(values, slot, frame, end), start, end)

    def _operation(self, operation: tree.Operation, cls: type[Element], outer: _Frame) -> Element | None:
        plan = plan_of(cls)
        name = operation.name
        frame = self._named_frame(cls, plan, name.text, name.start, name.end, outer)
        if frame is None:
            return None
        slot, parameter = plan.shapes[Shape.FIELD]
        frame.values[slot.name] = []
        self.frame = frame
        for field in operation.parameters:
            made = self._field(field, parameter, frame)
            if made is not None:
                frame.values[slot.name].append(made)
        self.frame = frame
        if operation.result is not None:
            frame.values[plan.by_place[Place.TYPE].name] = self.types.bind(operation.result)
        self._rest(operation.clauses, operation.block, frame)
        return self._close(frame, outer, operation.doc, frame.values["span"])

    # ---- filling slots ----------------------------------------------------------------------------------------------

    def _add(self, frame: _Frame, slot: Slot, made: Element | None) -> None:
        if made is None:
            frame.doubtful = True
            frame.given.setdefault(slot.name, _NOWHERE)
            return
        values = frame.values.setdefault(slot.name, [])
        if type(values) is list:
            values.append(made)

    def _set(self, frame: _Frame, slot: Slot, value: Any, start: int, end: int) -> None:
        """Fill a slot; a slot for one value may be filled once, one for many is extended."""
        span = self.span(start, end)
        first = frame.given.setdefault(slot.name, span)
        if value is _MISSING:
            frame.doubtful = True
            frame.values.setdefault(slot.name, value)
        elif first is span or frame.values.get(slot.name) is _MISSING:
            frame.values[slot.name] = value
        elif slot.many and value:
            before = frame.values[slot.name]
            if any(item in before for item in value):
                self._twice(frame, slot, span, first)
            frame.values[slot.name] = tuple(dict.fromkeys((*before, *value)))
        else:
            self._twice(frame, slot, span, first)

    def _twice(self, frame: _Frame, slot: Slot, second: Span, first: Span) -> None:
        self._report(
            finding(
                duplicate_property.KIND,
                f"`{slot.word}` is given twice in {frame.shown}",
                second,
                related=[Related(first, "first given here")],
                help="Keep the one that is meant.",
            )
        )


_NOWHERE = Span("", 0, 0, 0, 0)


def _as_word(value: tree.Value) -> tree.Value:
    """Return a text as the word it holds, for annotations such as `@personal("health")`."""
    return tree.Name(value.value, value.start, value.end) if isinstance(value, tree.Text) else value


def _shown(cls: type[Element], name: str | None) -> str:
    """Return how to call an element in a message: its word and name."""
    word = cls.word or (cls.kind if issubclass(cls, Named) else "") or cls.__name__.lower()
    return f"the {word} `{name}`" if name else f"`{word}`" if cls.word else f"the {word}"


def _sentence(text: str) -> str:
    """Return a text with a capital at its beginning, and nothing else changed."""
    return text[:1].upper() + text[1:]


def _example_name(cls: type[Element]) -> str:
    return "SomeName" if cls.naming is Naming.PACKAGE else "some_name"


def _placeholder(slot: Slot) -> Any:
    """Return what stands for a required value that is missing, so that the rest of the element can still be checked."""
    if slot.many:
        return ()
    if slot.kinds:
        return _UNRESOLVED
    return slot.choices[0] if slot.choices else "" if str in slot.options else None


def _construct(cls: type[Element], values: dict[str, Any]) -> Element:
    """Make an element without the validation that a missing value would fail."""
    named = {info.alias or name: name for name, info in cls.model_fields.items()}
    return cls.model_construct(**{named[key]: value for key, value in values.items()})


def _holders_of(shape: Shape) -> list[type[Element]]:
    from cxc.model import vocabulary

    return [
        cls
        for cls in vocabulary().values()
        if shape in plan_of(cls).shapes and not (shape is Shape.FIELD and cls.shape is Shape.OPERATION)
    ]


def _members_of(shape: Shape) -> list[type[Element]]:
    from cxc.model import vocabulary

    return [cls for cls in vocabulary().values() if cls.shape is shape and cls.word]

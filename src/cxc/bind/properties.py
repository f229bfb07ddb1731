"""What stands behind a word: values read and names resolved into the slots of the element in the making.

Which statements there are, and what they make, is left to `elements`.
"""

from __future__ import annotations

import re
from typing import Any

from cxc.bind.frame import MISSING, NOWHERE, Frame
from cxc.bind.names import FileScope
from cxc.bind.plan import NONE, Kinds, Slot, plan_of
from cxc.bind.symbols import Symbol, names_in
from cxc.bind.types import TypeBinder
from cxc.bind.values import IsReference, WrongValue, accepted, json_value, read_value
from cxc.diagnostics import Diagnostic, Edit, Kind, Related, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.base import Element, Named, Ref
from cxc.model.blueprint import Unresolved, Use
from cxc.model.expression import Expression
from cxc.model.file import File
from cxc.rules.text import duplicate_property, syntax_error, unknown_word, wrong_value
from cxc.source import SourceFile, Span
from cxc.syntax import tree

_NAME = re.compile(r"\w+")


class PropertyBinder:
    """Fills slots, and keeps what is found and used on the way."""

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
        self.frame = Frame(plan_of(File), None, "", ())
        self.types = TypeBinder(source, self._resolve_type, self._report, scope.table.excuses, scope.declares)

    # ---- reporting --------------------------------------------------------------------------------------------------

    def _report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)
        self.frame.doubtful = True

    def _problem(self, kind: Kind, message: str, start: int, end: int, **more: Any) -> None:
        self._report(finding(kind, message, self.span(start, end), **more))

    @staticmethod
    def _lose(word: str | None, frame: Frame) -> None:
        """Keep that a statement could not be understood: the property that `word` means was given, or perhaps any."""
        frame.doubtful = True
        slot, _ = frame.plan.words.get(word or "") or (None, None)
        if slot is None:
            frame.lost = True
        else:
            frame.given.setdefault(slot.name, NOWHERE)

    # ---- properties -------------------------------------------------------------------------------------------------

    def _property(self, node: tree.Node, slot: Slot, frame: Frame) -> None:
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
            self._set(frame, slot, MISSING, node.start, end)
            return
        self._set(frame, slot, self._values(node.values, slot, frame, end), node.start, end)

    def _unknown_clause(self, clause: tree.Clause, frame: Frame, word: str) -> None:
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

    def _values(self, values: tuple[tree.Value, ...], slot: Slot, frame: Frame, after: int) -> Any:
        """Return the value of a slot: a tuple where it takes several, `MISSING` where nothing sound is left."""
        flat: list[tree.Value] = []
        for value in values:
            flat += value.items if isinstance(value, tree.List) and slot.many else [value]
        if slot.may_be_none and len(flat) == 1 and self._is_none(flat[0]):
            return ()
        if len(flat) < slot.least:
            start, end = values[0].start, values[-1].end
            self._problem(
                wrong_value.KIND,
                f"`{slot.shown}` needs at least one value",
                start,
                end,
                help=f"Write {accepted(slot)}.",
            )
            return MISSING
        if not slot.many:
            if len(flat) > 1:
                self._problem(
                    wrong_value.KIND,
                    f"`{slot.shown}` takes one value, not {len(flat)}",
                    flat[1].start,
                    flat[-1].end,
                    help="Keep the one that is meant.",
                )
            return self._value(flat[0], slot, frame)
        read = [self._value(value, slot, frame) for value in flat]
        seen: dict[Any, tree.Value] = {}
        for value, syntax in zip(read, flat, strict=True):
            if value is MISSING:
                continue
            if value in seen:
                self._repeated(slot, syntax, seen[value])
            else:
                seen[value] = syntax
        return tuple(seen) if seen or not read else MISSING

    @staticmethod
    def _is_none(value: tree.Value) -> bool:
        return isinstance(value, tree.Name) and value.text == NONE and value.title is None

    def _repeated(self, slot: Slot, second: tree.Value, first: tree.Value) -> None:
        self._problem(
            duplicate_property.KIND,
            f"`{slot.shown}` names `{self.source.text[second.start : second.end]}` twice",
            second.start,
            second.end,
            related=[Related(self.span(first.start, first.end), "first named here")],
            help="Remove one of them.",
        )

    def _value(self, value: tree.Value, slot: Slot, frame: Frame) -> Any:
        never_ends = isinstance(value, tree.Text) and self.source.text[value.end - 1] != '"'
        if isinstance(value, tree.Text) and never_ends:
            self.mentions.update(_NAME.findall(value.raw))  # never ends, and may have taken names with it
        try:
            read = read_value(slot, value)
            if isinstance(read, Expression) and not never_ends:
                return read.placed(self.span(value.start, value.end))
            return read
        except IsReference as reference:
            name = reference.name
            if name.title is not None:
                title = name.title
                self._problem(
                    wrong_value.KIND,
                    f"`{slot.shown}` takes no text behind the name",
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
                f"`{slot.shown}` cannot be {f'`{shown}`' if shown != 'this' else shown}",
                at.start,
                at.end,
                help=problem.advice,
                fix=fix,
            )
            self.mentions.update(names_in(at))
            if slot.kinds is not None:
                self.unresolved.append(Unresolved(frame.id, slot.word, slot.kinds.kinds, None))
            return MISSING

    def _reference(self, name: tree.Name, word: str, kinds: Kinds | None, frame: Frame) -> Any:
        assert kinds is not None
        span = self.span(name.start, name.name_end)
        symbol = self._resolve(name.text, span, kinds, frame, frame.scopes, word)
        return MISSING if symbol is None else Ref(symbol.id, span)

    def _resolve_type(self, text: str, span: Span, kinds: Kinds) -> tuple[str, str] | None:
        assert self.frame.plan.type is not None
        word = self.frame.plan.type.word
        symbol = self._resolve(text, span, kinds, self.frame, (), word)
        return None if symbol is None else (symbol.kind, symbol.id)

    def _resolve(
        self, text: str, span: Span, kinds: Kinds, frame: Frame, scopes: tuple[Symbol, ...], word: str
    ) -> Symbol | None:
        """Return what a name refers to and keep that it is used; where it leads nowhere, keep what was meant."""
        resolved = self.scope.resolve(text, span, kinds, scopes)
        symbol = resolved.symbol
        if resolved.problem is not None:
            self._report(resolved.problem)
        if resolved.problem is not None or symbol is None:
            self.mentions.update(text.split("."))
        if symbol is None:
            frame.doubtful = True
            if resolved.suggestion is not None:
                self.mentions.update(resolved.suggestion.split("."))
            if resolved.problem is not None or not self.scope.table.excuses(text):
                self.unresolved.append(Unresolved(frame.id, word, kinds.kinds, resolved.suggestion))
            return None
        self.uses.append(Use(frame.id, word, symbol.id, span))
        return symbol

    def _given(self, frame: Frame, name: str, value: tree.Value) -> None:
        """Keep a default or example, with the place where it stands for the rule that checks it."""
        try:
            frame.values[name] = json_value(value)
            frame.values[f"{name}_span"] = self.span(value.start, value.end)
        except WrongValue as problem:
            at = problem.value
            self._problem(wrong_value.KIND, f"The {name} cannot be this value", at.start, at.end, help=problem.advice)

    def _annotation(self, annotation: tree.Annotation, frame: Frame) -> None:
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

    # ---- filling slots ----------------------------------------------------------------------------------------------

    def _add(self, frame: Frame, slot: Slot, made: Element | None) -> None:
        if made is None:
            frame.doubtful = True
            frame.given.setdefault(slot.name, NOWHERE)
            return
        values = frame.values.setdefault(slot.name, [])
        if type(values) is list:
            if not isinstance(made, Named):
                self._compare(made, values, frame)
            values.append(made)

    def _compare(self, made: Element, before: list[Any], frame: Frame) -> None:
        """Report a statement without a name that says the same as an earlier one."""
        said = {**vars(made), "span": None}
        for earlier in before:
            if type(earlier) is type(made) and {**vars(earlier), "span": None} == said:
                self._report(
                    finding(
                        duplicate_property.KIND,
                        f"This is said twice in {frame.shown}",
                        made.span,
                        related=[Related(earlier.span, "first said here")],
                        help="Remove one of them.",
                    )
                )
                return

    def _set(self, frame: Frame, slot: Slot, value: Any, start: int, end: int) -> None:
        """Fill a slot; a slot for one value may be filled once, one for many is extended."""
        span = self.span(start, end)
        first = frame.given.setdefault(slot.name, span)
        if value is MISSING:
            frame.doubtful = True
            frame.values.setdefault(slot.name, value)
        elif first is span or first is NOWHERE or frame.values.get(slot.name) is MISSING:
            # One that could not be understood may have been this property, or not: it stands in nobody's way.
            frame.given[slot.name] = span
            frame.values[slot.name] = value
        elif slot.many and value:
            # Nothing is there yet where the first one could not be read.
            before = frame.values.get(slot.name, ())
            if any(item in before for item in value):
                self._twice(frame, slot, span, first)
            frame.values[slot.name] = tuple(dict.fromkeys((*before, *value)))
        else:
            self._twice(frame, slot, span, first)

    def _twice(self, frame: Frame, slot: Slot, second: Span, first: Span) -> None:
        self._report(
            finding(
                duplicate_property.KIND,
                f"`{slot.word}` is given twice in {frame.shown}",
                second,
                related=[Related(first, "first given here")],
                help="Keep the one that is meant.",
            )
        )


def _as_word(value: tree.Value) -> tree.Value:
    """Return a text as the word it holds, for annotations such as `@personal("health")`."""
    return tree.Name(value.value, value.start, value.end) if isinstance(value, tree.Text) else value

"""Statements that cannot stand where they do: unknown words and misplaced shapes, each with what was probably meant.

Statements that can are left to `elements`.
"""

from __future__ import annotations

from cxc.bind.frame import Frame
from cxc.bind.names import one_of
from cxc.bind.plan import places_of_word, plan_of
from cxc.bind.properties import PropertyBinder
from cxc.bind.symbols import names_in
from cxc.diagnostics import Edit
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model import vocabulary
from cxc.model.base import Element, Shape
from cxc.rules.text import misplaced_statement, syntax_error, unknown_word
from cxc.syntax import tree


class RefusingBinder(PropertyBinder):
    """Explains what an element has no place for."""

    def _unknown_word(self, node: tree.Node, frame: Frame) -> None:
        self.mentions.update(names_in(node))
        start, end = node.start, node.start + len(node.word)
        takes_fields = frame.plan.fields is not None and frame.plan.type is None
        if takes_fields and len(node.values) == 1 and isinstance(node.values[0], tree.Name):
            name, type_ = node.word, node.values[0].text
            if self.source.text[end : node.values[0].start].strip():
                self._lose(None, frame)
                return  # something stands between them that has been reported
            self._problem(
                syntax_error.KIND,
                f"The field `{name}` has no colon before its type",
                start,
                head_end(node),
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

    def _misplaced_field(self, field: tree.Field, frame: Frame) -> None:
        self.mentions.update(names_in(field))
        end = field.start + len(field.name)
        if field.name in frame.plan.words:
            self._lose(field.name, frame)
            if ":" not in self.source.text[end : field.type.start]:
                return  # taken for a field by its annotations, which has been reported
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
        self, what: str, shape: Shape, statement: tree.Statement, frame: Frame, end: int | None = None
    ) -> None:
        self.mentions.update(names_in(statement))
        homes = [cls for cls in holders_of(shape) if cls.word]
        self._problem(
            misplaced_statement.KIND,
            f"{what} cannot stand in {frame.shown}",
            statement.start,
            end if end is not None else statement.start + 2,
            help=f"It belongs in {one_of(tuple(dict.fromkeys(cls.word for cls in homes)))}.",
        )

    def _unknown_operation(self, statement: tree.Operation, frame: Frame) -> None:
        self.mentions.update(names_in(statement))
        end = statement.start + len(statement.word)
        operations = [cls.word for cls in members_of(Shape.OPERATION)]
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

    def _unknown_word_behind(self, clause: tree.Clause, frame: Frame) -> None:
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


def head_end(node: tree.Node) -> int:
    """Return where the values behind a statement's word end."""
    return node.values[-1].end if node.values else node.start + len(node.word)


def holders_of(shape: Shape) -> list[type[Element]]:
    """Return the classes inside which statements of a shape may stand."""
    return [
        cls
        for cls in vocabulary().values()
        if shape in plan_of(cls).shapes and not (shape is Shape.FIELD and cls.shape is Shape.OPERATION)
    ]


def members_of(shape: Shape) -> list[type[Element]]:
    """Return the classes of a shape that have a word."""
    return [cls for cls in vocabulary().values() if cls.shape is shape and cls.word]

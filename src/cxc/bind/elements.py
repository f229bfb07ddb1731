"""The generic binder: statements of one file to elements, by the plans of the model classes.

No word of the vocabulary stands here or beside it. Values are read by `properties`, what has no place by `refusals`.
"""

from __future__ import annotations

from pydantic import ValidationError

from cxc.bind.custom import customary
from cxc.bind.frame import MISSING, BoundFile, Frame, construct, placeholder, sentence, shown
from cxc.bind.names import FileScope, with_article
from cxc.bind.plan import Plan, Slot, plan_of
from cxc.bind.refusals import RefusingBinder, head_end
from cxc.bind.symbols import names_in
from cxc.bind.values import RESERVED, accepted
from cxc.diagnostics import finding
from cxc.model.base import Declaration, Element, Named, Naming, Shape
from cxc.rules.names import unconventional_name
from cxc.rules.text import limit_exceeded, missing_property, syntax_error, wrong_value
from cxc.source import SourceFile, Span
from cxc.syntax import tree


def bind_file(source: SourceFile, file: tree.File, scope: FileScope) -> BoundFile:
    """Bind the declarations of one file."""
    return ElementBinder(source, scope).file(file)


class ElementBinder(RefusingBinder):
    """Makes the elements of one file."""

    def file(self, file: tree.File) -> BoundFile:
        declarations: list[Declaration] = []
        frame = self.frame
        for statement in file.statements:
            self._statement(statement, frame)
        if frame.doubtful:
            self.incomplete.add(frame.id)
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

    # ---- statements -------------------------------------------------------------------------------------------------

    def _statement(self, statement: tree.Statement, frame: Frame) -> None:
        kind = type(statement)
        if kind is tree.Node:
            assert isinstance(statement, tree.Node)
            self._node(statement, frame)
        elif kind is tree.Field:
            assert isinstance(statement, tree.Field)
            if frame.plan.fields is not None and frame.plan.type is None:
                slot, cls = frame.plan.fields
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
            if frame.plan.transitions is not None:
                slot, cls = frame.plan.transitions
                self._add(frame, slot, self._element(statement, cls, frame))
            else:
                self._misplaced_shape("A transition (`-> step`)", Shape.TRANSITION, statement, frame)
        else:
            assert isinstance(statement, tree.Spoiled)
            for word in (statement.word, *statement.names):
                if word == statement.word or word in frame.plan.words:
                    self._lose(word, frame)

    def _node(self, node: tree.Node, frame: Frame) -> None:
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
                head_end(node),
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

    # ---- elements ---------------------------------------------------------------------------------------------------

    def _element(self, statement: tree.Node | tree.Transition, cls: type[Element], outer: Frame) -> Element | None:
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
        self, cls: type[Element], plan: Plan, statement: tree.Node | tree.Transition, outer: Frame
    ) -> Frame | None:
        """Return a frame for the element, with its name; None where a name is needed and there is none."""
        if not plan.has_name:
            return Frame(plan, None, outer.id, outer.scopes)
        assert isinstance(statement, tree.Node)
        if not cls.word:
            start, end = statement.start, statement.start + len(statement.word)
            return self._named_frame(cls, plan, statement.word, start, end, outer)
        if not statement.values:
            self._problem(
                missing_property.KIND,
                f"{sentence(with_article(statement.word))} needs a name",
                statement.start,
                statement.start + len(statement.word),
                help=f"Write `{statement.word} {_example_name(cls)}`.",
            )
            return None
        name = statement.values[0]
        if not isinstance(name, tree.Name):
            self._problem(
                wrong_value.KIND,
                f"{sentence(with_article(statement.word))} needs a name before anything else",
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
        self, cls: type[Element], plan: Plan, name: str, start: int, end: int, outer: Frame
    ) -> Frame | None:
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
        if plan.value is None:
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
                f"{sentence(shown(cls, name))} stands on level {level}; there are {cls.levels}",
                start,
                end,
                help=f"Put it one level up, or make it part of what the {cls.word} above it does.",
            )
        frame = Frame(plan, name, f"{cls.kind}:{prefix}{name}", scopes, level)
        frame.values |= {"id": frame.id, "name": name, "span": span}
        return frame

    def _check_custom(self, cls: type[Element], name: str, span: Span) -> None:
        """Report a name that is not in the custom of its kind."""
        pascal = cls.naming is Naming.PACKAGE
        wanted = customary(name, pascal=pascal)
        if wanted != name and wanted not in RESERVED:
            style = "PascalCase" if pascal else "snake_case"
            self.diagnostics.append(
                finding(
                    unconventional_name.KIND,
                    f"`{name}` is not in {style}, as the names of such things are",
                    span,
                    help=f"Write `{wanted}`, here and wherever it is used.",
                )
            )

    def _head(self, values: tuple[tree.Value, ...], plan: Plan, frame: Frame, start: int, word_end: int) -> None:
        """Bind the values behind the word: a name, a value, a title."""
        rest = list(values)
        title = plan.title
        value_slot = plan.value
        if not plan.cls.word:
            if rest and isinstance(rest[0], tree.Text) and title is not None:
                frame.values[title.name] = rest.pop(0).value  # type: ignore[union-attr]
            elif rest and isinstance(rest[0], tree.Name) and rest[0].text in plan.words and rest[0].title:
                # A member without a title, and then a clause: to the grammar this looks like a name with a title.
                clause = tree.Clause(rest[0].text, (rest[0].title,), rest[0].start, rest[0].end)
                self._rest((clause,), None, frame)
                rest = rest[1:]
        elif plan.has_name or (title is not None and rest and isinstance(rest[0], tree.Name)):
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
                f"Nothing more can stand behind the name of {frame.shown}" if plan.has_name
                else f"`{plan.cls.word}` takes no value",
                rest[0].start,
                rest[-1].end,
                help="Remove it, or put it into the block as a property.",
            )  # fmt: skip

    def _missing_value(self, slot: Slot, frame: Frame, start: int, word_end: int) -> None:
        if slot.required:
            word = frame.plan.cls.word
            self._problem(
                wrong_value.KIND, f"`{word}` has no value", start, word_end, help=f"Write {accepted(slot)} behind it."
            )
            frame.values[slot.name] = MISSING

    def _arrow(self, arrow: tree.Value | None, plan: Plan, frame: Frame, start: int, word_end: int) -> None:
        slot = plan.arrow
        if arrow is not None and slot is None:
            self._problem(
                wrong_value.KIND, f"{sentence(frame.shown)} takes no `->`", arrow.start, arrow.end, help="Remove it."
            )
            self.mentions.update(names_in(arrow))
        elif arrow is not None and slot is not None:
            frame.values[slot.name] = self._value(arrow, slot, frame)
        elif slot is not None and slot.required:
            word = plan.cls.word
            self._problem(
                wrong_value.KIND, f"`{word}` has no `->`", start, word_end, help=f"Write `->` and {accepted(slot)}."
            )
            frame.values[slot.name] = MISSING

    def _rest(self, clauses: tuple[tree.Clause, ...], block: tree.Block | None, frame: Frame) -> None:
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
                wrong_value.KIND, f"{sentence(frame.shown)} takes no block", block.start, block.start + 1,
                help="Remove the braces.",
            )  # fmt: skip
            return
        for statement in block.statements:
            self._statement(statement, frame)
            self.frame = frame

    def _close(self, frame: Frame, outer: Frame, doc: tuple[str, ...], head: Span) -> Element:
        """Check what must be there and make the element."""
        values = frame.values
        values.setdefault("span", head)
        doc_slot = frame.plan.doc
        if doc and doc_slot is not None:
            values[doc_slot.name] = "\n".join(doc)
        whole = True
        for slot in frame.plan.required:
            value = values.get(slot.name, MISSING)
            if value is MISSING:
                if not (slot.name in values or slot.name in frame.given or frame.lost):
                    self._missing(slot, frame, values["span"])
                values[slot.name] = placeholder(slot)
                whole = False
        for name, value in list(values.items()):
            # A list with a place of its own was written as a value: JSON knows no tuples.
            if type(value) is list and f"{name}_span" not in values:
                values[name] = tuple(value)
            elif value is MISSING:
                del values[name]
        self.frame = outer
        if frame.given and "id" in values:
            self.places.setdefault(frame.id, frame.given)
        elif frame.given:
            frame.hand_on_places(outer)
        if frame.doubtful:
            outer.doubtful = outer.doubtful or not isinstance(values.get("id"), str)
            self.incomplete.add(frame.id)
        return self._made(frame) if whole else construct(frame.plan.cls, values)

    def _made(self, frame: Frame) -> Element:
        """Return the element; report what its class does not allow although each value has the right form."""
        try:
            return frame.plan.cls(**frame.values)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                word = str(problem["loc"][0])
                place = frame.given.get(word, frame.values["span"])
                advice = f"{problem['msg']}."
                self.diagnostics.append(finding(wrong_value.KIND, f"`{word}` cannot be this", place, help=advice))
            self.incomplete.add(frame.id)
            return construct(frame.plan.cls, frame.values)

    def _missing(self, slot: Slot, frame: Frame, span: Span) -> None:
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
                f"{sentence(frame.shown)} has no `{words[0]}`",
                span,
                help=f"{form} {slot.description}",
            )
        )
        frame.doubtful = True

    # ---- fields and operations --------------------------------------------------------------------------------------

    def _field(self, field: tree.Field, cls: type[Element], outer: Frame) -> Element | None:
        plan = plan_of(cls)
        frame = self._named_frame(cls, plan, field.name, field.start, field.start + len(field.name), outer)
        if frame is None:
            return None
        self.frame = frame
        assert plan.type is not None and plan.default is not None
        frame.values[plan.type.name] = self.types.bind(field.type)
        if field.default is not None:
            self._given(frame, plan.default.name, field.default)
        for annotation in field.annotations:
            self._annotation(annotation, frame)
        return self._close(frame, outer, field.doc, frame.values["span"])

    def _operation(self, operation: tree.Operation, cls: type[Element], outer: Frame) -> Element | None:
        plan = plan_of(cls)
        name = operation.name
        frame = self._named_frame(cls, plan, name.text, name.start, name.end, outer)
        if frame is None:
            return None
        assert plan.fields is not None
        slot, parameter = plan.fields
        frame.values[slot.name] = []
        self.frame = frame
        for field in operation.parameters:
            made = self._field(field, parameter, frame)
            if made is not None:
                frame.values[slot.name].append(made)
        self.frame = frame
        if operation.result is not None:
            assert plan.type is not None
            frame.values[plan.type.name] = self.types.bind(operation.result)
        self._rest(operation.clauses, operation.block, frame)
        return self._close(frame, outer, operation.doc, frame.values["span"])


def _example_name(cls: type[Element]) -> str:
    return "SomeName" if cls.naming is Naming.PACKAGE else "some_name"

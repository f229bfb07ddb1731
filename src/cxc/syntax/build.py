"""What the parser does at each rule of the grammar: it makes the node of the syntax tree.

The methods are named for the rules; lark calls them with the rule's children. None of them can fail.
"""

from __future__ import annotations

from typing import Any

from cxc.syntax import tree
from cxc.syntax.lexer import Token

Children = list[Any]
Tokens = list[Token]


def _end(start: int, *parts: Any) -> int:
    """Return where a statement ends: the end of its last part that is there."""
    for part in reversed(parts):
        if part:
            end: int = (part[-1] if type(part) is tuple else part).end
            return end
    return start


class TreeBuilder:
    """Makes `cxc.syntax.tree` nodes; one method for each rule of the grammar that has a node of its own."""

    def file(self, children: Children) -> tree.File:
        return tree.File(tuple(children), ())

    def documented(self, children: Children) -> Any:
        *docs, statement = children
        return statement._replace(doc=tuple(doc.value[3:].removeprefix(" ").rstrip() for doc in docs))

    documented_parameter = documented

    def node(self, children: Children) -> tree.Node:
        word, values, arrow, clauses, block = children
        start = word.start_pos
        end = _end(start, values, arrow, clauses, block)
        return tree.Node(word.value, values, arrow, clauses, block, (), start, end)

    def plain_node(self, children: Children) -> tree.Node:
        word, block = children
        end = block.end if block else word.end_pos
        return tree.Node(word.value, (), None, (), block, (), word.start_pos, end)

    def arrow_node(self, children: Children) -> tree.Node:
        word, arrow, clauses, block = children
        end = _end(word.end_pos, arrow, clauses, block)
        return tree.Node(word.value, (), arrow, clauses, block, (), word.start_pos, end)

    def field(self, children: Children) -> tree.Field:
        name, type_, default, annotations = children
        end = _end(type_.end, default, annotations)
        return tree.Field(name.value, type_, default, annotations, (), name.start_pos, end)

    def operation(self, children: Children) -> tree.Operation:
        word, name, parameters, closing, result, clauses, block = children
        end = _end(closing.end_pos, result, clauses, block)
        called = tree.Name(name.value, name.start_pos, name.end_pos)
        return tree.Operation(
            word.value, called, parameters, result, clauses, block, (), word.start_pos, max(end, closing.end_pos)
        )

    def transition(self, children: Children) -> tree.Transition:
        arrow, target, clauses, block = children
        end = _end(target.end, clauses, block)
        return tree.Transition(target, clauses, block, (), arrow.start_pos, end)

    def block(self, children: Children) -> tree.Block:
        return tree.Block(tuple(children[1:-1]), children[0].start_pos, children[-1].end_pos)

    def _tuple(self, children: Children) -> tuple[Any, ...]:
        return tuple(children)

    clauses = values = parameters = annotations = constraints = _tuple

    def clause(self, children: Children) -> tree.Clause:
        word, values = children
        return tree.Clause(word.value, values, word.start_pos, values[-1].end)

    def annotation(self, children: Children) -> tree.Annotation:
        at, word = children[:2]
        closing = children[-1] or word
        values = children[3] if len(children) > 3 and children[3] else ()
        return tree.Annotation(word.value, values, at.start_pos, closing.end_pos)

    def name(self, children: Children) -> tree.Name:
        token = children[0]
        if len(children) == 1:
            return tree.Name(token.value, token.start_pos, token.end_pos)
        title = children[1]
        text = tree.Text(title.value, title.start_pos, title.end_pos)
        return tree.Name(token.value, token.start_pos, title.end_pos, text)

    def text(self, children: Tokens) -> tree.Text:
        return tree.Text(children[0].value, children[0].start_pos, children[0].end_pos)

    def number(self, children: Tokens) -> tree.Number:
        return tree.Number(children[0].value, children[0].start_pos, children[0].end_pos)

    def percent(self, children: Tokens) -> tree.Percent:
        return tree.Percent(children[0].value, children[0].start_pos, children[0].end_pos)

    def duration(self, children: Tokens) -> tree.Duration:
        return tree.Duration(children[0].value, children[0].start_pos, children[0].end_pos)

    def regex(self, children: Tokens) -> tree.Regex:
        return tree.Regex(children[0].value, children[0].start_pos, children[0].end_pos)

    def range(self, children: Children) -> tree.Range:
        low, high = children
        return tree.Range(low, high, low.start, high.end)

    def comparison(self, children: Children) -> tree.Comparison:
        operator, bound = children
        return tree.Comparison(operator.value, bound, operator.start_pos, bound.end)

    def list(self, children: Children) -> tree.List:
        items = tuple(child for child in children[1:-1] if type(child) is not Token)
        return tree.List(items, children[0].start_pos, children[-1].end_pos)

    def named_type(self, children: Children) -> tree.NamedType:
        name, constraints, closing = children
        return tree.NamedType(name.value, constraints or (), name.start_pos, (closing or name).end_pos)

    def list_type(self, children: Children) -> tree.ListType:
        return tree.ListType(children[1], children[0].start_pos, children[2].end_pos)

    def map_type(self, children: Children) -> tree.MapType:
        word, _, item, closing = children
        return tree.MapType(word.value, item, word.start_pos, closing.end_pos)

    def optional_type(self, children: Children) -> tree.OptionalType:
        return tree.OptionalType(children[0], children[0].start, children[1].end_pos)

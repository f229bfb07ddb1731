"""A text in which a place can be pointed at: it remembers how it was written, and where.

What the text says, and whether that makes sense, is left to whoever reads it (`cxc.principles`).
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from cxc.source import Span
from cxc.syntax import tree
from cxc.syntax.strings import origins_of

_LINE_END = re.compile(r"\r\n|\r|\n")


class Expression(str):
    """An expression, as the text in quotes that it was written as.

    `raw` is that text with its quotes, `span` its place. The place is unknown where the text comes from a published
    design, or never ends.
    """

    written: ClassVar[str] = 'a text in quotes ("…")'
    raw: str | None = None
    span: Span | None = None

    @classmethod
    def read(cls, value: tree.Value) -> Expression:
        if isinstance(value, tree.Name) and value.title is None:
            raise ValueError(f'Text stands in quotes: "{value.text}".')
        if not isinstance(value, tree.Text):
            raise ValueError(f"Write {cls.written}.")
        found = cls(value.value)
        found.raw = value.raw
        return found

    def placed(self, span: Span) -> Expression:
        """Return the expression, which stands there."""
        self.span = span
        return self

    def part(self, start: int, end: int) -> Span | None:
        """Return where a part of the text stands; of an empty part, or of the end, the character behind it."""
        if self.raw is None or self.span is None:
            return self.span
        origins = origins_of(self.raw)
        first = origins[min(start, len(origins) - 1)]
        last = origins[min(max(end, start + 1), len(origins)) - 1]
        return Span(self.span.file, *self._position(first[0]), *self._position(last[1]))

    def _position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset in what was written."""
        assert self.raw is not None and self.span is not None
        ends = [match.end() for match in _LINE_END.finditer(self.raw) if match.end() <= offset]
        if not ends:
            return self.span.line, self.span.column + offset
        return self.span.line + len(ends), offset - ends[-1] + 1

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        read = core_schema.no_info_after_validator_function(cls, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

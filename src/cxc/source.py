"""Where a piece of text stands: a file's text, a span in it, and the way from an offset to a line and column.

Reading files and finding them belongs to `cxc.workspace`.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Span(NamedTuple):
    """A stretch of a file; lines and columns count from 1, columns in Unicode code points, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Write a span as an object, so that a reader of `blueprint.json` need not count positions in a list."""
        positions = ("line", "column", "end_line", "end_column")
        as_object = core_schema.typed_dict_schema(
            {"file": core_schema.typed_dict_field(core_schema.str_schema())}
            | {name: core_schema.typed_dict_field(core_schema.int_schema(ge=1)) for name in positions}
        )
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(lambda value: cls(**value), as_object),
            python_schema=core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda span: span._asdict(), return_schema=as_object
            ),
            ref=f"{cls.__module__}.{cls.__name__}",
        )


class SourceFile:
    """A file's path, as the user should see it, and its text."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; a line ends with LF, CR LF or a lone CR."""
        text = self.text
        starts = [0]
        find = text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        if "\r" in text:
            lone = {i + 1 for i, char in enumerate(text) if char == "\r" and text[i + 1 : i + 2] != "\n"}
            starts = sorted(lone.union(starts))
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, the inverse of `position`."""
        return self.line_starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the span from offset `start` up to and not including `end`."""
        starts = self.line_starts
        line = bisect_right(starts, start)
        first = starts[line - 1]
        if line == len(starts) or end < starts[line]:
            return Span(self.path, line, start - first + 1, line, end - first + 1)
        end_line, end_column = self.position(end)
        return Span(self.path, line, start - first + 1, end_line, end_column)

    def line(self, number: int) -> str:
        """Return the text of line `number`, counted from 1, without its line ending."""
        starts = self.line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

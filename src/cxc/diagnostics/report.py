"""The way in to the reports: findings in, one of the formats out.

How each format looks is said in its own module; which one is wanted, and where it goes, by the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TextIO, get_args

from cxc.diagnostics import Diagnostic, in_order
from cxc.source import SourceFile

Format = Literal["text", "json", "sarif", "github"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_report(
    format: Format,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, SourceFile],
    stream: TextIO,
    *,
    colour: bool = False,
    show_allowed: bool = False,
    columns: int = 100,
) -> None:
    """Write all findings to a stream, in the order of their places.

    `sources` are the texts by the names that spans give their files; a finding in another file is reported without its
    frame. `colour`, `show_allowed` (findings allowed in place, otherwise only counted) and `columns` (width of frames)
    concern `text` only.
    """
    found = in_order(diagnostics)
    if format == "json":
        from cxc.diagnostics.json import document, write_document

        write_document(document(found), stream)
    elif format == "sarif":
        from cxc.diagnostics.json import write_document
        from cxc.diagnostics.sarif import log
        from cxc.rules import all_rules

        write_document(log(found, sources, all_rules()), stream)
    elif format == "github":
        from cxc.diagnostics import github

        stream.writelines(f"{line}\n" for line in github.render(found, getattr(stream, "encoding", None)))
    else:
        from cxc.diagnostics import text

        lines = text.render(
            found,
            sources,
            colour=colour,
            show_allowed=show_allowed,
            columns=columns,
            encoding=getattr(stream, "encoding", None),
        )
        stream.writelines(f"{line}\n" for line in lines)

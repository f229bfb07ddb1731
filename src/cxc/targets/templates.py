"""Templates: where they are found, how they are rendered, and what is reported where one cannot be (CXC905).

A template that the workspace has in its own folder takes the place of ours of the same name. What a template is given
is left to the targets; how text becomes harmless in a format, to `escaping` and `yaml`.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxc import resources
from cxc.diagnostics import Diagnostic, finding
from cxc.rules.build import template_error
from cxc.source import Span
from cxc.targets.limits import TooLong, limited

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_MARKUP = (".html.j2", ".xml.j2", ".vxml.j2", ".svg.j2")
"""Templates in which every value is escaped as HTML and XML need it."""


class TemplateFailure(Exception):
    """A template that cannot be rendered: its path, the line, that line's length, and why."""

    def __init__(self, path: str, line: int, length: int, reason: str) -> None:
        super().__init__(path, line, length, reason)
        self.path = path
        self.line = line
        self.length = length
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"

    @property
    def diagnostic(self) -> Diagnostic:
        """The finding to report."""
        return finding(
            template_error.KIND,
            f"The template cannot be rendered: {self.reason}",
            Span(self.path, self.line, 1, self.line, 1 + self.length),
            help="Correct it, or remove it to use the template that comes with the compiler.",
        )


@dataclass(frozen=True)
class Templates:
    """The templates of one target; cheap to make, to copy and to send to another process.

    `replacements` is the workspace's folder of templates, with one folder for each target, and `shown` how reports name
    it.
    """

    target: str
    replacements: str | None = None
    shown: str = "templates"

    @classmethod
    def of(cls, target: str, replacements: str | None = None, shown: str | None = None) -> Templates:
        """Return the templates of a target; without `shown`, reports name the last part of the folder's path."""
        return cls(target, replacements, shown or Path(replacements or "templates").name)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.target, self.replacements, self.shown)

    def render(self, name: str, **values: Any) -> str:
        """Return what a template makes of values; raise `TemplateFailure` where it makes nothing."""
        from jinja2 import TemplateNotFound, TemplateSyntaxError

        try:
            with limited() if self.replacements else nullcontext():
                return self._environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            raise self._failure(error.name or name, error.lineno, error.message or "wrong syntax") from None
        except TemplateNotFound as error:
            missing = f"there is no template `{error.name}`"
            raise self._failure(name, self._line_in(name, error), missing) from None
        # A template is a program: whatever it does wrong is a fault of the template and not of the compiler.
        except Exception as error:
            where, line = self._place_of(name, error)
            raise self._failure(where, line, _sentence(error)) from None

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        from cxc.targets import escaping
        from cxc.targets.json import json_text
        from cxc.targets.yaml import YamlWriter

        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder, _ in self._folders]),
            undefined=StrictUndefined,
            autoescape=lambda name: name is not None and name.endswith(_MARKUP),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        writer = YamlWriter()
        environment.filters |= {
            "yaml": writer.scalar,
            "yaml_lines": writer.block,
            "comment": escaping.comment,
            "one_line": escaping.one_line,
            "json": lambda value: json_text(value).removesuffix("\n"),
            "markdown": escaping.plain_as_markdown,
            "markdown_cell": escaping.markdown_cell,
            "safe_markdown": escaping.safe_markdown,
            "csv": escaping.csv_cell,
        }
        return environment

    @property
    def _folders(self) -> list[tuple[Path, str]]:
        """The folders to look in, in this order, each with the name it has in reports."""
        ours = (resources.templates() / self.target, f"templates/{self.target}")
        if self.replacements is None:
            return [ours]
        return [(Path(self.replacements) / self.target, f"{self.shown}/{self.target}"), ours]

    def _failure(self, name: str, line: int, reason: str) -> TemplateFailure:
        for folder, shown in self._folders:
            if (folder / name).is_file():
                try:
                    text = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
                except OSError:
                    text = []
                length = len(text[line - 1]) if 0 < line <= len(text) else 0
                return TemplateFailure(f"{shown}/{name}", max(line, 1), length, reason)
        return TemplateFailure(f"{self._folders[0][1]}/{name}", 1, 0, reason)

    def _line_in(self, name: str, error: BaseException) -> int:
        where, line = self._place_of(name, error)
        return line if where == name else 1

    def _place_of(self, name: str, error: BaseException) -> tuple[str, int]:
        """Return the template and line where an error arose; jinja writes both into the traceback."""
        place = name, 1
        trace = error.__traceback__
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            for folder, _ in self._folders:
                if file.is_relative_to(folder):
                    place = file.relative_to(folder).as_posix(), trace.tb_lineno
            trace = trace.tb_next
        return place


_WORDS: dict[type[Exception], str] = {
    TooLong: "it does not come to its end; perhaps a loop is too long",
    MemoryError: "it needs more memory than a template may have",
    RecursionError: "it includes or calls itself without end (a recursion)",
    UnicodeDecodeError: "it is not UTF-8 text",
}
"""What is said of errors whose own words would not help the author of a template."""


def _sentence(error: Exception) -> str:
    """Return why rendering failed, in the words of whoever noticed it."""
    from cxc.targets.escaping import one_line

    # What comes at any moment may come at one where jinja stumbles over it.
    chain = [error, error.__context__]
    for cls, words in _WORDS.items():
        if any(isinstance(one, cls) for one in chain):
            return words

    reason = one_line(str(error)) or type(error).__name__
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason

"""`cxc.toml` as a model: what a workspace is called, where its sources are, what is built, and which findings count.

Finding and reading the file is left to `cxc.workspace`; what a wrong value is told is in `cxc.config_problems`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError, to_json

from cxc.config_problems import REFUSED, as_diagnostics, not_toml, too_deep
from cxc.diagnostics import Diagnostic, Severity
from cxc.source import SourceFile

if TYPE_CHECKING:
    from cxc.targets import Target, TargetOptions

FILE_NAME = "cxc.toml"


def _refused(message: str, help: str, instead: str | None = None) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{message}", {"message": message, "help": help, "instead": instead})


def _printable(text: str) -> str:
    if not text.strip():
        raise _refused("An empty text stands here", "Write a value between the quotes, or remove the key.")
    if not text.isprintable():
        raise _refused("The value has an invisible character in it", "Remove the control character.")
    return text


def _identifier(text: str) -> str:
    if not all(char.isascii() and (char.isalnum() or char in "._-") for char in text):
        help = "Use the letters A to Z, digits, `.`, `_` and `-`; `title` may be any text."
        raise _refused(f"`{text}` cannot be a name", help)
    return text


def _inside(path: str) -> str:
    """Refuse what leads out of the workspace on any computer, whichever this one is."""
    windows = PureWindowsPath(path)
    if windows.drive or windows.root or PurePosixPath(path).is_absolute() or ".." in windows.parts or path[0] == "~":
        help = "Write a path below the folder of cxc.toml, without `..`; only dependencies may lie outside."
        raise _refused(f"`{path}` leads out of the workspace", help)
    return path


def _apart(path: str, info: ValidationInfo) -> str:
    """Refuse a folder that is, holds, or lies in that of the generated files, as any computer would see it."""
    out = info.data.get("out")
    mine, generated = (_parts(folder) for folder in (path, out or ""))
    if out and mine[: len(generated)] == generated[: len(mine)]:
        help = 'Write a folder of its own, such as `code = "code"`: files there are yours, and are never overwritten.'
        where = "is" if mine == generated else "lies in" if len(mine) > len(generated) else "holds"
        raise _refused(f"`{path}`, the folder of your code, {where} that of the generated files, `{out}`", help)
    return path


def _parts(path: str) -> tuple[str, ...]:
    return PureWindowsPath(unicodedata.normalize("NFC", path).casefold()).parts


def _glob(path: str) -> str:
    if any("**" in part and part != "**" for part in PurePosixPath(path).parts):
        raise _refused(
            f"In `{path}`, `**` is joined with other text", "Let `**` stand alone between two `/`: `**/*.blueprint`."
        )
    if not PurePosixPath(path).parts:
        raise _refused(f"`{path}` names no files", "Write a pattern such as `**/*.blueprint`.")
    return path


def _rule(word: str) -> str:
    return _selectable(word, to_suppress=False)


def _ignorable_rule(word: str) -> str:
    return _selectable(word, to_suppress=True)


def _selectable(word: str, *, to_suppress: bool) -> str:
    # Only a workspace that names rules pays for loading all of them.
    from cxc.diagnostics.selection import objection

    if wrong := objection(word, to_suppress=to_suppress):
        raise _refused(wrong.message, wrong.help, wrong.instead)
    return word


def _target(name: str) -> str:
    from cxc.diagnostics.suggestion import did_you_mean
    from cxc.targets import target_names

    names = target_names()
    if name not in names:
        instead = did_you_mean(name, names)
        known = ", ".join(f"`{known}`" for known in names)
        help = f"Did you mean `{instead}`?" if instead else f"The targets are {known}."
        raise _refused(f"No target is called `{name}`", help, instead)
    return name


Text = Annotated[str, AfterValidator(_printable)]
Name = Annotated[Text, AfterValidator(_identifier)]
InsidePath = Annotated[Text, AfterValidator(_inside)]
Glob = Annotated[InsidePath, AfterValidator(_glob)]
Rule = Annotated[str, AfterValidator(_rule)]
IgnorableRule = Annotated[str, AfterValidator(_ignorable_rule)]
TargetName = Annotated[str, AfterValidator(_target)]


class Table(BaseModel):
    """A table of `cxc.toml`; a key it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Build(Table):
    """`[build]`: what is made of the design, and where it goes."""

    out: InsidePath = Field("generated", description="The folder of the generated files.")
    code: Annotated[InsidePath, AfterValidator(_apart)] = Field(
        "code",
        validate_default=True,
        description="The folder of your own code: what is written there once, such as handlers, is yours from then on.",
    )
    targets: tuple[TargetName, ...] | None = Field(
        None, description="The targets to build; without this, all that are built by default."
    )
    templates: InsidePath | None = Field(
        None, description="The folder of the workspace's own templates; without this, `templates`, if there is one."
    )


class PathLint(Table):
    """`[lint.paths."GLOB"]`: which findings count in the files of a path; it goes before what holds for all files."""

    select: tuple[Rule, ...] | None = Field(
        None, description="Report only these rules, and errors of text, names and build, which always count."
    )
    ignore: tuple[IgnorableRule, ...] = Field((), description="Leave these rules out.")
    severity: Mapping[IgnorableRule, Severity] = Field(
        default_factory=dict, description="The severity of a rule: `error`, `warning` or `hint`."
    )


class Lint(PathLint):
    """`[lint]`: which findings count, and how much. Rules are named by code, by family (`CXC6`) or by slug."""

    paths: Mapping[Glob, PathLint] = Field(
        default_factory=dict, description="The same for the files of a path, by a glob below the workspace."
    )


class Config(Table):
    """The settings of a workspace; without a `cxc.toml`, all of them have their defaults."""

    name: Name = Field("blueprint", description="The name of the workspace, for other programs.")
    title: Text | None = Field(None, description="The name of the workspace, for people.")
    version: Text = Field("0.0.0", description="The version of the design.")
    language: Literal["2026"] = Field("2026", description="The edition of the blueprint language.")
    sources: tuple[Glob, ...] = Field(("**/*.blueprint",), min_length=1, description="Where the blueprint files are.")
    dependencies: Mapping[Name, Text] = Field(
        default_factory=dict,
        description="Other workspaces by name: the path of their folder, or of the `blueprint.json` they publish.",
    )
    build: Build = Field(default_factory=Build, description="What is made of the design.")
    targets: Mapping[TargetName, dict[str, Any]] = Field(
        default_factory=dict, description="The options of single targets."
    )
    lint: Lint = Field(default_factory=Lint, description="Which findings count, and how much.")

    _path: str = PrivateAttr(FILE_NAME)
    _text: str = PrivateAttr("")

    @property
    def source(self) -> SourceFile:
        """The file the settings were read from; without one, an empty text under its usual name."""
        return SourceFile(self._path, self._text)


def load_config(text: str, path: str = FILE_NAME) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """Read the text of a `cxc.toml`; where anything in it is wrong, return no settings but every problem (CXC901).

    `path` is how reports name the file.
    """
    # A byte order mark and lone surrogates are no TOML; put one character for one, so that all offsets hold.
    plain = text.encode("utf-8", "replace").decode()
    plain = " " + plain[1:] if plain.startswith("\ufeff") else plain
    source = SourceFile(path, plain)
    try:
        table = tomllib.loads(plain)
    except RecursionError:
        return None, (too_deep(source),)
    except ValueError as error:
        return None, (not_toml(source, str(error)),)
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        return None, as_diagnostics(error, source, Config)
    except RecursionError:
        return None, (too_deep(source),)
    config._path, config._text = path, plain
    return config, ()


def target_options(config: Config, target: Target) -> tuple[TargetOptions | None, tuple[Diagnostic, ...]]:
    """Return the options of a target as its own class reads them, or every problem with its table (CXC901)."""
    try:
        # By way of JSON, pydantic takes a list for a tuple and a text for an enum, but never a text for a number.
        table = to_json(config.targets.get(target.name, {}), inf_nan_mode="constants")
        return target.options.model_validate_json(table, strict=True), ()
    except ValidationError as error:
        return None, as_diagnostics(error, config.source, target.options, ("targets", target.name))
    except (ValueError, RecursionError):
        return None, (too_deep(config.source),)

"""`cxc build`: compile, generate, and write what changed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cxc.cli.outcome import exit_code, report, report_options

if TYPE_CHECKING:
    from cxc.cli.inputs import Request
    from cxc.diagnostics import Diagnostic
    from cxc.output import OutputError
    from cxc.source import SourceFile, Span
    from cxc.targets import Target


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--target", "-t", "names", multiple=True, metavar="NAME", help="Build this target only; may be repeated.")
@click.option("--out", "-o", metavar="FOLDER", help="Write below this folder instead of the one in cxc.toml.")
@click.option(
    "--code",
    metavar="FOLDER",
    help="Write what becomes your own code below this folder instead of the one in cxc.toml; "
    "with `--out`, it is only written where this is given.",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail where output is stale or edited by hand."
)
@click.option("--overwrite", is_flag=True, help="Replace generated files even where they were edited by hand.")
@report_options
def command(
    paths: tuple[str, ...],
    names: tuple[str, ...],
    out: str | None,
    code: str | None,
    only_check: bool,
    overwrite: bool,
    format_: str,
    strict: bool,
    show_allowed: bool,
    colour: bool | None,
) -> None:
    """Check a design and write what is generated from it.

    PATHS are workspaces, or files outside of one; without any, the workspace around the current folder is built. Where
    the design has errors, nothing is written. Handlers and the like are written once: they are yours from then on, and
    no build ever changes them.
    """
    from cxc.cli.inputs import requests
    from cxc.output import OutputError

    asked = requests(paths)
    for option, folder in (("--out", out), ("--code", code)):
        if folder is not None and len(asked) > 1:
            raise click.UsageError(f"`{option}` goes with one workspace, and the paths name several.")
        if folder is not None and (not folder or "\0" in folder):
            raise click.UsageError(f"`{option}` needs the name of a folder.")
    _known(names)
    outcome = _Outcome(strict)
    for request in asked:
        try:
            places = _Places.of(request, out, code)
            _build(request, names, places, only_check=only_check, overwrite=overwrite, outcome=outcome)
        except OutputError as error:
            outcome.refused(error)
    report(format_, outcome.diagnostics, outcome.sources, colour=colour, show_allowed=show_allowed)
    if format_ == "text":
        for lines in outcome.summaries:
            click.echo(lines)
    sys.exit(outcome.code or exit_code(outcome.diagnostics, strict=strict))


class _Places(NamedTuple):
    """The folders of a build, each with its path as reports name it; without `code`, nothing is written there."""

    out: tuple[Path, str]
    code: tuple[Path, str] | None

    @classmethod
    def of(cls, request: Request, out: str | None, code: str | None) -> _Places:
        """Return the folders that the options name, else the settings.

        Who sends the output elsewhere is not surprised by files in the workspace.
        """
        settings = request.workspace.config.build
        there = _folder(request, settings.out, out)
        return cls(there, None if out is not None and code is None else _folder(request, settings.code, code))


def _folder(request: Request, configured: str, asked: str | None) -> tuple[Path, str]:
    if asked is not None:
        return Path(asked), Path(asked).as_posix()
    return request.workspace.root / configured, request.shown(configured)


class _Outcome:
    """What the builds of one run came to."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, SourceFile] = {}
        self.summaries: list[str] = []
        self.code = 0

    def refused(self, error: OutputError) -> None:
        """Say why the output folder cannot be used; what was found in the design is reported all the same."""
        click.echo(f"Error: {error.message}.\n{error.help}", err=True)
        self.code = 2

    def fails(self, diagnostics: Sequence[Diagnostic]) -> bool:
        return exit_code(diagnostics, strict=self.strict) != 0


def _known(names: Sequence[str]) -> None:
    """Refuse the name of a target that does not exist."""
    if not names:
        return
    from cxc.diagnostics.suggestion import did_you_mean
    from cxc.targets import target_names

    known = target_names()
    for name in names:
        if name not in known:
            suggestion = did_you_mean(name, known)
            hint = f"Did you mean `{suggestion}`?" if suggestion else f"The targets are {', '.join(known)}."
            raise click.UsageError(f"There is no target `{name}`. {hint}")


def _build(
    request: Request, names: Sequence[str], places: _Places, *, only_check: bool, overwrite: bool, outcome: _Outcome
) -> None:
    from cxc import output
    from cxc.cli.outcome import today
    from cxc.cli.progress import Progress
    from cxc.cli.summary import build_summary
    from cxc.pipeline import build

    targets = _targets(request, names)
    checked, built = build(request.workspace, today(), targets, Progress())
    found = [*checked.diagnostics, *built.diagnostics]
    outcome.sources |= request.sources(list(checked.sources.values()))
    outcome.diagnostics += [request.located(diagnostic) for diagnostic in found]
    if outcome.fails(found):
        why = "the design has errors" if exit_code(found, strict=False) else "with `--strict`, warnings are errors"
        outcome.summaries.append(f"Nothing was written: {why}.")
        return
    # A build of chosen targets leaves the files of the others alone; a whole build removes those of targets given up.
    chosen = [target.name for target in targets] if names else None
    folder, shown = places.out
    code = None if only_check else places.code
    plan = output.plan_output(folder, built.files, chosen, overwrite=overwrite, shown=shown, code=code)
    if only_check:
        outcome.diagnostics += output.check(plan)
        return
    problems = output.write(plan)
    outcome.summaries.append(_nothing_written(problems) if problems else build_summary(targets, built, plan, shown))
    shown_code = code[1] if code else "code"
    subjects = {f"{shown_code if file.once else shown}/{file.path}": file.subject for _, file in built.files}
    named = {path: element.span for path, id in subjects.items() if (element := checked.blueprint.get(id))}
    outcome.diagnostics += [_at_its_name(problem, named, request) for problem in problems]


def _targets(request: Request, names: Sequence[str]) -> list[Target]:
    from cxc.targets import load_target, load_targets, target_names

    if names:
        return load_targets(dict.fromkeys(names))
    configured = request.workspace.config.build.targets
    if configured is not None:
        return load_targets(configured)
    return [target for name in target_names() if (target := load_target(name)).by_default]


def _at_its_name(problem: Diagnostic, named: Mapping[str, Span], request: Request) -> Diagnostic:
    """Return a clash of file names at the place in the design whose name it is: that is what has to change."""
    from dataclasses import replace

    from cxc.rules.build import name_collision

    place = named.get(problem.span.file) if problem.kind is name_collision.KIND else None
    return request.located(replace(problem, span=place)) if place else problem


def _nothing_written(problems: Sequence[Diagnostic]) -> str:
    from cxc.rules.build import modified_output

    if any(problem.kind is modified_output.KIND for problem in problems):
        return "Nothing was written. Move your changes elsewhere, or give them up with `--overwrite`."
    return "Nothing was written."

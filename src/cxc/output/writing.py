"""The only module that writes: a plan is carried out whole, each of its files too, also when the process is killed.

A build first notes in `.cxc/pending.json` what it is about to write, and replaces `.cxc/manifest.json` last: so the
next one can tell the work of a build that was killed from the work of a hand. What is written once needs neither: it
is put only where nothing stands. What there is to write is left to `plan` and `own`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from cxc.diagnostics import Diagnostic, in_order
from cxc.output import own
from cxc.output.errors import CODE, explained
from cxc.output.lock import alone
from cxc.output.manifest import FOLDER, LOCK, MANIFEST, PENDING, History, Records
from cxc.output.plan import Plan, folders
from cxc.output.portable import UNFINISHED_OWN, unfinished


def check(plan: Plan) -> tuple[Diagnostic, ...]:
    """Return what `cxc build --check` reports: each file that a build would change, and what keeps it from that."""
    return tuple(in_order([*plan.diagnostics, *plan.stale]))


def write(plan: Plan) -> tuple[Diagnostic, ...]:
    """Carry out a plan, wholly or, where it has diagnostics, not at all; return these.

    `OutputError` where the folder cannot be used, the disk is full, or another build does not come to its end. Whatever
    ends it, every file is either as before or as planned, and the next build goes on from there.
    """
    if not plan.diagnostics and not plan.is_done:
        plan = _write_output(plan)
    if not plan.diagnostics and plan.own is not None and not plan.own.is_done:
        _add(plan.own)
    return plan.diagnostics


def _write_output(plan: Plan) -> Plan:
    """Carry out what concerns the output folder; return the plan as it was by then."""
    with explained(plan.out, plan.shown):
        (plan.out / FOLDER).mkdir(parents=True, exist_ok=True)
        with alone(plan.out / LOCK, plan.shown):
            if Records.read(plan.out) != plan.before:
                plan = plan.replan()
            if not plan.diagnostics:
                _carry_out(plan)
    return plan


def _carry_out(plan: Plan) -> None:
    for path in [*History.of(plan.before).pending.files, PENDING, MANIFEST]:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(unfinished(os.path.join(plan.out, path)))
        _leave_no_empty_folder(plan.out, path)
    if plan.notes is not None and plan.writes:
        _put(plan, PENDING, plan.notes)
    for path in plan.removals:
        _remove(plan.out, path)
    for folder in sorted(folders([*plan.writes, MANIFEST])):
        with suppress(FileExistsError):
            os.mkdir(os.path.join(plan.out, folder))
    for path, content in plan.writes.items():
        _put(plan, path, content)
    if plan.after.manifest is not None and plan.after.manifest != plan.before.manifest:
        _put(plan, MANIFEST, plan.after.manifest)
    if plan.after.pending is not None:
        _put(plan, PENDING, plan.after.pending)
    else:
        (plan.out / PENDING).unlink(missing_ok=True)


def _put(plan: Plan, path: str, content: bytes) -> None:
    full = os.path.join(plan.out, path)
    part = unfinished(full)
    try:
        with _new_file(part) as file:
            file.write(content)
        if os.path.isdir(full) and not os.path.islink(full):
            os.rmdir(full)
        os.replace(part, full)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


# ---- files that are the developer's from then on ------------------------------------------------------------


def _add(plan: own.Own) -> None:
    with explained(plan.folder, plan.shown, CODE):
        plan.folder.mkdir(parents=True, exist_ok=True)
        with alone(plan.folder / own.LOCK, plan.shown):
            for path in plan.unfinished:
                with suppress(OSError):
                    os.unlink(plan.folder / path)
            for folder in sorted(folders(plan.writes)):
                with suppress(FileExistsError):
                    os.mkdir(plan.folder / folder)
            for path, content in plan.writes.items():
                _put_once(os.path.join(plan.folder, path), content)


def _put_once(full: str, content: bytes) -> None:
    part = unfinished(full, UNFINISHED_OWN)
    try:
        with _new_file(part) as file:
            file.write(content)
        try:
            # Unlike a move, a second name for a file never takes the place of what stands there by now.
            os.link(part, full)
        except OSError:
            # Some disks know no second names.
            if not os.path.lexists(full):
                os.rename(part, full)
                return
        os.unlink(part)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


# ---- both ------------------------------------------------------------------------------------------------------


def _new_file(path: str) -> IO[bytes]:
    """Open a file that is not there yet, so that nothing is written through a link."""
    try:
        return open(path, "xb")
    except FileExistsError:
        # Left by a build of which even the notes are gone.
        os.unlink(path)
        return open(path, "xb")


def _remove(out: Path, path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(os.path.join(out, path))
    _leave_no_empty_folder(out, path)


def _leave_no_empty_folder(out: Path, path: str) -> None:
    folder = path.rpartition("/")[0]
    with suppress(OSError):
        while folder:
            with suppress(FileNotFoundError):
                os.rmdir(os.path.join(out, folder))
            folder = folder.rpartition("/")[0]

"""What the tests of the output folder share: a few files to generate, and ways to build and to look at them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from cxc.diagnostics import Diagnostic
from cxc.output import Plan, plan_output, write
from cxc.targets import GeneratedFile

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, links and rights as POSIX has them")

FILES = {"openapi/orders.yaml": "orders: 1\n", "openapi/stores.yaml": "stores: 1\n", "platform.yaml": "all: 1\n"}


def generated(files: Mapping[str, str | bytes], target: str = "openapi") -> list[tuple[str, GeneratedFile]]:
    return [(target, GeneratedFile(path, content, f"service:{path}")) for path, content in files.items()]


def plan(
    out: Path,
    files: Mapping[str, str | bytes],
    target: str = "openapi",
    *,
    targets: Iterable[str] | None = ("openapi",),
    overwrite: bool = False,
) -> Plan:
    built = None if targets is None else tuple(targets)
    return plan_output(out, generated(files, target), built, overwrite=overwrite, shown="generated")


def build(out: Path, files: Mapping[str, str | bytes], target: str = "openapi") -> None:
    assert write(plan(out, files, target, targets=(target,))) == ()


def on_disk(out: Path) -> dict[str, bytes]:
    """Every file below the folder, the records of builds left out."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if not path.startswith(".cxc/")}


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: content.encode() for path, content in files.items()}


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(found.code, found.span.file) for found in diagnostics]


def link(place: Path, target: Path) -> None:
    """Make a symbolic link, or skip the test where nobody may."""
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("needs the right to make symbolic links")

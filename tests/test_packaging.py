"""What is published installs into an empty environment and compiles there, far from the repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from cxc.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")

TINY = """\
package tiny

/// The people who answer.
team Service "Customer service"
"""


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    done = _run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sdist, as it is for whoever installs without a wheel: what the sdist lacks, the wheel lacks."""
    folder = tmp_path_factory.mktemp("wheel")
    done = _run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, sdist)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_sdist_carries_all_that_is_needed_to_build_test_and_read(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    names = {member.name.removeprefix(f"cxc-{VERSION}/") for member in members}
    folders = {name.partition("/")[0] for name in names}
    assert {"grammar/blueprint.lark", "pyproject.toml", "LICENSE", "Makefile", "tests/conftest.py"} <= names
    assert {"benchmarks", "blueprints", "docs", "examples", "src", "templates"} <= folders
    assert not [member.name for member in members if member.issym() or member.islnk()]
    assert not [name for name in names if "node_modules" in name or re.match("blueprints/.*/generated/", name)]


@pytest.mark.slow
def test_wheel_carries_grammar_templates_and_types(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    here = {
        f"cxc/_{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder in ("grammar", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert here
    assert here <= packed
    assert "cxc/py.typed" in packed
    assert {name.partition("/")[0] for name in packed} == {"cxc", f"cxc-{VERSION}.dist-info"}


@pytest.mark.slow
def test_wheel_compiles_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    # Without pip of its own: this one's pip fills it, which is faster and needs no ensurepip.
    venv.create(environment, with_pip=False)
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    installed = _run(
        *(*PIP, "--python", commands / "python"),
        *("install", "--quiet", "--retries", "1", wheel),
    )
    unreachable = "No matching distribution found" in installed.stderr
    if unreachable and not os.environ.get("CI"):
        pytest.skip("needs the packages cxc depends on, and pip reaches no index that has them")
    assert installed.returncode == 0, installed.stderr

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "tiny.blueprint").write_text(TINY, encoding="utf-8")

    version = _run(commands / "cxc", "--version", cwd=elsewhere)
    assert (version.returncode, VERSION in version.stdout) == (0, True), version.stderr

    checked = _run(commands / "cxc", "check", "tiny.blueprint", cwd=elsewhere)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    # An error shows that the grammar and the rules were really at work, not that nothing was read.
    (elsewhere / "tiny.blueprint").write_text(TINY.replace("team", "taem"), encoding="utf-8")
    checked = _run(commands / "cxc", "check", "tiny.blueprint", cwd=elsewhere)
    assert checked.returncode == 1
    assert "CXC105" in checked.stdout + checked.stderr

    # Templates travel too: a build writes files.
    (elsewhere / "tiny.blueprint").write_text(TINY, encoding="utf-8")
    built = _run(commands / "cxc", "build", "tiny.blueprint", cwd=elsewhere)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (elsewhere / "generated" / "blueprint.json").is_file()


def test_repository_holds_no_symlinks() -> None:
    tracked = _run("git", "ls-files", "--stage", cwd=ROOT)
    if tracked.returncode != 0:
        pytest.skip("needs a git checkout; this is an unpacked sdist")
    assert not [line for line in tracked.stdout.splitlines() if line.startswith("120000")]


def test_lock_files_name_no_place_to_download_from() -> None:
    locks = [*ROOT.glob("*/package-lock.json"), *ROOT.glob("*/*/package-lock.json")]
    assert locks
    for lock in locks:
        assert '"resolved"' not in lock.read_text(encoding="utf-8"), lock.relative_to(ROOT)


def _run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    # Not our PYTHONPATH: it would lend the empty environment what it is meant to lack.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8")

"""What mypy and ruff say of generated Python: nothing, for all example workspaces, golden cases, names and texts.

mypy judges everything in one run, in a folder that stays, so that it finds its cache again.
"""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cxc.config import Config
from cxc.model.blueprint import Blueprint
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.targets.fastapi.code import WIDTH
from cxc.workspace import Workspace
from designs import EXAMPLES, TODAY, design, example
from findings import files_of as divided
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, design_of_services, design_of_texts, told_apart
from server_packages import Package, files_of, imported, written

GOLDEN = Path(__file__).resolve().parent.parent.parent / "golden" / "fastapi"
# More would show nothing new: each service is a module of its own.
SERVICES = [name for name in told_apart(KEYWORDS + DEVICES) if name != "platform"][::6]
HOSTILE: dict[str, Callable[[], Blueprint]] = {
    "hostile_names": lambda: design(design_of_names(KEYWORDS)),
    "hostile_texts": lambda: design(design_of_texts(TEXTS)),
    "hostile_services": lambda: workspace(design_of_services(SERVICES)),
}

pytestmark = pytest.mark.slow


def workspace(text: str) -> Blueprint:
    """Return the design of several files."""
    sources = tuple(SourceFile(path, text) for path, text in divided(text).items())
    return check(Workspace(Path(), "", Config(), sources), TODAY).blueprint


@pytest.fixture(scope="session")
def folder(pytestconfig: pytest.Config) -> Path:
    """The folder with all that is judged; a file that did not change is not touched."""
    for tool in ("mypy", "ruff"):
        if importlib.util.find_spec(tool) is None:
            pytest.skip(f"needs {tool}, which is not installed")
    root: Path = pytestconfig.cache.mkdir("generated-python")
    wanted: dict[Path, str] = {}
    for name in EXAMPLES:
        wanted |= below(root / name, files_of(example(name)))
    for name, make in HOSTILE.items():
        wanted |= below(root / name, files_of(make(), package=name))
    for case in sorted(GOLDEN.iterdir()):
        output = case / "output"
        package = case.name.replace("-", "_")
        own = next(path.name for path in (output / "python").iterdir() if path.is_dir())
        for path in (path for path in output.rglob("*") if path.is_file()):
            inside = path.relative_to(output).as_posix()
            place = inside if inside.startswith("python/") else f"code/{inside}"
            text = path.read_text(encoding="utf-8")
            renamed = re.sub(rf"^from {own}\b", f"from {package}", text, flags=re.MULTILINE)
            wanted |= below(root / package, {place.replace(f"python/{own}/", f"python/{package}/"): renamed})
    for path in root.rglob("*.py"):
        if path not in wanted:
            path.unlink(missing_ok=True)
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Several workers may do the same at the same time.
            unfinished = path.with_name(f"{path.name}.{os.getpid()}")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
    return root


def below(folder: Path, files: Mapping[str, str]) -> dict[Path, str]:
    return {folder / (path if path.startswith("code/") else f"generated/{path}"): text for path, text in files.items()}


def test_mypy_finds_nothing(folder: Path) -> None:
    packages = [package for package in sorted(folder.glob("*/generated/python/*")) if (package / "app.py").exists()]
    settings = folder / "mypy.ini"
    paths = ":".join(str(package.parent) for package in packages)
    settings.write_text(f"[mypy]\nstrict = True\npython_version = 3.11\nmypy_path = {paths}\n", encoding="utf-8")
    assert len(packages) == len(EXAMPLES) + len(HOSTILE) + len(list(GOLDEN.iterdir()))
    assert run("mypy", "--config-file", settings, "--cache-dir", folder / "mypy", *packages) == []


def test_mypy_finds_nothing_in_what_is_written_once(folder: Path) -> None:
    # The code of a developer is no package, so one workspace at a time.
    for name in ("pharmacy", "hostile_names"):
        code = folder / name / "code"
        assert run("mypy", "--cache-dir", folder / "mypy", ".", cwd=code) == []


def test_ruff_finds_nothing(folder: Path) -> None:
    places = [*folder.glob("*/generated/python"), *folder.glob("*/code")]
    assert run("ruff", "check", "--no-cache", "--output-format", "concise", "--quiet", *places) == []


def test_ruff_would_format_nothing_otherwise(folder: Path) -> None:
    places = [*folder.glob("*/generated/python"), *folder.glob("*/code")]
    assert run("ruff", "format", "--no-cache", "--check", "--quiet", *places) == []
    # The same without the settings that were generated: it is the form that ruff has by itself.
    assert run("ruff", "format", "--isolated", "--no-cache", "--check", "--quiet", *places) == []


def test_the_judges_find_mistakes(folder: Path, tmp_path: Path) -> None:
    mistaken = tmp_path / "mistaken.py"
    mistaken.write_text("import os\nx: int = 'a'\n", encoding="utf-8")
    assert run("ruff", "check", "--no-cache", "--output-format", "concise", "--quiet", mistaken)
    assert run("ruff", "format", "--no-cache", "--check", "--quiet", mistaken)
    assert run("mypy", "--strict", "--cache-dir", folder / "mypy", mistaken)


@pytest.mark.parametrize("name", HOSTILE)
def test_package_of_hostile_names_and_texts_can_be_imported(name: str, tmp_path: Path) -> None:
    written(HOSTILE[name](), tmp_path, package=f"{name}_imported")
    with imported(tmp_path, f"{name}_imported") as package:
        package.module("app")
        package.module("streaming")
        for model in vars(package.module("models")).values():
            if hasattr(model, "model_rebuild"):
                model.model_rebuild()


def test_texts_arrive_as_they_are(tmp_path: Path) -> None:
    written(HOSTILE["hostile_texts"](), tmp_path, package="arrived")
    with imported(tmp_path, "arrived") as package:
        models = package.module("models")
        assert [getattr(models, f"E{number}").model_fields["value"].default for number in range(3)] == expected(package)


def expected(package: Package) -> list[str]:
    blueprint = HOSTILE["hostile_texts"]()
    return [blueprint[f"entity:p.E{number}"].fields[1].default for number in range(3)]


def test_lines_are_as_wide_as_ruff_has_them() -> None:
    assert WIDTH == 88


def run(*command: str | Path, cwd: Path | None = None) -> list[str]:
    """Return what a tool finds."""
    module, *arguments = map(str, command)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=cwd
    )
    assert done.returncode in (0, 1), done.stderr
    return [] if done.returncode == 0 else done.stdout.splitlines() or ["found"]

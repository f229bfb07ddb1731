"""What each target makes of small workspaces, compared byte by byte with what was recorded.

A case is a folder `tests/golden/<target>/<case>` with a workspace in `input`, the files it gives in `output` and, where
something is found wrong, the findings in `findings.txt`. `pytest --record` writes the last two again. What of a
workbook or a page is recorded says `recorded`.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from cxc import resources
from cxc.pipeline import check, emit
from cxc.targets import load_target, load_targets, target_names
from cxc.workspace import load_workspace
from recorded import recorded

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
TODAY = date(2026, 1, 1)
OWN_TARGETS = [target.name for target in load_targets(target_names()) if target.emit.__module__.startswith("cxc.")]
CASES = sorted(folder for target in OWN_TARGETS if (GOLDEN / target).is_dir() for folder in (GOLDEN / target).iterdir())


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.parent.name}/{case.name}") for case in CASES])
def test_output_is_as_recorded(case: Path, record: bool) -> None:
    files, findings = built(case)
    if record:
        write(case, files, findings)
    wanted, noted = read(case)
    assert sorted(files) == sorted(wanted)
    for path, content in files.items():
        assert content.decode() == wanted[path].decode(), path
    assert findings == noted


def built(case: Path) -> tuple[dict[str, bytes], list[str]]:
    workspace = load_workspace(case / "input")
    checked = check(workspace, TODAY)
    made = emit(workspace, checked.blueprint, [load_target(case.parent.name)])
    files = dict(
        recorded(file.path, file.content.encode() if isinstance(file.content, str) else file.content)
        for _, file in made.files
    )
    findings = [f"{d.code} {d.span}:{d.span.column} {d.message}" for d in (*checked.errors, *made.diagnostics)]
    return files, findings


def read(case: Path) -> tuple[dict[str, bytes], list[str]]:
    output = case / "output"
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    noted = case / "findings.txt"
    return files, noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []


def write(case: Path, files: dict[str, bytes], findings: list[str]) -> None:
    shutil.rmtree(case / "output", ignore_errors=True)
    (case / "findings.txt").unlink(missing_ok=True)
    for path, content in files.items():
        file = case / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    if findings:
        (case / "findings.txt").write_text("".join(f"{line}\n" for line in findings), encoding="utf-8")


def test_every_target_has_its_folders() -> None:
    with_templates = {folder.name for folder in resources.templates().iterdir() if folder.is_dir()}
    with_cases = {case.parent.name for case in CASES}
    assert with_cases == set(OWN_TARGETS)
    assert with_templates == {name for name in OWN_TARGETS if load_target(name).templates}


def test_cases_hold_nothing_but_input_and_what_is_recorded() -> None:
    known = {"input", "output", "findings.txt"}
    strangers = [path for case in CASES for path in case.iterdir() if path.name not in known]
    assert strangers == []
    assert all((case / "input").is_dir() for case in CASES)

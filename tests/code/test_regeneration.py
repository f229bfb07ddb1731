"""The story of a design that goes on while others write its handlers: nothing is lost, and all that matters is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import all_in, cxc, write_all

SETTINGS = 'name = "northwind"\n\n[build]\ntargets = ["fastapi"]\n'
FIRST = """\
package northwind.pharmacy

team PharmacyTeam

persona RepeatPatient { entity Patient; prefers MobileApp }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

purpose Treatment { basis contract }

entity Patient { id: uuid @key }

entity Prescription { id: uuid @key; patient: Patient.id; drug: string(1..80) @personal("health") }

error NotRefillable { status 409 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  masters Patient, Prescription
  runs_on PharmacyCore

  query due(patient: Patient.id) -> [Prescription] { purpose Treatment }
  command refill(prescription: Prescription.id) -> Prescription { fails NotRefillable; purpose Treatment }
  command stop(prescription: Prescription.id) -> Prescription { purpose Treatment }
  query history(patient: Patient.id) -> [Prescription] { purpose Treatment }
}

channel MobileApp { kind mobile; identity authenticated; owner PharmacyTeam }

channel Phone { kind phone; identity authenticated; owner PharmacyTeam }

journey Refill {
  kind use
  persona RepeatPatient
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
      calls Prescriptions.due, Prescriptions.refill, Prescriptions.stop, Prescriptions.history
      frontstage "Shows the medicines that are due"
      backstage "Checks for interactions" by PharmacyTeam
      evidence "Confirmation"
      on NotRefillable -> advice carries Prescription.id
      -> tell
    }
    step advice {
      via Phone
      capability Refills
      frontstage "Pharmacist looks at the prescription"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via MobileApp, Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience InApp {
  journey Refill
  channel MobileApp
  step order { asks prescription; shows Prescription.drug }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { asks prescription; shows Prescription.drug }
  step advice { script "How can I help?" }
  step tell { script "How easy was it?" }
}
"""
PURPOSE = " { purpose Treatment }\n"
CHANGES = (
    # retyped: another parameter, another result
    ("due(patient: Patient.id) -> [Prescription]", "due(patient: Patient.id, before: date) -> [Prescription.id]"),
    # renamed
    ("command stop(", "command withdraw("),
    ("asks prescription;", "asks prescription, before, text;"),
    # removed
    (f"  query history(patient: Patient.id) -> [Prescription]{PURPOSE}", ""),
    ("Prescriptions.stop, Prescriptions.history", "Prescriptions.withdraw, Prescriptions.remind, Letters.send"),
    # renamed: an error
    ("NotRefillable", "StillEnough"),
    # added: an operation, a service
    (
        "}\n\nchannel MobileApp",
        f"  command remind(patient: Patient.id){PURPOSE}}}\n\n"
        "service Letters {\n  owner PharmacyTeam\n  runs_on PharmacyCore\n  realizes Refills\n\n"
        f"  command send(patient: Patient.id, text: string){PURPOSE}}}\n\nchannel MobileApp",
    ),
)

HANDLERS = "code/handlers/prescriptions.py"
STUB = "        raise NotImplementedError\n"


def _edited(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def _written(workspace: Path, name: str, body: str) -> None:
    """Write the body of a handler by hand, and take its mark away."""
    files = (workspace / "code" / "handlers").glob("*.py")
    file = next(path for path in files if f"async def {name}(" in path.read_text("utf-8"))
    head, mark, rest = file.read_text("utf-8").rpartition(f"    @unimplemented\n    async def {name}(")
    assert mark
    signature, _, after = rest.partition(STUB)
    file.write_text(f"{head}    async def {name}({signature}{body}{after}", encoding="utf-8")


def _without(text: str, name: str) -> tuple[str, str]:
    """Return what stands before a method and behind it."""
    before, method, rest = text.partition(f"    async def {name}(")
    assert method
    return before, rest.partition("\n\n")[2]


def _found(workspace: Path) -> list[tuple[str, str, str]]:
    """Return what `cxc check --code` finds: in which file, of what in it, and its sentence."""
    ran = cxc("check", "--code", "--strict", "--format", "json", cwd=workspace)
    found = []
    for one in json.loads(ran.output)["findings"]:
        span = one["span"]
        line = (workspace / span["file"]).read_text(encoding="utf-8").splitlines()[span["line"] - 1]
        assert one["code"] == "CXC906"
        found.append((span["file"], line[span["column"] - 1 : span["end_column"] - 1], one["message"]))
    assert ran.code == (1 if found else 0)
    return sorted(found)


def _starts(workspace: Path) -> str:
    """Start the application as its developer does; return why it does not."""
    done = subprocess.run(
        [sys.executable, "-c", "import main"],
        cwd=workspace / "code",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["../generated/python", *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    return done.stderr if done.returncode else ""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = write_all(tmp_path / "northwind", {"cxc.toml": SETTINGS, "design.blueprint": FIRST})
    assert cxc("build", "--strict", cwd=made).code == 0
    return made


@pytest.fixture
def begun(workspace: Path) -> Path:
    """A workspace of which three handlers are written."""
    _written(workspace, "due", "        return [await self.load(patient)]\n")
    _written(workspace, "stop", "        return await self.load(prescription)  # mine\n")
    _written(workspace, "history", "        raise errors.NotRefillable(detail=str(patient))\n")
    file = workspace / HANDLERS
    text = _edited(
        file.read_text("utf-8"),
        ("from northwind import models\n", "from northwind import errors, models\n"),
        (
            "    async def due(",
            "    async def load(self, key: UUID) -> models.Prescription:\n"
            '        return models.Prescription(id=key, patient=key, drug="Salbutamol")\n\n    async def due(',
        ),
    )
    file.write_text(text, encoding="utf-8")
    return workspace


def test_what_nobody_wrote_yet_is_told_at_its_stub(workspace: Path) -> None:
    assert _found(workspace) == [
        (HANDLERS, name, f"`Prescriptions.{name}` is not implemented yet")
        for name in ("due", "history", "refill", "stop")
    ]
    refused = _starts(workspace)
    for name in ("due", "history", "refill", "stop"):
        assert f"Prescriptions.{name} belongs into handlers/prescriptions.py" in refused


def test_what_is_written_is_told_no_more(begun: Path) -> None:
    assert _found(begun) == [(HANDLERS, "refill", "`Prescriptions.refill` is not implemented yet")]
    refused = _starts(begun)
    assert "Prescriptions.refill belongs into handlers/prescriptions.py" in refused
    assert "Prescriptions.due" not in refused


def test_the_design_goes_on(begun: Path) -> None:
    before = all_in(begun / "code")
    (begun / "design.blueprint").write_text(_edited(FIRST, *CHANGES), encoding="utf-8")
    ran = cxc("build", "--strict", "--overwrite", cwd=begun)
    assert ran.code == 0, ran.said
    files = [path for path, content in before.items() if isinstance(content, bytes)]
    assert f"  {len(files)} of yours left untouched" in ran.output
    after = all_in(begun / "code")
    assert {path: after[path] for path in before} == before
    assert {os.fspath(Path(path)) for path in after.keys() - before.keys()} >= {os.path.join("handlers", "letters.py")}

    assert _found(begun) == [
        ("code/handlers/letters.py", "send", "`Letters.send` is not implemented yet"),
        (HANDLERS, "due", "`due` does not take `before`, which `Prescriptions.due` is asked with"),
        (
            HANDLERS, "errors.NotRefillable",
            "There is no `errors.NotRefillable` in the package `northwind` any more",
        ),
        (HANDLERS, "history", "`history` is the handler of no operation of `Prescriptions`"),
        (
            HANDLERS, "list[models.Prescription]",
            "`due` returns `list[models.Prescription]`, but answers with `list[UUID]` in the design",
        ),
        (HANDLERS, "refill", "`Prescriptions.refill` is not implemented yet"),
        (HANDLERS, "stop", "`stop` is the handler of no operation of `Prescriptions`"),
        ("code/services.py", "Ports", "`Ports` is not given the handlers of `Letters`"),
        ("design.blueprint", "remind", "`Prescriptions.remind` has no handler"),
        ("design.blueprint", "withdraw", "`Prescriptions.withdraw` has no handler"),
    ]  # fmt: skip


def test_whoever_follows_the_reports_is_done(begun: Path) -> None:
    (begun / "design.blueprint").write_text(_edited(FIRST, *CHANGES), encoding="utf-8")
    cxc("build", cwd=begun)
    file = begun / HANDLERS
    head, rest = _without(file.read_text("utf-8"), "due")
    due = (
        "    async def due(self, context: Context, /, *, patient: UUID, before: dt.date) -> list[UUID]:\n"
        "        return [patient]\n\n"
    )
    head, rest = _without(_edited(head + due + rest, ("async def stop(", "async def withdraw(")), "history")
    remind = (
        "    async def remind(self, context: Context, /, *, patient: UUID) -> None:\n"
        "        raise errors.StillEnough(detail=str(patient))\n"
    )
    file.write_text(_edited(head + remind + rest, ("from uuid", "import datetime as dt\nfrom uuid")), encoding="utf-8")
    _written(begun, "refill", "        return await self.load(prescription)\n")
    _written(begun, "send", "        return None\n")
    services = begun / "code" / "services.py"
    services.write_text(
        _edited(
            services.read_text("utf-8"),
            ("from handlers.p", "from handlers.letters import LettersHandlers\nfrom handlers.p"),
            ("Ports(\n", "Ports(\n        letters=LettersHandlers(),\n"),
        ),
        encoding="utf-8",
    )
    assert _found(begun) == []
    assert _starts(begun) == ""
    ran = cxc("check", "--code", cwd=begun)
    assert (ran.code, ran.output) == (0, "No findings\n")


class TestReports:
    @pytest.fixture
    def late(self, begun: Path) -> Path:
        (begun / "design.blueprint").write_text(_edited(FIRST, *CHANGES), encoding="utf-8")
        return begun

    def test_as_text_show_the_code_and_the_design(self, late: Path) -> None:
        ran = cxc("check", "northwind", "--code", cwd=late.parent)
        assert ran.code == 1
        assert "--> northwind/code/handlers/prescriptions.py:" in ran.output
        assert "--> northwind/design.blueprint:" in ran.output
        assert "    async def stop(" in ran.output
        assert "= help: Did you mean `withdraw`? Then rename it; else remove it." in ran.output

    def test_for_pull_requests_name_the_line_of_the_handler(self, late: Path) -> None:
        ran = cxc("check", "northwind", "--code", "--format", "github", cwd=late.parent)
        lines = [line for line in ran.output.splitlines() if "file=northwind/code/handlers/prescriptions.py" in line]
        number = (late / HANDLERS).read_text("utf-8").splitlines().index("    async def stop(") + 1
        assert any(f"line={number}," in line and "`stop` is the handler of no operation" in line for line in lines)

    def test_for_code_scanning_have_the_code_as_their_place(self, late: Path) -> None:
        ran = cxc("check", "northwind", "--code", "--format", "sarif", cwd=late.parent)
        results = json.loads(ran.output)["runs"][0]["results"]
        places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results]
        assert "northwind/code/handlers/prescriptions.py" in places
        assert {one["ruleId"] for one in results} == {"CXC906"}


class TestTheCommand:
    def test_takes_a_folder_or_a_file(self, begun: Path, tmp_path: Path) -> None:
        everywhere = cxc("check", "--code", cwd=begun)
        for place in ("code", "code/handlers", HANDLERS, str(begun / "code"), "."):
            assert cxc("check", "--code", place, cwd=begun).output.count("CXC906") == everywhere.output.count("CXC906")
        (tmp_path / "nothing").mkdir()
        ran = cxc("check", "--code", "../nothing", cwd=begun)
        assert "No class has the handlers of `Prescriptions`" in ran.output

    def test_names_code_elsewhere_as_seen_from_here(self, begun: Path, tmp_path: Path) -> None:
        (begun / "code").rename(tmp_path / "service")
        ran = cxc("check", "northwind", "--code", "service", cwd=tmp_path)
        assert "--> service/handlers/prescriptions.py:" in ran.output

    def test_takes_the_folder_of_the_settings(self, begun: Path) -> None:
        (begun / "code").rename(begun / "service")
        assert "No class has the handlers" in cxc("check", "--code", cwd=begun).output
        (begun / "cxc.toml").write_text(f'{SETTINGS}code = "service"\n', encoding="utf-8")
        assert cxc("check", "--code", cwd=begun).output.count("error CXC906") == 1

    @pytest.mark.parametrize("path", ["nowhere", "a\0b", "x" * 5000])
    def test_refuses_a_place_that_is_none(self, begun: Path, path: str) -> None:
        ran = cxc("check", "--code", path, cwd=begun)
        assert ran.code == 2
        assert "Usage" in ran.errors

    def test_refuses_what_it_cannot_compare(self, begun: Path, tmp_path: Path) -> None:
        write_all(tmp_path / "other", {"cxc.toml": "", "design.blueprint": FIRST})
        assert cxc("check", begun, tmp_path / "other", "--code", begun / "code").code == 2
        assert cxc("check", "-", "--code", begun / "code", stdin=FIRST.encode()).code == 2

    def test_compares_nothing_with_a_design_that_has_errors(self, begun: Path) -> None:
        (begun / "design.blueprint").write_text(_edited(FIRST, ("[Prescription]", "[Perscription]")), encoding="utf-8")
        ran = cxc("check", "--code", cwd=begun)
        assert ran.code == 1
        assert "CXC906" not in ran.output
        assert "The code was not compared with the design" in ran.errors

    def test_compares_nothing_unless_asked(self, begun: Path) -> None:
        assert cxc("check", cwd=begun).code == 0

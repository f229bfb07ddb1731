"""The public API is whole: each name it lists is there, and compiling a workspace with it is a few lines."""

from datetime import date
from pathlib import Path

import cxc


def test_every_listed_name_is_there() -> None:
    assert all(getattr(cxc, name) is not None for name in cxc.__all__)


def test_a_workspace_compiles_from_python(tmp_path: Path) -> None:
    (tmp_path / "teams.blueprint").write_text('package people\nteam Desk "Front desk"\n', encoding="utf-8")
    checked = cxc.check(cxc.load_workspace(tmp_path), date(2026, 1, 1))
    assert [team.label for team in checked.blueprint.every(cxc.model.organisation.Team)] == ["Front desk"]
    assert not checked.diagnostics

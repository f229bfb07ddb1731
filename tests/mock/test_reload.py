"""A mock that follows its design while it is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import httpx

from command_line import write_all
from mocks import VERIFIED, running

DESIGN = """package shop
team Sales
event Made { thing: Thing.id }
entity Thing { id: uuid @key; size: text }
service Things { owner Sales; masters Thing
  query all() -> [Thing]
  command make(size: Thing.size) -> Thing { emits Made }
}
"""


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_change_of_the_design_is_followed(tmp_path: Path) -> None:
    write_all(tmp_path, {"cxc.toml": 'name = "shop"\n', "a.blueprint": DESIGN})
    with running(tmp_path, "--reload") as mock:
        with httpx.Client(base_url=mock.address, headers=VERIFIED, timeout=20) as client:
            made = client.post("/things/make", json={"size": "big"}).json()
            assert client.get("/things/count").status_code == 404

            added = DESIGN.replace("  query all", "  query count() -> int\n  query all")
            write_all(tmp_path, {"a.blueprint": added})
            until(lambda: client.get("/things/count").status_code == 200)
            assert made in client.get("/things/all").json()
            assert client.post("/things/make", json={"size": "small"}).status_code == 200
            assert len(client.get("/_mock/events?format=json").json()) == 2

            write_all(tmp_path, {"b.blueprint": "package shop\nservice Broken { owner Nobody }\n"})
            time.sleep(1.5)
            assert client.get("/things/count").status_code == 200
            (tmp_path / "b.blueprint").unlink()

            write_all(tmp_path, {"a.blueprint": added.replace("size: text", "size: int(1..9)")})
            until(lambda: client.get("/things/all").json()[0]["size"] in range(1, 10))
        said = mock.end()
    assert mock.process.returncode == 0
    assert "The mock goes on as before: the design has errors" in said
    assert "The data begins again: it does not fit the new design (Thing)." in said
    assert said.count("The mock follows the new design.") in (2, 3)

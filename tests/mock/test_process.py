"""`cxc mock` as developers run it: a process at a port, until Ctrl-C."""

from __future__ import annotations

import json
import re
import signal
import socket
from importlib.util import find_spec as real_find_spec
from pathlib import Path

import httpx
import pytest

from command_line import cxc, write_all
from cxc.mock.server import NoPort, address_of, listen
from mocks import VERIFIED, running

ROOT = Path(__file__).resolve().parent.parent.parent
UTILITY = ROOT / "blueprints" / "utility"
PHARMACY = ROOT / "blueprints" / "pharmacy"


def test_a_day_in_the_life_of_a_mock(tmp_path: Path) -> None:
    with running(PHARMACY, "--store", f"sqlite:{tmp_path / 'data.sqlite'}") as mock:
        assert "Northwind Pharmacy as a mock: 9 services with 27 operations at http://127.0.0.1:" in mock.said
        with httpx.Client(base_url=mock.address, headers=VERIFIED, timeout=20) as client:
            [first, *_] = client.get("/_mock/data/RefillOrder").json()
            with client.stream("GET", "/_mock/events") as stream:
                assert stream.headers["Content-Type"].startswith("text/event-stream")
                lines = stream.iter_lines()
                assert next(lines).startswith(":")
                body = {"order": first["id"]}
                approved = httpx.post(f"{mock.address}/prescriptions/approve-refill", json=body, headers=VERIFIED)
                assert approved.json()["status"] == "approved"
                sent = dict(
                    line.split(": ", 1) for line in (next(lines), next(lines), next(lines), next(lines)) if line
                )
            assert sent["event"] == "northwind.platform.RefillReady"
            event = json.loads(sent["data"])
            assert (event["specversion"], event["id"], event["data"]["order"]) == ("1.0", sent["id"], first["id"])
            with client.stream("GET", "/_mock/events", headers={"Last-Event-ID": "before"}) as stream:
                assert f"id: {sent['id']}" in [line for line, _ in zip(stream.iter_lines(), range(5), strict=False)]
                # Whoever listens does not keep the mock from its end.
                said = mock.end()
        assert mock.process.returncode == 0
        assert "POST   /prescriptions/approve-refill  Prescriptions.approve_refill  200  " in said
        assert said.endswith("Ended.\n")
        assert "Traceback" not in said
    with running(PHARMACY, "--store", f"sqlite:{tmp_path / 'data.sqlite'}") as mock:
        orders = httpx.get(f"{mock.address}/_mock/data/RefillOrder").json()
        assert orders[0] == approved.json()
        mock.end(signal.SIGTERM)
        assert mock.process.returncode == 0


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = cxc("mock", UTILITY, "--port", str(port))
    assert ran.code == 2
    sentence = f"The port {port} is in use by another program; name another one with `--port`."
    assert ran.errors == f"Error: {sentence}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--store", "redis"], "There is no store `redis`"),
        (["--store", "memory:x"], "There is no store `memory:x`"),
        (["--store", "sqlite:/nowhere/at/all.sqlite"], "cannot be used as the store"),
        (["--host", "no.such.host.invalid"], "is no address of this computer"),
        (["--host", "203.0.113.7"], "203.0.113.7:8000 cannot be served"),
        (["--port", "70000"], "70000 is not in the range"),
        (["--seed-data", "-1"], "-1 is not in the range"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(arguments: list[str], words: str, tmp_path: Path) -> None:
    ran = cxc("mock", UTILITY, *arguments, cwd=tmp_path)
    assert ran.code == 2
    assert words in ran.errors


def test_a_design_with_errors_is_not_served(tmp_path: Path) -> None:
    write_all(tmp_path, {"cxc.toml": 'name = "x"\n', "a.blueprint": "package a\nservice S { owner Nobody }\n"})
    ran = cxc("mock", tmp_path)
    assert ran.code == 1
    assert "CXC201" in ran.codes
    assert ran.errors == "Nothing is served: the design has errors.\n"
    write_all(tmp_path, {"a.blueprint": "package a\n\nteam Lonely\n"})
    ran = cxc("mock", tmp_path)
    assert (ran.code, ran.errors) == (2, "Error: The design has no service, so there is nothing to serve.\n")
    write_all(tmp_path, {"cxc.toml": 'name = "x"\nnonsense = 1\n'})
    assert cxc("mock", tmp_path).code == 2


def test_what_is_not_installed_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxc.cli.mock.find_spec", lambda name: None if name == "uvicorn" else real_find_spec(name))
    ran = cxc("mock", UTILITY)
    assert (ran.code, ran.errors) == (2, "Error: `cxc mock` needs uvicorn: run `pip install 'cxc[mock]'`.\n")


def test_data_of_another_design_is_not_served(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'data.sqlite'}"
    (tmp_path / "shop").mkdir()
    entity = "entity E {{ id: uuid @key; size: {} }}\n"
    design = f"package a\nteam T\n{entity}service S {{{{ owner T; masters E; query all() -> [E] }}}}\n"
    write_all(tmp_path / "shop", {"cxc.toml": 'name = "x"\n', "a.blueprint": design.format("text")})
    with running(tmp_path / "shop", "--store", store) as mock:
        mock.end()
    write_all(tmp_path / "shop", {"a.blueprint": design.format("int(1..9)")})
    ran = cxc("mock", tmp_path / "shop", "--store", store, "--port", "0")
    assert (ran.code, "does not fit the design any more: E." in ran.errors) == (2, True)


def test_addresses() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address_of(listening))
    if socket.has_ipv6:
        try:
            with listen("::1", 0) as listening:
                assert re.fullmatch(r"http://\[::1\]:\d+", address_of(listening))
        except NoPort:
            pass  # this computer has no such address

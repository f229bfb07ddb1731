"""The platform of the pharmacy, as others see it: with handlers filled in, and as a mock.

Both are what the target `fastapi` makes of the design, served at a port. Schemathesis asks them all that the contract
allows and much that it does not; the client that the target `typescript` makes goes through a journey, in Node.js.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow

HANDLERS = Path(__file__).with_name("pharmacy")
JOURNEY = Path(__file__).with_name("journey.test.mjs")
PATIENT = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"
MEDICINE = "39113611000001102"
TOKEN = f"customer:{PATIENT}:verified"
"""The mock knows whoever says so; the handlers of the tests do too."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> None:
    ran = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pharmacy, built, with all of its handlers filled in."""
    folder = tmp_path_factory.mktemp("platform") / "pharmacy"
    shutil.copytree(ROOT / "blueprints" / "pharmacy", folder, ignore=shutil.ignore_patterns("generated", "code"))
    run([sys.executable, "-m", "cxc", "build", "--target", "fastapi", "--target", "typescript"], folder)
    shutil.copytree(HANDLERS, folder / "code", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@contextmanager
def served(command: list[str], folder: Path, **environment: str) -> Iterator[str]:
    """Run a server at a port that is free, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A pipe that nobody reads would fill up with the log of requests, and the server would wait for its reader.
    log = folder / f"server-{port}.log"
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            [sys.executable, "-m", *command, "--port", str(port)],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                if server.poll() is not None:
                    break
                try:
                    httpx.get(f"{address}/openapi.yaml", timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            else:
                pytest.fail(f"{command} does not answer")
            assert server.poll() is None, log.read_text(encoding="utf-8")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextmanager
def filled_in(workspace: Path) -> Iterator[str]:
    command = ["uvicorn", "main:app", "--log-level", "critical"]
    with served(command, workspace / "code", PYTHONPATH=str(workspace / "generated" / "python")) as address:
        yield address


@contextmanager
def mocked(workspace: Path) -> Iterator[str]:
    with served(["cxc", "mock"], workspace) as address:
        yield address


@pytest.fixture(params=[filled_in, mocked])
def platform(request: pytest.FixtureRequest, workspace: Path) -> Iterator[str]:
    """The address of a platform that has just begun."""
    with request.param(workspace) as address:
        yield address


# ---- the handlers ---------------------------------------------------------------------------------------------------


def test_handlers_fit_the_design(workspace: Path) -> None:
    run([sys.executable, "-m", "cxc", "check", "--strict", "--code"], workspace)


def test_handlers_have_the_types_of_their_ports(workspace: Path) -> None:
    run([sys.executable, "-m", "mypy", "--strict", "."], workspace / "code")


def test_handlers_have_the_form_that_their_project_asks_for(workspace: Path) -> None:
    run([sys.executable, "-m", "ruff", "check", "."], workspace / "code")
    run([sys.executable, "-m", "ruff", "format", "--check", "."], workspace / "code")


def test_handlers_pass_the_tests_that_were_written_for_them(workspace: Path) -> None:
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"], workspace / "code")


# ---- the contract ---------------------------------------------------------------------------------------------------


def known(platform: str) -> Mapping[str, list[str]]:
    """Return values with which operations come to what they are for: of what is there, or was made just now."""
    with httpx.Client(base_url=platform, headers={"Authorization": f"Bearer {TOKEN}"}) as client:

        def ask(path: str, **parameters: str) -> Any:
            return client.get(path, params=parameters).raise_for_status().json()

        def make(path: str, **body: str) -> Any:
            return client.post(path, json=body).raise_for_status().json()

        (prescription, *_) = ask("/prescriptions/refillable", patient=PATIENT)
        order = make("/prescriptions/request-refill", prescription=prescription["id"])
        (plan, *_) = ask("/payments/plans")
        question = make("/care/ask", patient=PATIENT, words="May I run?")
        make("/care/answer", question=question["id"], answer="Yes, you may.")
        return {
            "patient": [PATIENT],
            "medicine": [MEDICINE],
            "prescription": [prescription["id"]],
            "order": [order["id"]],
            "code": [order["code"]],
            "collect_at": [store["id"] for store in ask("/stores/near-home", patient=PATIENT)["items"]],
            "slot": [slot["id"] for slot in ask("/deliveries/slots", order=order["id"])],
            "question": [question["id"]],
            "plan": [plan["id"]],
            "certificate": [make("/payments/buy-certificate", patient=PATIENT, plan=plan["id"])["id"]],
        }


def configuration(platform: str) -> str:
    """Return what Schemathesis is told: who asks, what there is, and the failures that the design foresees."""
    lines = [
        "[auth.openapi.customer]",
        f"bearer = {json.dumps(TOKEN)}",
        "[checks.positive_data_acceptance]",
        # A payment may be declined, and a code may be wrong, though the request is as it should be.
        'expected-statuses = ["2xx", "401", "402", "403", "404", "409", "422"]',
    ]
    values = known(platform)
    for name, found in values.items():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(found)}"]
    lines.append("[parameters]")
    for name in values:
        lines += [
            f'"{place}.{name}" = {{ dictionary = "{name}", probability = 0.7 }}' for place in ("path", "query", "body")
        ]
    return "\n".join(lines)


def test_schemathesis_finds_no_answer_that_the_contract_does_not_describe(platform: str, tmp_path: Path) -> None:
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(configuration(platform), encoding="utf-8")
    schemathesis = Path(sys.executable).with_name("schemathesis")
    command = (schemathesis, "--config-file", settings, "run", f"{platform}/openapi.yaml", "--url", platform)
    run([*command, "--checks", "all", "--max-examples", "15", "--seed", "1", "--no-color"], tmp_path)


# ---- the client -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(workspace: Path, node_tools: Path) -> Path:
    """The folder of the compiled client."""
    folder = workspace / "generated" / "typescript"
    run([node_tools / "tsc", "--project", folder], folder)
    return folder / "dist"


def test_client_goes_through_a_journey(platform: str, client: Path) -> None:
    run(["node", "--test", "--test-reporter=tap", JOURNEY], client, CLIENT=str(client), PLATFORM=platform)

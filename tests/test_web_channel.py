"""The reference channel in a browser: by keyboard alone, over nothing but generated files and the mock."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
Step = dict[str, Any]
Browse = Callable[..., list[Any]]
Use = Callable[[str, Sequence[dict[str, Any]]], list[Any]]

TITLE = {"value": "document.querySelector('h1').textContent"}
FOCUS = {"value": "document.activeElement.tagName"}
TEXT = {"value": "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"}
IS_READY = "document.querySelector('#main').getAttribute('aria-busy') === 'false'"
# Whatever is narrow enough for the smallest telephone does not have to be scrolled sideways.
IS_WIDE = {"value": "document.documentElement.scrollWidth > innerWidth"}
LOOKS: list[Step] = [
    {"viewport": [360, 720], "media": {"colorScheme": "dark"}, "axe": True},
    IS_WIDE,
    {"viewport": [1280, 800], "media": {"colorScheme": "light"}, "axe": True},
    IS_WIDE,
]
SOUND = [[], False, [], False]


@dataclass(frozen=True)
class Served:
    """A channel that is served, and the mock behind it."""

    address: str
    platform: str
    generated: Path

    def begin_again(self) -> None:
        httpx.post(f"{self.platform}/_mock/reset").raise_for_status()

    def data(self, entity: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{self.platform}/_mock/data/{entity}").json()
        return found


@contextmanager
def served(channel: Path, design: Path, out: Path, *arguments: str) -> Iterator[Served]:
    """Serve a channel as its own instructions say, with another folder for what is built."""
    command = ["node", channel / "start.mjs", design, "--port", "0", "--out", out, *arguments]
    environment = {**os.environ, "CXC": f"{sysconfig.get_path('scripts')}/cxc"}
    log = out / "log"
    with (
        log.open("wb") as told,
        subprocess.Popen([str(part) for part in command], stdout=told, stderr=told, env=environment) as process,
    ):
        try:
            yield Served(*_begun(process, log), out / "generated")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def _begun(process: subprocess.Popen[bytes], log: Path) -> tuple[str, str]:
    for _ in range(600):
        said = log.read_text(encoding="utf-8")
        if found := re.search(r"The channel is at (\S+)/ and the platform at (\S+);", said):
            return found[1], found[2]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(said)


@pytest.fixture(scope="module")
def pharmacy(web_channel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    out = tmp_path_factory.mktemp("pharmacy")
    with served(web_channel, ROOT / "blueprints" / "pharmacy", out) as channel:
        yield channel


@pytest.fixture
def use(pharmacy: Served, browse: Browse) -> Use:
    """A function that opens an address of the pharmacy's page, and does what it is told there."""

    def use(address: str, steps: Sequence[Step]) -> list[Any]:
        pharmacy.begin_again()
        return browse(pharmacy.address + address, steps, servers=[pharmacy.platform])

    return use


def arrived(title: str) -> list[Step]:
    return [{"until": f"document.querySelector('h1').textContent === {json.dumps(title)} && {IS_READY}"}]


def pressed(selector: str, key: str = "Enter") -> list[Step]:
    """Go to a control with the tab key, and press another one there."""
    return [{"tab": selector}, {"press": key}]


def chosen(name: str, at: int = 0) -> list[Step]:
    return [*pressed(f"[name='{name}']", "Space"), *[{"press": "ArrowDown"}] * at]


REFILL = "/?journey=RefillPrescription"
REQUEST: list[Step] = [*arrived("Requests the refill"), {"until": "document.querySelector('form')"}]
ORDERED: list[Step] = [*REQUEST, *chosen("field-prescription"), *pressed("form button.main")]


def test_whole_journey_by_keyboard(pharmacy: Served, use: Use) -> None:
    taken = {delivery["slot"] for delivery in pharmacy.data("Delivery")}
    slots = [slot["id"] for slot in pharmacy.data("DeliverySlot")]
    free = next(at for at, slot in enumerate(slots) if slot not in taken)
    steps: list[Step] = [
        *REQUEST,
        *[TEXT, *LOOKS],
        *ORDERED[len(REQUEST) :],
        {"until": "document.querySelector('.receipt')"},
        *[FOCUS, TEXT, *LOOKS],
        *chosen("way"),
        *pressed("form button.main"),
        *arrived("Chooses a time for the courier"),
        {"until": "document.querySelector('form')"},
        *[FOCUS, {"value": "location.pathname"}, *LOOKS],
        *chosen("field-slot", free),
        *pressed("form button.main"),
        {"until": "document.querySelector('.receipt')"},
        *[FOCUS, TEXT, *LOOKS],
        *pressed("button.main"),
        *arrived("Receives the medicine at the door"),
        *[FOCUS, TEXT, *LOOKS],
        *pressed("button.main"),
        *arrived("That is all"),
        *[FOCUS, TEXT, *LOOKS],
    ]
    told = iter(use(REFILL, steps))

    def look() -> None:
        assert [next(told) for _ in SOUND] == SOUND

    text = next(told)
    assert "Shows the medicines that are due" in text
    assert "Salbutamol 100 mcg Refills left: " in text
    assert "Swansea Uplands" in text
    look()
    assert next(told) == "H1"
    text = next(told)
    assert "Order confirmation with a code" in text
    assert "Refill order code" in text
    assert "Wants it delivered Next: Chooses a time for the courier" in text
    look()
    assert [next(told), next(told)] == ["H1", "/refills/delivery"]
    look()
    assert next(told) == "H1"
    assert "Delivery time in the calendar" in next(told)
    look()
    assert next(told) == "H1"
    text = next(told)
    assert "At the door" in text
    assert "Every day 08:00–22:00" in text
    assert re.search(r"What is known there already Refill order id [0-9a-f-]{36} Refill order code [A-Z0-9]{6}", text)
    look()
    assert next(told) == "H1"
    assert "New medicine in hand before the old box is empty" in next(told)
    look()
    assert next(told, None) is None
    assert slots[free] in {delivery["slot"] for delivery in pharmacy.data("Delivery")}


def test_a_failure_leads_to_people_who_know_the_case(pharmacy: Served, use: Use) -> None:
    change = {
        "method": "PATCH",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"refills_left": 0}),
    }
    at = f"{pharmacy.platform}/_mock/data/Prescription/"
    emptied: list[Step] = [{"fetch": [at + one["id"], change]} for one in pharmacy.data("Prescription")]
    told = use(
        "/",
        [
            *emptied,
            {"open": pharmacy.address + REFILL},
            *ORDERED,
            *arrived("Talks to a pharmacist"),
            FOCUS,
            TEXT,
            *LOOKS,
        ],
    )
    assert told[0] == "H1"
    assert "No refills are left" in told[1]
    assert "Northwind by telephone Open now by telephone, with a person · Day and night, every day" in told[1]
    assert "Monday–Friday 08:00–20:00 · Saturday 09:00–18:00" in told[1]
    assert "What is known there already Prescription Salbutamol 100 mcg" in told[1]
    assert told[2:] == SOUND


def test_advice_is_there_before_anything_is_ordered(pharmacy: Served, use: Use) -> None:
    steps = [
        *REQUEST,
        *chosen("field-prescription"),
        *pressed(".instead button"),
        *arrived("Talks to a pharmacist"),
        TEXT,
    ]
    pharmacy.begin_again()
    before = len(pharmacy.data("RefillOrder"))
    (text,) = use(f"{REFILL}&now=2026-03-15T12:00", steps)
    assert "Northwind stores Closed now in person" in text
    assert "Prescription Salbutamol 100 mcg" in text
    assert len(pharmacy.data("RefillOrder")) == before


def test_what_was_done_is_there_after_talking_to_a_person(pharmacy: Served, use: Use) -> None:
    there_and_back: list[Step] = [*pressed("#person"), *arrived("Talk to a person"), *pressed("main button.main")]
    steps: list[Step] = [
        *REQUEST,
        *chosen("field-prescription"),
        *there_and_back,
        *REQUEST,
        {"value": "document.querySelector('[name=field-prescription]:checked') !== null"},
        *pressed("form button.main"),
        {"until": "document.querySelector('.receipt')"},
        *there_and_back,
        *arrived("Requests the refill"),
        TEXT,
    ]
    pharmacy.begin_again()
    before = len(pharmacy.data("RefillOrder"))
    told = use(REFILL, steps)
    assert told[0] is True
    assert "Order confirmation with a code" in told[1]
    assert len(pharmacy.data("RefillOrder")) == before + 1


def test_a_person_is_always_there(use: Use) -> None:
    back: list[Step] = [
        *pressed("#person"),
        *arrived("Talk to a person"),
        *[FOCUS, TEXT, *LOOKS],
        *pressed("main button.main"),
        *arrived("Requests the refill"),
        {"until": "document.querySelector('form')"},
        FOCUS,
    ]
    told = use(REFILL, [*REQUEST, *back])
    assert told[0] == "H1"
    assert "Northwind by telephone" in told[1]
    assert told[2:-1] == SOUND
    assert told[-1] == "H1"


def test_what_is_wrong_is_said_and_one_key_away(use: Use) -> None:
    steps: list[Step] = [
        *REQUEST,
        *pressed("form button.main"),
        {"value": "document.activeElement.innerText.replace(/\\s+/g, ' ')"},
        {"value": "document.getElementById('field-prescription').getAttribute('aria-describedby')"},
        *LOOKS,
        *pressed(".summary a"),
        {"value": "document.activeElement.name"},
    ]
    told = use(REFILL, steps)
    assert told[:2] == ["Please look at this again Prescription: please choose one", "field-prescription-fault"]
    assert told[2:-1] == SOUND
    assert told[-1] == "field-prescription"


def test_a_channel_that_was_switched_off_says_where_it_goes_on(use: Use) -> None:
    flag = {"state": "ENABLED", "variants": {"open": True, "closed": False}, "defaultVariant": "closed"}
    flags = {"flags": {"channel:northwind.channels.Web/open": flag}}
    steps: list[Step] = [
        {"serve": ["**/flags.json", flags]},
        {"reload": True},
        *arrived("We are closed just now"),
        *[TEXT, *LOOKS],
    ]
    told = use(REFILL, steps)
    assert "Northwind app Open now" in told[0]
    assert "Northwind by telephone" in told[0]
    assert told[1:] == SOUND


def test_all_journeys_are_offered_and_a_screen_has_its_address(pharmacy: Served, use: Use) -> None:
    told = use(
        "/", [*arrived("What can we do for you?"), TEXT, *LOOKS, *pressed(".journeys li:nth-child(3) a"), *REQUEST]
    )
    assert "Refill a repeat prescription" in told[0]
    assert told[1:] == SOUND
    (title,) = use("/help", [{"until": "document.querySelector('form')"}, TITLE])
    assert title == "Looks whether it is known"


def test_form(web_channel: Path, node_tools: Path) -> None:
    sources = [*(web_channel / "src").iterdir(), *web_channel.glob("*.mjs"), *(web_channel / "page").iterdir()]
    command = [str(part) for part in (node_tools / "prettier", "--check", *sources)]
    done = subprocess.run(command, cwd=web_channel, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types(web_channel: Path, node_tools: Path, pharmacy: Served, tmp_path: Path) -> None:
    options = {"paths": {"client": [str(pharmacy.generated / "typescript/src/index.ts")]}}
    settings = {
        "extends": str(web_channel / "tsconfig.json"),
        "compilerOptions": options,
        "include": [str(web_channel / "src")],
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run([node_tools / "tsc", "--project", tmp_path], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout + done.stderr == ""

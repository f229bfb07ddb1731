"""The mock as front ends meet it: who asks, addresses, media types, other origins, and the mock's own pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from cxc.mock.calls import Routes
from cxc.mock.simulation import Simulation, Unavailable
from cxc.model.service import Service
from designs import EXAMPLES, design, example
from hostile import KEYWORDS, TEXTS, design_of_names, design_of_services, design_of_texts, told_apart
from mocks import VERIFIED, Client, mocked

MAIR = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"
PROFILE = "/patients/profile"


@pytest.fixture(scope="module")
def pharmacy() -> Iterator[Client]:
    with mocked(example("pharmacy"), headers={}) as client:
        yield client


@pytest.mark.parametrize(
    ("token", "status"),
    [
        (None, 401),
        ("", 401),
        ("nobody", 401),
        ("customer::verified", 401),
        ("customer:x:emperor", 401),
        ("customer:x:verified:", 401),
        ("customer:x:anonymous", 403),
        ("customer:x:identified", 403),
        ("customer:x:authenticated", 200),
        ("customer:a:b:verified", 200),
    ],
)
def test_tokens_say_how_well_the_customer_is_known(pharmacy: Client, token: str | None, status: int) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    assert pharmacy.get(PROFILE, headers, patient=MAIR).status_code == status
    assert pharmacy.get("/payments/plans", headers).status_code in (200, 401, 403)


def test_other_methods_and_media_types_are_refused_as_problems(pharmacy: Client) -> None:
    wrong = pharmacy.ask("PUT", PROFILE, VERIFIED)
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET")
    assert wrong.headers["Content-Type"] == "application/problem+json"
    form = pharmacy.ask("POST", "/care/ask", VERIFIED, data={"patient": MAIR})
    assert form.status_code == 400
    assert pharmacy.get("/nowhere").headers["Content-Type"] == "application/problem+json"
    assert pharmacy.post("/care/ask", VERIFIED, patient=MAIR, words="").status_code == 400


def test_front_ends_of_other_origins_may_ask(pharmacy: Client) -> None:
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,idempotency-key,x-mock-fail",
    }
    allowed = pharmacy.ask("OPTIONS", "/care/ask", asked)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert "idempotency-key" in allowed.headers["Access-Control-Allow-Headers"]
    refused = pharmacy.get(PROFILE, {"Origin": "http://localhost:5173"}, patient=MAIR)
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_the_first_page_tells_what_can_be_done(pharmacy: Client) -> None:
    view = pharmacy.get("/_mock/").json()
    by_name = {one["operation"]: one for one in view["operations"]}
    refill = by_name["Prescriptions.request_refill"]
    assert (refill["method"], refill["path"]) == ("POST", "/prescriptions/request-refill")
    assert refill["failures"] == {"NotRefillable": 409}
    assert refill["events"] == ["RefillRequested"]
    assert view["token"] == f"customer:{MAIR}:verified"
    page = pharmacy.get("/", {"Accept": "text/html"})
    assert page.headers["Location"] == "/_mock/"
    page = pharmacy.get("/_mock", {"Accept": "text/html"})
    assert "Prescriptions.request_refill" in page.text
    headers = {"Authorization": f"Bearer {view['token']}"}
    assert pharmacy.get(PROFILE, headers, patient=MAIR).status_code == 200


def test_data_can_be_changed_within_its_limits(pharmacy: Client) -> None:
    store = pharmacy.data("Store")[0]["id"]

    def change(body: object, name: str = "Store", key: str = store) -> int:
        return pharmacy.ask("PATCH", f"/_mock/data/{name}/{key}", json=body).status_code

    assert change({"lockers_free": 7}) == 200
    assert pharmacy.data("Store")[0]["lockers_free"] == 7
    assert change({"lockers_free": 7_000}) == 400
    assert change({"lockers": 7}) == 400
    assert change({"id": MAIR}) == 400
    assert change([]) == 400
    assert change({}, key="x") == 404
    assert change({}, name="Shop") == 404
    patient = pharmacy.data("Patient")[0]
    assert "email" in patient
    assert change({"email": None}, "Patient", patient["id"]) == 200
    assert "email" not in pharmacy.data("Patient")[0]


def test_a_line_for_each_request_and_nothing_personal_in_it(pharmacy: Client) -> None:
    pharmacy.get("/patients/profile", VERIFIED, patient=MAIR)
    assert pharmacy.log[-1].startswith("GET    /patients/profile  Patients.profile  200  ")
    pharmacy.ask("GET", "/a%0Ab%1B", VERIFIED)
    assert pharmacy.log[-1].isprintable()
    assert pharmacy.log[-1].startswith("GET    /a%0Ab%1B  -  404  ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_examples_start_and_answer(name: str) -> None:
    blueprint = example(name)
    with mocked(blueprint, lenient=True) as client:
        view = client.get("/_mock/").json()
        assert any(entity["count"] for entity in view["entities"])
        _ask_everything(client)
        assert client.get("/openapi.yaml").status_code == 200
    routes = Routes(blueprint)
    for service in blueprint.every(Service):
        for operation in service.operations:
            assert operation.http or routes.operation("GET", f"/{service.name}") is None


def test_texts_that_want_to_be_obeyed_are_only_shown() -> None:
    with mocked(design(design_of_texts(TEXTS)), lenient=True) as client:
        page = client.get("/_mock/", {"Accept": "text/html"}).text
        assert "<script" not in page and "<img" not in page
        _ask_everything(client)
        _provoke_everything(client)


def test_names_that_mean_something_elsewhere_are_only_names() -> None:
    with mocked(design(design_of_names(told_apart(KEYWORDS))), lenient=True) as client:
        _ask_everything(client)
    # A service called `platform` would take the file of the contract of the whole platform.
    names = [name for name in told_apart(KEYWORDS) if name.lower() != "platform"]
    services, _, _ = design_of_services(names).partition("// file: q.blueprint")
    with mocked(design(services)) as client:
        _provoke_everything(client)


def _ask_everything(client: Client) -> None:
    view = client.get("/_mock/").json()
    for entity in view["entities"]:
        assert len(client.data(entity["entity"])) == entity["count"]
    for one in view["operations"]:
        asked = client.ask(one["method"], one["path"], json={} if one["method"] != "GET" else None)
        assert asked.status_code in (200, 204, 400), (one, asked.text)
    assert not any("  500  " in line or "failed" in line for line in client.log)


def _provoke_everything(client: Client) -> None:
    for one in client.get("/_mock/").json()["operations"]:
        for name, status in one["failures"].items():
            asked = client.ask(
                one["method"],
                one["path"],
                {"X-Mock-Fail": name},
                params={part: "x" for part in (one["operation"].partition(".")[2],)},
            )
            assert asked.status_code in (status, 400), (one, asked.text)


def test_promises_can_be_simulated() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    blueprint = design(
        "package p\nteam T\nservice S { owner T; availability 90%\n"
        "  query often() -> int { latency 250ms }\n  query seldom() -> int { availability 20% }\n}"
    )
    [service] = blueprint.every(Service)

    def outcomes(operation: int, seed: int, calls: int = 200) -> list[bool]:
        simulation = Simulation(seed, sleep)

        async def one() -> bool:
            try:
                await simulation.before(service, service.operations[operation])
            except Unavailable:
                return False
            return True

        return [asyncio.run(one()) for _ in range(calls)]

    assert outcomes(0, 1) == outcomes(0, 1) != outcomes(0, 2)
    assert 165 <= sum(outcomes(0, 1)) <= 195
    assert 20 <= sum(outcomes(1, 1)) <= 60
    assert set(waited) == {0.25}
    with mocked(blueprint, simulate=True) as client:
        statuses = {client.get("/s/seldom").status_code for _ in range(30)}
        assert statuses == {200, 503}
        assert any(line.endswith("  503 (simulated)") for line in client.log)

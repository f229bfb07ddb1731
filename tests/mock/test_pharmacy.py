"""The journey of the pharmacy by plain HTTP: from the refill to the counter, with what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from designs import example
from mocks import Client, mocked

MAIR = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"


@pytest.fixture
def mair() -> Iterator[Client]:
    with mocked(example("pharmacy"), headers={"Authorization": f"Bearer customer:{MAIR}:authenticated"}) as client:
        yield client


def test_a_refill_from_the_order_to_the_counter(mair: Client) -> None:
    due = mair.get("/prescriptions/refillable", patient=MAIR)
    assert due.status_code == 200
    [prescription] = due.json()
    assert prescription["patient"] == MAIR and prescription["status"] == "active"
    store = mair.data("Store")[1]

    key = {"Idempotency-Key": "one-refill"}
    asked = {"prescription": prescription["id"], "collect_at": store["id"]}
    order = mair.post("/prescriptions/request-refill", key, **asked)
    assert order.status_code == 200
    assert order.json()["prescription"] == prescription["id"]
    assert order.json()["collect_at"] == store["id"]
    assert order.json()["status"] == "received"
    again = mair.post("/prescriptions/request-refill", key, **asked)
    assert again.json() == order.json()
    assert mair.post("/prescriptions/request-refill", key, prescription=prescription["id"]).status_code == 409
    [left] = mair.get("/prescriptions/refillable", patient=MAIR).json()
    assert left["refills_left"] == prescription["refills_left"] - 1

    id, code = order.json()["id"], order.json()["code"]
    assert mair.get(f"/refills/{id}").json() == order.json()
    assert mair.post("/prescriptions/approve-refill", order=id).json()["status"] == "approved"
    wrong = mair.post("/prescriptions/hand-over", order=id, code="ZZZZZ0")
    assert wrong.status_code == 422
    assert wrong.json()["type"] == "urn:problem:northwind.platform:WrongCode"
    assert mair.get(f"/refills/{id}").json()["status"] == "approved"
    assert mair.post("/prescriptions/hand-over", order=id, code=code).json()["status"] == "handed_over"

    told = [(event["type"].rpartition(".")[2], event["data"]["order"]) for event in mair.events()]
    assert told == [(name, id) for name in ("RefillRequested", "RefillReady", "RefillCollected")]
    assert mair.events()[1]["data"]["collect_at"] == store["id"]
    # The services that subscribe have reacted: a message to Mair, and the payment.
    assert mair.data("Notice")[-1]["patient"] == MAIR
    assert mair.data("Payment")[-1]["order"] == id
    assert "event  northwind.platform.RefillCollected  Payments.settle  done" in mair.log


def test_a_failure_is_provoked_by_a_header(mair: Client) -> None:
    prescription = mair.get("/prescriptions/refillable", patient=MAIR).json()[0]["id"]
    failed = mair.post("/prescriptions/request-refill", {"X-Mock-Fail": "NotRefillable"}, prescription=prescription)
    assert failed.status_code == 409
    assert failed.headers["Content-Type"] == "application/problem+json"
    assert failed.json()["type"] == "urn:problem:northwind.platform:NotRefillable"
    assert failed.json()["prescription"] == prescription
    line = mair.log[-1]
    assert line.startswith("POST   /prescriptions/request-refill  Prescriptions.request_refill  409  ")
    assert line.endswith(" ms  NotRefillable (X-Mock-Fail)")
    assert mair.events() == []


def test_a_name_that_is_no_failure_is_told_those_that_are(mair: Client) -> None:
    prescription = mair.data("Prescription")[0]["id"]
    refused = mair.post("/prescriptions/request-refill", {"X-Mock-Fail": "Nonsense"}, prescription=prescription)
    assert refused.status_code == 400
    [error] = refused.json()["errors"]
    assert error["parameter"] == "X-Mock-Fail"
    assert "Prescriptions.request_refill declares NotRefillable" in error["detail"]
    busy = mair.get("/patients/profile", {"X-Mock-Fail": "503"}, patient=MAIR)
    assert (busy.status_code, busy.json()["type"]) == (503, "about:blank")


def test_what_is_used_up_cannot_be_had(mair: Client) -> None:
    prescription = mair.data("Prescription")[0]["id"]
    changed = mair.ask("PATCH", f"/_mock/data/Prescription/{prescription}", json={"refills_left": 1})
    assert changed.json()["refills_left"] == 1
    assert mair.post("/prescriptions/request-refill", prescription=prescription).status_code == 200
    failed = mair.post("/prescriptions/request-refill", prescription=prescription)
    assert failed.json()["type"] == "urn:problem:northwind.platform:NotRefillable"
    assert mair.log[-1].endswith("NotRefillable (refills_left is 0)")


def test_a_slot_is_one_customers(mair: Client) -> None:
    first, second, _ = mair.data("RefillOrder")
    taken = {delivery["slot"] for delivery in mair.data("Delivery")}
    slot = next(
        slot["id"] for slot in mair.get("/deliveries/slots", order=first["id"]).json() if slot["id"] not in taken
    )
    booked = mair.post("/deliveries/book-delivery", order=first["id"], slot=slot)
    assert (booked.json()["order"], booked.json()["slot"]) == (first["id"], slot)
    failed = mair.post("/deliveries/book-delivery", order=second["id"], slot=slot)
    assert failed.json()["type"] == "urn:problem:northwind.platform:SlotTaken"
    assert failed.json()["slot"] == slot


def test_what_is_not_there(mair: Client) -> None:
    medicine = mair.get("/medicines/leaflet", medicine="000000")
    assert (medicine.status_code, medicine.json()["type"]) == (404, "urn:problem:northwind.platform:UnknownMedicine")
    order = mair.get("/refills/00000000-0000-4000-8000-000000000000")
    assert (order.status_code, order.json()["type"]) == (404, "about:blank")
    assert "/_mock/data/RefillOrder" in order.json()["detail"]


def test_secrets_are_never_shown(mair: Client) -> None:
    assert "record_token" not in mair.get("/patients/profile", patient=MAIR).json()
    assert all("record_token" not in patient for patient in mair.data("Patient"))


def test_lists_come_in_pages(mair: Client) -> None:
    first = mair.get("/stores/near-home", patient=MAIR, limit=2).json()
    assert len(first["items"]) == 2
    last = mair.get("/stores/near-home", patient=MAIR, limit=2, cursor=first["next_cursor"]).json()
    assert [*first["items"], *last["items"]] == mair.data("Store")
    assert "next_cursor" not in last
    assert mair.get("/stores/near-home", patient=MAIR, cursor="nowhere").status_code == 404


def test_a_question_is_asked_and_answered(mair: Client) -> None:
    asked = mair.post("/care/ask", patient=MAIR, words="May I drive?").json()
    assert (asked["patient"], asked["words"], "answer" in asked) == (MAIR, "May I drive?", False)
    answered = mair.post("/care/answer", question=asked["id"], answer="Not on the first day.").json()
    assert answered["answer"] == "Not on the first day."
    assert mair.get("/care/read-answer", question=asked["id"]).json() == answered

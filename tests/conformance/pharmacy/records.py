"""What the pharmacy knows: a few records to begin with, kept in this process."""

import datetime as dt
from collections.abc import Hashable, Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import TypeVar
from uuid import UUID

from northwind import models
from northwind.values import Money
from starlette.exceptions import HTTPException

FIRST = UUID("5f0c3a52-8d1e-4b7a-9c64-2e1f7d90ab13")
"""The id of the first record of each kind, as in the examples of the design."""
PATIENT = UUID("6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10")
MEDICINE = "39113611000001102"

Key = TypeVar("Key", bound=Hashable)
Record = TypeVar("Record")


def pounds(amount: str) -> Money:
    """Return an amount of money."""
    return Money(amount=Decimal(amount), currency="GBP")


def now() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def found(records: Mapping[Key, Record], key: Key) -> Record:
    """Return a record, or answer 404: the design declares no failure for this."""
    try:
        return records[key]
    except KeyError:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such record") from None


class Records:
    """All records, by their keys."""

    def __init__(self) -> None:
        self.patients = {PATIENT: _patient()}
        self.medicines = {MEDICINE: _medicine()}
        self.stores = {store.id: store for store in (_store(n) for n in range(3))}
        self.prescriptions = {
            one.id: one for one in (_prescription(n) for n in range(2))
        }
        self.orders = {FIRST: _order()}
        self.slots = {slot.id: slot for slot in (_slot(n) for n in range(4))}
        self.deliveries: dict[UUID, models.Delivery] = {}
        self.questions = {FIRST: _question()}
        self.plans = {"year-26": _plan()}
        self.certificates = {FIRST: _certificate()}
        self.payments: dict[UUID, models.Payment] = {}
        self.notices: list[models.Notice] = []
        self.ratings: list[models.Rating] = []

    def patient_of(self, order: models.RefillOrder) -> UUID:
        """Return for whom an order is."""
        return self.prescriptions[order.prescription].patient


def _numbered(number: int) -> UUID:
    return UUID(int=FIRST.int + number)


def _patient() -> models.Patient:
    return models.Patient(
        id=PATIENT,
        given_name="Mair",
        family_name="Pritchard",
        birth_date=dt.date(1957, 3, 14),
        email="mair@example.org",
        home=models.Address(
            line="12 Harbour Lane", town="Swansea", postcode="SA1 1AA", country="GB"
        ),
        allergies=["penicillin"],
    )


def _medicine() -> models.Medicine:
    return models.Medicine(
        code=MEDICINE,
        name="Salbutamol 100 micrograms/dose inhaler",
        leaflet="https://northwind.example/leaflets/salbutamol",
        advice={"en": "Shake it well.", "cy": "Ysgwydwch ef yn dda."},
        picture=b"\x89PNG",
    )


def _store(number: int) -> models.Store:
    return models.Store(
        id=_numbered(number),
        title=("Swansea Uplands", "Mumbles", "Gorseinon")[number],
        opens=dt.time(8),
        closes=dt.time(20),
        languages=["en", "cy"],
        lockers_free=40,
    )


def _prescription(number: int) -> models.Prescription:
    return models.Prescription(
        id=_numbered(number),
        patient=PATIENT,
        drug_name="Salbutamol 100 mcg",
        dose="Two puffs, four times a day",
        medicine=MEDICINE,
        refills_left=5 + number,
        next_due=now().date() + dt.timedelta(7),
    )


def _order() -> models.RefillOrder:
    return models.RefillOrder(
        id=FIRST, prescription=FIRST, code="K7P2QX", ready_by=now() + dt.timedelta(1)
    )


def _slot(number: int) -> models.DeliverySlot:
    return models.DeliverySlot(
        id=_numbered(number),
        begins=now() + dt.timedelta(hours=4 + number),
        length=dt.timedelta(hours=1),
        charge=pounds("2.50"),
    )


def _question() -> models.Question:
    return models.Question(
        id=FIRST,
        patient=PATIENT,
        words="May I take it before I run?",
        answer="Yes, a quarter of an hour before.",
        answered_at=now(),
    )


def _plan() -> models.Plan:
    return models.Plan(
        id="year-26",
        title="A year, paid at once",
        price=pounds("114.50"),
        saving=Decimal("12.30"),
    )


def _certificate() -> models.Certificate:
    return models.Certificate(
        id=FIRST,
        patient=PATIENT,
        plan="year-26",
        number="PC00417733",
        valid_until=now().date() + dt.timedelta(365),
    )

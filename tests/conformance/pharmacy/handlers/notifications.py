"""The handlers of “Message service”."""

import datetime as dt
from uuid import UUID, uuid4

from northwind import models
from northwind.context import Context
from northwind.ports.notifications import NotificationsPort

from records import Records, found, now


class NotificationsHandlers(NotificationsPort):
    """Writes to patients."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def remind(self, context: Context, /, *, patient: UUID) -> models.Notice:
        return self._sent(patient, "It is time to order your medicine")

    async def notify(self, context: Context, /, *, order: UUID) -> models.Notice:
        ready = found(self._records.orders, order)
        return self._sent(
            self._records.patient_of(ready), f"Your medicine is ready: {ready.code}"
        )

    async def plan_reminders(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
        medicine: str,
        at: dt.time,
    ) -> models.Notice:
        found(self._records.medicines, medicine)
        return self._sent(patient, f"We will remind you each day at {at:%H:%M}")

    async def tell_answer(
        self,
        context: Context,
        /,
        *,
        question: UUID,
    ) -> models.Notice:
        asked = found(self._records.questions, question)
        return self._sent(asked.patient, "A pharmacist has answered you")

    async def confirm_certificate(
        self,
        context: Context,
        /,
        *,
        certificate: UUID,
    ) -> models.Notice:
        bought = found(self._records.certificates, certificate)
        return self._sent(bought.patient, f"Your certificate is {bought.number}")

    def _sent(self, patient: UUID, words: str) -> models.Notice:
        found(self._records.patients, patient)
        notice = models.Notice(id=uuid4(), patient=patient, sent_at=now(), words=words)
        self._records.notices.append(notice)
        return notice

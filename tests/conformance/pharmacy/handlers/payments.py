"""The handlers of “Payment service”."""

import datetime as dt
from uuid import UUID, uuid4

from northwind import events, models
from northwind.context import Context
from northwind.ports.payments import PaymentsPort

from records import Records, found, now, pounds


class PaymentsHandlers(PaymentsPort):
    """Sells certificates, and settles orders."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def saving(self, context: Context, /, *, patient: UUID) -> models.Saving:
        found(self._records.patients, patient)
        return models.Saving(
            paid=pounds("118.80"), with_certificate=pounds("114.50"), medicines=12
        )

    async def plans(self, context: Context, /) -> list[models.Plan]:
        return list(self._records.plans.values())

    async def buy_certificate(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
        plan: str,
        renews: bool = False,
    ) -> models.Certificate:
        found(self._records.patients, patient)
        found(self._records.plans, plan)
        certificate = models.Certificate(
            id=uuid4(),
            patient=patient,
            plan=plan,
            number=f"PC{len(self._records.certificates):08}",
            valid_until=now().date() + dt.timedelta(365),
            renews=renews,
        )
        self._records.certificates[certificate.id] = certificate
        await context.publish(
            events.CertificateBought(
                certificate=certificate.id, valid_until=certificate.valid_until
            )
        )
        return certificate

    async def certificate(
        self,
        context: Context,
        /,
        *,
        certificate: UUID,
    ) -> models.Certificate:
        return found(self._records.certificates, certificate)

    async def settle(self, context: Context, /, *, order: UUID) -> models.Payment:
        found(self._records.orders, order)
        payment = models.Payment(id=uuid4(), order=order, amount=pounds("9.90"))
        self._records.payments[payment.id] = payment
        return payment

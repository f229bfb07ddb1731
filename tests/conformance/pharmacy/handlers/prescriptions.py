"""The handlers of “Prescription service”."""

import datetime as dt
import secrets
from uuid import UUID, uuid4

from northwind import errors, events, models
from northwind.context import Context
from northwind.ports.prescriptions import PrescriptionsPort

from records import Records, found, now

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class PrescriptionsHandlers(PrescriptionsPort):
    """Turns prescriptions into orders, and orders into medicine in hand."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def refillable(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
    ) -> list[models.Prescription]:
        due = now().date() + dt.timedelta(14)
        return [
            one
            for one in self._records.prescriptions.values()
            if one.patient == patient and one.refills_left and one.next_due <= due
        ]

    async def request_refill(
        self,
        context: Context,
        /,
        *,
        prescription: UUID,
        collect_at: UUID | None = None,
    ) -> models.RefillOrder:
        wanted = found(self._records.prescriptions, prescription)
        if collect_at is not None:
            found(self._records.stores, collect_at)
        if not wanted.refills_left:
            raise errors.NotRefillable(prescription=prescription)
        wanted.refills_left -= 1
        order = models.RefillOrder(
            id=uuid4(),
            prescription=prescription,
            code="".join(secrets.choice(LETTERS) for _ in range(6)),
            ready_by=now() + dt.timedelta(hours=4),
            collect_at=collect_at,
        )
        self._records.orders[order.id] = order
        await context.publish(events.RefillRequested(order=order.id, at=now()))
        return order

    async def refill_order(
        self,
        context: Context,
        /,
        *,
        order: UUID,
    ) -> models.RefillOrder:
        return found(self._records.orders, order)

    async def approve_refill(
        self,
        context: Context,
        /,
        *,
        order: UUID,
    ) -> models.RefillOrder:
        approved = found(self._records.orders, order)
        approved.status = models.OrderStatus.APPROVED
        await context.publish(
            events.RefillReady(order=order, collect_at=approved.collect_at)
        )
        return approved

    async def hand_over(
        self,
        context: Context,
        /,
        *,
        order: UUID,
        code: str,
    ) -> models.RefillOrder:
        handed_over = found(self._records.orders, order)
        if not secrets.compare_digest(handed_over.code, code):
            raise errors.WrongCode
        handed_over.status = models.OrderStatus.HANDED_OVER
        await context.publish(events.RefillCollected(order=order, at=now()))
        return handed_over

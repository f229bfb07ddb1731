"""The handlers of “Delivery service”."""

from uuid import UUID, uuid4

from northwind import errors, models
from northwind.context import Context
from northwind.ports.deliveries import DeliveriesPort

from records import Records, found


class DeliveriesHandlers(DeliveriesPort):
    """Finds times at which a courier can come."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def slots(
        self,
        context: Context,
        /,
        *,
        order: UUID,
    ) -> list[models.DeliverySlot]:
        found(self._records.orders, order)
        taken = {one.slot for one in self._records.deliveries.values()}
        return [one for id, one in self._records.slots.items() if id not in taken]

    async def book_delivery(
        self,
        context: Context,
        /,
        *,
        order: UUID,
        slot: UUID,
    ) -> models.Delivery:
        found(self._records.orders, order)
        found(self._records.slots, slot)
        for booked in self._records.deliveries.values():
            if booked.slot == slot and booked.order != order:
                raise errors.SlotTaken(slot=slot)
        delivery = models.Delivery(id=uuid4(), order=order, slot=slot)
        self._records.deliveries[delivery.id] = delivery
        return delivery

    async def hold_slots(self, context: Context, /, *, order: UUID) -> None:
        found(self._records.orders, order)

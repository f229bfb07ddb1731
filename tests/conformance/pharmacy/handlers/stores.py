"""The handlers of “Store service”."""

from uuid import UUID

from northwind import models
from northwind.context import Context
from northwind.paging import Page
from northwind.ports.stores import StoresPort

from records import Records, found


class StoresHandlers(StoresPort):
    """Knows the stores and their lockers."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def near_home(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
    ) -> Page[models.Store]:
        found(self._records.patients, patient)
        stores = list(self._records.stores.values())
        # A cursor that was never given out leads to the end of the list.
        places = {str(store.id): place for place, store in enumerate(stores)}
        page = context.page
        begin = 0 if page.cursor is None else places.get(page.cursor, len(stores))
        end = begin + page.limit
        return Page(
            items=stores[begin:end],
            next_cursor=str(stores[end].id) if end < len(stores) else None,
        )

    async def reserve_locker(self, context: Context, /, *, order: UUID) -> models.Store:
        kept = found(self._records.orders, order)
        stores = self._records.stores
        store = stores[kept.collect_at or next(iter(stores))]
        store.lockers_free = max(store.lockers_free - 1, 0)
        return store

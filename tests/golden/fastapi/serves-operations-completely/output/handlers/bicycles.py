"""The handlers of “Bicycle service”: yours to write, never overwritten."""

import datetime as dt
from uuid import UUID

from pedal import models
from pedal.context import Context
from pedal.paging import Page
from pedal.port import unimplemented
from pedal.ports.bicycles import BicyclesPort


class BicyclesHandlers(BicyclesPort):
    """Does what “Bicycle service” is asked to do."""

    @unimplemented
    async def nearby(
        self,
        context: Context,
        /,
        *,
        at: str,
        seats: int = 1,
        days: list[models.Weekday] | None = None,
        electric: bool | None = None,
    ) -> Page[models.Bicycle]:
        raise NotImplementedError

    @unimplemented
    async def bicycle(self, context: Context, /, *, id: UUID) -> models.Bicycle | None:
        raise NotImplementedError

    @unimplemented
    async def buy(
        self,
        context: Context,
        /,
        *,
        bicycle: models.BicycleInput,
    ) -> models.Bicycle:
        raise NotImplementedError

    @unimplemented
    async def charge(self, context: Context, /, *, bicycle: UUID) -> None:
        raise NotImplementedError

    @unimplemented
    async def inspect(self, context: Context, /, *, bicycle: UUID) -> dt.date:
        raise NotImplementedError

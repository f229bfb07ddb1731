"""The handlers of “Ride service”: yours to write, never overwritten."""

from decimal import Decimal
from uuid import UUID

from pedal import models
from pedal.context import Context
from pedal.port import unimplemented
from pedal.ports.rides import RidesPort
from pydantic import Secret


class RidesHandlers(RidesPort):
    """Does what “Ride service” is asked to do."""

    @unimplemented
    async def begin(
        self,
        context: Context,
        /,
        *,
        bicycle: UUID,
        from_: str,
        rider_mail: str,
        lock_code: Secret[str],
    ) -> models.Ride:
        raise NotImplementedError

    @unimplemented
    async def finish(self, context: Context, /, *, ride: UUID) -> models.Ride:
        raise NotImplementedError

    @unimplemented
    async def price(
        self,
        context: Context,
        /,
        *,
        ride: UUID,
        tariff: models.TariffInput,
    ) -> Decimal:
        raise NotImplementedError

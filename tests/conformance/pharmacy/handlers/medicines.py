"""The handlers of “Medicines service”."""

from uuid import UUID

from northwind import errors, models
from northwind.context import Context
from northwind.ports.medicines import MedicinesPort

from records import Records


class MedicinesHandlers(MedicinesPort):
    """Knows medicines, and what they do not go together with."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def leaflet(self, context: Context, /, *, medicine: str) -> models.Medicine:
        try:
            return self._records.medicines[medicine]
        except KeyError:
            raise errors.UnknownMedicine from None

    async def interactions(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
        medicine: str,
    ) -> list[models.Interaction]:
        if medicine not in self._records.medicines:
            raise errors.UnknownMedicine
        # A 404 here would say that the medicine is unknown; of unknown patients we know
        # nothing that it does not go together with.
        known = self._records.patients.get(patient)
        return [
            models.Interaction(
                other=allergy,
                gravity=models.Gravity.MODERATE,
                advice="Ask us before you take both.",
            )
            for allergy in (known.allergies if known else ())
        ]

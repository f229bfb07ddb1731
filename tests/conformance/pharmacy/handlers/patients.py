"""The handlers of “Patient service”."""

from uuid import UUID

from northwind import models
from northwind.context import Context
from northwind.ports.patients import PatientsPort

from records import Records, found


class PatientsHandlers(PatientsPort):
    """Knows patients."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def profile(self, context: Context, /, *, patient: UUID) -> models.Patient:
        return found(self._records.patients, patient)

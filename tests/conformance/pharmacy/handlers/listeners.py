"""The handlers of “Feedback service”."""

from uuid import UUID, uuid4

from northwind import models
from northwind.context import Context
from northwind.ports.listeners import ListenersPort

from records import Records, found


class ListenersHandlers(ListenersPort):
    """Keeps what patients say."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def rate(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
        score: int,
        words: str | None = None,
    ) -> models.Rating:
        found(self._records.patients, patient)
        rating = models.Rating(id=uuid4(), patient=patient, score=score, words=words)
        self._records.ratings.append(rating)
        return rating

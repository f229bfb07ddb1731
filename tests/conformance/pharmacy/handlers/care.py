"""The handlers of “Care service”."""

from uuid import UUID, uuid4

from northwind import errors, events, models
from northwind.context import Context
from northwind.ports.care import CarePort

from records import Records, found, now


class CareHandlers(CarePort):
    """Takes questions to pharmacists, and their answers."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def ask(
        self,
        context: Context,
        /,
        *,
        patient: UUID,
        words: str,
        prescription: UUID | None = None,
    ) -> models.Question:
        found(self._records.patients, patient)
        question = models.Question(
            id=uuid4(), patient=patient, prescription=prescription, words=words
        )
        self._records.questions[question.id] = question
        return question

    async def read_answer(
        self,
        context: Context,
        /,
        *,
        question: UUID,
    ) -> models.Question:
        asked = found(self._records.questions, question)
        if asked.answer is None:
            raise errors.AnswerOverdue(question=question)
        return asked

    async def answer(
        self,
        context: Context,
        /,
        *,
        question: UUID,
        answer: str,
    ) -> models.Question:
        asked = found(self._records.questions, question)
        asked.answer, asked.answered_at = answer, now()
        await context.publish(events.QuestionAnswered(question=question))
        return asked

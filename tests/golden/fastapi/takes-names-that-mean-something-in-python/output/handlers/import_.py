"""The handlers of “Import”: yours to write, never overwritten."""

from uuid import UUID

from blueprint import models
from blueprint.context import Context
from blueprint.paging import Page
from blueprint.port import unimplemented
from blueprint.ports.import_ import import_Port


class import_Handlers(import_Port):
    """Does what “Import” is asked to do."""

    @unimplemented
    async def list_(
        self,
        context: Context,
        /,
        *,
        self_: UUID,
        parameter: int,
        context_: str | None = None,
        class_: models.class_ = models.class_.DEF,
    ) -> Page[models.BaseModel]:
        raise NotImplementedError

    @unimplemented
    async def yield_(
        self,
        context: Context,
        /,
        *,
        from_: models.class_,
    ) -> models.str_ | None:
        raise NotImplementedError

    @unimplemented
    async def int_(
        self,
        context: Context,
        /,
        *,
        body: models.BaseModelInput,
        port: str,
    ) -> int:
        raise NotImplementedError

    @unimplemented
    async def get(
        self,
        context: Context,
        /,
        *,
        cursor: int,
        limit: str,
    ) -> Page[models.str_]:
        raise NotImplementedError

    @unimplemented
    async def init__(self, context: Context, /, *, lambda_: models.class_) -> None:
        raise NotImplementedError

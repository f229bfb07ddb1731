"""The addresses of the mock's own, below `/_mock`: what it can do, its data, its events, and a new beginning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, StreamingResponse
from jinja2 import Environment
from pydantic import ValidationError

from cxc.mock.calls import FAIL
from cxc.mock.tokens import token
from cxc.model.data import Entity
from cxc.model.routes import route_of
from cxc.model.service import IDENTITIES
from cxc.targets.openapi.trace import Traces, operation_identity

if TYPE_CHECKING:
    from cxc.mock.platform import Mock

_TEMPLATE = Path(__file__).with_name("page.html.j2")


def pages(mock: Mock) -> APIRouter:
    """Return the routes of the mock's own."""
    router = APIRouter(prefix="/_mock", include_in_schema=False)
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        _TEMPLATE.read_text(encoding="utf-8")
    )

    @router.get("")
    @router.get("/")
    async def overview(request: Request) -> Response:
        view = _Overview(mock).view()
        if "text/html" in request.headers.get("Accept", ""):
            return HTMLResponse(page.render(view))
        return JSONResponse(view)

    @router.get("/data/{name}")
    async def listed(name: str) -> Any:
        entity = _entity(mock, name)
        return [mock.shown(entity, record) for record in mock.data.all(entity)]

    @router.patch("/data/{name}/{key}")
    async def changed(name: str, key: str, request: Request) -> Any:
        return _changed(mock, _entity(mock, name), key, await _object(request))

    @router.get("/events")
    async def events(
        format: str = "", last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None
    ) -> Response:
        if format == "json":
            return JSONResponse(mock.happenings.all(), media_type="application/cloudevents-batch+json")
        stream = mock.happenings.stream(last_event_id)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    @router.post("/reset")
    async def reset() -> Response:
        mock.reset()
        return Response(status_code=204)

    outer = APIRouter(include_in_schema=False)
    outer.include_router(router)

    @outer.get("/")
    async def beginning() -> Response:
        return RedirectResponse("/_mock/")

    return outer


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = await request.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HTTPException(400, "The body is a JSON object with the fields to change")
    return found


def _entity(mock: Mock, name: str) -> Entity:
    entity = mock.named().get(name)
    if entity is None:
        raise HTTPException(404, f"There is no entity `{name}`; there are {', '.join(mock.named()) or 'none'}")
    return entity


def _changed(mock: Mock, entity: Entity, key: str, changes: dict[str, Any]) -> Any:
    """Change one thing by hand, such as to bring it into a state that a rule forbids."""
    keys = {field.name for field in entity.key}
    unknown = sorted({*changes} - {field.name for field in entity.fields})
    if unknown or keys & {*changes}:
        wrong = f"no field `{unknown[0]}`" if unknown else "a key that stays as it is"
        raise HTTPException(400, f"{entity.label} has {wrong}")
    for record in mock.data.all(entity):
        if ",".join(str(record.get(field.name)) for field in entity.key) != key:
            continue
        made = {name: value for name, value in {**record, **changes}.items() if value is not None}
        try:
            shown = mock.shown(entity, made)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise HTTPException(400, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        mock.data.put(entity, {**made, **shown})
        return shown
    raise HTTPException(404, f"There is no {entity.label} with this key")


class _Overview:
    def __init__(self, mock: Mock) -> None:
        self.mock = mock
        self.blueprint = mock.blueprint
        self.traces = Traces(mock.blueprint)

    def view(self) -> dict[str, Any]:
        """Return what the first page shows, which is also what programs get."""
        customer = self.mock.relations.customer()
        there = self.mock.data.all(customer) if customer else []
        id = str(there[0][customer.key[0].name]) if customer and there else "somebody"
        return {
            "title": " ".join(self.blueprint.title.split()),
            "operations": [one for port in self.mock.interface.ports for one in self._operations(port)],
            "entities": [self._data(name, entity) for name, entity in self.mock.named().items()],
            "fail": FAIL,
            "token": token(id),
            "customer": customer.label if customer else None,
            "levels": list(IDENTITIES),
            "contract": "/openapi.yaml",
            "events": "/_mock/events",
            "simulates": self.mock.settings.simulate,
        }

    def _operations(self, port: Any) -> list[dict[str, Any]]:
        found = []
        for operation in port.service.operations:
            route = route_of(port.service, operation, self.blueprint)
            failures = self.mock.answers.behaviour.failures.declared(operation)
            found.append(
                {
                    "operation": f"{port.service.name}.{operation.name}",
                    "kind": operation.word,
                    "method": route.method,
                    "path": route.path,
                    "identity": operation_identity(operation, self.traces.channels(operation)),
                    "failures": {error.name: error.status for error in failures},
                    "events": [ref.name for ref in operation.emits],
                }
            )
        return found

    def _data(self, name: str, entity: Entity) -> dict[str, Any]:
        return {"entity": name, "count": self.mock.store.count(entity.id), "data": f"/_mock/data/{name}"}

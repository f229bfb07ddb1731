"""What all tests need: the application with its handlers, and somebody who asks."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from pedal.app import create_app
from pedal.events import InMemoryPublisher
from pedal.identity import Customer, Identity
from pedal.port import is_unimplemented
from pedal.ports import Ports

from services import services

CUSTOMER = Customer("customer-of-the-tests", Identity.VERIFIED)
HEADERS = {"Authorization": "Bearer of-the-tests"}


async def authenticate(_: str, /) -> Customer:
    """Return the customer of the tests, whatever the token is."""
    return CUSTOMER


@pytest.fixture
def anyio_backend() -> str:
    """Return what runs asynchronous tests."""
    return "asyncio"


@pytest.fixture
def ports() -> Ports:
    """Return the services."""
    return services()


@pytest.fixture
def publisher() -> InMemoryPublisher:
    """Return what keeps the events of a test."""
    return InMemoryPublisher()


@pytest.fixture
def app(ports: Ports, publisher: InMemoryPublisher) -> FastAPI:
    """Return the application; what is not written yet answers 501."""
    return create_app(
        ports,
        authenticate=authenticate,
        publisher=publisher,
        allow_unimplemented=True,
    )


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Return who asks the application."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test", headers=HEADERS
    ) as client:
        yield client


@pytest.fixture(autouse=True)
def _operation_is_written(request: pytest.FixtureRequest, ports: Ports) -> None:
    if marker := request.node.get_closest_marker("operation"):
        service, method = marker.args
        if is_unimplemented(getattr(ports, service), method):
            pytest.skip(f"{service}.{method} is not written yet")

"""The contract of “Bicycle service”."""

import httpx
import pytest
from pedal import errors, models, values
from pedal.paging import Page
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio


@pytest.mark.operation("bicycles", "nearby")
async def test_nearby_answers_its_example(client: httpx.AsyncClient) -> None:
    """Nearby."""
    response = await client.get(
        "/bicycles/nearby",
        params={"at": "At", "seats": "1", "days": ["monday"], "electric": "true"},
    )
    assert response.status_code == 200, response.text
    TypeAdapter(Page[models.Bicycle]).validate_json(response.content)


@pytest.mark.operation("bicycles", "bicycle")
async def test_bicycle_answers_its_example(client: httpx.AsyncClient) -> None:
    """Bicycle."""
    response = await client.get("/bicycles/6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10")
    assert response.status_code in (200, 204), response.text
    if response.status_code == 204:
        return
    TypeAdapter(models.Bicycle).validate_json(response.content)


@pytest.mark.operation("bicycles", "buy")
async def test_buy_answers_its_example(client: httpx.AsyncClient) -> None:
    """Buy."""
    response = await client.post(
        "/bicycles",
        json={
            "bicycle": {
                "seats": 1,
                "tariff": {
                    "name": "By the hour",
                    "hourly": {"amount": "3.50", "currency": "EUR"},
                    "discount": "12.50",
                    "longest": "PT12H",
                    "days": ["monday", "friday"],
                    "notes": {"key": "Notes"},
                },
                "last_service": "2026-03-14",
                "picture": "AAEC",
                "lock_code": "0000",
            },
        },
    )
    assert response.status_code == 200, response.text
    TypeAdapter(models.Bicycle).validate_json(response.content)


@pytest.mark.operation("bicycles", "charge")
async def test_charge_answers_its_example(client: httpx.AsyncClient) -> None:
    """Charge."""
    response = await client.put("/bicycles/6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10/charge")
    assert response.status_code == 204, response.text


@pytest.mark.skip(reason="bring about that it fails so")
@pytest.mark.operation("bicycles", "charge")
async def test_charge_fails_with_no_bicycle(client: httpx.AsyncClient) -> None:
    """There is no such bicycle."""
    response = await client.put("/bicycles/6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10/charge")
    assert response.status_code == 404, response.text
    assert response.json()["type"] == errors.NoBicycle.type


@pytest.mark.operation("bicycles", "inspect")
async def test_inspect_answers_its_example(client: httpx.AsyncClient) -> None:
    """Inspect."""
    response = await client.post(
        "/bicycles/inspect",
        json={"bicycle": "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"},
    )
    assert response.status_code == 200, response.text
    TypeAdapter(values.Date).validate_json(response.content)

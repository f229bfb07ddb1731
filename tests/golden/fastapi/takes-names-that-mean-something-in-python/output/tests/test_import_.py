"""The contract of “Import”."""

import httpx
import pytest
from blueprint import errors, models
from blueprint.paging import Page
from pydantic import TypeAdapter

pytestmark = pytest.mark.anyio


@pytest.mark.operation("import_", "list_")
async def test_list__answers_its_example(client: httpx.AsyncClient) -> None:
    """List."""
    response = await client.get(
        "/import/list",
        params={
            "self": "5f0c3a52-8d1e-4b7a-9c64-2e1f7d90ab13",
            "context": "Context",
            "class": "def",
            "_": "1",
        },
    )
    assert response.status_code == 200, response.text
    TypeAdapter(Page[models.BaseModel]).validate_json(response.content)


@pytest.mark.operation("import_", "yield_")
async def test_yield__answers_its_example(client: httpx.AsyncClient) -> None:
    """Yield."""
    response = await client.post("/import/yield", json={"from": "None_"})
    assert response.status_code in (200, 204), response.text
    if response.status_code == 204:
        return
    TypeAdapter(models.str_).validate_json(response.content)


@pytest.mark.skip(reason="bring about that it fails so")
@pytest.mark.operation("import_", "yield_")
async def test_yield__fails_with_domain_error(client: httpx.AsyncClient) -> None:
    """Domain error."""
    response = await client.post("/import/yield", json={"from": "None_"})
    assert response.status_code == 409, response.text
    assert response.json()["type"] == errors.DomainError_.type


@pytest.mark.operation("import_", "int_")
async def test_int__answers_its_example(client: httpx.AsyncClient) -> None:
    """Int."""
    response = await client.post(
        "/import/int",
        json={
            "body": {
                "id": "5f0c3a52-8d1e-4b7a-9c64-2e1f7d90ab13",
                "self": {
                    "int": 1,
                    "class": "def",
                    "_": True,
                    "_1": "1",
                    "copy": [],
                    "model_config": "2026-03-14",
                    "values": "2026-03-14T09:30:00Z",
                    "date": "09:30:00",
                },
                "object": {},
            },
            "port": "Port",
        },
    )
    assert response.status_code == 200, response.text
    TypeAdapter(int).validate_json(response.content)


@pytest.mark.operation("import_", "get")
async def test_get_answers_its_example(client: httpx.AsyncClient) -> None:
    """Get."""
    response = await client.get("/lambda/Limit", params={"cursor": "1"})
    assert response.status_code == 200, response.text
    TypeAdapter(Page[models.str_]).validate_json(response.content)


@pytest.mark.operation("import_", "init__")
async def test_init___answers_its_example(client: httpx.AsyncClient) -> None:
    """Init."""
    response = await client.delete("/init", params={"lambda": "None_"})
    assert response.status_code == 204, response.text

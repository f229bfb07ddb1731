"""Who asks: the bearer tokens of the mock, which say it themselves.

`customer:<id>:<level>` is the customer with that key, known as well as the level says: `customer:6f1c…:authenticated`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from cxc.mock.package import Package
from cxc.mock.relations import Relations

_BEGINNING = "customer:"


def authenticate_for(package: Package, relations: Relations) -> Callable[[str], Awaitable[Any]]:
    """Return what finds out for a package whose token it is."""
    levels = {level.name.lower(): level for level in package.get("identity", "Identity")}
    customer = package.get("identity", "Customer")
    entity = relations.customer()

    async def authenticate(token: str, /) -> Any:
        id, _, level = token.removeprefix(_BEGINNING).rpartition(":")
        if not token.startswith(_BEGINNING) or not id or level not in levels:
            return None
        claims = {"entity": entity.id, "key": id} if entity else {}
        return customer(id, levels[level], claims)

    return authenticate


def token(id: str, level: str = "verified") -> str:
    """Return the token of a customer."""
    return f"{_BEGINNING}{id}:{level}"

"""What the tests of handlers share: a small design, handlers as its developers wrote them, and what is found there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cxc.code import Expected, compared, expected
from cxc.config import Config
from cxc.diagnostics import Diagnostic, Severity
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace
from designs import TODAY

DESIGN = """
package shop.core

team Sales

enum Size {
  small
  large
}

entity Order { id: uuid @key; title: string(1..80); placed: date; size: Size }

entity Customer { id: uuid @key; email: email }

error TooLate { status 409 }

service Orders {
  owner Sales
  masters Order, Customer

  query find(order: Order.id) -> Order?
  query every(customer: Customer.id, since: date?, size: Size = small) -> [Order] { paged }
  command place(customer: Customer.id, title: Order.title, count: int(1..9) = 1, note: text?) -> Order
  command cancel(order: Order.id) { fails TooLate }
}

service Stock {
  owner Sales

  query left(title: string) -> int
}
"""

BEGINNING = """\
import datetime as dt
from uuid import UUID

from blueprint import models
from blueprint.context import Context
from blueprint.paging import Page
from blueprint.port import unimplemented
from blueprint.ports.orders import OrdersPort
from blueprint.ports.stock import StockPort


"""

STOCK = """

class StockHandlers(StockPort):
    async def left(self, context: Context, /, *, title: str) -> int:
        return 3
"""

FIND = """\
    async def find(self, context: Context, /, *, order: UUID) -> models.Order | None:
        return None
"""
EVERY = """\
    async def every(
        self,
        context: Context,
        /,
        *,
        customer: UUID,
        since: dt.date | None = None,
        size: models.Size = models.Size.SMALL,
    ) -> Page[models.Order]:
        return Page(items=[])
"""
PLACE = """\
    async def place(
        self, context: Context, /, *, customer: UUID, title: str, count: int = 1, note: str | None = None
    ) -> models.Order:
        return await self.repository.add(customer, title, count, note)
"""
CANCEL = """\
    async def cancel(self, context: Context, /, *, order: UUID) -> None:
        await self.repository.remove(order)
"""


def orders(*methods: str) -> str:
    """Return a module whose handlers of orders are these methods, with those of the stock beside them."""
    inner = "\n".join(methods) or "    pass\n"
    return f"{BEGINNING}class OrdersHandlers(OrdersPort):\n{inner}{STOCK}"


SOUND = orders(FIND, EVERY, PLACE, CANCEL)


class Told(NamedTuple):
    """A finding as short as it can be: where it is, what it says, and how bad it is."""

    place: str
    text: str
    message: str
    severity: Severity


@cache
def asked_by(text: str) -> Expected:
    """Return what a design asks of handlers."""
    workspace = Workspace(Path(), "", Config(), (SourceFile("design.blueprint", text),))
    checked = check(workspace, TODAY)
    assert [found for found in checked.errors if found.code < "CXC4"] == []
    asked = expected(workspace, checked.blueprint)
    assert isinstance(asked, Expected), asked
    return asked


def compare(root: Path, files: Mapping[str, str | bytes], design: str = DESIGN) -> list[Diagnostic]:
    """Return what is found in files of code, once it is sure that all of it can be shown."""
    for name, content in files.items():
        place = root / "code" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = compared(asked_by(design), Workspace(root, "", Config(), ()), root / "code")
    assert {found.code for found in code.diagnostics} <= {"CXC906"}
    for found in code.diagnostics:
        for span in (found.span, *(related.span for related in found.related)):
            has_text = span[1:] != (1, 1, 1, 1) and "is not UTF-8" not in found.message
            assert not has_text or span.file in ("design.blueprint", *code.sources)
        assert not found.message.endswith(".")
        assert found.help is not None
        assert found.help.endswith((".", "?"))
    return list(code.diagnostics)


def found_in(root: Path, code: str | Mapping[str, str | bytes], design: str = DESIGN) -> list[Told]:
    """Return what is found in code, in the order of its places."""
    files = {"handlers/orders.py": code} if isinstance(code, str) else code
    told = []
    for found in sorted(compare(root, files, design), key=lambda one: one.span):
        span = found.span
        if span.file == "design.blueprint":
            text = design
        else:
            content = files.get(span.file.removeprefix("code/"), "")
            text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        source = SourceFile(span.file, text)
        marked = text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]
        told.append(Told(f"{span.file}:{span.line}", marked, found.message, found.severity))
    return told


def messages(root: Path, code: str | Mapping[str, str | bytes], design: str = DESIGN) -> list[str]:
    """Return the sentences of what is found in code."""
    return [told.message for told in found_in(root, code, design)]

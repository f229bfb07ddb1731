"""Whether a handler fits its operation: mistakes that are found at their place, and what is no mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxc.diagnostics import Severity
from handlers import BEGINNING, CANCEL, DESIGN, EVERY, FIND, PLACE, STOCK, found_in, orders

WHOLE = {"find": FIND, "every": EVERY, "place": PLACE, "cancel": CANCEL}


def changed(name: str, before: str, after: str) -> str:
    """Return sound handlers with one of them changed."""
    assert before in WHOLE[name]
    return orders(*(WHOLE | {name: WHOLE[name].replace(before, after, 1)}).values())


class TestParameters:
    @pytest.mark.parametrize(
        ("name", "before", "after", "at", "message"),
        [
            ("find", ", *, order: UUID", "", "find", "`find` does not take `order`, which `Orders.find` is asked with"),
            ("find", "order: UUID", "order: UUID, more: int", "more", "`Orders.find` has no parameter `more`"),
            ("find", "order: UUID", "ordr: UUID", "ordr", "`ordr` is called `order` in the design"),
            ("find", "order: UUID", "key: UUID", "key", "`key` is called `order` in the design"),
            (
                "find", "order: UUID", "order: str", "str",
                "`order` is `UUID` in the design, which `str` does not take",
            ),
            (
                "every", "dt.date | None", "dt.date", "dt.date",
                "`since` is `dt.date | None` in the design, which `dt.date` does not take",
            ),
            (
                "every", "size: models.Size", "size: models.Order", "models.Order",
                "`size` is `models.Size` in the design, which `models.Order` does not take",
            ),
            (
                "every", "size: models.Size", "size: models.Gone", "models.Gone",
                "`size` is `models.Size` in the design, which `models.Gone` does not take",
            ),
            ("place", "count: int = 1", "count: int", "count", "`count` may be left out, but has no default here"),
            ("find", "context: Context, /, *, order", "*, order", "find", "`find` takes no context, which comes first"),
            (
                "find", "context: Context, /, *, order: UUID", "context: Context, order: UUID, /", "order",
                "`order` can only be given by its position, but is given by name",
            ),
            (
                "find", "context: Context", "order_id: str", "str",
                "The context is `Context` in the design, which `str` does not take",
            ),
        ],
    )  # fmt: skip
    def test_that_do_not_fit(self, tmp_path: Path, name: str, before: str, after: str, at: str, message: str) -> None:
        (found,) = found_in(tmp_path, changed(name, before, after))
        assert (found.message, found.text, found.severity) == (message, at, Severity.ERROR)
        assert found.place.startswith("code/handlers/orders.py:")

    @pytest.mark.parametrize(
        ("name", "before", "after", "message"),
        [
            ("place", "= 1", "= 2", "Where `count` is left out, it is `1` in the design, but `2` here"),
            (
                "every", "Size.SMALL", "Size.LARGE",
                "Where `size` is left out, it is `models.Size.SMALL` in the design, but `models.Size.LARGE` here",
            ),
            ("find", "order: UUID", "order: UUID, more: int = 1", "`Orders.find` has no parameter `more`"),
            ("find", "order: UUID", "order: UUID, more: int | None = None", "`Orders.find` has no parameter `more`"),
        ],
    )  # fmt: skip
    def test_that_are_doubtful(self, tmp_path: Path, name: str, before: str, after: str, message: str) -> None:
        (found,) = found_in(tmp_path, changed(name, before, after))
        assert (found.message, found.severity) == (message, Severity.WARNING)

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("find", "context: Context, /, *, order: UUID", "*args, **kwargs"),
            ("find", "context: Context, /, *, order: UUID", "context, /, **given"),
            ("find", "context: Context, /, *, order: UUID", "*_, order"),
            ("find", "context: Context, /, *, order: UUID", "ctx: Context, order: UUID"),
            ("find", "context: Context, /, *, order: UUID", "context, order"),
            ("find", "self, context: Context, /, *, order: UUID", "*everything: object, **named: object"),
            ("find", "order: UUID", 'order: "UUID"'),
            ("find", "order: UUID", "order: UUID | str"),
            ("find", "order: UUID", "order: object"),
            ("find", "order: UUID", "order: Any"),
            ("find", "order: UUID", "order: typing.Union[str, UUID]"),
            ("find", "order: UUID", "order: typing.Optional[UUID]"),
            ("find", "order: UUID", "order: typing.Annotated[UUID, 'an order']"),
            ("find", "order: UUID", "order: uuid.UUID"),
            ("find", "order: UUID", "order: Key"),
            ("find", "order: UUID", "order: library.Key"),
            ("find", "order: UUID", "order: values.Uuid"),
            ("find", "order: UUID", "order: UUID, clock: Clock = Clock()"),
            ("find", "order: UUID", "order: UUID, clock: Clock = CLOCK"),
            ("find", "order: UUID", "order: UUID = NOBODY"),
            ("every", "models.Size.SMALL", "small()"),
            ("every", "size: models.Size", "size: str"),
            ("every", "customer: UUID", "size: models.Size = models.Size.SMALL, customer: UUID"),
            ("place", "count: int = 1", "count: float = 1"),
            ("place", "count: int = 1", "count: int = ONE"),
        ],
    )
    def test_that_fit(self, tmp_path: Path, name: str, before: str, after: str) -> None:
        code = changed(name, before, after)
        if name == "every" and after.startswith("size: models.Size = "):
            head, _, rest = code.rpartition("        size: models.Size = models.Size.SMALL,\n")
            code = head + rest
        more = "import typing\nimport uuid\nfrom typing import Any\nimport library\nfrom blueprint import values\n"
        code = code.replace("\n\n\nclass Orders", f"\n{more}Key = UUID\nCLOCK = library.Clock()\n\n\nclass Orders", 1)
        assert found_in(tmp_path, code) == []

    def test_that_have_another_name_and_type(self, tmp_path: Path) -> None:
        found = found_in(tmp_path, changed("find", "order: UUID", "ordr: str"))
        assert [one.message for one in found] == [
            "`ordr` is called `order` in the design",
            "`order` is `UUID` in the design, which `str` does not take".replace("`order`", "`ordr`"),
        ]

    def test_several_at_once(self, tmp_path: Path) -> None:
        code = changed(
            "place", "title: str, count: int = 1, note: str | None = None", "heading: dt.date, count: str = 1"
        )
        assert [one.message for one in found_in(tmp_path, code)] == [
            "`place` does not take `title`, which `Orders.place` is asked with",
            "`place` does not take `note`, which `Orders.place` is asked with",
            "`Orders.place` has no parameter `heading`",
            "`count` is `int` in the design, which `str` does not take",
        ]


class TestTheResult:
    @pytest.mark.parametrize(
        ("name", "before", "after", "message"),
        [
            (
                "find", "models.Order | None", "int",
                "`find` returns `int`, but answers with `models.Order | None` in the design",
            ),
            (
                "place", "-> models.Order", "-> models.Order | None",
                "`place` returns `models.Order | None`, but answers with `models.Order` in the design",
            ),
            ("cancel", "-> None", "-> int", "`cancel` returns `int`, but answers with `None` in the design"),
            (
                "every", "Page[models.Order]", "list[models.Order]",
                "`every` returns `list[models.Order]`, but answers with `Page[models.Order]` in the design",
            ),
            (
                "every", "Page[models.Order]", "Page[models.Customer]",
                "`every` returns `Page[models.Customer]`, but answers with `Page[models.Order]` in the design",
            ),
        ],
    )  # fmt: skip
    def test_that_does_not_fit(self, tmp_path: Path, name: str, before: str, after: str, message: str) -> None:
        (found,) = found_in(tmp_path, changed(name, before, after))
        assert (found.message, found.text) == (message, after.removeprefix("-> "))

    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("find", "models.Order | None", "models.Order"),
            ("find", "models.Order | None", "None"),
            ("find", "models.Order | None", "'models.Order | None'"),
            ("find", "models.Order | None", "Optional[Order]"),
            ("find", " -> models.Order | None", ""),
            ("find", "models.Order | None", "Loaded"),
            ("find", "models.Order | None", "library.Order"),
            ("every", "Page[models.Order]", "Page"),
            ("every", "Page[models.Order]", "Orders"),
            ("every", "Page[models.Order]", "Page[Loaded]"),
            ("cancel", " -> None", ""),
        ],
    )
    def test_that_fits(self, tmp_path: Path, name: str, before: str, after: str) -> None:
        more = "from typing import Optional\nfrom blueprint.models import Order\nimport library\nOrders = Page[Order]\n"
        more += "\n\nclass Loaded(models.Order):\n    pass\n"
        code = changed(name, before, after).replace("\n\n\nclass Orders", f"\n{more}\n\nclass Orders", 1)
        assert found_in(tmp_path, code) == []


class TestTheMethod:
    def test_that_is_not_async(self, tmp_path: Path) -> None:
        (found,) = found_in(tmp_path, changed("find", "async def", "def"))
        assert (found.message, found.text) == ("`find` is no `async def`, but is awaited", "find")

    @pytest.mark.parametrize("result", ["Awaitable[models.Order]", "Coroutine[Any, Any, models.Order]", "Any"])
    def test_that_hands_on_what_can_be_awaited(self, tmp_path: Path, result: str) -> None:
        assert (
            found_in(tmp_path, changed("find", FIND, FIND.replace("async ", "").replace("models.Order | None", result)))
            == []
        )
        handed = (
            FIND.replace("async ", "").replace(" -> models.Order | None", "").replace("None", "self.inner.find(order)")
        )
        assert found_in(tmp_path, changed("find", FIND, handed)) == []

    @pytest.mark.parametrize("decorator", ["traced", "traced('x')", "library.traced", "property"])
    def test_of_which_a_decorator_makes_another(self, tmp_path: Path, decorator: str) -> None:
        method = FIND.replace("async ", "").replace("order: UUID", "order: UUID, session: object")
        code = changed("find", FIND, f"    @{decorator}\n{method.replace('models.Order | None', 'int')}")
        assert found_in(tmp_path, code.replace("import datetime", "from library import traced\nimport datetime")) == []

    def test_that_lacks_a_parameter_behind_a_decorator(self, tmp_path: Path) -> None:
        (found,) = found_in(tmp_path, changed("find", FIND, f"    @traced\n{FIND.replace(', *, order: UUID', '')}"))
        assert found.message.endswith("which `Orders.find` is asked with, unless a decorator does")
        assert found.severity is Severity.WARNING

    @pytest.mark.parametrize("decorator", ["override", "typing.override", "staticmethod", "classmethod"])
    def test_with_a_decorator_that_is_known(self, tmp_path: Path, decorator: str) -> None:
        method = FIND.replace("self, ", "") if decorator == "staticmethod" else FIND
        code = changed("find", FIND, f"    @{decorator}\n{method}")
        code = code.replace("import datetime", "import typing\nfrom typing import override\nimport datetime")
        assert found_in(tmp_path, code) == []
        assert len(found_in(tmp_path, code.replace("order: UUID", "order: int", 1))) == 1

    def test_that_several_classes_share_is_told_once(self, tmp_path: Path) -> None:
        wrong = FIND.replace("order: UUID", "order: int")
        base = f"{BEGINNING}class Base(OrdersPort):\n{wrong}\n{EVERY}\n{PLACE}\n{CANCEL}"
        code = f"{base}\n\nclass One(Base):\n    pass\n\n\nclass Other(Base):\n    pass\n{STOCK}"
        assert len(found_in(tmp_path, code)) == 1

    def test_with_letters_of_two_bytes_before_it(self, tmp_path: Path) -> None:
        code = changed("find", "order: UUID", 'ümlaut: "é" = "é", order: str')
        assert [one.text for one in found_in(tmp_path, code)] == ["ümlaut", "str"]

    def test_whose_name_python_does_not_take(self, tmp_path: Path) -> None:
        design = DESIGN.replace("query left(title: string)", "query left(class: string)")
        code = orders(FIND, EVERY, PLACE, CANCEL)
        assert [one.message for one in found_in(tmp_path, code, design)] == ["`title` is called `class_` in the design"]
        assert found_in(tmp_path, code.replace("*, title: str) -> int", "*, class_: str) -> int"), design) == []

"""Handlers beside the design: what is missing, what is left over, and how far a handler is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cxc.diagnostics import Severity
from handlers import BEGINNING, CANCEL, DESIGN, EVERY, FIND, PLACE, SOUND, STOCK, found_in, messages, orders

STUB = """\
    @unimplemented
    async def cancel(self, context: Context, /, *, order: UUID) -> None:
        raise NotImplementedError
"""


class TestWhatIsMissing:
    def test_nothing(self, tmp_path: Path) -> None:
        assert found_in(tmp_path, SOUND) == []

    def test_a_handler(self, tmp_path: Path) -> None:
        (found,) = found_in(tmp_path, orders(FIND, EVERY, PLACE))
        assert found.message == "`Orders.cancel` has no handler"
        assert found.place.startswith("design.blueprint:")
        assert found.text == "cancel"
        assert found.severity is Severity.ERROR

    def test_a_class(self, tmp_path: Path) -> None:
        (found,) = found_in(tmp_path, SOUND.removesuffix(STOCK))
        assert found.message == "No class has the handlers of `Stock`, so its operation is not implemented"
        assert found.text == "Stock"

    def test_everything(self, tmp_path: Path) -> None:
        assert messages(tmp_path, {}) == [
            "No class has the handlers of `Orders`, so its 4 operations are not implemented",
            "No class has the handlers of `Stock`, so its operation is not implemented",
        ]

    def test_a_stub_is_at_its_line(self, tmp_path: Path) -> None:
        code = orders(FIND, EVERY, PLACE, STUB)
        (found,) = found_in(tmp_path, code)
        assert found.message == "`Orders.cancel` is not implemented yet"
        assert found.place == f"code/handlers/orders.py:{code[: code.index('def cancel')].count(chr(10)) + 1}"
        assert found.text == "cancel"

    def test_a_stub_that_is_written_but_marked(self, tmp_path: Path) -> None:
        (found,) = found_in(tmp_path, orders(FIND, EVERY, PLACE, f"    @unimplemented\n{CANCEL}"))
        assert found.message == "`cancel` is written, but still marked as unimplemented"

    @pytest.mark.parametrize("body", ["raise NotImplementedError", 'raise NotImplementedError("later")', "..."])
    def test_a_handler_that_does_nothing_yet(self, tmp_path: Path, body: str) -> None:
        code = orders(
            FIND, EVERY, PLACE, STUB.replace("    @unimplemented\n", "").replace("raise NotImplementedError", body)
        )
        (found,) = found_in(tmp_path, code)
        assert (found.message, found.severity) == ("`cancel` does nothing yet", Severity.WARNING)

    def test_the_mark_under_another_name(self, tmp_path: Path) -> None:
        code = orders(FIND, EVERY, PLACE, STUB.replace("unimplemented", "later"))
        code = code.replace("import unimplemented", "import unimplemented as later")
        assert messages(tmp_path, code) == ["`Orders.cancel` is not implemented yet"]
        module = orders(FIND, EVERY, PLACE, STUB.replace("@unimplemented", "@blueprint.port.unimplemented"))
        assert messages(tmp_path, f"import blueprint.port\n{module}") == ["`Orders.cancel` is not implemented yet"]

    def test_a_stub_does_not_count_where_the_handler_is_in_another_file(self, tmp_path: Path) -> None:
        whole = orders(FIND, EVERY, PLACE, CANCEL)
        assert found_in(tmp_path, {"a.py": orders(FIND, EVERY, PLACE, STUB), "b.py": whole}) == []

    def test_of_a_stub_it_is_not_said_that_it_does_not_fit(self, tmp_path: Path) -> None:
        code = orders(FIND, EVERY, PLACE, STUB.replace("order: UUID", "old: str"))
        assert messages(tmp_path, code) == ["`Orders.cancel` is not implemented yet"]


class TestWhatIsLeftOver:
    def test_a_handler(self, tmp_path: Path) -> None:
        design = DESIGN.replace("  command cancel(order: Order.id) { fails TooLate }\n", "")
        (found,) = found_in(tmp_path, SOUND, design)
        assert found.message == "`cancel` is the handler of no operation of `Orders`"
        assert found.text == "cancel"
        assert found.place.startswith("code/handlers/orders.py:")

    def test_a_stub(self, tmp_path: Path) -> None:
        design = DESIGN.replace("  command cancel(order: Order.id) { fails TooLate }\n", "")
        assert messages(tmp_path, orders(FIND, EVERY, PLACE, STUB), design) == [
            "`cancel` is the handler of no operation of `Orders`"
        ]

    @pytest.mark.parametrize("name", ["s", "n", "c", "e", "f", "def_", "async_"])
    def test_a_handler_with_a_name_like_the_words_before_it(self, tmp_path: Path, name: str) -> None:
        extra = f"    async  def  {name}(self, context: Context, /) -> None:\n        return None\n"
        (found,) = found_in(tmp_path, orders(FIND, EVERY, PLACE, CANCEL, extra))
        assert found.text == name

    def test_a_handler_under_its_former_name(self, tmp_path: Path) -> None:
        design = DESIGN.replace("command cancel(", "command withdraw(")
        assert [(found.text, found.message) for found in found_in(tmp_path, SOUND, design)] == [
            ("cancel", "`cancel` is the handler of no operation of `Orders`"),
            ("withdraw", "`Orders.withdraw` has no handler"),
        ]

    def test_a_class_of_a_service_that_is_gone(self, tmp_path: Path) -> None:
        design = DESIGN[: DESIGN.index("service Stock")]
        (found,) = found_in(tmp_path, SOUND, design)
        assert found.message == "`StockHandlers` has the handlers of `Stock`, and the design has no such service"
        assert found.text == "StockHandlers"

    def test_a_class_of_a_service_that_is_gone_is_told_once(self, tmp_path: Path) -> None:
        design = DESIGN[: DESIGN.index("service Stock")]
        code = f"{SOUND}\n\nclass Audited(StockHandlers):\n    pass\n"
        assert [found.text for found in found_in(tmp_path, code, design)] == ["StockHandlers"]

    def test_a_class_of_a_service_that_was_renamed(self, tmp_path: Path) -> None:
        design = DESIGN.replace("service Stock", "service Stocks")
        assert [found.message for found in found_in(tmp_path, SOUND, design)] == [
            "`StockHandlers` has the handlers of `Stock`, and the design has no such service",
            "No class has the handlers of `Stocks`, so its operation is not implemented",
        ]

    @pytest.mark.parametrize(
        "helper",
        [
            "    async def _load(self, context: Context, /, *, order: UUID) -> None:\n        return None\n",
            "    def total(self, context: Context) -> int:\n        return 1\n",
            "    async def close(self) -> None:\n        return None\n",
            "    async def load(self, key: UUID) -> None:\n        return None\n",
            "    async def load(self, context: Context, key: UUID) -> None:\n        return None\n",
            "    context = 1\n",
            "    class Settings:\n        async def load(self, context: Context, /) -> None: ...\n",
        ],
    )
    def test_a_helper_is_none(self, tmp_path: Path, helper: str) -> None:
        assert found_in(tmp_path, orders(FIND, EVERY, PLACE, CANCEL, helper)) == []

    def test_a_helper_that_is_called_is_none(self, tmp_path: Path) -> None:
        helper = "    async def load(self, context: Context, /, *, order: UUID) -> None:\n        return None\n"
        caller = CANCEL.replace("self.repository.remove(order)", "self.load(context, order=order)")
        assert found_in(tmp_path, orders(FIND, EVERY, PLACE, caller, helper)) == []
        assert len(found_in(tmp_path, orders(FIND, EVERY, PLACE, CANCEL, helper))) == 1


class TestWhereHandlersMayStand:
    def test_in_several_files_of_one_service(self, tmp_path: Path) -> None:
        base = f"{BEGINNING}class Reading(OrdersPort):\n{FIND}\n{EVERY}"
        rest = f"{BEGINNING}from .reading import Reading\n\nclass OrdersHandlers(Reading):\n{PLACE}\n{CANCEL}{STOCK}"
        assert found_in(tmp_path, {"handlers/reading.py": base, "handlers/orders.py": rest}) == []

    @pytest.mark.parametrize(
        "line", ["from .mixing import *", "from .mixing import Mixed", "from . import mixing",
                 "from handlers.mixing import Mixed", "import handlers.mixing",
                 "from .mixing import Mixed as Other", "from handlers import mixing as there"],
    )  # fmt: skip
    def test_in_mixins_of_another_file(self, tmp_path: Path, line: str) -> None:
        base = {
            "from . import mixing": "mixing.Mixed",
            "import handlers.mixing": "handlers.mixing.Mixed",
            "from .mixing import Mixed as Other": "Other",
            "from handlers import mixing as there": "there.Mixed",
        }.get(line, "Mixed")
        mixing = f"{BEGINNING}class Mixed:\n{FIND}\n{EVERY}"
        whole = f"{BEGINNING}{line}\n\nclass OrdersHandlers({base}, OrdersPort):\n{PLACE}\n{CANCEL}{STOCK}"
        assert found_in(tmp_path, {"handlers/mixing.py": mixing, "handlers/orders.py": whole}) == []
        wrong = mixing.replace("order: UUID", "order: str")
        assert len(found_in(tmp_path, {"handlers/mixing.py": wrong, "handlers/orders.py": whole})) == 1

    def test_not_behind_the_port(self, tmp_path: Path) -> None:
        code = f"{BEGINNING}class Mixed:\n{FIND}\n{EVERY}\n\nclass Mine(OrdersPort, Mixed):\n{PLACE}\n{CANCEL}{STOCK}"
        assert messages(tmp_path, code) == ["`Orders.find` has no handler", "`Orders.every` has no handler"]

    @pytest.mark.parametrize(
        "code",
        [
            f"{BEGINNING}from library import Base\n\nclass Mine(Base, OrdersPort):\n{FIND}{STOCK}",
            f"{BEGINNING}from library import *\n\nclass Mine(Base, OrdersPort):\n{FIND}{STOCK}",
            f"{BEGINNING}from library import filled\n\n@filled\nclass Mine(OrdersPort):\n{FIND}{STOCK}",
            f"{BEGINNING}from library import Meta\n\nclass Mine(OrdersPort, metaclass=Meta):\n{FIND}{STOCK}",
            f"{BEGINNING}class Mine(made(), OrdersPort):\n{FIND}{STOCK}",
            f"{BEGINNING}Mine = type('Mine', (OrdersPort,), {{}})\n{STOCK}",
        ],
    )
    def test_where_nobody_can_see_them(self, tmp_path: Path, code: str) -> None:
        assert found_in(tmp_path, code) == []

    @pytest.mark.parametrize(
        "code",
        [
            SOUND.replace("(OrdersPort)", "(OrdersPort, abc.ABC)").replace(
                "import datetime", "import abc\nimport datetime"
            ),
            SOUND.replace("class Orders", "import dataclasses\n\n\n@dataclasses.dataclass(frozen=True)\nclass Orders"),
            SOUND.replace("import OrdersPort", "import OrdersPort as Wanted").replace("(OrdersPort)", "(Wanted)"),
            SOUND.replace(
                "from blueprint.ports.orders import OrdersPort", "import blueprint.ports.orders as ports"
            ).replace("(OrdersPort)", "(ports.OrdersPort)"),
            SOUND.replace(
                "from blueprint.ports.orders import OrdersPort", "from blueprint.ports import orders"
            ).replace("(OrdersPort)", "(orders.OrdersPort)"),
            f"import blueprint\n{SOUND}".replace("(OrdersPort)", "(blueprint.ports.orders.OrdersPort)"),
            SOUND.replace("class OrdersHandlers(OrdersPort)", "Port = OrdersPort\n\n\nclass OrdersHandlers(Port)"),
            f"\ufeff{SOUND}",
            SOUND.replace("\n", "\r\n"),
            f"# -*- coding: latin-1 -*-\n# caf\u00e9\n{SOUND}",
        ],
    )
    def test_in_any_spelling(self, tmp_path: Path, code: str) -> None:
        content = code.encode("latin-1") if "latin-1" in code else code
        assert found_in(tmp_path, {"orders.py": content}) == []
        shorter = code.replace("async def cancel", "async def _cancel")
        content = shorter.encode("latin-1") if "latin-1" in code else shorter
        assert messages(tmp_path, {"orders.py": content}) == ["`Orders.cancel` has no handler"]

    def test_in_a_folder_called_like_the_package(self, tmp_path: Path) -> None:
        assert found_in(tmp_path, {"blueprint/handlers.py": SOUND}) == []
        assert len(found_in(tmp_path, {"blueprint/handlers.py": orders(FIND, EVERY, PLACE)})) == 1

    def test_in_a_function_that_makes_the_class(self, tmp_path: Path) -> None:
        inner = "\n".join(f"    {line}" for line in orders(FIND, EVERY, PLACE, CANCEL).splitlines())
        assert found_in(tmp_path, f"def made():\n{inner}\n    return OrdersHandlers\n") == []

    def test_as_attributes(self, tmp_path: Path) -> None:
        code = orders(FIND, EVERY, PLACE, "    cancel = later\n")
        assert found_in(tmp_path, code) == []

    def test_in_conditions(self, tmp_path: Path) -> None:
        inner = "\n".join(f"    {line}" for line in CANCEL.splitlines())
        assert found_in(tmp_path, orders(FIND, EVERY, PLACE, f"    if True:\n{inner}\n")) == []

    def test_not_in_tests(self, tmp_path: Path) -> None:
        fake = SOUND.replace("order: UUID", "wrong: str")
        others = {"tests/fakes.py": fake, "test_orders.py": fake, ".venv/x.py": "class (", "venv/pyvenv.cfg": "",
                  "venv/lib/x.py": "class (", "node_modules/x.py": "class ("}  # fmt: skip
        assert found_in(tmp_path, {"orders.py": SOUND, **others}) == []
        assert len(found_in(tmp_path, {"orders.py": orders(FIND, EVERY, PLACE), **others})) == 1

    def test_in_one_class_for_two_services(self, tmp_path: Path) -> None:
        code = f"{BEGINNING}class Both(OrdersPort, StockPort):\n{FIND}\n{EVERY}\n{PLACE}\n{CANCEL}\n"
        left = STOCK.partition(":\n")[2]
        assert found_in(tmp_path, code + left) == []
        assert messages(tmp_path, code) == ["`Stock.left` has no handler"]


class TestFilesThatCannotBeRead:
    def test_one_with_a_mistake(self, tmp_path: Path) -> None:
        code = SOUND.replace("return 3", "return (3")
        (found,) = found_in(tmp_path, code)
        assert found.message.startswith("`code/handlers/orders.py` is no Python that can be read: ")
        assert found.place == f"code/handlers/orders.py:{code[: code.index('return (3')].count(chr(10)) + 1}"

    def test_what_it_may_hold_is_not_missing(self, tmp_path: Path) -> None:
        broken = f"{BEGINNING}class OrdersHandlers(OrdersPort:\n"
        assert len(found_in(tmp_path, {"a.py": broken})) == 1
        whole = BEGINNING.replace("from blueprint.ports.stock import StockPort\n", "")
        broken = f"{whole}class OrdersHandlers(OrdersPort:\n"
        assert messages(tmp_path, {"a.py": broken})[1:] == [
            "No class has the handlers of `Stock`, so its operation is not implemented"
        ]

    @pytest.mark.parametrize("data", [b"\xff\xfe\0", b"x = '\xe9'\n", b"x = 1\0\n"])
    def test_one_that_is_no_text(self, tmp_path: Path, data: bytes) -> None:
        (found,) = found_in(tmp_path, {"a.py": data})
        assert "`code/a.py` is not UTF-8 text" in found.message

    def test_one_that_is_too_deep(self, tmp_path: Path) -> None:
        for code in ("(" * 500 + ")" * 500, "x = " + "-" * 100_000 + "1"):
            assert [found.place for found in found_in(tmp_path, {"orders.py": SOUND, "a.py": code})] == ["code/a.py:1"]

    def test_one_that_is_a_link_to_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "code").mkdir()
        (tmp_path / "code" / "a.py").symlink_to(tmp_path / "nowhere")
        assert messages(tmp_path, {"orders.py": SOUND}) == ["`code/a.py` is a link to what is not there"]

    @pytest.mark.parametrize(
        "code",
        [
            "class A(A):\n    pass\n",
            "class A(B):\n    pass\n\n\nclass B(A):\n    pass\n",
            "from a import *\nfrom .a import *\nfrom a import X as Y\nY = X\nX = Y\n\n\nclass Z(Y, X):\n    pass\n",
            "from ...... import a\n\n\nclass Z(a.b.c):\n    pass\n",
            "type = 1\n\n\nclass A(type, *bases, **options):\n    def f(): ...\n    def g(*, a): ...\n",
        ],
    )
    def test_nonsense_is_nobodys_handler(self, tmp_path: Path, code: str) -> None:
        assert found_in(tmp_path, {"handlers/orders.py": SOUND, "a.py": code}) == []

    def test_what_is_no_file_of_text(self, tmp_path: Path) -> None:
        (tmp_path / "code" / "folder.py").mkdir(parents=True)
        (tmp_path / "code" / "folder.py" / "a.py").write_text("x = 1\n", encoding="utf-8")
        assert found_in(tmp_path, {"orders.py": SOUND, "empty.py": "", "a.txt": "class (", "a.pyi": "class ("}) == []

    @pytest.mark.skipif(sys.platform == "win32", reason="needs pipes as POSIX has them")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        (tmp_path / "code").mkdir()
        os.mkfifo(tmp_path / "code" / "a.py")
        assert messages(tmp_path, {"orders.py": SOUND}) == ["`code/a.py` is no ordinary file"]

"""What code takes from the generated package: names that are gone, and services that are not given at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers import DESIGN, SOUND, found_in, messages

MAIN = """\
from blueprint.app import create_app
from blueprint.ports import Ports

from handlers.orders import OrdersHandlers, StockHandlers

app = create_app(Ports(orders=OrdersHandlers(), stock=StockHandlers()), authenticate=find)
"""


@pytest.mark.parametrize(
    ("line", "at", "message"),
    [
        ("from blueprint.models import Oder", "Oder", "There is no `models.Oder` in the package `blueprint` any more"),
        ("from blueprint.errors import A as B", "A as B", "There is no `errors.A` in the package `blueprint` any more"),
        (
            "import blueprint.ports.gone", "blueprint.ports.gone",
            "There is no `ports.gone` in the package `blueprint` any more",
        ),
        (
            "from blueprint import errors\nraise errors.TooEarly()", "errors.TooEarly",
            "There is no `errors.TooEarly` in the package `blueprint` any more",
        ),
        (
            "import blueprint.errors as e\nx = [e.TooEarly.status]", "e.TooEarly",
            "There is no `errors.TooEarly` in the package `blueprint` any more",
        ),
        ("from blueprint.gone import A", "A", "There is no `gone.A` in the package `blueprint` any more"),
    ],
)  # fmt: skip
def test_a_name_that_is_gone(tmp_path: Path, line: str, at: str, message: str) -> None:
    (found,) = found_in(tmp_path, {"orders.py": SOUND, "more.py": f"{line}\n"})
    assert (found.text, found.message) == (at, message)


@pytest.mark.parametrize(
    "line",
    [
        "from blueprint import models, errors, ports, __version__",
        "from blueprint.models import *",
        "from blueprint.errors import TooLate as Late, DomainError",
        "import blueprint.ports.orders",
        "import blueprint\nx = blueprint.models.Order.model_fields\ny = blueprint.__file__",
        "from blueprint import models\nx = models.Order.gone\ny = models.Size.MEDIUM.gone",
        "from blueprints.models import Order\nfrom .blueprint.models import Order\nfrom other import blueprint",
        "def f(models):\n    return models.gone",
        "from blueprint import errors\ndef f(errors):\n    return errors.gone",
        "from blueprint import errors\ndef f():\n    errors = []\n    errors.append(1)",
        "from blueprint import errors\ntry:\n    pass\nexcept OSError as errors:\n    errors.errno",
        "from blueprint.events import CloudEvent, EventPublisher",
    ],
)
def test_a_name_that_is_there_or_is_none_of_the_package(tmp_path: Path, line: str) -> None:
    assert found_in(tmp_path, {"orders.py": SOUND, "more.py": f"{line}\n"}) == []


def test_all_services_are_given(tmp_path: Path) -> None:
    assert found_in(tmp_path, {"handlers/orders.py": SOUND, "main.py": MAIN}) == []
    assert (
        found_in(tmp_path, {"handlers/orders.py": SOUND, "main.py": MAIN.replace("orders=OrdersHandlers(), ", "**x, ")})
        == []
    )


def test_a_service_that_is_not_given(tmp_path: Path) -> None:
    main = MAIN.replace(", stock=StockHandlers()", "")
    (found,) = found_in(tmp_path, {"handlers/orders.py": SOUND, "main.py": main})
    assert (found.text, found.message) == ("Ports", "`Ports` is not given the handlers of `Stock`")


def test_a_service_that_is_gone(tmp_path: Path) -> None:
    main = MAIN.replace("stock=", "stack=Old(), stock=")
    (found,) = found_in(tmp_path, {"handlers/orders.py": SOUND, "main.py": main})
    assert (found.text, found.message) == ("stack", "`Ports` takes no `stack`: there is no such service")


def test_a_design_without_services(tmp_path: Path) -> None:
    design = DESIGN[: DESIGN.index("service Orders")]
    assert messages(tmp_path, {"handlers/orders.py": SOUND}, design) != []

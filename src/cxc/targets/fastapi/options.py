"""What `[targets.fastapi]` in `cxc.toml` may say: the name of the package, and what the types of problems begin with.

The defaults are such that the server is complete without any of it.
"""

from __future__ import annotations

import keyword
from typing import Annotated

from pydantic import AfterValidator, Field

from cxc.targets import TargetOptions
from cxc.targets.addresses import UriStart, refused
from cxc.targets.jsonschema.problems import PROBLEMS

TAKEN = frozenset(
    """abc aio_pika aiokafka base64 collections conftest contextlib dataclasses datetime decimal enum fastapi faststream
    functools handlers hashlib http httpx importlib logging main os pydantic pydantic_core pytest re schemathesis
    starlette test tests time typing uuid uvicorn""".split()
)
"""The modules that the generated code itself imports, and those beside it."""


def _package_name(text: str) -> str:
    if not (text.isascii() and text.isidentifier()) or text.startswith("_") or is_taken(text):
        help = "Write small letters, digits and `_` that are no name of another package, as in `northwind_platform`."
        raise refused(f"`{text}` cannot be the name of the Python package", help)
    return text


def is_taken(name: str) -> bool:
    """Whether a package cannot have a name because it means something else in the generated code."""
    return keyword.iskeyword(name) or name in TAKEN


def _way(text: str) -> str:
    if not text.isprintable() or not text or "\\" in text or text.startswith("/") or set("\"'`${}") & set(text):
        raise refused(f"`{text}` is no way from one folder to another", "Write it as in `../generated`.")
    return text.rstrip("/")


class FastApiOptions(TargetOptions):
    """The options of the target `fastapi`."""

    package: Annotated[str, AfterValidator(_package_name)] | None = Field(
        None, description="The name of the Python package; without it, the name of the workspace."
    )
    problems: UriStart = Field(
        PROBLEMS,
        description="What the `type` of each problem begins with (RFC 9457), as in `[targets.openapi]`.",
    )
    generated: Annotated[str, AfterValidator(_way)] = Field(
        "../generated",
        description="The way from the folder of your code to that of the generated files; your `pyproject.toml` is "
        "written with it.",
    )

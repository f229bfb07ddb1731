"""What `[targets.jsonschema]` in `cxc.toml` may say: the address of the schemas, and what they may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from cxc.targets import TargetOptions
from cxc.targets.addresses import Address, UriStart, refused
from cxc.targets.jsonschema.problems import PROBLEMS


def _folder(text: str) -> str:
    if not text.endswith("/"):
        raise refused(f"`{text}` does not end with `/`", f"Write `{text}/`: the path of each schema follows.")
    return text


Folder = Annotated[Address, AfterValidator(_folder)]
"""The address of a folder."""


class JsonSchemaOptions(TargetOptions):
    """The options of the target `jsonschema`."""

    base: Folder = Field(
        "https://schemas.invalid/",
        description="What the `$id` of each schema begins with: the address where the folder `schemas` is published. "
        "Without it, an address that can never be one.",
    )
    problems: UriStart = Field(
        PROBLEMS,
        description="What the `type` of each problem begins with (RFC 9457), as in `[targets.openapi]`.",
    )
    extensions: bool = Field(
        False,
        description="Say what JSON Schema has no keyword for (personal data, what a field means, where it comes from) "
        "in keywords `x-cxc-…` instead of a `$comment`. A validator that refuses keywords it does not know, such as "
        "Ajv, must then be told of them.",
    )

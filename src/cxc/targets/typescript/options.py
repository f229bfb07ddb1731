"""What `[targets.typescript]` in `cxc.toml` may say: the name of the package, and the beginning of problem types.

The defaults are such that the client is complete without any of it.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from cxc.targets import TargetOptions
from cxc.targets.addresses import UriStart, refused
from cxc.targets.jsonschema.problems import PROBLEMS

_PACKAGE = re.compile(r"(?:@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*")
_LONGEST = 214


def _package_name(text: str) -> str:
    if not _PACKAGE.fullmatch(text) or len(text) > _LONGEST:
        help = "Write lower-case letters, digits and hyphens, as in `@northwind/platform-client`."
        raise refused(f"`{text}` is not the name of an npm package", help)
    return text


class TypeScriptOptions(TargetOptions):
    """The options of the target `typescript`."""

    package: Annotated[str, AfterValidator(_package_name)] | None = Field(
        None, description="The name of the npm package; without it, the name of the workspace with `-client` behind it."
    )
    problems: UriStart = Field(
        PROBLEMS,
        description="What the `type` of each problem begins with (RFC 9457), as in `[targets.openapi]`.",
    )

"""What `[targets.arazzo]` in `cxc.toml` may say: where the OpenAPI document is, and how types of problems begin.

The defaults fit those of the target `openapi`.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from cxc.targets import TargetOptions
from cxc.targets.addresses import UriStart, is_address, refused
from cxc.targets.jsonschema.problems import PROBLEMS

_WAY = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=@%/-]+")


def _document(text: str) -> str:
    if not is_address(text) and not _WAY.fullmatch(text):
        help = "Write a web address, or the way to a file, as in `../openapi/platform.yaml`."
        raise refused(f"`{text}` is not where a document is", help)
    return text


class ArazzoOptions(TargetOptions):
    """The options of the target `arazzo`."""

    openapi: Annotated[str, AfterValidator(_document)] = Field(
        "../openapi/platform.yaml",
        description="Where the OpenAPI document of the platform is, from the folder of the workflows on.",
    )
    problems: UriStart = Field(
        PROBLEMS,
        description="What the `type` of each problem begins with (RFC 9457), as in `[targets.openapi]`.",
    )

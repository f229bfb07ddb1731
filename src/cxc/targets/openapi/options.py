"""What `[targets.openapi]` in `cxc.toml` may say: servers, licence, contact, addresses of problems and of the log-in.

The defaults are such that documents are complete without any of it.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cxc.targets import TargetOptions
from cxc.targets.addresses import Address, Email, Server, UriStart, refused
from cxc.targets.jsonschema.problems import PROBLEMS

_SPDX = re.compile(r"[A-Za-z0-9.+() -]+")


def _licence_identifier(text: str) -> str:
    if not _SPDX.fullmatch(text):
        raise refused(f"`{text}` is not an SPDX licence expression", "Write it as in `MIT` or `LicenseRef-Northwind`.")
    return text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class License(_Part):
    """Under what terms the API may be used."""

    name: str = Field(min_length=1, description="The name of the licence.")
    identifier: Annotated[str, AfterValidator(_licence_identifier)] | None = Field(
        None, description="Its SPDX expression; either this or `url`."
    )
    url: Address | None = Field(None, description="Where its text is; either this or `identifier`.")

    @model_validator(mode="after")
    def _one_of_both(self) -> License:
        if (self.identifier is None) is (self.url is None):
            raise refused("A licence has an `identifier` or a `url`", "Write one of the two.")
        return self


class Contact(_Part):
    """Whom to ask about the API."""

    name: str | None = Field(None, description="The name of a person or team.")
    url: Address | None = Field(None, description="A web page.")
    email: Email | None = Field(None, description="An e-mail address.")


class OpenApiOptions(TargetOptions):
    """The options of the target `openapi`."""

    servers: tuple[Server, ...] = Field(
        ("/",), min_length=1, description="The addresses where the API is reached; without one, where the document is."
    )
    license: License = Field(
        License(name="Proprietary", identifier="LicenseRef-Proprietary", url=None),
        description="Under what terms the API may be used; without this, it grants no rights.",
    )
    contact: Contact | None = Field(
        None, description="Whom to ask about the whole platform; a service's own document names its owner."
    )
    problems: UriStart = Field(
        PROBLEMS, description="What the `type` of each problem begins with (RFC 9457); the error's name follows."
    )
    openid_connect: Address | None = Field(
        None, description="The address of the OpenID Connect configuration; without it, requests carry a bearer token."
    )

"""What `[targets.openapi]` in `cxc.toml` may say: servers, licence, contact, addresses of problems and of the log-in.

The defaults are such that documents are complete without any of it.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cxc.config_problems import REFUSED
from cxc.targets import TargetOptions

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:@\[\]-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
_URI_START = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SPDX = re.compile(r"[A-Za-z0-9.+() -]+")


def _refused(message: str, help: str) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{message}", {"message": message, "help": help, "instead": None})


def is_address(text: str) -> bool:
    """Whether a text is the address of a web page."""
    return _ADDRESS.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def _server(text: str) -> str:
    if not is_address(text) and not _PATH.fullmatch(text):
        raise _refused(f"`{text}` is not the address of a server", "Write it as in `https://api.northwind.example/v1`.")
    return text.rstrip("/") or "/"


def _web_address(text: str) -> str:
    if not is_address(text):
        raise _refused(f"`{text}` is not a web address", "Write it as in `https://northwind.example/help`.")
    return text


def _email_address(text: str) -> str:
    if not is_email(text):
        raise _refused(f"`{text}` is not an e-mail address", "Write it as in `api@northwind.example`.")
    return text


def _uri_start(text: str) -> str:
    if not _URI_START.fullmatch(text) or text[-1] not in ":/#":
        help = "Write a beginning that ends with `:`, `/` or `#`, as in `https://northwind.example/problems/`."
        raise _refused(f"`{text}` is not the beginning of a URI", help)
    return text


def _licence_identifier(text: str) -> str:
    if not _SPDX.fullmatch(text):
        raise _refused(f"`{text}` is not an SPDX licence expression", "Write it as in `MIT` or `LicenseRef-Northwind`.")
    return text


Address = Annotated[str, AfterValidator(_web_address)]


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
            raise _refused("A licence has an `identifier` or a `url`", "Write one of the two.")
        return self


class Contact(_Part):
    """Whom to ask about the API."""

    name: str | None = Field(None, description="The name of a person or team.")
    url: Address | None = Field(None, description="A web page.")
    email: Annotated[str, AfterValidator(_email_address)] | None = Field(None, description="An e-mail address.")


class OpenApiOptions(TargetOptions):
    """The options of the target `openapi`."""

    servers: tuple[Annotated[str, AfterValidator(_server)], ...] = Field(
        ("/",), min_length=1, description="The addresses where the API is reached; without one, where the document is."
    )
    license: License = Field(
        License(name="Proprietary", identifier="LicenseRef-Proprietary", url=None),
        description="Under what terms the API may be used; without this, it grants no rights.",
    )
    contact: Contact | None = Field(
        None, description="Whom to ask about the whole platform; a service's own document names its owner."
    )
    problems: Annotated[str, AfterValidator(_uri_start)] = Field(
        "urn:problem:", description="What the `type` of each problem begins with (RFC 9457); the error's name follows."
    )
    openid_connect: Address | None = Field(
        None, description="The address of the OpenID Connect configuration; without it, requests carry a bearer token."
    )

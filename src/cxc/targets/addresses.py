"""Addresses in the options of targets: of servers, web pages and people, and what URIs begin with.

What an address is for is said by the options themselves.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from cxc.config_problems import REFUSED

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:@\[\]-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?")
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
_URI_START = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def refused(message: str, help: str) -> PydanticCustomError:
    """Return why a value of the settings is refused, and what to write instead."""
    return PydanticCustomError(REFUSED, "{message}", {"message": message, "help": help, "instead": None})


def is_address(text: str) -> bool:
    """Whether a text is the address of a web page."""
    return _ADDRESS.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def _server(text: str) -> str:
    if not is_address(text) and not _PATH.fullmatch(text):
        raise refused(f"`{text}` is not the address of a server", "Write it as in `https://api.northwind.example/v1`.")
    return text.rstrip("/") or "/"


def _web_address(text: str) -> str:
    if not is_address(text):
        raise refused(f"`{text}` is not a web address", "Write it as in `https://northwind.example/help`.")
    return text


def _email_address(text: str) -> str:
    if not is_email(text):
        raise refused(f"`{text}` is not an e-mail address", "Write it as in `api@northwind.example`.")
    return text


def _uri_start(text: str) -> str:
    if not _URI_START.fullmatch(text) or text[-1] not in ":/#":
        help = "Write a beginning that ends with `:`, `/` or `#`, as in `https://northwind.example/problems/`."
        raise refused(f"`{text}` is not the beginning of a URI", help)
    return text


Address = Annotated[str, AfterValidator(_web_address)]
"""The address of a web page."""
Email = Annotated[str, AfterValidator(_email_address)]
"""An e-mail address."""
Server = Annotated[str, AfterValidator(_server)]
"""The address of a server, or its path where it is the one that a document came from."""
UriStart = Annotated[str, AfterValidator(_uri_start)]
"""What URIs begin with."""

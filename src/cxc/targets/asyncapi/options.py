"""What `[targets.asyncapi]` in `cxc.toml` may say: servers, licence, contact, and where schemas are published.

The defaults are such that documents are complete without any of it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cxc.targets import TargetOptions
from cxc.targets.addresses import Address, Email, refused
from cxc.targets.jsonschema.options import Folder

_HOST = re.compile(r"[A-Za-z0-9._~-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")
_PATH = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")
_KEY = re.compile(r"[A-Za-z0-9_-]+")


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise refused(f"`{text}` is not a host", "Write it as in `kafka.northwind.example:9092`.")
    return text


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        raise refused(f"`{text}` is not a path", "Write it as in `/production`.")
    return text


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise refused(f"`{text}` is not the name of a server", "Write letters, digits, `-` and `_` only.")
    return text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Server(_Part):
    """A broker that carries the events."""

    host: Annotated[str, AfterValidator(_host)] = Field(description="Its name, and its port.")
    protocol: str = Field(min_length=1, description="How it is spoken to: `kafka`, `amqp`, `nats`, `mqtt`, …")
    pathname: Annotated[str, AfterValidator(_path)] | None = Field(
        None, description="The path behind the host, such as the virtual host of RabbitMQ."
    )
    description: str | None = Field(None, description="What it is for.")


class License(_Part):
    """Under what terms the events may be used."""

    name: str = Field(min_length=1, description="The name of the licence.")
    url: Address | None = Field(None, description="Where its text is.")


class Contact(_Part):
    """Whom to ask about the events."""

    name: str | None = Field(None, description="The name of a person or team.")
    url: Address | None = Field(None, description="A web page.")
    email: Email | None = Field(None, description="An e-mail address.")


class AsyncApiOptions(TargetOptions):
    """The options of the target `asyncapi`."""

    version: Literal["3.0.0", "3.1.0"] = Field(
        "3.1.0",
        description="The version of AsyncAPI. Documents are the same in both; some tools only know 3.0.0.",
    )
    servers: dict[Annotated[str, AfterValidator(_key)], Server] = Field(
        {}, description="The brokers that carry the events, by a name for each."
    )
    license: License = Field(
        License(name="Proprietary", url=None),
        description="Under what terms the events may be used; without this, it grants no rights.",
    )
    contact: Contact | None = Field(
        None, description="Whom to ask about the whole platform; a service's own document names its owner."
    )
    schemas: Folder | None = Field(
        None,
        description="Where the output of the target `jsonschema` is published, as `base` in `[targets.jsonschema]`; "
        "each event then names its schema (`dataschema`).",
    )

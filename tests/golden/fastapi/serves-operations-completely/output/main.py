"""The platform as an ASGI application: `uvicorn main:app`.

It does not start while an operation is unimplemented, unless `ALLOW_UNIMPLEMENTED` is 1
in the environment; then such an operation answers 501.

`BROKER` there says what carries the events: `kafka://host:9092` or `amqp://host:5672`;
without it, they stay in this process.
"""

import os

from pedal.app import create_app
from pedal.streaming import MEMORY, create_stream

from authentication import authenticate
from services import services

ports = services()
stream = create_stream(ports, os.environ.get("BROKER", MEMORY))
app = create_app(
    ports,
    authenticate=authenticate,
    publisher=stream,
    lifespan=stream.lifespan,
    allow_unimplemented=os.environ.get("ALLOW_UNIMPLEMENTED") == "1",
)

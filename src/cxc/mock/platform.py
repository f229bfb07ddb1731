"""The mock of one design, put together: the generated application, ports, data, events, and its own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from starlette.middleware.cors import CORSMiddleware

from cxc.mock.behaviour import Behaviour
from cxc.mock.calls import Application, Call, Calls, Log, Routes, current
from cxc.mock.data import Data
from cxc.mock.happenings import Happenings
from cxc.mock.package import Package
from cxc.mock.pages import pages
from cxc.mock.ports import Answers
from cxc.mock.relations import Relations
from cxc.mock.simulation import Simulation
from cxc.mock.store import Record, Store
from cxc.mock.tokens import authenticate_for
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity, Event
from cxc.model.service import Service
from cxc.targets import GeneratedFile
from cxc.targets.fastapi.interface import PortMethod, ServicePort, interface_of
from cxc.targets.fastapi.options import FastApiOptions

_DEEPEST = 8
"""How many reactions may follow from one another."""
_depth: ContextVar[int] = ContextVar("depth", default=0)


@dataclass(frozen=True)
class Settings:
    """What the command line says of the mock."""

    seed: int = 1
    seed_data: int = 3
    simulate: bool = False
    lenient: bool = False


class Design(NamedTuple):
    """A checked design, and the files of the target `fastapi` with the options they were made with."""

    blueprint: Blueprint
    files: tuple[GeneratedFile, ...]
    options: FastApiOptions


class Mock:
    """A platform that nobody has written."""

    def __init__(self, design: Design, store: Store, settings: Settings, folder: Path, log: Log) -> None:
        self.blueprint = design.blueprint
        self.settings = settings
        self.store = store
        self.log = log
        self.interface = interface_of(self.blueprint, design.options)
        self.package = Package(self.interface.package, design.files, folder)
        self.relations = Relations(self.blueprint)
        self.data = Data(self.relations, store, settings.seed)
        self.simulation = Simulation(settings.seed) if settings.simulate else None
        behaviour = Behaviour(self.data, lenient=settings.lenient)
        self.answers = Answers(self.package, self.interface, behaviour, self.simulation)
        self.happenings = Happenings(store)
        self.happenings.react = self._react
        self._ports = self.answers.ports()
        self.idempotency = _Idempotency(self.package.get("idempotency", "InMemoryIdempotency"))
        self._subscribed = self._subscriptions()
        self.app = self._app()

    def _app(self) -> Application:
        application = self.package.get("app", "create_app")(
            self._ports,
            authenticate=authenticate_for(self.package, self.relations),
            publisher=self.happenings,
            idempotency=self.idempotency,
        )
        application.include_router(pages(self))
        # Front ends in development come from an address of their own.
        outside = CORSMiddleware(
            application, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["*"]
        )
        return Calls(outside, Routes(self.blueprint), self.log)

    # ---- data -------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Make the data that is there to begin with, of each kind of which there is none."""
        self.data.seed_all(self.settings.seed_data, self.answers.behaviour.failures.takers())

    def reset(self) -> None:
        """Begin again: with the first data, without events, and with no idempotency key taken."""
        self.store.clear()
        self.idempotency.forget()
        if self.simulation is not None:
            self.simulation.reset()
        self.begin()

    def named(self) -> dict[str, Entity]:
        """Return the entities by the names that they have in the API."""
        return {self.interface.names.components.of(one.id): one for one in self.relations.entities}

    def shown(self, entity: Entity, record: Record) -> Any:
        """Return a thing as others may see it; raise `ValidationError` where it does not fit the design."""
        adapter: TypeAdapter[Any] = TypeAdapter(self.package.get("models", self.interface.names.model(entity.id)))
        return adapter.dump_python(adapter.validate_python(record), mode="json", exclude_none=True, by_alias=True)

    def misfits(self) -> Iterator[str]:
        """Yield the entities of which the store has something that does not fit the design, such as from before."""
        for name, entity in self.named().items():
            try:
                for record in self.data.all(entity):
                    self.shown(entity, record)
            except ValidationError:
                yield name

    # ---- reactions --------------------------------------------------------------------------------------------------

    def _subscriptions(self) -> dict[str, list[tuple[Event, ServicePort, PortMethod]]]:
        found: dict[str, list[tuple[Event, ServicePort, PortMethod]]] = {}
        for port in self.interface.ports:
            methods = {method.operation.id: method for method in port.methods}
            for subscription in port.service.subscriptions:
                event = self.blueprint.get(subscription.event)
                method = methods.get(subscription.operation.id)
                if event is not None and method is not None:
                    cls = self.package.get("events", self.interface.names.event(event.id))
                    found.setdefault(cls.event_type, []).append((event, port, method))
        return found

    async def _react(self, envelope: Any) -> None:
        """Let the services do what they do when an event happens; what goes wrong there is only logged."""
        if _depth.get() >= _DEEPEST:
            self.log(f"event  {envelope.type}  starts nothing more: {_DEEPEST} reactions have followed on one request")
            return
        for event, port, method in self._subscribed.get(envelope.type, ()):
            name = f"{port.service.name}.{method.operation.name}"
            data = envelope.data.model_dump(mode="json", by_alias=True, exclude_none=True)
            arguments = self.answers.arguments(method.operation, event, data)
            if arguments is None:
                self.log(f"event  {envelope.type}  {name}  left out: the event does not say all it is asked with")
                continue
            await self._call(envelope, port, method, arguments, name)

    async def _call(
        self, envelope: Any, port: ServicePort, method: PortMethod, arguments: dict[str, Any], name: str
    ) -> None:
        context = self.package.get("context", "Context")(
            customer=self.package.get("identity", "PLATFORM"),
            publisher=self.happenings,
            source=getattr(self._ports, port.module).source,
            request_id=envelope.correlationid or envelope.id,
            cause=envelope.id,
        )
        token, depth = current.set(Call()), _depth.set(_depth.get() + 1)
        try:
            await self.answers.answer(port.service, method, context, arguments)
            self.log(f"event  {envelope.type}  {name}  done")
        except Exception as error:
            self.log(f"event  {envelope.type}  {name}  failed: {' '.join(str(error).split())}")
        finally:
            _depth.reset(depth)
            current.reset(token)

    # ---- the end ----------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """End the streams, and take the package out of the process."""
        self.happenings.end()
        self.package.forget()


class _Idempotency:
    """The package's own store of idempotency keys, which can be begun anew."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._keys = make()

    async def take(self, key: str, fingerprint: str, /) -> Any:
        """Return the answer that a key got, or None, and the key is taken."""
        return await self._keys.take(key, fingerprint)

    async def keep(self, key: str, answer: Any, /) -> None:
        """Keep the answer of a key that was taken."""
        await self._keys.keep(key, answer)

    async def release(self, key: str, /) -> None:
        """Forget a key that was taken."""
        await self._keys.release(key)

    def forget(self) -> None:
        """Forget all keys."""
        self._keys = self._make()


def counted(services: Iterable[Service]) -> str:
    """Return how much there is: `9 services with 24 operations`."""
    found = list(services)
    operations = sum(len(service.operations) for service in found)
    of_services = f"{len(found)} service{'' if len(found) == 1 else 's'}"
    return f"{of_services} with {operations} operation{'' if operations == 1 else 's'}"

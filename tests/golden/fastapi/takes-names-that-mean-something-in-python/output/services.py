"""The services of the platform, each with its handlers."""

from blueprint.ports import Ports

from handlers.import_ import import_Handlers


def services() -> Ports:
    """Return the services, ready to be asked."""
    return Ports(
        import_=import_Handlers(),
    )

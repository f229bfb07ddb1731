"""The services of the platform, each with its handlers."""

from pedal.ports import Ports

from handlers.bicycles import BicyclesHandlers
from handlers.rides import RidesHandlers


def services() -> Ports:
    """Return the services, ready to be asked."""
    return Ports(
        bicycles=BicyclesHandlers(),
        rides=RidesHandlers(),
    )

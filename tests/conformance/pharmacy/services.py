"""The services of the platform, each with its handlers, which share their records."""

from northwind.ports import Ports

from handlers.care import CareHandlers
from handlers.deliveries import DeliveriesHandlers
from handlers.listeners import ListenersHandlers
from handlers.medicines import MedicinesHandlers
from handlers.notifications import NotificationsHandlers
from handlers.patients import PatientsHandlers
from handlers.payments import PaymentsHandlers
from handlers.prescriptions import PrescriptionsHandlers
from handlers.stores import StoresHandlers
from records import Records


def services() -> Ports:
    """Return the services, ready to be asked."""
    records = Records()
    return Ports(
        care=CareHandlers(records),
        deliveries=DeliveriesHandlers(records),
        listeners=ListenersHandlers(records),
        medicines=MedicinesHandlers(records),
        notifications=NotificationsHandlers(records),
        patients=PatientsHandlers(records),
        payments=PaymentsHandlers(records),
        prescriptions=PrescriptionsHandlers(records),
        stores=StoresHandlers(records),
    )

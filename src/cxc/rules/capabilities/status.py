"""Whether the organisation has a capability, from what it or a capability around it says."""

from __future__ import annotations

from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability


def proposed_at(capability: Capability, blueprint: Blueprint) -> Capability | None:
    """Return the capability whose status says that this one is only proposed, or None where it is not.

    One without a status has that of the capability which it is a part of.
    """
    for holder in blueprint.line_of_holders(capability.id):
        if isinstance(holder, Capability) and holder.status is not None:
            return holder if holder.status == "proposed" else None
    return None

"""Whether the organisation has a capability, from what it or a capability around it says."""

from __future__ import annotations

from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability


def is_proposed(capability: Capability, blueprint: Blueprint) -> bool:
    """Whether a capability is only proposed; one without a status has that of the capability it is a part of."""
    for holder in blueprint.line_of_holders(capability.id):
        if isinstance(holder, Capability) and holder.status is not None:
            return holder.status == "proposed"
    return False

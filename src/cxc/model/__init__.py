"""The vocabulary: one class for each word of the language, by subject.

| module | words |
| --- | --- |
| `organisation` | team, partner, persona, lifeevent, tier, purpose |
| `measure` | metric, principle |
| `capability` | capability, process, system |
| `data` | type, entity, enum, event, error, and their fields |
| `service` | service, query, command, rule |
| `channel` | channel, experience |
| `journey` | journey, phase, step, and the lanes |
| `file` | package, import, from |

`base` says what a word is made of, `values` what its properties may hold, `blueprint` holds a whole design.
"""

from __future__ import annotations

from cxc.model import capability, channel, data, file, journey, measure, organisation, service
from cxc.model.base import Element

_MODULES = (organisation, measure, capability, data, service, channel, journey, file)


def vocabulary() -> dict[str, type[Element]]:
    """Return every element class of the language by its class name."""
    return {
        name: value
        for module in _MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Element) and value.__module__ == module.__name__
    }


# The modules refer to each other in circles (a persona prefers channels, a channel has an owner), so each gets the
# names it only knows by type here; pydantic then builds a class at its first use.
for _module in _MODULES:
    for _name, _class in vocabulary().items():
        vars(_module).setdefault(_name, _class)

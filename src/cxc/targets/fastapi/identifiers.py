"""Names of the design as names of Python: none that means something there, and each once in its scope.

A name that is taken gets `_` behind it. What a name is for is left to `names`.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

from cxc.model.routes import kebab_case

BUILTINS = frozenset("bool bytes dict int list str object type property classmethod staticmethod".split())
"""What annotations and decorators name without importing it."""
_DEVICES = re.compile("(?:con|prn|aux|nul|(?:com|lpt)[0-9])$", re.IGNORECASE)


def identifier(name: str, taken: Iterable[str], without: str) -> str:
    """Return a name as Python may have it: public, no keyword and not taken; `without` names what has no letters."""
    text = name.lstrip("_")
    if not text or text[0].isdigit():
        text = f"{without}_{text}" if text else without
    while keyword.iskeyword(text) or text in taken:
        text += "_"
    return text


def distinct(names: Iterable[str], taken: Iterable[str], without: str) -> dict[str, str]:
    """Return the identifier of each name, no two alike; those that are identifiers already keep theirs."""
    names = list(names)
    reserved = frozenset(taken)
    given = {name: name for name in names if identifier(name, reserved, without) == name}
    used = {*reserved, *given}
    for name in names:
        if name not in given:
            given[name] = identifier(name, used, without)
            used.add(given[name])
    return {name: given[name] for name in names}


def module_name(name: str, taken: Iterable[str]) -> str:
    """Return the name of a module: `RefillOrders` → `refill_orders`; none that Windows takes for a device."""
    text = identifier(kebab_case(name).replace("-", "_"), taken, "service")
    return f"{text}_" if _DEVICES.match(text) else text


def constants(names: Iterable[str]) -> dict[str, str]:
    """Return the name of each choice of an enum: `on_its_way` → `ON_ITS_WAY`."""
    used: set[str] = set()
    found = {}
    for name in names:
        found[name] = identifier(name.upper(), used, "VALUE")
        used.add(found[name])
    return found

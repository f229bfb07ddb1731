"""The target `asyncapi`: AsyncAPI 3 documents of the events between services, as CloudEvents.

| module | what it makes |
| --- | --- |
| `options` | `[targets.asyncapi]` of the settings |
| `parties` | who sends and who receives each event |
| `components` | schemas, and the names of components |
| `messages` | messages and channels: the envelope with the event in it |
| `operations` | operations that send and receive |
| `documents` | the files |

How an event travels (its type, address and source) is said in `cxc.model.event_types`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxc.targets import Emitted, Target
from cxc.targets.asyncapi.options import AsyncApiOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: AsyncApiOptions, templates: Templates) -> Emitted:
    from cxc.targets.asyncapi.documents import emit

    return emit(blueprint, options, templates)


TARGET = Target(
    name="asyncapi",
    summary="AsyncAPI 3 documents: the events as CloudEvents, who sends them and who reacts.",
    emit=_emit,
    options=AsyncApiOptions,
    judged_by="AsyncAPI's parser, hints included",
    opens="asyncapi/platform.yaml",
)

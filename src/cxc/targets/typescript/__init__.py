"""The target `typescript`: a typed client of the platform, without dependencies at run time.

| module | what it makes |
| --- | --- |
| `options` | `[targets.typescript]` of the settings |
| `identifiers` | names that mean nothing else in TypeScript |
| `types` | types, and fields as members of interfaces |
| `comments` | what the design says, as JSDoc |
| `layout` | lines as Prettier breaks them |
| `models` | entities, types and enums |
| `problems` | errors as problem details (RFC 9457) |
| `services` | a class for each service, a method for each operation |
| `files` | the files |

How requests are sent, repeated and given up is the same for every design: it stands in `templates/typescript/runtime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxc.targets import Emitted, Target
from cxc.targets.typescript.options import TypeScriptOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: TypeScriptOptions, templates: Templates) -> Emitted:
    from cxc.targets.typescript.files import emit

    return emit(blueprint, options, templates)


TARGET = Target(
    name="typescript",
    summary="A typed client in TypeScript: models, problems as unions, one method an operation.",
    emit=_emit,
    options=TypeScriptOptions,
    judged_by="tsc in its strictest mode; ESLint; Prettier",
)

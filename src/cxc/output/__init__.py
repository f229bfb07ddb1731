"""Generated files on disk: `plan_output` says what is to be done, `write` does it, `check` only reports it.

| module | what it knows |
| --- | --- |
| `portable` | which paths every computer can hold |
| `manifest` | what earlier builds left |
| `plan` | what to write, to remove, and to leave alone |
| `own` | what to add to the developer's own folder |
| `lock` | one build at a time |
| `writing` | the only module that writes |
| `errors` | a folder that cannot be used |

Files that are written once belong to the developer: they are put where nothing stands, and never touched again. What
the files say is left to the targets.
"""

from cxc.output.errors import OutputError
from cxc.output.plan import Plan, plan_output
from cxc.output.writing import check, write

__all__ = ["OutputError", "Plan", "check", "plan_output", "write"]

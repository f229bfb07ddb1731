"""A generated file that is no longer what the design says.

What:
    `cxc build --check` compares what the design gives now with what lies in the output folder: a file is
    missing, has another content, or belongs to something that the design no longer has.

Why:
    Generated files are read and built upon by people who do not run the compiler. Where they are kept under
    version control, a check in CI is what keeps them from telling of an older design.

Fix:
    Run `cxc build`, and commit what it writes together with the design.

Limits:
    Only the targets of this run are compared, and only files that the compiler wrote or would write.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC902", "stale-output", Severity.ERROR)

"""Workspaces that depend on each other in a circle.

What:
    A workspace depends on another one which, directly or through others, depends on the first.

Why:
    Neither can be built or published first, and no team can change its design without the other: what looks
    like two workspaces is one, with two owners. Packages of one workspace may use each other freely;
    workspaces may not.

Fix:
    Move what both need into a third workspace that depends on neither, or make the two one.

Limits:
    A dependency on a published `blueprint.json` is not followed further, since it is complete in itself.

References:
    Martin, R. C.: Agile Software Development: Principles, Patterns, and Practices, chapter 20 (The Acyclic
    Dependencies Principle). 2002.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC205", "workspace-cycle", Severity.ERROR)

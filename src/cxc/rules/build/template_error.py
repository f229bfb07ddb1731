"""A template that cannot be rendered.

What:
    A template has a mistake in its syntax, uses a name that it is not given, or reaches for what a template
    may not touch.

Why:
    A template only lays out what the target prepared. An unknown name is nearly always a misspelt one, and an
    empty place in a generated file would be noticed much later than an error here.

Fix:
    Correct the template at the line of the message. To use the one that comes with the compiler again, remove
    the file from the workspace's folder of templates.

Limits:
    Templates are rendered in a sandbox: what begins with an underscore, and what runs code, is closed to
    them.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC905", "template-error", Severity.ERROR)

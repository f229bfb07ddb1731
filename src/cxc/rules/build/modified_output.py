"""A file in the place of a generated one that the compiler did not leave there.

What:
    A generated file was changed by hand since the last build, or a file of someone's own stands where one is
    to be written. Nothing at all is written then.

Why:
    A change in a generated file is lost at the next build, and was meant for something: it belongs into the
    design, or into a template. Because the files of one build belong together, some new ones beside old ones
    would be worse than all of them old.

Fix:
    Carry the change over to the blueprint or the template, then build with `--overwrite`. Or give the file
    its former content again, or move it to another place.

Limits:
    What counts is the content (and not its line endings, which version control may have changed), never the
    date.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC903", "modified-output", Severity.ERROR)

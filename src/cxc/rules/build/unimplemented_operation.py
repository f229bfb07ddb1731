"""An operation of the design without a handler that fits it.

What:
    `cxc check --code` compares the handlers that developers wrote with the design: an operation has none, or
    one that nobody wrote yet; a handler is left of an operation that is gone or has another name; a parameter
    is missing, too many, of another name, type or default; the result is of another type. The same is said of
    a service without a class for its handlers, of a class whose service is gone, of a model, error or event
    that the code takes from the generated package and that is no more in it, and of a Python file that cannot
    be read.

Why:
    Handlers are written once and belong to whoever writes them, so that no build changes them. When the
    design goes on, they have to follow by hand, and an operation that was forgotten is noticed by a customer
    otherwise. A platform with unimplemented operations does not start; this finds them before, and names the
    line.

Fix:
    Write or change the handler as the message says. Where the handler is right, change the design.

Limits:
    The code is read, never run. What only shows while it runs is taken to be right: what a decorator of your
    own does to a method, classes of libraries, types that are worked out. A handler may take more than it is
    given and return less than it may; tests, which put something else in the place of handlers, are left out.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC906", "unimplemented-operation", Severity.ERROR)

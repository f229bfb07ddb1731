"""A name that could mean two things.

What:
    Two imports, or an import and a declaration of the package, give the same name to different things, and
    the file uses it.

Why:
    The compiler will not guess, and neither should a reader have to: whoever takes the wrong one of two
    customers, two orders or two addresses finds out when it is built.

Fix:
    Import the package instead of the name and write the package before the dot (`data.Store`), or remove one
    of the imports.

Limits:
    Reported once for each name in a file, where it is first used. A name inside a declaration hides one from
    outside, and is never ambiguous.
"""

from cxc.diagnostics import Kind, Severity

KIND = Kind("CXC207", "ambiguous-name", Severity.ERROR)

BAD = """
// file: retail.blueprint
package northwind.retail

type Store { town: string(1..60) }

// file: clinics.blueprint
package northwind.clinics

type Store { cold: bool }

// file: data.blueprint
package northwind.data

from northwind.clinics import Store
from northwind.retail import Store

type Shelf { stands_in: Store }
"""

GOOD = """
// file: retail.blueprint
package northwind.retail

type Store { town: string(1..60) }

// file: clinics.blueprint
package northwind.clinics

type Store { cold: bool }

// file: data.blueprint
package northwind.data

import northwind.clinics
import northwind.retail

type Shelf { stands_in: retail.Store }

type Fridge { stands_in: clinics.Store }
"""

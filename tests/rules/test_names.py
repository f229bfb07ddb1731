"""Rules 2xx that look at the whole design: the tricky cases, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from findings import assert_finds_what_it_says

FAMILIES = "123"
"""Of the few lines that a case needs, a journey can say little: what it lacks itself is tested elsewhere."""

DEPRECATED = {
    "a use in every kind of place": """
package a
team Old { deprecated "use New" }
team New
channel Web { kind web; owner Old } //! CXC209
type Size { value: int; deprecated "use Measure" }
type Measure { value: int }
type Box { size: Size; other: Measure; many: [Size]? } //! CXC209 CXC209
service S {
  owner New
  query find(box: Box) -> [Size] //! CXC209
}
""",
    "a field of something deprecated is deprecated with it": """
package a
team T
entity Old { id: uuid @key; deprecated "use New" }
entity New { id: uuid @key; was: Old.id } //! CXC209
service S { owner T; masters New }
""",
    "an operation of a deprecated service": """
package a
team T
event Rung { at: datetime }
service Old { owner T; command ring() { emits Rung }; deprecated "use New" }
service New {
  owner T
  on Rung -> Old.ring //! CXC209
}
""",
    "the same advice once where a deprecated thing and its member are named together": """
package a
team T
persona P
channel Web { kind web; owner T }
journey Old {
  kind use
  persona P
  trigger "t"
  outcome "o"
  deprecated "use the new one"
  phase during { step one { via Web }; step two { via Web } }
}
experience OldOnWeb {
  journey Old //! CXC209
  channel Web
  step one { screen "/1" }
  step two { screen "/2" }
}
""",
    "what is deprecated itself may use what is": """
package a
team Old { deprecated "gone" }
team T
service S {
  owner T
  query old(x: Kind) -> Kind { deprecated "use new" }
  query new(x: int) -> int
}
type Kind { x: int; deprecated "an int is enough" }
channel Fax { kind mail; owner Old; deprecated "nobody has one" }
""",
    "a deprecated entity needs a master as long as it exists, or none": """
package a
team T
entity Old { id: uuid @key; deprecated "use New" }
entity Older { id: uuid @key; deprecated "use New" }
service S { owner T; masters Old }
""",
    "a new journey names the one it replaces": """
package a
team T
persona P
channel Web { kind web; owner T }
journey Old { kind use; persona P; trigger "t"; outcome "o"; deprecated "use New"; phase during { step s { via Web } } }
journey New { kind use; persona P; trigger "t"; outcome "o"; replaces Old; phase during { step s { via Web } } }
""",
    "a default that is a deprecated value": """
package a
enum Size { small { deprecated "use medium" }; medium }
type Box { size: Size = small; other: Size = medium } //! CXC209
type Crate { size: Box.size = small } //! CXC209
""",
}

UNUSED = {
    "each kind that is watched": """
package a
team T
team Idle //! CXC210
partner Friend //! CXC210
persona P //! CXC210
lifeevent Moving //! CXC210
purpose Why { basis contract } //! CXC210
metric M { kind nps } //! CXC210
system Box { lifecycle live } //! CXC210
process Work { owner T } //! CXC210
type V { x: int } //! CXC210
enum E { a; b } //! CXC210
error Wrong { status 409 } //! CXC210
service S { owner T }
""",
    "naming itself is no use": """
package a
team T
type Tree { children: [Tree] } //! CXC210
system Box { replaced_by Box } //! CXC210
service S { owner T }
""",
    "a field of it that is used is a use of it": """
package a
team T
type Address { town: string(1..60) }
service S { owner T; query find(town: Address.town) -> int }
""",
    "a library of shared declarations has no users of its own": """
package a
team T
type Address { town: string(1..60) }
enum E { a; b }
error Wrong { status 409 }
""",
    "what is deprecated may be without use": """
package a
team T
team Idle { deprecated "dissolved" }
service S { owner T }
""",
    "a life event that names its journeys is used": """
package a
team T
persona P
channel Web { kind web; owner T }
lifeevent Moving { journeys Move }
journey Move { kind use; persona P; trigger "t"; outcome "o"; phase during { step s { via Web } } }
""",
    "an import by name is a use, and is reported for itself": """\
// file: a.blueprint
package a
team T
team Idle
// file: b.blueprint
package b
from a import Idle, T //! CXC206
service S { owner T }
""",
    "a name in a statement that cannot be read may be the use": """
package a
team T
team Idle
service S {
  owner T
  runs on Idle //! CXC101
}
""",
    "a misspelt name was meant for what it resembles": """
package a
team T
team Customers
service S {
  owner T
}
channel Web {
  kind web
  owner Custmers //! CXC201
}
""",
    "a name that resembles nothing may have meant anything of its kind": """
package a
team T
team Idle
metric M { kind nps } //! CXC210
service S {
  owner Somebody //! CXC201
}
channel Web { kind web; owner T }
""",
}


@pytest.mark.parametrize("design", DEPRECATED.values(), ids=DEPRECATED)
def test_uses_of_what_is_deprecated(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", UNUSED.values(), ids=UNUSED)
def test_what_nothing_uses(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)

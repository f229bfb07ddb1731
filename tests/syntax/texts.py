"""Strategies for the text of blueprint files: sound ones, with blanks and comments wherever they may stand; damage."""

from __future__ import annotations

import random
import re

from hypothesis import strategies as st

NAMES = ["a", "b1", "owner", "step", "Prescription", "via", "none", "_x", "h", "on"]
STRINGS = ['""', '"a"', '"// no comment"', '"{ ( ["', '"say \\"hi\\""', '"\\u{1F600} 😀\t\\\\"', '"/// é"', '"a;b"']
LONG_STRINGS = [
    '""""""', '"""one line"""', '"""\n  a\n    b\n  """', '"""first\r\n\r\n\tsecond "" \\" x"""',
    '"""  \n// text\n}"""', '"""\rold\r  mac"""',
]  # fmt: skip
SCALARS = ["0", "-2", "+1.5", "99.9%", "-5%", "300ms", "1h30m", "2w"]
REGEXES = ["/a+/", "/[0-9]{2}\\/x/", '/"/']
COMMENTS = ["// c", "//", "//// banner ////", '//"quoted', "// cxc: allow CXC602 “why”", "// \t trailing  \t"]
DOCS = ["/// Says what.", "///", "///no blank", "///   indented `code`  ", "/// // x"]
LINE_ENDS = ["\n", "\n", "\r\n", "\r"]


class Author:
    """Writes statements as some random number generator has it."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def file(self) -> str:
        start = self._chance.choice(["", "", "\ufeff", "\n\n", "  // first\n"])
        text = start + self._body(0, self._chance.randint(0, 6))
        return text + self._chance.choice(["", self._newline(), " // last", "\n\n\n", "\t"])

    def _maybe(self, text: str) -> str:
        return text if self._chance.random() < 0.4 else ""

    def _blank(self) -> str:
        return self._chance.choice([" ", " ", "  ", "\t", " \f"])

    def _gap(self) -> str:
        return self._chance.choice(["", "", self._blank()])

    def _newline(self) -> str:
        return self._chance.choice(LINE_ENDS)

    def _comment(self) -> str:
        return self._chance.choice(COMMENTS) + self._newline()

    def _free(self) -> str:
        """What may stand where a newline ends nothing."""
        if self._chance.random() < 0.7:
            return self._gap()
        parts = [self._chance.choice([self._blank(), self._newline(), " " + self._comment()]) for _ in range(3)]
        return "".join(parts[: self._chance.randint(1, 3)])

    # ---- statements -------------------------------------------------------------------------------------------------

    def _body(self, depth: int, size: int) -> str:
        written = ""
        for index in range(size):
            if self._chance.random() < 0.2:
                written += self._gap() + self._comment() + self._maybe(self._newline())
            written += self._documentation() + self._statement(depth)
            is_last = index == size - 1
            if is_last and self._chance.random() < 0.3:
                break
            end = self._chance.choice([";", self._newline(), self._newline(), " " + self._comment()])
            written += self._gap() + end + self._maybe(self._newline() + self._gap() + self._newline())
        return written

    def _documentation(self) -> str:
        if self._chance.random() < 0.8:
            return self._gap()
        lines = [self._chance.choice(DOCS) + self._newline() for _ in range(self._chance.randint(1, 2))]
        return self._newline() + lines[0] + self._maybe(self._comment()) + "".join(lines[1:]) + self._gap()

    def _statement(self, depth: int) -> str:
        shape = self._chance.choice([self._node, self._node, self._field, self._operation, self._transition])
        head = shape()
        if shape == self._field or depth == 3 or self._chance.random() < 0.6:
            return head
        return f"{head}{self._gap()}{{{self._inside(depth)}}}"

    def _inside(self, depth: int) -> str:
        if self._chance.random() < 0.3:
            return self._maybe(self._blank()) + self._maybe(self._comment())
        start = self._chance.choice(["", " ", self._newline(), " " + self._comment()])
        return (
            start + self._body(depth + 1, self._chance.randint(1, 3)) + self._chance.choice(["", self._newline(), ";"])
        )

    def _node(self) -> str:
        written = self._name()
        if self._chance.random() < 0.8:
            written += self._blank() + self._values()
        if self._chance.random() < 0.3:
            written += f" ->{self._gap()}{self._value()}"
        return written if " " not in written and "\t" not in written else written + self._clauses()

    def _field(self) -> str:
        written = f"{self._name()}{self._gap()}:{self._gap()}{self._type()}"
        written += self._maybe(f"{self._blank()}={self._gap()}{self._value()}")
        return written + "".join(self._annotation() for _ in range(self._chance.randint(0, 2)))

    def _annotation(self) -> str:
        written = f"{self._blank()}@{self._gap()}{self._name()}"
        return written + self._maybe(
            f"{self._gap()}({self._free()}{self._several(self._value, self._free)}{self._free()})"
        )

    def _operation(self) -> str:
        parameters = self._maybe(self._several(self._parameter, self._free))
        written = f"{self._name()}{self._blank()}{self._name()}{self._gap()}({self._free()}{parameters}{self._free()})"
        return written + self._maybe(f"{self._gap()}->{self._gap()}{self._type()}") + self._clauses()

    def _parameter(self) -> str:
        return self._maybe(f"\n{self._chance.choice(DOCS)}\n") + self._field()

    def _transition(self) -> str:
        return f"->{self._gap()}{self._value()}{self._clauses()}"

    def _clauses(self) -> str:
        number = self._chance.randint(0, 2)
        return "".join(f"{self._blank()}{self._name()}{self._blank()}{self._values()}" for _ in range(number))

    # ---- values and types -------------------------------------------------------------------------------------------

    def _several(self, one, between) -> str:
        written = one()
        while self._chance.random() < 0.4:
            written += f"{self._gap()},{between()}{one()}"
        return written

    def _values(self) -> str:
        return self._several(self._value, self._free)

    def _name(self) -> str:
        return self._chance.choice(NAMES)

    def _reference(self) -> str:
        return self._name() + self._maybe(f".{self._name()}")

    def _scalar(self) -> str:
        return self._chance.choice(SCALARS)

    def _value(self) -> str:
        kind = self._chance.randint(0, 9)
        if kind < 4:
            return self._reference() + self._maybe(self._blank() + self._chance.choice(STRINGS + LONG_STRINGS))
        if kind == 4:
            return self._chance.choice(STRINGS + LONG_STRINGS)
        if kind == 5:
            return f"{self._chance.choice(['>=', '<=', '>', '<'])}{self._gap()}{self._scalar()}"
        if kind == 6:
            return f"{self._scalar()}{self._gap()}..{self._gap()}{self._scalar()}"
        if kind == 7:
            return f"[{self._free()}{self._maybe(self._several(self._value, self._free))}{self._free()}]"
        return self._scalar()

    def _type(self) -> str:
        kind = self._chance.randint(0, 7)
        optional = self._maybe(f"{self._gap()}?")
        if kind == 0:
            return f"[{self._free()}{self._type()}{self._free()}]{optional}"
        if kind == 1:
            return f"{self._name()}{self._gap()}<{self._gap()}{self._type()}{self._gap()}>{optional}"
        if kind == 2:
            constraints = self._several(self._constraint, self._free)
            return f"{self._reference()}{self._gap()}({self._free()}{constraints}{self._free()}){optional}"
        return self._reference() + optional

    def _constraint(self) -> str:
        if self._chance.random() < 0.3:
            return self._chance.choice(REGEXES)
        return self._scalar() + self._maybe(f"{self._free()}..{self._free()}{self._scalar()}")


sound_texts = st.integers(min_value=0, max_value=2**48).map(lambda seed: Author(random.Random(seed)).file())
"""Files without syntax errors. The seed is drawn, not the text: what is drawn in many small steps is slow to make."""

_PIECES = re.compile(r"\w+|\s|.", re.DOTALL)
_STRAY = [
    *"{}()[]<>\"'“”;:,.=@?/\\#-\0\u00a0\ufeff",
    '"""',
    "->",
    "..",
    "///",
    "//",
    "\r\n",
    "\n",
    "\r",
    "é",
    "😀",
    "end",
    "7%",
]


@st.composite
def damaged_texts(draw: st.DrawFn) -> str:
    """Sound files in which a few pieces are removed, repeated, swapped, or stand where they should not."""
    pieces = _PIECES.findall(draw(sound_texts))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(pieces)))
        change = draw(st.sampled_from(["insert", "delete", "repeat", "swap"]))
        if change == "insert":
            pieces.insert(at, draw(st.sampled_from(_STRAY)))
        elif change == "delete":
            del pieces[at : at + draw(st.integers(1, 3))]
        elif change == "repeat":
            pieces[at:at] = pieces[at : at + draw(st.integers(1, 3))]
        else:
            pieces[at : at + 2] = reversed(pieces[at : at + 2])
    return "".join(pieces)


any_texts = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=st.sampled_from([*"abA1 {}()[]<>\"',;:=@?.-/\\\n\r\t%", "\u2028", "\x00"]), max_size=60),
    st.lists(st.sampled_from([*_STRAY, *NAMES, *STRINGS, *SCALARS, " ", "  "]), max_size=30).map("".join),
)
"""Texts of which nothing can be said."""

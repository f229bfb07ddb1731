"""Names that mean something elsewhere, texts that want to be obeyed, and designs that are full of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import cycle

_FORBIDDEN_AS_NAMES = frozenset({"none", "end", "true", "false"})

KEYWORDS = [
    word
    for word in dict.fromkeys(
        # Python
        """False None True and as assert async await break class continue def del elif else except finally for from
        global if import in is lambda nonlocal not or pass raise return try while with yield match case type print
        self cls object str int list dict Any Optional BaseModel Enum __init__ __class__ __name__ _ __ _1"""
        # TypeScript and JavaScript
        """ abstract any arguments boolean catch const constructor debugger declare default delete enum export extends
        function get implements instanceof interface keyof let module namespace never new null number of package
        private prototype __proto__ hasOwnProperty toString valueOf protected public readonly require set static string
        super switch symbol this throw typeof undefined unknown var void NaN Infinity Date Map Promise Record Error"""
        # YAML
        """ y Y n N yes Yes YES no No NO on On ON off Off OFF true false null Null NULL nan inf"""
        # SQL
        """ select insert update drop table where order group by having union join primary key user view index all"""
        # the documents themselves, and the language
        """ openapi info paths components schemas schema responses parameters title description example Problem
        platform README model entity service channel journey step phase owner end_ none_ value values id url""".split()
    )
    if word not in _FORBIDDEN_AS_NAMES
]

DEVICES = ["Con", "Prn", "Aux", "Nul", "Com1", "Lpt9"]
"""What Windows takes for a device, by whatever ending."""

TEXTS = [
    """quote " two '' three \"\"\" tick ` back \\ slash \\n""",
    "*/ /* // # -- ;",
    "{{ 7 * 7 }} {% raw %} {# no #} ${HOME} %(x)s {0} $(id) `id`",
    "<script>alert(1)</script> & &amp; <!-- --> ]]> <img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "two\nlines",
    "right \u202e left \u2066 isolate \u200b zero \ufeff mark",
    "bell \x07 escape \x1b[31m delete \x7f next \x85 line \u2028 paragraph \u2029",
    "---",
    "...",
    "- item",
    "key: value # comment",
    "? x",
    "&anchor *alias !tag |",
    "[x](javascript:alert(1)) ![x](x) <http://x>",
    "|a|b|",
    "# heading",
    "1. item",
    "%0A::error::x",
    "null",
    "yes",
    "1e3",
    "0x1F",
    "2026-01-01",
    "12:30:45",
    "~",
    "  blanks around  ",
    "`code` **bold** _it_ ~~no~~",
    "é ü 中文 \U0001f600 e\u0301 \u0627\u0644",
    "x" * 400,
    "\u00a0",
    "'); DROP TABLE x; --",
    "../../../etc/passwd",
    "$ref: '#/x'",
]  # fmt: skip


def quoted(text: str) -> str:
    """Return a text as the language writes it in quotes, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + re.sub("[\x00-\x1f\x7f\x85\u2028\u2029]", lambda char: f"\\u{{{ord(char[0]):X}}}", escaped) + '"'


def documentation(text: str) -> str:
    """Return a text as a line of documentation."""
    return "/// " + " ".join(text.split())


_OWN = ("Choice", "Everything", "Owner", "Machine", "Web", "Someone")
"""What the designs below declare besides."""


def design_of_names(names: Sequence[str]) -> str:
    """Return a sound design in which each name is that of an entity, a field, a choice, an operation and a step."""
    parts = [
        "package p",
        "team Owner",
        "system Machine { owner Owner; lifecycle live }",
        "channel Web { kind web; identity authenticated; owner Owner }",
        "persona Someone { prefers Web }",
        "error Broken { status 409 }",
        f"enum Choice {{ {'; '.join(names)} }}",
        f"type Everything {{ {'; '.join(f'{name}: Choice?' for name in names)} }}",
    ]
    services: dict[int, list[str]] = {}
    steps: list[str] = []
    routes = Counter[str]()
    for number, name in enumerate(names):
        entity = f"{name}Entity" if name in _OWN else name
        parts.append(
            f"entity {entity} {{ {name}: string(1..8) @key; a1: Choice = {name}; a2: Everything?; a3: [{entity}] }}"
        )
        # Names that differ by case only have one route, so they go to different services.
        service = routes[plain(name)]
        routes[plain(name)] += 1
        services.setdefault(service, []).append(
            f"  command {name}({name}: {entity}.{name}, a1: map<Choice>?) -> {entity} {{ fails Broken }}"
            if number % 9
            else f"  query {name}({name}: Choice?) -> [{entity}] {{ paged }}"
        )
        steps.append(f"    step {name} {{ via Web; calls S{service}.{name}; frontstage none }}")
    for service, operations in services.items():
        joined = "\n".join(operations)
        parts.append(f"service S{service} {{ owner Owner\n{joined}\n}}")
    joined = "\n".join(steps)
    parts.append(
        'journey Trip { kind use; persona Someone; trigger "t"; outcome "o"\n'
        f'  phase during "All" {{\n{joined}\n  }}\n}}'
    )
    return "\n\n".join(parts) + "\n"


def design_of_services(names: Sequence[str]) -> str:
    """Return a sound design in which each name is that of a service, and of a channel."""
    parts = ["package p", "team Owner", "error Broken { status 409 }"]
    for name in names:
        parts.append(
            f"service {name} {{ owner Owner\n  query {name}({name}: string(1..8)) -> string {{ fails Broken }}\n}}"
        )
    channels = "".join(f"channel {name} {{ kind web; identity authenticated; owner p.Owner }}\n" for name in names)
    joined = "\n\n".join(parts)
    return f"// file: p.blueprint\n{joined}\n// file: q.blueprint\npackage q\n\nimport p\n\n{channels}"


def told_apart(names: Sequence[str]) -> list[str]:
    """Return the names that differ by more than case and signs: the others are not to be told apart everywhere."""
    return list({plain(name): name for name in names}.values())


def plain(name: str) -> str:
    """Return what is left of a name where neither case nor signs count."""
    return re.sub("[^a-z0-9]", "", name.casefold())


def design_of_texts(texts: Sequence[str]) -> str:
    """Return a sound design in which each text is a title, a documentation, an example, a default and a label."""
    text = cycle(map(quoted, texts))
    docs = cycle(map(documentation, texts))

    def filled(template: str) -> str:
        """Put the next texts where `~` stands, and the next documentation where a line is `///`."""
        return re.sub("(?m)^///$|~", lambda sign: next(docs) if sign[0] == "///" else next(text), template)

    parts = ["package p", *map(filled, _FIXED)]
    steps, shown = [], []
    for number, title in enumerate(map(quoted, texts)):
        following = f"s{number + 1}" if number + 1 < len(texts) else "end"
        given = {"NUMBER": str(number), "FOLLOWING": following, "TITLE": title}
        parts += [_given(filled(template), given) for template in _FOR_EACH]
        steps.append(_given(filled(_STEP), given))
        shown.append(_given(filled(_SHOWN), given))
    parts.append(f"{filled(_JOURNEY)}\n" + "\n".join(steps) + "\n  }\n}")
    parts.append(f"{filled('experience OnLine ~ {')}\n  journey Trip; channel Line\n" + "\n".join(shown) + "\n}")
    return "\n\n".join(parts) + "\n"


def _given(text: str, values: dict[str, str]) -> str:
    return re.sub("|".join(values), lambda word: values[word[0]], text)


_FIXED = (
    "team Owner ~ { contact ~ }",
    "partner Helper ~ { contact ~; provides ~ }",
    "system Machine ~ { owner Owner; lifecycle live; vendor ~ }",
    "purpose Why ~ { basis contract }",
    "metric Mood ~ { kind nps; target >= 40; unit ~; source ~ }",
    "channel Web ~ { kind web; identity authenticated; owner Owner }",
    "channel Line ~ { kind ivr; identity identified; owner Owner }",
    "persona Someone ~ { segment ~; goal ~; need ~; prefers Web }",
    "tier Gold ~ { support assisted; channels Web, Line; response 2h }",
    "event Seen ~ { number: string(1..8) }",
    "error Broken ~ { status 409; why: text? }",
    "process Handling ~ { owner Owner; document ~ }",
    'type Patterns { marks: string(/["\'`<>{}$*\\/|=#%;-]+/) @example("*/{}") }',
    """capability Doing ~ {
  importance core; people Owner, Helper; process ~; system Machine; maturity 2 -> 4
  capability Inner ~ { people Owner; process ~; system Machine }
}""",
)
_FOR_EACH = (
    """///
entity ENUMBER TITLE {
///
  id: string(1..1000) @key @example(TITLE)
  value: text = TITLE
  kind: CNUMBER
}""",
    """///
enum CNUMBER TITLE { one ~; two TITLE }""",
    """///
service SNUMBER TITLE {
  owner Owner; masters ENUMBER; runs_on Machine; realizes Doing; rule TITLE on Broken
///
  command act(id: ENUMBER.id, note: string(0..1000) = TITLE) -> ENUMBER {
    fails Broken; emits Seen; purpose Why; rule ~
  }
}""",
)
_JOURNEY = """journey Trip ~ {
  kind use; persona Someone; trigger ~; outcome ~; measures Mood
  phase during ~ {"""
_STEP = """///
    step sNUMBER TITLE {
      via Web, Line; calls SNUMBER.act; frontstage ~; backstage ~ by Owner within 2h; support Helper ~; evidence ~
      pain ~ severity high; opportunity ~; on Broken -> end
      -> FOLLOWING when ~ share 30%
      -> end
    }"""
_SHOWN = "  step sNUMBER { asks id, note; shows ENUMBER.value; say ~; intent ~; script ~ }"

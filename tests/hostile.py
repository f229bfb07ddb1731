"""Names that mean something elsewhere, texts that want to be obeyed, and designs that are full of them."""

from __future__ import annotations

import re
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


def design_of_names(names: Sequence[str]) -> str:
    """Return a sound design in which each name is that of an entity, a field, an enum value, an operation and a step."""
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
    steps = []
    for number, name in enumerate(names):
        entity = f"{name}Entity" if name in ("Choice", "Everything", "Owner", "Machine", "Web", "Someone") else name
        parts.append(
            f"entity {entity} {{ {name}: string(1..8) @key; other: Choice = {name}; all: Everything?; many: [{entity}] }}"
            if name not in ("other", "all", "many")
            else f"entity {entity} {{ id: string(1..8) @key; {name}: Choice = {name} }}"
        )
        key = "id" if name in ("other", "all", "many") else name
        parts.append(
            f"service Service{number} {{ owner Owner; masters {entity}\n"
            f"  command {name}({name}: {entity}.{key}, more: map<Choice>?) -> {entity} {{ fails Broken }}\n"
            f"  query find_it({name}: Choice?) -> [{entity}] {{ paged }}\n}}"
        )
        steps.append(f"    step {name} {{ via Web; calls Service{number}.{name}; frontstage none }}")
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
    return "\n\n".join(parts) + f"\n// file: q.blueprint\npackage q\n\nimport p\n\n{channels}"


def told_apart(names: Sequence[str]) -> list[str]:
    """Return the names that differ by more than case and signs: the others are not to be told apart everywhere."""
    return list({re.sub("[^a-z0-9]", "", name.casefold()): name for name in names}.values())


def design_of_texts(texts: Sequence[str]) -> str:
    """Return a sound design in which each text is a title, a documentation, an example, a default and a label."""
    text = cycle(map(quoted, texts))
    docs = cycle(map(documentation, texts))
    parts = [
        "package p",
        f"team Owner {next(text)} {{ contact {next(text)} }}",
        f"partner Helper {next(text)} {{ contact {next(text)}; provides {next(text)} }}",
        f"system Machine {next(text)} {{ owner Owner; lifecycle live; vendor {next(text)} }}",
        f"purpose Why {next(text)} {{ basis contract }}",
        f"metric Mood {next(text)} {{ kind nps; target >= 40; unit {next(text)}; source {next(text)} }}",
        f"channel Web {next(text)} {{ kind web; identity authenticated; owner Owner }}",
        f"channel Line {next(text)} {{ kind ivr; identity identified; owner Owner }}",
        f"persona Someone {next(text)} {{ segment {next(text)}; goal {next(text)}; need {next(text)}; prefers Web }}",
        f"tier Gold {next(text)} {{ support assisted; channels Web, Line; response 2h }}",
        f"event Seen {next(text)} {{ number: string(1..8) }}",
        f"error Broken {next(text)} {{ status 409; why: text? }}",
        f"process Handling {next(text)} {{ owner Owner; document {next(text)} }}",
        'type Patterns { marks: string(/["\'`<>{}$*\\/|=#%;-]+/) @example("*/{}") }',
    ]
    steps = []
    for number, title in enumerate(map(quoted, texts)):
        parts.append(
            f"{next(docs)}\nentity E{number} {title} {{\n  {next(docs)}\n  id: string(1..1000) @key @example({title})\n"
            f"  value: text = {title}\n  kind: C{number}\n}}"
        )
        parts.append(f"{next(docs)}\nenum C{number} {title} {{ one {next(text)}; two {title} }}")
        parts.append(
            f"{next(docs)}\nservice S{number} {title} {{ owner Owner; masters E{number}; runs_on Machine; realizes Doing\n"
            f"  rule {title} on Broken\n  {next(docs)}\n"
            f"  command act(id: E{number}.id, note: string(0..1000) = {title}) -> E{number} {{\n"
            f"    fails Broken; emits Seen; purpose Why; rule {next(text)}\n  }}\n}}"
        )
        target = f"s{number + 1}" if number + 1 < len(texts) else "end"
        steps.append(
            f"    {next(docs)}\n    step s{number} {title} {{ via Web, Line; calls S{number}.act; frontstage {next(text)}\n"
            f"      backstage {next(text)} by Owner within 2h; support Helper {next(text)}; evidence {next(text)}\n"
            f"      pain {next(text)} severity high; opportunity {next(text)}; on Broken -> end\n"
            f"      -> {target} when {next(text)} share 30%\n    }}"
        )
    joined = "\n".join(steps)
    parts.append(
        f"journey Trip {next(text)} {{ kind use; persona Someone; trigger {next(text)}; outcome {next(text)}; measures Mood\n"
        f"  phase during {next(text)} {{\n{joined}\n  }}\n}}"
    )
    shown = "\n".join(
        f"  step s{number} {{ asks id, note; shows E{number}.value; say {next(text)}; intent {next(text)}; script {next(text)} }}"
        for number in range(len(texts))
    )
    parts.append(f"experience OnLine {next(text)} {{ journey Trip; channel Line\n{shown}\n}}")
    parts.append(
        f"capability Doing {next(text)} {{ importance core; people Owner, Helper; process {next(text)}; system Machine\n"
        f"  maturity 2 -> 4\n  capability Inner {next(text)} {{ people Owner; process {next(text)}; system Machine }}\n}}"
    )
    return "\n\n".join(parts) + "\n"

"""Parses every blueprint below a folder with bare lark: the project's own grammar and lexer, no tree of our own.

It is the yardstick for `cxc check` and prints how long the parsing alone took; `run.py` measures the whole process.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from cxc.syntax.parser import grammar_parser


def main() -> None:
    """Parse the files below a folder and print the seconds that parsing alone took."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("folder", type=Path)
    folder: Path = arguments.parse_args().folder
    lark = grammar_parser(build_tree=False)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.blueprint"))]
    start = perf_counter()
    for text in texts:
        lark.parse(text)
    print(perf_counter() - start)


if __name__ == "__main__":
    main()

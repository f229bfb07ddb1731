"""The tutorial is true: its files are written and its commands run, in order, and the output is what it shows.

`pytest --record` writes the output into the page.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parent.parent / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<arguments>[^\n]*))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Return what a command of the tutorial prints; it may be `cxc …`, `cat FILE`, `ls FOLDER` or `head -n N FILE`."""
    words = shlex.split(command)
    if words[0] == "cxc":
        words = [sys.executable, "-m", "cxc", *words[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


def test_the_tutorial_is_true(tmp_path: Path, record: bool) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    commands = 0
    rewritten, copied = "", 0
    for block in BLOCK.finditer(text):
        body, arguments = (
            block["body"],
            dict(part.split("=", 1) for part in shlex.split(block["arguments"] or "") if "=" in part),
        )
        if "file" in arguments:
            path = tmp_path / arguments["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif "replace" in arguments:
            path = tmp_path / arguments["replace"]
            old, new = re.findall(r"^-(.*)$", body, re.MULTILINE), re.findall(r"^\+(.*)$", body, re.MULTILINE)
            before = path.read_text(encoding="utf-8")
            assert "\n".join(old) in before, f"{arguments['replace']} does not hold what is to be replaced: {old}"
            path.write_text(before.replace("\n".join(old), "\n".join(new), 1), encoding="utf-8")
        elif block["language"] == "console":
            shown = ""
            for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
                commands += 1
                output = run(command, tmp_path)
                shown += f"$ {command}\n{output}" + ("" if output.endswith("\n") or not output else "\n")
            rewritten += f"{text[copied : block.start('body')]}{shown}"
            copied = block.end("body")
            if not record:
                assert body == shown
    assert commands >= 5, "the tutorial runs something"
    if record:
        TUTORIAL.write_text(rewritten + text[copied:], encoding="utf-8")
        pytest.skip("recorded")

"""What is written once: stubs, an application and tests that a developer goes on with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from designs import design
from server_packages import emitted, files_of, written

DESIGN = """
package shop
team T
entity Thing { id: uuid @key; name: string(1..20) @example("Lamp") }
error NoThing "There is no such thing" { status 404 }
service Things {
  owner T
  masters Thing
  query thing(id: Thing.id, times: int = 1) -> Thing {
    fails NoThing
    identity identified
    rule "A thing has one name" on NoThing
    rule "“{{ 7 * 7 }}”"
  }
  command drop(thing: Thing.id) { http DELETE "/things/{thing}" }
}
"""
HANDLERS = "code/handlers/things.py"


def test_developers_files_are_written_once_and_the_others_are_not() -> None:
    made = emitted(design(DESIGN)).files
    once = {file.path for file in made if file.once}
    assert once == {
        "README.md",
        "authentication.py",
        "handlers/__init__.py",
        "handlers/things.py",
        "main.py",
        "pyproject.toml",
        "services.py",
        "tests/conftest.py",
        "tests/test_contract.py",
        "tests/test_things.py",
    }
    assert all(file.path.startswith("python/") for file in made if not file.once)


def test_each_operation_begins_as_a_stub_with_the_mark() -> None:
    text = files_of(design(DESIGN))[HANDLERS]
    assert text.count("@unimplemented") == text.count("raise NotImplementedError") == 2
    assert "    async def drop(self, context: Context, /, *, thing: UUID) -> None:" in text


def test_each_example_failure_and_rule_has_a_test() -> None:
    text = files_of(design(DESIGN))["code/tests/test_things.py"]
    for name in (
        "test_thing_answers_its_example",
        "test_thing_fails_with_no_thing",
        "test_thing_keeps_a_thing_has_one_name",
        "test_drop_answers_its_example",
    ):
        assert f"async def {name}(" in text
    assert "“A thing has one name”" in text
    assert "{{ 7 * 7 }}" in text


def test_package_is_found_from_the_folder_of_the_code() -> None:
    text = files_of(design(DESIGN), generated="../out/all")["code/pyproject.toml"]
    assert '"../out/all/python"' in text


@pytest.mark.parametrize("way", ["", "/abs", 'a"b', "a\nb"])
def test_way_that_is_none_is_refused(way: str) -> None:
    with pytest.raises(ValueError, match="is no way from one folder to another"):
        emitted(design(DESIGN), generated=way)


@pytest.mark.slow
def test_tests_of_the_developer_are_skipped_until_an_operation_is_written(tmp_path: Path) -> None:
    code = written(design(DESIGN), tmp_path, package="once_shop") / "code"
    assert "7 skipped" in run(code)
    handlers = tmp_path / HANDLERS
    text = handlers.read_text(encoding="utf-8")
    stub, _, rest = text.partition("        raise NotImplementedError")
    filled = stub.replace("    @unimplemented\n", "") + '        return models.Thing(id=id, name="Lamp")' + rest
    handlers.write_text(filled, encoding="utf-8")
    assert "2 passed, 5 skipped" in run(code)


@pytest.mark.slow
def test_application_of_the_developer_refuses_to_start_and_says_why(tmp_path: Path) -> None:
    code = written(design(DESIGN), tmp_path, package="once_shop") / "code"
    path = os.pathsep.join([str(code), str(tmp_path / "generated" / "python")])
    done = subprocess.run(
        [sys.executable, "-c", "import main"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 1
    assert (
        "- Things.thing belongs into handlers/things.py\n- Things.drop belongs into handlers/things.py" in done.stderr
    )


def run(code: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"],
        cwd=code,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

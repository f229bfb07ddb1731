"""`cxc init`: a first workspace, with an example that is explained line by line."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from cxc.cli.outcome import Refused


@click.command()
@click.argument("folder", default=".")
@click.option("--name", help="The name of the workspace; without this, that of its folder.")
def command(folder: str, name: str | None) -> None:
    """Start a workspace in FOLDER (the current one, where none is named) with an example that compiles.

    Files that are already there are never touched.
    """
    place = Path(folder)
    title = name or place.resolve().name or "blueprint"
    starter = {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(files("cxc.cli").joinpath("starter").iterdir(), key=lambda file: file.name)
    }
    taken = [file for file in starter if (place / file).exists()]
    if taken:
        raise click.UsageError(f"`{(place / taken[0]).as_posix()}` is already there; nothing was written.")
    starter["cxc.toml"] = starter["cxc.toml"].replace("my-organisation", _identifier(title))
    try:
        place.mkdir(parents=True, exist_ok=True)
        for file, text in starter.items():
            with (place / file).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise Refused(f"`{place.as_posix()}` cannot be written: {(error.strerror or str(error)).lower()}.") from error
    for file in starter:
        click.echo(f"Wrote {(place / file).as_posix()}")
    behind = "" if folder == "." else f" {place.as_posix()}"
    click.echo(
        f"\nNow run `cxc check{behind}`, change the example, and `cxc build{behind}` to see what follows from it."
    )


def _identifier(title: str) -> str:
    """Return a title as a name that `cxc.toml` takes."""
    plain = "".join(char.lower() if char.isascii() and char.isalnum() else "-" for char in title).strip("-")
    return plain or "blueprint"

"""`python -m cxc.documentation [--check]`: write the generated pages of `docs/`, or fail where they are out of date."""

from __future__ import annotations

from pathlib import Path

import click

from cxc.documentation import pages

_GENERATED = ("reference", "diagnostics")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail where a page is out of date.")
@click.option("--docs", default="docs", type=click.Path(path_type=Path), help="The folder of the documentation.")
def write(check: bool, docs: Path) -> None:
    """Write the generated pages, and remove those that nothing generates any more."""
    wanted = {docs / path: text for path, text in pages()}
    there = {page for folder in _GENERATED for page in (docs / folder).glob("*.md")}
    stale = [page for page, text in wanted.items() if page not in there or page.read_text(encoding="utf-8") != text]
    surplus = sorted(there - wanted.keys())
    if check:
        for page in [*stale, *surplus]:
            click.echo(f"Out of date: {page}", err=True)
        if stale or surplus:
            raise click.ClickException("Run `make docs`.")
        return
    for page in stale:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(wanted[page], encoding="utf-8", newline="\n")
    for page in surplus:
        page.unlink()
    click.echo(f"{len(wanted)} pages, {len(stale)} written, {len(surplus)} removed")


if __name__ == "__main__":
    write()

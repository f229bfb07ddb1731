"""The page in Chromium: found, sorted, filtered and read, by mouse and keyboard, in light and dark, also when large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cxc.model.blueprint import Blueprint
from cxc.targets.matrices.page import page_of
from cxc.targets.matrices.view import matrices_of
from cxc.targets.templates import Templates
from designs import design, example
from hostile import TEXTS, design_of_texts
from large_design import large_design

pytestmark = pytest.mark.slow

Browse = Callable[[Path, Sequence[dict[str, Any]]], list[Any]]

ROWS = "[...document.querySelectorAll('.current tbody tr:not([hidden]) th[scope=row]')].map(th => th.textContent)"
COLUMNS = "[...document.querySelectorAll('.current thead [data-c]:not([hidden])')].map(th => th.textContent)"
STATUS = "document.querySelector('output').textContent"
FOCUSED = "document.activeElement.textContent.trim()"
SHOW_ALL = "document.querySelectorAll('.view').forEach(view => view.classList.add('current'))"


@pytest.fixture
def page(tmp_path: Path) -> Callable[[Blueprint], Path]:
    def written(blueprint: Blueprint) -> Path:
        file = tmp_path / "index.html"
        file.write_text(page_of(blueprint, matrices_of(blueprint), Templates.of("matrices")), encoding="utf-8")
        return file

    return written


@pytest.mark.parametrize("name", ["airline", "hostile"])
def test_axe_finds_nothing_in_light_and_dark(browse: Browse, page: Callable[[Blueprint], Path], name: str) -> None:
    blueprint = design(design_of_texts(TEXTS)) if name == "hostile" else example(name)
    both = [step for scheme in ("light", "dark") for step in ({"media": {"colorScheme": scheme}}, {"axe": None})]
    steps = [{"hash": "#service-channel"}, {"axe": None}, {"value": SHOW_ALL}, *both]
    values = browse(page(blueprint), steps)
    assert [value for value in values if value] == []
    assert len(values) == 4


def test_one_matrix_is_shown_and_the_address_says_which(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    shown = "[...document.querySelectorAll('.view')].filter(view => view.checkVisibility()).map(view => view.id)"
    current = "document.querySelector('nav [aria-current=page]').textContent"
    values = browse(
        page(example("pharmacy")),
        [
            {"value": shown},
            {"click": "nav a[href='#entity-service']"},
            *({"value": shown}, {"value": current}, {"value": "document.activeElement.tagName"}),
            {"hash": "#nothing-of-the-kind"},
            {"value": shown},
        ],
    )
    assert values == [["overview"], ["entity-service"], "Entity × service", "H2", ["overview"]]


def test_rows_are_found_by_their_names_and_by_what_they_hold(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    values = browse(
        page(example("pharmacy")),
        [
            {"hash": "#capability-system"},
            {"fill": ["input[name=search]", "delivery PLANNING"]},
            *({"value": ROWS}, {"value": STATUS}),
            {"fill": ["input[name=search]", "card gateway"]},
            *({"value": ROWS}, {"value": "document.querySelectorAll('.current th.found').length"}),
            {"fill": ["input[name=search]", "no such thing"]},
            {"value": STATUS},
            {"click": "button[type=reset]"},
            {"value": "new Promise(done => setTimeout(() => done(document.querySelector('output').textContent)))"},
        ],
    )
    assert values[0] == ["1 Fulfilment", "1.3 Home delivery", "1.3.1 Delivery planning"]
    assert values[1] == "1 of 15 rows"
    assert values[2:4] == [["4 Payment", "4.1 Payments and certificates"], 1]
    assert values[4:] == ["0 of 15 rows", "15 rows"]


def test_filters_choose_by_team_channel_and_importance(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    disabled = "[...document.querySelectorAll('.controls select:disabled')].map(select => select.name)"
    values = browse(
        page(example("pharmacy")),
        [
            {"hash": "#capability-people"},
            {"select": ["select[name=team]", "Finance"]},
            *({"value": ROWS}, {"value": COLUMNS}),
            {"select": ["select[name=team]", "All teams"]},
            {"select": ["select[name=importance]", "Supporting"]},
            {"value": ROWS},
            {"hash": "#service-channel"},
            {"select": ["select[name=importance]", "Any importance"]},
            {"select": ["select[name=channel]", "Northwind stores"]},
            *({"value": COLUMNS}, {"value": STATUS}, {"value": disabled}),
            {"hash": "#capability-maturity"},
            {"select": ["select[name=channel]", "All channels"]},
            {"select": ["select[name=levels]", "Level 1"]},
            {"value": ROWS},
        ],
    )
    finance, columns, supporting, channels, services, disabled_ones, top = values
    assert finance == ["4 Payment", "4.1 Payments and certificates"]
    assert columns == ["Capability", "Finance"]
    assert supporting == ["4 Payment", "4.1 Payments and certificates"]
    assert channels == ["Service", "Northwind stores"]
    assert services == "7 of 9 rows"
    assert disabled_ones == []
    assert top == ["1 Fulfilment", "2 Clinical care", "3 Relationship with patients", "4 Payment"]


def test_columns_are_sorted_and_the_order_of_the_source_comes_back(
    browse: Browse, page: Callable[[Blueprint], Path]
) -> None:
    score = ".current th[data-c='5'] button"
    sorted_by = "document.querySelector('.current [aria-sort]')?.getAttribute('aria-sort') ?? null"
    cells = "[...document.querySelectorAll('.current tbody tr')].map(row => row.cells[5].firstChild.textContent)"
    values = browse(
        page(example("airline")),
        [
            {"hash": "#capability-maturity"},
            {"value": ROWS},
            {"click": score},
            *({"value": sorted_by}, {"value": cells}),
            {"click": score},
            *({"value": sorted_by}, {"value": cells}),
            {"click": score},
            *({"value": sorted_by}, {"value": ROWS}),
        ],
    )
    source, descending, down, ascending, up, none, back = values
    numbers = [int(cell) for cell in down if cell != "n/a"]
    assert (descending, ascending, none) == ("descending", "ascending", None)
    assert numbers == sorted(numbers, reverse=True)
    assert [int(cell) for cell in up if cell != "n/a"] == sorted(numbers)
    assert down[-3:] == up[-3:] == ["n/a"] * 3
    assert back == source


def test_words_are_sorted_as_the_legend_has_them(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    cells = "[...document.querySelectorAll('.current tbody tr')].map(row => row.cells[4].textContent)"
    (sorted_cells,) = browse(
        page(example("airline")),
        [{"hash": "#service-channel"}, {"click": ".current th[data-c='4'] button"}, {"value": cells}],
    )
    words = [cell.partition(" (")[0] for cell in sorted_cells]
    assert words == sorted(words, key=["full", "partial", "assisted", "–not offered"].index)
    assert len(set(words)) > 1


def test_headings_are_one_stop_and_arrows_go_on(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    stops = "document.querySelectorAll('.current .sort[tabindex=\"0\"]').length"
    values = browse(
        page(example("pharmacy")),
        [
            {"hash": "#capability-maturity"},
            *({"focus": ".current .corner button"}, {"press": "ArrowRight"}, {"press": "ArrowRight"}),
            *({"value": FOCUSED}, {"value": stops}),
            {"press": "Enter"},
            {"value": "document.querySelector('.current [aria-sort]').textContent.trim()"},
            {"press": "End"},
            {"value": FOCUSED},
        ],
    )
    assert values == ["Target", 1, "Target", "Score"]


def test_colours_follow_the_computer_and_the_switch(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = "rgb(244, 246, 248)", "rgb(11, 16, 22)"
    values = browse(
        page(example("pharmacy")),
        [
            {"media": {"colorScheme": "dark"}},
            {"value": ground},
            {"click": ".theme label:has([value=light])"},
            {"value": ground},
            {"reload": None},
            {"value": ground},
            {"click": ".theme label:has([value=auto])"},
            {"value": ground},
            {"media": {"media": "print"}},
            {"value": "getComputedStyle(document.querySelector('nav')).display"},
        ],
    )
    assert values == [dark, light, light, dark, "none"]


def test_nothing_is_wider_than_the_window(browse: Browse, page: Callable[[Blueprint], Path]) -> None:
    wide = "document.documentElement.scrollWidth - innerWidth"
    steps: list[dict[str, Any]] = []
    for width in (360, 1280, 2560):
        steps.append({"viewport": [width, 800]})
        for view in ("overview", "capability-means", "step-channel", "journey-promises"):
            steps += [{"hash": f"#{view}"}, {"value": wide}]
    assert browse(page(example("airline")), steps) == [0] * 12


def test_it_prints(browse: Browse, page: Callable[[Blueprint], Path], tmp_path: Path) -> None:
    file = tmp_path / "print.pdf"
    browse(page(example("pharmacy")), [{"hash": "#capability-maturity"}, {"pdf": str(file)}])
    assert file.read_bytes().startswith(b"%PDF")
    assert b"/Count 1" in file.read_bytes()


def test_four_hundred_capabilities_and_sixty_systems_are_quick(
    browse: Browse, page: Callable[[Blueprint], Path]
) -> None:
    frame = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    timed = f"""(async () => {{
      const search = document.querySelector('[name=search]');
      const enter = (text) => {{ search.value = text; search.form.dispatchEvent(new Event('input')); }};
      const took = [];
      for (const act of [
        () => {{ location.hash = '#capability-system'; }},
        () => enter('ability 31'),
        () => enter(''),
        () => document.querySelectorAll('#capability-system .sort')[5].click(),
      ]) {{
        await {frame};
        const begin = performance.now();
        act();
        await {frame};
        took.push(performance.now() - begin);
      }}
      return took;
    }})()"""
    cells, took = browse(
        page(large_design()), [{"value": "document.querySelectorAll('#capability-system td').length"}, {"value": timed}]
    )
    assert cells == 24_000
    # In milliseconds, for a machine that has much else to do; alone, it takes a tenth of that or less.
    assert max(took) < 5_000, took

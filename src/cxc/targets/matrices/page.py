"""Matrices as one page to look at in a browser (HTML): all of them, to search, sort and filter, with nothing to fetch.

Which cell looks how, and by what a row can be chosen, is decided here; writing is left to the templates, colours to
`index.css`, and what happens on the page to `index.js`. The page allows nothing to run but these two, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.organisation import Partner, Team
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.facets import Facets, FacetsOf
from cxc.targets.matrices.matrix import MARKS, Axis, Cell, Heading, Kind, Matrix, Meaning, Scale
from cxc.targets.templates import Templates

MOST_CELLS = 120_000
"""How many cells of a matrix the page shows at most: more would be neither read nor quick."""
_IMPORTANCE = ("strategic", "core", "supporting")
_MANY_COLUMNS = 8
_STEPS = 5
_MOST_NAMED = 6

_ABSENT = {Kind.NOT_OFFERED: "off", Kind.NOT_APPLICABLE: "na", Kind.UNKNOWN: "un"}


class Choice(NamedTuple):
    """What a filter offers: the place in its list that rows name, and what people read."""

    place: int
    label: str


class Keys(NamedTuple):
    """By which choices a row is found, each as places divided by blanks."""

    teams: str
    channels: str
    importance: str


class Column(NamedTuple):
    """A heading of a column, wide where texts stand below it.

    One that stands for a team or a channel is hidden where another one is chosen.
    """

    label: str
    is_wide: bool
    team: int | None
    channel: int | None


class Group(NamedTuple):
    """A heading around several columns."""

    label: str
    span: int


class PageCell(NamedTuple):
    """What a cell shows: its look (a class of the style sheet), a sign or a text, what is read out instead of a sign.

    `alarm` says that the detail tells of something bad.
    """

    look: str
    text: str
    said: str = ""
    detail: str = ""
    alarm: bool = False


class PageRow(NamedTuple):
    """A row: what its heading says, from the outermost to the innermost, where it stands in a tree, and its cells."""

    outer: str
    number: str
    level: int
    label: str
    keys: Keys
    cells: tuple[PageCell, ...]


class PageSection(NamedTuple):
    """Rows that belong together, below a heading of their own where there is a title."""

    title: str
    rows: tuple[PageRow, ...]


class Entry(NamedTuple):
    """A line of the legend: the sign as it looks in a cell, the word that it stands for, and what that means."""

    cell: PageCell
    word: str
    meaning: str


class Filter(NamedTuple):
    """A filter of the page, and what it offers."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


class PageMatrix(NamedTuple):
    """A matrix as the page shows it.

    `look` has the classes of its table: `tree`, and `dense` for narrow columns with headings from top to bottom.
    """

    name: str
    title: str
    about: str
    corner: str
    height: int
    width: int
    missing: str
    is_too_large: bool
    look: str
    levels: int
    observations: tuple[tuple[str, str], ...]
    legend: tuple[Entry, ...]
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    sections: tuple[PageSection, ...]


def page_of(blueprint: Blueprint, matrices: Sequence[Matrix], templates: Templates) -> str:
    """Return the page; raise `TemplateFailure` where a template cannot be rendered."""
    from markupsafe import Markup

    style, script = templates.render("index.css"), templates.render("index.js")
    maker = _Maker(blueprint)
    return templates.render(
        "index.html.j2",
        workspace={"title": blueprint.title, "name": blueprint.name, "version": blueprint.version},
        matrices=[maker.matrix(matrix) for matrix in matrices],
        filters=maker.filters,
        style=Markup(style),
        script=Markup(script),
        hashes={"style": _hash(style), "script": _hash(script)},
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class _Maker:
    """Makes matrices for the page of one design."""

    def __init__(self, blueprint: Blueprint) -> None:
        named = {use.used for use in blueprint.uses}
        self._facets = FacetsOf(blueprint)
        self._teams = _choices(flat_axis("team", own_and_named(blueprint, (Team, Partner), named)))
        self._channels = _choices(flat_axis("channel", own_and_named(blueprint, Channel, named)))
        self._importance = {level: Choice(place, level.capitalize()) for place, level in enumerate(_IMPORTANCE)}

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that have something to offer."""
        filters = (
            Filter("team", "Team", "All teams", tuple(self._teams.values())),
            Filter("channel", "Channel", "All channels", tuple(self._channels.values())),
            Filter("importance", "Importance", "Any importance", tuple(self._importance.values())),
        )
        return tuple(one for one in filters if one.choices)

    def matrix(self, matrix: Matrix) -> PageMatrix:
        rows, columns = matrix.rows, matrix.columns
        missing = [" or ".join(axis.words) for axis in (rows, columns) if not axis.headings]
        is_too_large = len(rows.headings) * len(columns.headings) > MOST_CELLS
        is_shown = not missing and not is_too_large
        cells = _Cells(matrix)
        return PageMatrix(
            matrix.name,
            matrix.title,
            matrix.about,
            " / ".join(word.capitalize() for word in rows.words[rows.sections :]),
            len(rows.headings),
            len(columns.headings),
            ", or no ".join(missing),
            is_too_large,
            " ".join(["tree"] * rows.tree + ["dense"] * _is_dense(matrix, cells.marks)),
            max((heading.level for heading in rows.headings), default=1),
            tuple((one.text, _listed(one.about)) for one in matrix.observations),
            tuple(cells.entry(meaning) for meaning in matrix.legend),
            tuple(_groups(columns)) if is_shown else (),
            tuple(self._columns(matrix)) if is_shown else (),
            tuple(self._sections(matrix, cells)) if is_shown else (),
        )

    def _columns(self, matrix: Matrix) -> Iterator[Column]:
        for heading, cells in zip(matrix.columns.headings, zip(*matrix.cells, strict=True), strict=True):
            team, channel = self._teams.get(heading.id), self._channels.get(heading.id)
            is_wide = any(cell.kind is Kind.TEXT for cell in cells)
            yield Column(heading.parts[-1].label, is_wide, team and team.place, channel and channel.place)

    def _sections(self, matrix: Matrix, cells: _Cells) -> Iterator[PageSection]:
        lines = list(zip(matrix.rows.headings, matrix.cells, strict=True))
        if not matrix.rows.sections:
            yield PageSection("", tuple(self._row(heading, row, cells, 0) for heading, row in lines))
            return
        for _, group in groupby(lines, key=lambda line: line[0].parts[0].id):
            inside = list(group)
            title = inside[0][0].parts[0].label
            yield PageSection(title, tuple(self._row(heading, row, cells, 1) for heading, row in inside))

    def _row(self, heading: Heading, row: Sequence[Cell], cells: _Cells, outer: int) -> PageRow:
        return PageRow(
            " / ".join(part.label for part in heading.parts[outer:-1]),
            heading.number,
            heading.level,
            heading.parts[-1].label,
            self._keys(self._facets.heading(heading)),
            tuple(map(cells.made, row, cells.scales)),
        )

    def _keys(self, facets: Facets) -> Keys:
        return Keys(
            _places(facets.teams, self._teams),
            _places(facets.channels, self._channels),
            _places(facets.importance, self._importance),
        )


def _choices(axis: Axis) -> dict[str, Choice]:
    return {heading.id: Choice(place, heading.label) for place, heading in enumerate(axis.headings)}


def _places(ids: Iterable[str], choices: Mapping[str, Choice]) -> str:
    return " ".join(str(choices[id].place) for id in ids if id in choices)


def _groups(axis: Axis) -> Iterator[Group]:
    if len(axis.words) == 1:
        return
    for _, group in groupby(axis.headings, key=lambda heading: [part.id for part in heading.parts[:-1]]):
        inside = list(group)
        yield Group(" / ".join(part.label for part in inside[0].parts[:-1]), len(inside))


def _listed(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMED
    return "; ".join([*labels[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])


# ---- cells ----------------------------------------------------------------------------------------------------------


def _is_dense(matrix: Matrix, marks: Mapping[str, str]) -> bool:
    """Whether the cells of many columns hold no more than a sign or a number; a column of texts among them may be."""
    return len(matrix.columns.headings) > _MANY_COLUMNS and all(
        cell.kind in MARKS
        or cell.kind is Kind.TEXT
        or (not cell.detail and str(cell.value) in marks)
        or (not cell.detail and cell.kind is Kind.NUMBER)
        for row in matrix.cells
        for cell in row
    )


class _Cells:
    """Makes the cells of one matrix for the page."""

    def __init__(self, matrix: Matrix) -> None:
        self.marks = {meaning.value: meaning.mark for meaning in matrix.legend if meaning.mark}
        self._looks = {one.value: one.look.value for one in matrix.legend if one.kind is Kind.WORD and one.look}
        self._empty = {kind: PageCell(look, MARKS[kind], kind.value) for kind, look in _ABSENT.items()}
        self._empty[Kind.NONE] = PageCell("", "")
        self.scales = [matrix.scales.get(heading.id) for heading in matrix.columns.headings]

    def made(self, cell: Cell, scale: Scale | None) -> PageCell:
        if cell.kind in self._empty:
            return self._empty[cell.kind]
        text = str(cell.value)
        if cell.kind is Kind.TEXT:
            return PageCell("text", text)
        alarm = self._looks.get(cell.detail) == "bad"
        if cell.kind is Kind.NUMBER:
            return PageCell(f"num {_heat(scale, float(cell.value))}".rstrip(), text, "", cell.detail, alarm)
        mark = self.marks.get(text, "")
        return PageCell(self._looks.get(text, "word"), mark or text, text if mark else "", cell.detail, alarm)

    def entry(self, meaning: Meaning) -> Entry:
        """Return a line of the legend."""
        if meaning.kind in self._empty:
            cell = self._empty[meaning.kind]
            return Entry(cell, cell.said or "(empty)", meaning.meaning)
        if meaning.kind is Kind.WORD:
            cell = self.made(Cell(Kind.WORD, meaning.value), None)
            return Entry(cell._replace(said=""), meaning.value if cell.said else "", meaning.meaning)
        return Entry(PageCell("plain", meaning.value), "", meaning.meaning)


def _heat(scale: Scale | None, value: float) -> str:
    """Return the class of a number's colour: the ramp, and a step from 0 (no more than the least) to 5."""
    if scale is None or scale.most <= scale.least:
        return ""
    share = min(max((value - scale.least) / (scale.most - scale.least), 0), 1)
    return f"{scale.ramp.value}-{-int(-share * _STEPS // 1)}"

"""What the cells of the matrices say, and why some say nothing."""

import pytest

from cxc.model.channel import ASSISTED_KINDS
from cxc.targets.matrices.matrix import GIVEN, Cell, Kind, Matrix
from cxc.targets.matrices.view import matrices_of
from designs import EXAMPLES, design, example

NAMES = [
    "capability-means", "capability-people", "capability-process", "capability-information", "capability-system",
    "capability-maturity", "capability-phase", "service-channel", "operation-channel", "step-channel", "team-journey",
    "entity-service", "tier-channel-journey", "metric-journey", "journey-promises",
]  # fmt: skip

PEOPLE = """package library
team Desk "Lending desk"
"""

CHANNELS = """
channel Web "Web" { kind web; owner Desk }
channel App "App" { kind mobile; owner Desk }
channel Room "Reading room" { kind store; owner Desk }
"""

ENTITIES = """
entity Reader "Reader" { id: uuid @key; name: string }
entity Book "Book" { id: uuid @key; title: string }
"""


def matrix(text: str, name: str) -> Matrix:
    return next(one for one in matrices_of(design(PEOPLE + text)) if one.name == name)


def cell(matrix: Matrix, row: str, column: str) -> Cell:
    """Return the cell of a row and a column, each by the last part of its id."""
    rows = [id.rpartition(".")[2] for id in matrix.rows.ids]
    columns = [id.rpartition(".")[2] for id in matrix.columns.ids]
    return matrix.cells[rows.index(row)][columns.index(column)]


def shown(matrix: Matrix, row: str) -> list[str | int | float]:
    return [cell.shown for cell in matrix.cells[[id.rpartition(".")[2] for id in matrix.rows.ids].index(row)]]


def observed(matrix: Matrix) -> dict[str, tuple[str, ...]]:
    return {one.text: one.about for one in matrix.observations}


def journey(*steps: str, name: str = "Borrow") -> str:
    return f"""
      persona {name}Persona
      journey {name} {{
        kind use
        persona {name}Persona
        trigger "Rain"
        outcome "A book"
        phase during {{ {"; ".join(steps)} }}
      }}
    """


# ---- all of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_matrix_is_there_and_is_a_rectangle(name: str) -> None:
    matrices = matrices_of(example(name))
    assert [one.name for one in matrices] == NAMES
    for one in matrices:
        assert len(one.cells) == len(one.rows.headings)
        assert {len(row) for row in one.cells} <= {len(one.columns.headings)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_legend_explains_every_word_and_every_reason(name: str) -> None:
    for one in matrices_of(example(name)):
        words = {meaning.value for meaning in one.legend if meaning.kind is Kind.WORD}
        kinds = {meaning.kind for meaning in one.legend}
        cells = [cell for row in one.cells for cell in row]
        assert {cell.value for cell in cells if cell.kind is Kind.WORD} <= words
        assert {cell.kind for cell in cells} <= kinds
        assert all(cell.kind in GIVEN or not cell.value for cell in cells)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_a_cell_follows_from_can_be_looked_up(name: str) -> None:
    blueprint = example(name)
    traces = {id for one in matrices_of(blueprint) for row in one.cells for cell in row for id in cell.trace}
    assert traces
    assert traces <= set(blueprint.elements)


def test_an_empty_design_has_all_matrices_without_rows() -> None:
    matrices = matrices_of(design("package empty"))
    assert [one.name for one in matrices] == NAMES
    assert [one.rows.headings for one in matrices] == [()] * len(NAMES)


# ---- capabilities -------------------------------------------------------------------------------------------

CAPABILITIES = """
partner Press "Press"
system Catalogue "Catalogue"
system Unused "Unused"
capability Lending "Lending" {
  importance strategic
  capability Counter { people Desk; process "Stamping"; system Catalogue; maturity 2 -> 4 }
  capability Abroad {
    importance supporting
    people Desk
    capability Post { people Press, Desk; maturity 4 -> 3 }
    capability Parcel { maturity 3 }
    capability Pigeon
  }
}
capability Other { maturity 1 -> 5 }
"""


def test_capabilities_are_numbered_as_a_tree() -> None:
    rows = matrix(CAPABILITIES, "capability-means").rows
    assert [(heading.number, heading.level, heading.parts[0].name) for heading in rows.headings] == [
        ("1", 1, "Lending"),
        ("1.1", 2, "Counter"),
        ("1.2", 2, "Abroad"),
        ("1.2.1", 3, "Post"),
        ("1.2.2", 3, "Parcel"),
        ("1.2.3", 3, "Pigeon"),
        ("2", 1, "Other"),
    ]
    assert [heading.parent for heading in rows.headings][3] == "capability:library.Abroad"


def test_means_are_listed_and_a_capability_of_parts_may_leave_them_to_these() -> None:
    means = matrix(CAPABILITIES, "capability-means")
    assert shown(means, "Counter") == ["Lending desk", "Stamping", "unknown", "Catalogue"]
    assert shown(means, "Post") == ["Press; Lending desk", "unknown", "unknown", "unknown"]
    assert shown(means, "Lending") == ["not applicable"] * 4
    assert observed(means)["People not said"] == ("1.2.2 Parcel", "1.2.3 Pigeon", "2 Other")


def test_a_means_is_named_directly_or_by_a_part() -> None:
    people = matrix(CAPABILITIES, "capability-people")
    assert shown(people, "Lending") == ["part", "part"]
    assert shown(people, "Abroad") == ["direct", "part"]
    assert shown(people, "Parcel") == ["", ""]
    assert cell(people, "Lending", "Press").trace == ("capability:library.Post",)
    assert observed(matrix(CAPABILITIES, "capability-system")) == {"Named by no capability": ("Unused",)}


def test_processes_in_words_have_a_column_of_their_own() -> None:
    process = matrix(CAPABILITIES, "capability-process")
    assert process.columns.ids == ("words",)
    assert cell(process, "Counter", "words") == Cell(Kind.TEXT, "Stamping")
    assert cell(process, "Post", "words").kind is Kind.NONE


@pytest.mark.parametrize(
    ("capability", "expected"),
    [
        ("Lending", ["not applicable", "not applicable", "not applicable", "strategic", "not applicable"]),
        ("Counter", [2, 4, 2, "strategic", 6]),
        ("Post", [4, 3, -1, "supporting", -1]),
        ("Parcel", [3, "unknown", "unknown", "supporting", "unknown"]),
        ("Pigeon", ["unknown", "unknown", "unknown", "supporting", "unknown"]),
        ("Other", [1, 5, 4, "unknown", "unknown"]),
    ],
)
def test_the_score_is_the_gap_times_the_weight_of_the_importance(
    capability: str, expected: list[str | int | float]
) -> None:
    assert shown(matrix(CAPABILITIES, "capability-maturity"), capability) == expected


def test_what_weighs_most_is_seen_at_a_glance() -> None:
    assert observed(matrix(CAPABILITIES, "capability-maturity")) == {
        "Largest scores": ("1.1 Counter (6)",),
        "Maturity not said": ("1.2.3 Pigeon",),
        "Target not said": ("1.2.2 Parcel",),
    }


def test_phases_count_the_steps_that_rely_on_a_capability_or_its_parts() -> None:
    text = """
    service Loans { owner Desk; realizes Counter; query look(); command lend() }
    persona Anyone
    journey Borrow {
      kind use; persona Anyone; trigger "Rain"; outcome "A book"
      phase before { step look { calls Loans.look } }
      phase during "Lend" {
        step take { calls Loans.look, Loans.lend }
        step send { capability Post }
        step read
      }
      phase during { step again { calls Loans.lend; capability Lending } }
    }
    """
    phases = matrix(CAPABILITIES + text, "capability-phase")
    assert phases.columns.ids == tuple(f"phase:library.Borrow.{name}" for name in ("before", "during", "during_2"))
    assert [heading.label for heading in phases.columns.headings] == ["Before", "During: Lend", "During"]
    assert shown(phases, "Counter") == [1, 1, 1]
    assert shown(phases, "Lending") == [1, 2, 1]
    assert shown(phases, "Post") == ["", 1, ""]
    assert shown(phases, "Other") == ["", "", ""]
    assert cell(phases, "Lending", "during").trace == ("step:library.Borrow.take", "step:library.Borrow.send")
    assert observed(phases)["Relied on by no step"] == ("1.2.2 Parcel", "1.2.3 Pigeon", "2 Other")


# ---- channels -----------------------------------------------------------------------------------------------

SERVICES = """
service Loans { owner Desk; query look(); command lend(); command tidy() }
service Silent { owner Desk; command count() }
"""


def test_a_service_is_offered_fully_partly_by_people_or_not_at_all() -> None:
    steps = journey("step look { via Web, App, Room; calls Loans.look }", "step take { via App; calls Loans.lend }")
    services = matrix(SERVICES + CHANNELS + steps, "service-channel")
    assert shown(services, "Loans") == ["partial", "full", "assisted"]
    assert shown(services, "Silent") == ["not applicable"] * 3
    assert cell(services, "Loans", "Web").detail == "1 of 2"
    assert cell(services, "Loans", "App").trace == ("operation:library.Loans.look", "operation:library.Loans.lend")
    operations = matrix(SERVICES + CHANNELS + steps, "operation-channel")
    assert shown(operations, "look") == ["offered", "offered", "assisted"]
    assert shown(operations, "lend") == ["not offered", "offered", "not offered"]
    assert shown(operations, "tidy") == ["not applicable"] * 3
    assert cell(operations, "look", "Web").trace == ("step:library.Borrow.look",)


def test_where_steps_do_not_say_their_channels_the_offer_is_unknown() -> None:
    steps = journey("step look { via Web; calls Loans.look }", "step take { calls Loans.lend }")
    text = SERVICES + CHANNELS + steps
    assert shown(matrix(text, "service-channel"), "Loans") == ["partial", "unknown", "unknown"]
    assert shown(matrix(text, "operation-channel"), "lend") == ["unknown"] * 3
    assert shown(matrix(text, "step-channel"), "take") == ["unknown"] * 3


def test_what_only_steps_without_a_channel_call_reaches_no_customer() -> None:
    steps = journey("step look { via Web; calls Loans.look }", "step sort { via none; calls Loans.lend }")
    text = SERVICES + CHANNELS + steps
    assert shown(matrix(text, "service-channel"), "Loans") == ["full", "not offered", "not offered"]
    assert shown(matrix(text, "operation-channel"), "lend") == ["not applicable"] * 3
    assert shown(matrix(text, "step-channel"), "sort") == ["not applicable"] * 3


@pytest.mark.parametrize(
    "kind", ["web", "kiosk", "ivr", "chatbot", "community", "email", "partner_site", *sorted(ASSISTED_KINDS)]
)
def test_a_channel_assists_by_its_kind(kind: str) -> None:
    steps = journey("step look { via One; calls Loans.look }")
    services = matrix(SERVICES + f"channel One {{ kind {kind}; owner Desk }}" + steps, "service-channel")
    assert shown(services, "Loans") == ["assisted" if kind in ASSISTED_KINDS else "full"]


def test_a_step_is_presented_where_an_experience_says_how() -> None:
    steps = journey("step look { via Web, App }")
    experience = 'experience LookOnTheWeb { journey Borrow; channel Web; step look { screen "/look" } }'
    served = matrix(CHANNELS + steps + experience, "step-channel")
    assert shown(served, "look") == ["presented", "served", "not offered"]
    assert cell(served, "look", "Web").trace == ("presentation:library.LookOnTheWeb.look",)
    assert observed(served)["Channels that serve no step"] == ("Reading room",)


def test_a_tier_gets_what_its_own_channels_serve() -> None:
    steps = journey("step look { via Web, Room }", "step take { via Web, App }", "step sort { via none }")
    tiers = """
    tier Self { support self_service; channels Web, App; journeys Borrow }
    tier Lost { support assisted; channels Room, App; journeys Stray }
    """
    text = CHANNELS + steps + journey("step wander { via Web }", name="Stray") + tiers
    served = matrix(text, "tier-channel-journey")
    assert [[part.name for part in heading.parts] for heading in served.rows.headings] == [
        ["Self", "Borrow"], ["Self", "Stray"], ["Lost", "Borrow"], ["Lost", "Stray"],
    ]  # fmt: skip
    assert [[cell.shown for cell in row] for row in served.cells] == [
        ["full", "full", "partial", "not applicable"],
        ["full", "full", "not offered", "not applicable"],
        ["full", "not applicable", "partial", "assisted"],
        ["not offered", "not applicable", "not offered", "not offered"],
    ]
    assert served.cells[0][2].detail == "1 of 2"
    assert observed(served)["Lost promises, but none of its channels serves"] == ("Stray",)


def test_an_experience_for_other_tiers_offers_a_tier_nothing() -> None:
    tiers = "tier Self { support self_service; channels Web } tier Friend { support concierge; channels Web }"
    experience = 'experience Look { journey Borrow; channel Web; tier Friend; step look { screen "/" } }'
    text = CHANNELS + journey("step look { via Web }") + tiers.replace("} tier", "}\ntier") + "\n" + experience
    served = matrix(text, "tier-channel-journey")
    assert [[cell.shown for cell in row[:2]] for row in served.cells] == [["not offered"] * 2, ["full"] * 2]


# ---- data and measures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("query one(id: Book.id) -> Book", "read"),
        ("query many() -> [Book]?", "read"),
        ("query titles() -> map<Book.title>", "read"),
        ("query card() -> Card", "read"),
        ("query keys() -> [Book.id]", ""),
        ("query by_title(title: Book.title) -> int", "read"),
        ("query copies() -> [Copy]", ""),
        ("command lend(id: Book.id)", ""),
        ("command buy(title: string) -> Book.id", "write"),
        ("command buy(title: string) -> Book", "write"),
        ("command take(book: Book)", "write"),
        ("command label(title: Book.title?)", "read"),
        ("command swap(id: Book.id) -> Book; query all() -> [Book]", "read and write"),
        ("command bind_all() -> Shelf", "write"),
    ],
)
def test_what_an_operation_does_with_an_entity_stands_in_its_signature(operation: str, expected: str) -> None:
    text = (
        ENTITIES
        + """
    type Card { note: string; printed: Book.title }
    entity Copy { id: uuid @key; book: Book.id; last_title: Book.title }
    entity Shelf { id: uuid @key; books: [Book] }
    """
    )
    service = f"service Loans {{ owner Desk; {operation} }}"
    assert cell(matrix(text + service, "entity-service"), "Book", "Loans").shown == expected


def test_a_master_is_a_master_whatever_its_operations_do() -> None:
    services = """
    service Loans { owner Desk; masters Book; query one(id: Book.id) -> Book; command buy() -> Book }
    service Post { owner Desk; command send(book: Book) }
    """
    entities = matrix(ENTITIES + services, "entity-service")
    assert shown(entities, "Book") == ["master", "write"]
    assert cell(entities, "Book", "Loans").trace == ("operation:library.Loans.one", "operation:library.Loans.buy")
    assert observed(entities) == {
        "Without a master": ("Reader",),
        "Changed by services that do not master it": ("Book (Post)",),
    }


def test_an_entity_with_two_masters_strikes() -> None:
    entities = next(one for one in matrices_of(example("airline")) if one.name == "entity-service")
    assert observed(entities)["With several masters"] == ("Passenger (Reservations, Miles programme)",)
    assert shown(entities, "Passenger").count("master") == 2


def test_types_that_hold_each_other_come_to_an_end() -> None:
    text = """
    entity Book { id: uuid @key; sequels: [Book]; copy: Copy? }
    entity Copy { id: uuid @key; book: Book? }
    service Loans { owner Desk; query one() -> Book }
    """
    entities = matrix(text, "entity-service")
    assert [row[0].shown for row in entities.cells] == ["read", "read"]


def test_a_metric_is_taken_of_journeys_and_at_steps() -> None:
    metrics = "metric Ease { kind ces }\nmetric Wait { kind duration }\nmetric Idle { kind nps }\n"
    steps = journey("step look { measures Ease, Wait }", "step take { measures Wait }")
    text = metrics + steps.replace("kind use", "kind use\nmeasures Ease") + journey("step rest", name="Rest")
    taken = matrix(text, "metric-journey")
    assert [[(cell.shown, cell.detail) for cell in row] for row in taken.cells] == [
        [("journey and step", "during"), ("", "")],
        [("step", "2 during"), ("", "")],
        [("", ""), ("", "")],
    ]
    assert observed(taken) == {
        "Journeys without a metric": ("Rest",),
        "Journeys whose outcome nobody follows up": ("Borrow",),
        "Metrics that no journey takes": ("Idle",),
    }

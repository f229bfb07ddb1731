"""What the envelope of an event says of it."""

from __future__ import annotations

import pytest

from cxc.model.data import Event
from cxc.model.event_types import event_address, event_source, event_type, subject_field
from cxc.model.service import Service
from designs import design

HEAD = """package shop.books
team T "Sales"
enum Size { small; large }
entity Book { isbn: string(13) @key; size: Size; by: Author.name }
entity Author { name: string @key @personal("identity") }
entity Copy { book: Book.isbn @key; number: int @key }
entity Shelf { size: Size @key }
entity Safe { code: string @key @secret }
entity Price { amount: money @key }
"""


def event(fields: str) -> tuple[Event, str | None]:
    blueprint = design(f"{HEAD}event Sold {{ {fields} }}")
    (found,) = blueprint.every(Event)
    field = subject_field(found, blueprint)
    return found, field and field.name


def test_the_type_is_the_qualified_name_and_the_address_is_the_type() -> None:
    sold, _ = event("")
    assert event_type(sold) == event_address(sold) == "shop.books.Sold"


def test_the_source_is_the_service() -> None:
    (service,) = design(f"{HEAD}service Sales {{ owner T }}").every(Service)
    assert event_source(service) == "/services/shop.books.Sales"


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ("at: datetime; book: Book.isbn; shelf: Shelf.size", "book"),
        ("shelf: Shelf.size", "shelf"),
        ("copy: Copy.book", None),
        ("copy: Copy.number", None),
        ("size: Book.size", None),
        ("book: Book.isbn?; shelf: Shelf.size", "shelf"),
        ("books: [Book.isbn]", None),
        ("by: Author.name", None),
        ("by: Book.by", None),
        ("code: Safe.code", None),
        ("amount: Price.amount", None),
        ("whole: Book", None),
        ("", None),
    ],
)
def test_the_subject_is_the_first_key_that_names_one_thing_and_that_everybody_may_see(
    fields: str, subject: str | None
) -> None:
    assert event(fields)[1] == subject

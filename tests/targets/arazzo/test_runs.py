"""Workflows run: against a server that answers what a test tells it, and against the mock of the same design."""

import json
from typing import Any

import httpx
import pytest

from arazzo_documents import documents, platform
from arazzo_runner import NotRunnable, Run, Runner
from designs import design

WORKSHOP = """package w
team T
persona P { entity Customer }
channel App { kind mobile; identity authenticated; owner T }
channel Desk { kind store; identity identified; owner T }
entity Customer { id: uuid @key; phone: phone }
entity Slot { id: uuid @key; begins: datetime }
entity Repair { id: uuid @key; code: string(6); part: Part.id? }
entity Part { id: uuid @key }
error Gone { status 409 }
error Wrong { status 409 }
error WrongCode { status 422 }
type Wish { words: text }
service S {
  owner T; masters Customer, Slot, Repair, Part
  command look_at(customer: Customer.id, wish: Wish, photos: [url]?) -> Repair { fails Gone, Wrong }
  query slots(from: date?) -> [Slot] { paged; identity anonymous }
  command book(repair: Repair.id, slot: Slot.id) { fails Gone }
  query state(repair: Repair.id, wish: Wish?) -> Repair? { http GET "/repairs/{repair}" }
  command collect(repair: Repair.id, code: Repair.code) -> Repair { fails WrongCode }
  command rate(score: int)
}
journey Mend { kind use; persona P; trigger "t"; outcome "o"; phase during {
  step tell { via App; calls S.look_at; on Gone -> end; on Wrong -> advice
    -> collect when "It is done at once"; -> think when "Wants to think"; -> book }
  step think { -> book when "Now"; -> end }
  step advice { via Desk; -> rate when "Liked it" carries Customer.id; -> end }
  step book { calls S.slots, S.book; on Gone -> book }
  step look { via App; calls S.state; -> look when "Not yet"; -> collect }
  step collect { via App; calls S.collect; on WrongCode -> collect }
  step rate { via App; calls S.rate }
} }
experience InApp { journey Mend; channel App
  step tell { asks wish, photos }
  step look { shows Repair.code }
  step collect { asks nothing_ }
  step rate { asks score }
}
""".replace("  step collect { asks nothing_ }\n", '  step collect { screen "/collect" }\n')
INPUTS = {"token": "abc", "customer_id": "c-1", "wish": {"words": "It squeaks"}, "score": 9}
REPAIR = {"id": "r-1", "code": "123456"}

Answer = tuple[int, Any]


def problem(status: int, name: str) -> Answer:
    return status, {"type": f"urn:problem:w:{name}", "title": name, "status": status}


class Server:
    """Answers each operation with what it was told, the last of it again and again."""

    def __init__(self, **answers: Answer | list[Answer]) -> None:
        usual: dict[str, Answer] = {
            "look-at": (200, REPAIR),
            "slots": (200, {"items": [{"id": "s-1"}, {"id": "s-2"}]}),
            "book": (204, None),
            "repairs": (200, REPAIR),
            "collect": (200, REPAIR),
            "rate": (204, None),
        }
        told = usual | {name.replace("_", "-"): one for name, one in answers.items()}
        self.answers = {name: one if isinstance(one, list) else [one] for name, one in told.items()}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        names = request.url.path.split("/")
        name = "repairs" if "repairs" in names else names[-1]
        status, body = self.answers[name].pop(0) if len(self.answers[name]) > 1 else self.answers[name][0]
        return httpx.Response(status) if body is None else httpx.Response(status, json=body)


def ran(server: Server, **inputs: Any) -> Run:
    blueprint = design(WORKSHOP)
    with httpx.Client(transport=httpx.MockTransport(server), base_url="http://test") as client:
        return Runner(documents(blueprint)["Mend"], platform(blueprint), client).run("Mend", INPUTS | inputs)


# ---- a server that answers what it is told --------------------------------------------------------------------------


def test_who_chooses_nothing_goes_the_usual_way_with_what_is_known() -> None:
    run = ran(Server())
    assert run.succeeded
    assert run.steps == ["tell", "book-slots", "book-book", "look", "collect", "rate"]
    sent = [
        (request.method, request.url.path, request.content and json.loads(request.content)) for request in run.requests
    ]
    assert sent == [
        ("POST", "/s/look-at", {"customer": "c-1", "wish": {"words": "It squeaks"}}),
        ("GET", "/s/slots", b""),
        ("POST", "/s/book", {"repair": "r-1", "slot": "s-1"}),
        ("GET", "/repairs/r-1", b""),
        ("POST", "/s/collect", {"repair": "r-1", "code": "123456"}),
        ("POST", "/s/rate", {"score": 9}),
    ]
    tokens = [request.headers.get("Authorization") for request in run.requests]
    assert tokens == ["Bearer abc", None, "Bearer abc", "Bearer abc", "Bearer abc", "Bearer abc"]


def test_what_may_be_left_out_is_sent_where_it_is_given() -> None:
    run = ran(Server(), photos=["https://p.example/1", "https://p.example/2"])
    assert json.loads(run.requests[0].content)["photos"] == ["https://p.example/1", "https://p.example/2"]


@pytest.mark.parametrize(
    ("chosen", "steps"),
    [
        ("collect", ["tell", "collect", "rate"]),
        ("book", ["tell", "book-slots", "book-book", "look", "collect", "rate"]),
        ("end", ["tell"]),
    ],
)
def test_a_choice_is_followed_through_steps_that_call_nothing(chosen: str, steps: list[str]) -> None:
    run = ran(Server(), after_tell=chosen)
    assert (run.steps, run.succeeded) == (steps, True)


@pytest.mark.parametrize(
    ("inputs", "failure", "steps"),
    [
        ({}, "Gone", ["tell"]),
        ({}, "Wrong", ["tell"]),
        ({"after_tell_Wrong": "rate"}, "Wrong", ["tell", "rate"]),
    ],
)
def test_a_failure_that_the_journey_knows_is_no_failure_of_the_workflow(
    inputs: dict[str, str], failure: str, steps: list[str]
) -> None:
    run = ran(Server(look_at=problem(409, failure)), **inputs)
    assert (run.steps, run.succeeded) == (steps, True)


def test_a_failure_that_nobody_knows_ends_the_workflow() -> None:
    run = ran(Server(look_at=problem(409, "Other")))
    assert (run.steps, run.succeeded) == (["tell"], False)
    assert not ran(Server(book=(500, None))).succeeded


def test_after_a_failure_it_is_tried_again() -> None:
    run = ran(Server(book=[problem(409, "Gone"), (204, None)], collect=[problem(422, "WrongCode"), (200, REPAIR)]))
    assert run.succeeded
    assert run.steps == [
        *("tell", "book-slots", "book-book", "book-slots", "book-book"),
        *("look", "collect", "collect", "rate"),
    ]


def test_an_answer_that_may_be_missing_is_a_success_too() -> None:
    assert ran(Server(repairs=(204, None))).succeeded


def test_who_goes_round_for_ever_is_stopped() -> None:
    with pytest.raises(NotRunnable, match="round and round"):
        ran(Server(), after_look="look")

"""Workflows run against the mock platform of the same design: all of them, each choice, and each failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from arazzo_documents import documents, platform
from arazzo_inputs import inputs_for
from arazzo_runner import NotRunnable, Run, Runner
from cxc.mock.calls import FAIL
from designs import EXAMPLES, example
from mocks import Client, mocked

ENDLESS = {("GetMoneyBack", "ask_by_phone")}
"""What the airline draws has no end, and it knows (CXC403)."""


class _Served(httpx.BaseTransport):
    """Takes requests to a mock in this process, and makes the first one for a path fail as it is told."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.failing: tuple[str, str] | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = dict(request.headers)
        if self.failing and request.url.path == self.failing[0]:
            headers[FAIL] = self.failing[1]
            self.failing = None
        path = request.url.raw_path.decode("ascii")
        answer = self.client.ask(request.method, path, headers, content=request.read())
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


class Platform:
    """The mock of an example, and the workflows of its journeys."""

    def __init__(self, name: str, client: Client) -> None:
        blueprint = example(name)
        self.documents = documents(blueprint)
        self.openapi = platform(blueprint)
        self.mock = client.mock
        self.transport = _Served(client)

    def workflows(self) -> Iterator[tuple[Any, Any]]:
        yield from ((document, one) for document in self.documents.values() for one in document["workflows"])

    def run(self, document: Any, workflow: Any, failing: tuple[str, str] | None = None, **chosen: str) -> Run:
        self.mock.reset()
        self.transport.failing = failing
        with httpx.Client(transport=self.transport, base_url="http://mock") as client:
            inputs = inputs_for(workflow, document, self.mock) | chosen
            return Runner(document, self.openapi, client).run(workflow["workflowId"], inputs)


@contextmanager
def served(name: str) -> Iterator[Platform]:
    with mocked(example(name), headers={}) as client:
        yield Platform(name, client)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_workflow_comes_to_its_end(name: str) -> None:
    with served(name) as platform:
        runs = {workflow["workflowId"]: platform.run(document, workflow) for document, workflow in platform.workflows()}
    assert {id: run.why for id, run in runs.items() if not run.succeeded} == {}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_choice_is_followed_to_an_end(name: str) -> None:
    wrong, tried = [], 0
    with served(name) as platform:
        for document, workflow in platform.workflows():
            for input_, schema in workflow.get("inputs", {}).get("properties", {}).items():
                for chosen in schema["enum"] if input_.startswith("after_") else ():
                    tried += 1
                    try:
                        run = platform.run(document, workflow, **{input_: chosen})
                    except NotRunnable:
                        # Whoever always chooses to do it again comes to no end.
                        assert input_ == f"after_{chosen}" or (workflow["workflowId"], chosen) in ENDLESS
                        continue
                    wrong += [(workflow["workflowId"], input_, chosen, run.why)] if not run.succeeded else []
    assert wrong == []
    assert tried >= 2


def test_every_failure_on_the_way_through_the_pharmacy_leads_where_the_journey_says() -> None:
    tried = 0
    with served("pharmacy") as platform:
        for document, workflow in platform.workflows():
            for step in workflow["steps"]:
                for action in step.get("onFailure", ()):
                    usual = platform.run(document, workflow)
                    if step["stepId"] not in usual.steps:
                        continue
                    at = usual.steps.index(step["stepId"])
                    problem = action["criteria"][1]["condition"].split("'")[1]
                    failing = usual.requests[at].url.path, problem.rpartition(":")[2]
                    run = platform.run(document, workflow, failing)
                    tried += 1
                    assert run.succeeded, run.why
                    assert run.steps[: at + 2] == [*usual.steps[: at + 1], action["stepId"]]
    assert tried >= 4

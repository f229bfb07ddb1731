"""Runs Arazzo 1.0 workflows against a server, as far as the specification says how.

Written from the specification and not from what cxc writes: sequential steps, runtime expressions alone and in braces,
simple conditions (strings are compared without case), regular expressions, `goto` and `end`. A value whose expression
leads nowhere is not sent. Other kinds of criteria and actions raise, so that no test passes because of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

MOST_STEPS = 100


class Nothing:
    """What an expression gives that leads nowhere."""


NOTHING = Nothing()


class NotRunnable(Exception):
    """The document cannot be run: the message says why."""


@dataclass
class Run:
    """What happened: the calls in order, and how it ended."""

    steps: list[str] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    succeeded: bool = True
    last: httpx.Response | None = None

    @property
    def why(self) -> str:
        """The answer that it ended with, for whoever has to find out."""
        return f"{self.steps}: {self.last.status_code} {self.last.text}" if self.last is not None else f"{self.steps}"


class Runner:
    """Runs the workflows of one document; `openapi` is the only source of operations."""

    def __init__(self, document: Any, openapi: Any, client: httpx.Client) -> None:
        self.workflows = {one["workflowId"]: one for one in document["workflows"]}
        self.operations = {
            operation["operationId"]: (method, path, operation)
            for path, item in openapi["paths"].items()
            for method, operation in item.items()
        }
        self.parameters = openapi.get("components", {}).get("parameters", {})
        self.client = client

    def run(self, workflow_id: str, inputs: Mapping[str, Any]) -> Run:
        """Run a workflow to its end."""
        workflow = self.workflows[workflow_id]
        place = {step["stepId"]: number for number, step in enumerate(workflow["steps"])}
        run = Run()
        kept: dict[str, dict[str, Any]] = {}
        at: int | None = 0
        while at is not None and at < len(workflow["steps"]):
            if len(run.steps) == MOST_STEPS:
                raise NotRunnable(f"it goes round and round: {run.steps[-6:]}")
            step = workflow["steps"][at]
            context = Context(inputs, kept)
            response = self._call(step, context, run)
            context.response = response
            well = all(context.holds(one) for one in step.get("successCriteria", ()))
            if well:
                found = {name: context.value(one) for name, one in step.get("outputs", {}).items()}
                kept[step["stepId"]] = {name: value for name, value in found.items() if value is not NOTHING}
            at = self._following(step, well, context, place, at, run)
        context = Context(inputs, kept)
        found = {name: context.value(one) for name, one in workflow.get("outputs", {}).items()}
        run.outputs = {name: value for name, value in found.items() if value is not NOTHING}
        return run

    def _following(
        self, step: Any, well: bool, context: Context, place: Mapping[str, int], at: int, run: Run
    ) -> int | None:
        """Return the number of the next step; None at the end."""
        for action in step.get("onSuccess" if well else "onFailure", ()):
            if all(context.holds(one) for one in action.get("criteria", ())):
                if action["type"] == "end":
                    return None
                if action["type"] == "goto" and "stepId" in action:
                    return place[action["stepId"]]
                raise NotRunnable(f"an action of the type {action['type']}")
        run.succeeded = well
        return at + 1 if well else None

    def _call(self, step: Any, context: Context, run: Run) -> httpx.Response:
        method, path, operation = self.operations[step["operationId"]]
        query: dict[str, Any] = {}
        headers: dict[str, str] = {}
        for parameter in step.get("parameters", ()):
            value = context.value(parameter["value"])
            if value is NOTHING:
                continue
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", _text(value))
            elif parameter["in"] == "query":
                query[parameter["name"]] = self._in_query(operation, parameter["name"], value)
            else:
                headers[parameter["name"]] = _text(value)
        body: dict[str, Any] = {}
        if "requestBody" in step:
            payload = context.value(step["requestBody"].get("payload"))
            headers["Content-Type"] = step["requestBody"]["contentType"]
            body = {"content": json.dumps(payload)}
        if "{" in path:
            raise NotRunnable(f"{step['stepId']}: {path} is not filled in")
        request = self.client.build_request(method.upper(), path, params=query, headers=headers, **body)
        run.steps.append(step["stepId"])
        run.requests.append(request)
        run.last = self.client.send(request)
        return run.last

    def _in_query(self, operation: Any, name: str, value: Any) -> Any:
        declared = [self._parameter(one) for one in operation.get("parameters", ())]
        is_json = any(one["name"] == name and "content" in one for one in declared)
        return (
            json.dumps(value) if is_json else [_text(one) for one in value] if isinstance(value, list) else _text(value)
        )

    def _parameter(self, parameter: Any) -> Any:
        return self.parameters[parameter["$ref"].rpartition("/")[2]] if "$ref" in parameter else parameter


class Context:
    """What runtime expressions mean in a step."""

    def __init__(self, inputs: Mapping[str, Any], kept: Mapping[str, Mapping[str, Any]]) -> None:
        self.inputs = inputs
        self.kept = kept
        self.response: httpx.Response | None = None

    # ---- values -----------------------------------------------------------------------------------------------------

    def value(self, given: Any) -> Any:
        """Return a value of a document with its expressions worked out; what leads nowhere is left out."""
        if isinstance(given, dict):
            found = {name: self.value(one) for name, one in given.items()}
            return {name: one for name, one in found.items() if one is not NOTHING}
        if isinstance(given, list):
            return [one for one in map(self.value, given) if one is not NOTHING]
        if not isinstance(given, str):
            return given
        if given.startswith("$"):
            return self.expression(given)
        parts = re.split(r"\{(\$[^{}]*)\}", given)
        inside = [self.expression(part) for part in parts[1::2]]
        if any(one is NOTHING for one in inside):
            return NOTHING
        return "".join(part if number % 2 == 0 else _text(inside[number // 2]) for number, part in enumerate(parts))

    def expression(self, text: str) -> Any:
        """Return what a runtime expression means."""
        source, _, pointer = text.partition("#")
        match source.split("."):
            case ["$statusCode"]:
                return self._answer.status_code
            case ["$inputs", name]:
                found: Any = self.inputs.get(name, NOTHING)
            case ["$steps", step, "outputs", name]:
                found = self.kept.get(step, {}).get(name, NOTHING)
            case ["$response", "body"]:
                found = _body(self._answer)
            case _:
                raise NotRunnable(f"the expression {text}")
        return _at(found, pointer) if pointer else found

    @property
    def _answer(self) -> httpx.Response:
        if self.response is None:
            raise NotRunnable("an expression asks for an answer before there is one")
        return self.response

    # ---- criteria ---------------------------------------------------------------------------------------------------

    def holds(self, criterion: Any) -> bool:
        """Whether a criterion holds."""
        kind = criterion.get("type", "simple")
        if kind == "regex":
            value = self.expression(criterion["context"])
            return value is not NOTHING and re.search(criterion["condition"], _text(value)) is not None
        if kind != "simple":
            raise NotRunnable(f"a criterion of the type {kind}")
        return bool(_Condition(criterion["condition"], self).result())


_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>\|\||&&|[=!<>]=|[<>!()])"
    r"|(?P<word>true|false|null)\b|(?P<expression>\$[^\s()=!<>&|]+))"
)


class _Condition:
    """Reads a simple condition, by precedence: `||`, `&&`, comparisons, `!`, brackets."""

    def __init__(self, text: str, context: Context) -> None:
        self.context = context
        self.tokens = list(_tokens(text))

    def result(self) -> Any:
        found = self._either()
        if self.tokens:
            raise NotRunnable(f"a condition goes on with {self.tokens[0][1]}")
        return found

    def _next(self, *signs: str) -> str | None:
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return None

    def _either(self) -> Any:
        found = self._both()
        while self._next("||"):
            other = self._both()
            found = found or other
        return found

    def _both(self) -> Any:
        found = self._compared()
        while self._next("&&"):
            other = self._compared()
            found = found and other
        return found

    def _compared(self) -> Any:
        left = self._single()
        sign = self._next("==", "!=", "<", "<=", ">", ">=")
        return left if sign is None else _compare(sign, left, self._single())

    def _single(self) -> Any:
        if self._next("!"):
            return not self._single()
        if self._next("("):
            found = self._either()
            if not self._next(")"):
                raise NotRunnable("a bracket is not closed")
            return found
        kind, text = self.tokens.pop(0)
        match kind:
            case "string":
                return text[1:-1].replace("''", "'")
            case "number":
                return float(text)
            case "word":
                return {"true": True, "false": False, "null": None}[text]
            case "expression":
                return self.context.expression(text)
        raise NotRunnable(f"a condition with {text} in a wrong place")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotRunnable(f"the condition {text}")
        yield str(found.lastgroup), found[str(found.lastgroup)]
        at = found.end()


def _compare(sign: str, left: Any, right: Any) -> bool:
    if left is NOTHING or right is NOTHING:
        return False
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.casefold(), right.casefold()
    if sign in ("==", "!="):
        return (left == right) is (sign == "==")
    try:
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign])
    except TypeError:
        return False


def _body(response: httpx.Response) -> Any:
    try:
        return response.json() if response.content else NOTHING
    except ValueError:
        return NOTHING


def _at(found: Any, pointer: str) -> Any:
    """Return what a JSON Pointer (RFC 6901) leads to."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict) and name in found:
            found = found[name]
        elif isinstance(found, list) and name.isdigit() and int(name) < len(found):
            found = found[int(name)]
        else:
            return NOTHING
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)

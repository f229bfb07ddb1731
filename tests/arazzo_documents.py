"""Emitted Arazzo documents as plain data, and what in them leads nowhere: linters let most of it pass.

A document is held against the OpenAPI document that it is for: operations, parameters, bodies, statuses, problem types
and all places in answers must be there; what a step takes from another must be there whichever way customers came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.arazzo import TARGET
from cxc.targets.openapi import TARGET as OPENAPI
from cxc.targets.templates import Templates

_EXPRESSION = re.compile(
    r"\$(?:inputs|steps|response|statusCode|url|method|request|outputs|workflows|source)[^\s{}'\"]*"
)


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("arazzo"))


def documents(blueprint: Blueprint, **options: Any) -> dict[str, Any]:
    """Return each document by the name of its journey."""
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {file.path[7:-5]: yaml.load(file.content, yaml.CSafeLoader) for file in made.files}


def platform(blueprint: Blueprint, **options: Any) -> Any:
    """Return the OpenAPI document that the workflows call."""
    made = OPENAPI.emit(blueprint, OPENAPI.options.model_validate(options), Templates.of("openapi"))
    return yaml.load(made.files[-1].content, yaml.CSafeLoader)


def faults(document: Any, openapi: Any) -> list[str]:
    """Return all that leads nowhere in a document."""
    found = [f"version {document['arazzo']}"] if document["arazzo"] != "1.0.1" else []
    found += [f"two workflows {id}" for id in _repeated(one["workflowId"] for one in document["workflows"])]
    for workflow in document["workflows"]:
        judge = _Judge(document, workflow, openapi)
        found += [f"{workflow['workflowId']}: {fault}" for fault in judge.faults()]
    return found


class _Judge:
    def __init__(self, document: Any, workflow: Any, openapi: Any) -> None:
        self.document = document
        self.workflow = workflow
        self.openapi = openapi
        self.operations = {
            one["operationId"]: (item, one) for item in openapi["paths"].values() for one in item.values()
        }
        self.steps = {step["stepId"]: step for step in workflow["steps"]}
        self.inputs = workflow.get("inputs", {}).get("properties", {})

    def faults(self) -> Iterator[str]:
        yield from (f"two steps {id}" for id in _repeated(step["stepId"] for step in self.workflow["steps"]))
        yield from self._inputs()
        for step in self.workflow["steps"]:
            if step.get("operationId") not in self.operations:
                yield f"{step['stepId']}: no operation {step.get('operationId')}"
                continue
            for fault in (*self._request(step), *self._answer(step), *self._actions(step), *self._expressions(step)):
                yield f"{step['stepId']}: {fault}"
        reached = self._reached({})
        yield from (f"nobody reaches {id}" for id in self.steps if id not in reached)
        for name, expression in self.workflow.get("outputs", {}).items():
            _, step, _, output = expression.split(".")
            if output not in self.steps[step]["outputs"] or None in self._reached({step: True}):
                yield f"the output {name} is not always there"

    def _inputs(self) -> Iterator[str]:
        schema = self.workflow.get("inputs")
        if schema is None:
            return
        yield from (
            f"needs {name}, which is no input" for name in schema.get("required", ()) if name not in self.inputs
        )
        text = str(self.workflow["steps"])
        used = {expression.partition(".")[2] for expression in _EXPRESSION.findall(text) if "inputs." in expression}
        yield from (f"the input {name} is not used" for name in self.inputs if name not in used)
        whole = {**schema, "components": self.document.get("components", {})}
        Draft202012Validator.check_schema(whole)
        for ref in re.findall(r"'\$ref': '#/components/inputs/([^']*)'", str(whole)):
            if ref not in whole["components"].get("inputs", {}):
                yield f"refers to {ref}, which is no component"

    def _request(self, step: Any) -> Iterator[str]:
        _, operation = self.operations[step["operationId"]]
        declared = {(one["in"], one["name"]): one for one in map(self._resolved, operation.get("parameters", ()))}
        given = [(one["in"], one["name"]) for one in step.get("parameters", ())]
        yield from (f"{one} twice" for one in _repeated(given))
        yield from (f"{one} is no parameter" for one in given if one not in declared and one != _TOKEN)
        yield from (f"lacks {key}" for key, one in declared.items() if one.get("required") and key not in given)
        if bool(operation["security"]) is not (_TOKEN in given):
            yield "says who asks where nobody wants to know, or the other way round"
        content = operation.get("requestBody", {}).get("content", {})
        body = next((one["schema"] for one in content.values()), {})
        payload = step.get("requestBody", {}).get("payload", {})
        if payload and step["requestBody"]["contentType"] not in content:
            yield "sends a body that is not taken"
        yield from (f"sends {name}, which is not taken" for name in payload if name not in body["properties"])
        yield from (f"does not send {name}" for name in body.get("required", ()) if name not in payload)

    def _answer(self, step: Any) -> Iterator[str]:
        _, operation = self.operations[step["operationId"]]
        expected = {s for one in step["successCriteria"] for s in re.findall(r"\d{3}", one["condition"])}
        if expected != {status for status in operation["responses"] if status.startswith("2")}:
            yield f"takes {expected} for success"
        for name, expression in step.get("outputs", {}).items():
            pointer = expression.removeprefix("$response.body").removeprefix("#")
            schema = next(iter(operation["responses"].get("200", {}).get("content", {}).values()), {}).get("schema")
            if schema is None or not self._has(schema, pointer.split("/")[1:]):
                yield f"the output {name} is nowhere in the answer"

    def _actions(self, step: Any) -> Iterator[str]:
        for word in ("onSuccess", "onFailure"):
            actions = step.get(word, ())
            yield from (f"two actions {name}" for name in _repeated(one["name"] for one in actions))
            for action in actions:
                if action["type"] not in ("goto", "end") or (action["type"] == "goto") is not ("stepId" in action):
                    yield f"{action['name']} goes nowhere"
                if action.get("stepId", step["stepId"]) not in self.steps:
                    yield f"{action['name']} goes to {action['stepId']}, which is no step"
                for criterion in action.get("criteria", ()):
                    yield from self._criterion(criterion, step)
        if "onSuccess" in step and "criteria" in step["onSuccess"][-1]:
            yield "whoever chooses nothing goes on with the next step in the file"

    def _criterion(self, criterion: Any, step: Any) -> Iterator[str]:
        if criterion.get("type") == "regex":
            context, text = criterion["context"], re.sub(r"\\(.)", r"\1", criterion["condition"][1:-1])
        else:
            context, _, text = criterion["condition"].partition(" == ")
            text = text[1:-1].replace("''", "'") if text.startswith("'") else text
        _, operation = self.operations[step["operationId"]]
        name = context.partition(".")[2]
        if context == "$statusCode":
            if text not in operation["responses"]:
                yield f"the status {text} is not declared"
        elif context == "$response.body#/type":
            if f"'const': '{text}'" not in str(self._closure(operation["responses"])):
                yield f"the problem {text} is not declared"
        elif text not in self.inputs.get(name, {}).get("enum", ()):
            yield f"{text} cannot be chosen by {context}"

    def _expressions(self, step: Any) -> Iterator[str]:
        sent = [step.get("parameters", ()), step.get("requestBody", {}).get("payload", {})]
        for expression in _EXPRESSION.findall(str([sent, [step.get("onSuccess"), step.get("onFailure")]])):
            match expression.partition("#")[0].split("."):
                case ["$inputs", name]:
                    if name not in self.inputs:
                        yield f"{expression} is no input"
                case ["$steps", id, "outputs", name]:
                    if name not in self.steps.get(id, {}).get("outputs", {}):
                        yield f"{expression} is not kept"
                    elif step["stepId"] in self._reached({id: True}):
                        yield f"{expression} is not always there"
                case ["$statusCode"] | ["$response", "body"]:
                    pass
                case _:
                    yield f"{expression} is no expression that we know"

    # ---- the graph --------------------------------------------------------------------------------------------------

    def _reached(self, failing: dict[str, bool]) -> set[str | None]:
        """Return the steps that can be reached where some always fail; None is the end."""
        order = list(self.steps)
        seen: set[str | None] = {order[0]}
        waiting = [order[0]]
        while waiting:
            id = waiting.pop()
            step = self.steps[id]
            actions = list(step.get("onFailure", ()))
            following = [] if id in failing else [*step.get("onSuccess", ())]
            if id not in failing and "onSuccess" not in step:
                following = [{"stepId": order[order.index(id) + 1]}]
            for action in (*following, *actions):
                target = action.get("stepId")
                if target not in seen and (target is None or target in self.steps):
                    seen.add(target)
                    waiting += [target] if target is not None else []
        return seen

    # ---- schemas ----------------------------------------------------------------------------------------------------

    def _resolved(self, part: Any) -> Any:
        while "$ref" in part:
            found = self.openapi
            for name in part["$ref"].split("/")[1:]:
                found = found[name]
            part = found
        return part

    def _has(self, schema: Any, path: list[str]) -> bool:
        schema = self._resolved(schema)
        if "anyOf" in schema:
            return any(self._has(one, path) for one in schema["anyOf"])
        if not path:
            return True
        inner = schema.get("items") if path[0].isdigit() else schema.get("properties", {}).get(path[0])
        return inner is not None and self._has(inner, path[1:])

    def _closure(self, part: Any) -> Any:
        """Return a part with its responses and the schemas of problems filled in."""
        if isinstance(part, dict):
            if "$ref" in part and "responses" in part["$ref"]:
                return self._closure(self._resolved(part))
            if "$ref" in part:
                return self._resolved(part).get("properties", {}).get("type", {})
            return {key: self._closure(value) for key, value in part.items()}
        return [self._closure(one) for one in part] if isinstance(part, list) else part


_TOKEN = ("header", "Authorization")


def _repeated(names: Any) -> list[Any]:
    seen = list(names)
    return sorted({one for one in seen if seen.count(one) > 1})

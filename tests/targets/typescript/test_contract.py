"""A client says of every operation and of all data what the OpenAPI document says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cxc.model.blueprint import Blueprint
from cxc.pipeline import check
from cxc.workspace import load_workspace
from designs import EXAMPLES, TODAY, design, example
from hostile import KEYWORDS, design_of_names
from openapi_documents import documents
from typescript_clients import files

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
DESIGNS = [*EXAMPLES, "gives-every-operation-a-method", "keywords"]

_OPERATION = re.compile(r"^const \w+: ApiOperation<(\w+)> = {\n(.*?)^};$", re.MULTILINE | re.DOTALL)
_MEMBER = re.compile(r"^  (\w+): (\[.*?\]|.*?),$", re.MULTILINE | re.DOTALL)
_KIND = re.compile(r'^export const (\w+): ProblemKind<\w+> =\s+{\s+type: "(.*?)",\s+status: (\d+),', re.MULTILINE)
_INTERFACE = re.compile(r"^export interface (\w+)(?: extends Problem)? {\n(.*?)^}$", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"^  readonly (\w+)(\??):", re.MULTILINE)
_CHOICE = re.compile(r"^export const (\w+) = (\[.*?\]) as const;$", re.MULTILINE | re.DOTALL)
_ALIAS = re.compile(r"^export type (\w+) = Readonly<Record<string, never>>;$", re.MULTILINE)


def design_called(name: str) -> Blueprint:
    if name in EXAMPLES:
        return example(name)
    if name == "keywords":
        return design(design_of_names(KEYWORDS))
    return check(load_workspace(GOLDEN / "typescript" / name / "input"), TODAY).blueprint


def names_in(text: str) -> list[str]:
    return re.findall(r"[^\s\[\],\"]+", text)


def asked_by_client(client: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return what the client says of each operation, by its id."""
    kinds = {name: (type_, int(status)) for name, type_, status in _KIND.findall(client["src/problems.ts"])}
    found = {}
    for path, text in client.items():
        if not path.startswith("src/services/"):
            continue
        needed = {name: _PROPERTY.findall(body) for name, body in _INTERFACE.findall(text)}
        for problem, body in _OPERATION.findall(text):
            said = dict(_MEMBER.findall(body))
            parameters = needed.get(re.sub("Problem(_*)$", r"Parameters\1", problem), [])
            found[said["id"].strip('"')] = {
                "route": (said["method"].strip('"'), said["path"].strip('"')),
                **{word: names_in(said.get(word, "[]")) for word in ("query", "paging", "json")},
                "body": names_in(said["body"]) if "body" in said else None,
                "identity": said.get("identity", "").strip('"'),
                "keyed": said.get("keyed") == "true",
                "problems": sorted(kinds[name] for name in names_in(said["problems"])),
                "required": sorted(name for name, optional in parameters if not optional),
                "optional": sorted(name for name, optional in parameters if optional),
            }
    return found


def asked_by_document(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the same, read from the OpenAPI document."""
    found = {}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            own = [one for one in operation.get("parameters", []) if "$ref" not in one]
            shared = [one["$ref"].rpartition("/")[2] for one in operation.get("parameters", []) if "$ref" in one]
            body: dict[str, Any] | None = None
            if "requestBody" in operation:
                body = operation["requestBody"]["content"]["application/json"]["schema"]
            members = list(body["properties"]) if body else []
            required = [one["name"] for one in own if one.get("required")] + (body or {}).get("required", [])
            every = [one["name"] for one in own] + members
            security = operation["security"]
            found[operation["operationId"]] = {
                "route": (method.upper(), path),
                "query": [one["name"] for one in own if one["in"] == "query"],
                "paging": [one.lower() for one in shared if one != "IdempotencyKey"],
                "json": [one["name"] for one in own if "content" in one],
                "body": None if body is None else members,
                "identity": security[0]["customer"][0] if security else "",
                "keyed": "IdempotencyKey" in shared,
                "problems": sorted(problems_of(operation, document)),
                "required": sorted(required),
                "optional": sorted(set(every) - set(required)),
            }
    return found


def problems_of(operation: dict[str, Any], document: dict[str, Any]) -> set[tuple[str, int]]:
    """Return the type and status of each declared problem."""
    found = set()
    for response in operation["responses"].values():
        content = resolved(response, document).get("content", {}).get("application/problem+json")
        schema = content["schema"] if content else {}
        for one in schema.get("oneOf", schema.get("anyOf", [schema])):
            members = resolved(one, document).get("properties", {})
            if "const" in members.get("type", {}):
                found.add((members["type"]["const"], members["status"]["const"]))
    return found


def resolved(part: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        _, section, name = part["$ref"][2:].split("/")
        part = document["components"][section][name]
    return part


@pytest.mark.parametrize("name", DESIGNS)
def test_operations_are_asked_as_the_document_says(name: str) -> None:
    blueprint = design_called(name)
    asked, said = asked_by_client(files(blueprint)), asked_by_document(documents(blueprint)["platform.yaml"])
    assert asked.keys() == said.keys()
    for id, operation in said.items():
        assert asked[id] == operation, id


@pytest.mark.parametrize("name", DESIGNS)
def test_data_is_what_the_document_says(name: str) -> None:
    blueprint = design_called(name)
    client = files(blueprint)
    texts = [text for path, text in client.items() if path.startswith("src/models/") or path == "src/problems.ts"]
    declared: dict[str, Any] = {}
    for text in texts:
        declared |= {interface: dict(_PROPERTY.findall(body)) for interface, body in _INTERFACE.findall(text)}
        declared |= {choice: names_in(values) for choice, values in _CHOICE.findall(text)}
        declared |= {alias: {} for alias in _ALIAS.findall(text)}
    for component, schema in documents(blueprint)["platform.yaml"]["components"]["schemas"].items():
        if component in ("Problem", "Money"):
            continue
        made = declared.pop(component, None) or declared.pop(f"{component}_", None) or {}
        if "enum" in schema:
            assert made == schema["enum"], component
            continue
        general = {"type", "title", "status", "detail", "instance"} if "title" in schema["properties"] else set()
        general = general if "const" in schema["properties"].get("type", {}) else set()
        required = set(schema.get("required", ())) - general
        assert {member for member, optional in made.items() if not optional} - general == required, component
        assert made.keys() - general == schema["properties"].keys() - general, component
    assert declared.keys() <= {"InvalidPart"}

"""The validators find mistakes: one that passes everything would prove nothing about what cxc writes."""

from collections.abc import Callable, Sequence
from pathlib import Path

Lint = Callable[[Sequence[Path]], list[str]]

SOUND = """\
openapi: 3.1.1
info: { title: Trial, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers: [{ url: "https://api.northwind.example" }]
security: [{ token: [] }]
paths:
  /things:
    get:
      operationId: things
      summary: Lists things
      responses:
        "200": { description: The things }
        "404": { description: There are none }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
"""


def test_a_sound_document_gives_nothing(tmp_path: Path, lint_openapi: Lint) -> None:
    document = tmp_path / "sound.yaml"
    document.write_text(SOUND, encoding="utf-8")
    assert lint_openapi([document]) == []


def test_a_warning_is_found(tmp_path: Path, lint_openapi: Lint) -> None:
    document = tmp_path / "warned.yaml"
    document.write_text(SOUND.replace('        "404": { description: There are none }\n', ""), encoding="utf-8")
    (finding,) = lint_openapi([document])
    assert "operation-4xx-response" in finding


def test_an_error_is_found_among_several_documents(tmp_path: Path, lint_openapi: Lint) -> None:
    sound, broken = tmp_path / "sound.yaml", tmp_path / "broken.yaml"
    sound.write_text(SOUND, encoding="utf-8")
    broken.write_text(SOUND.replace("description: The things", "$ref: '#/nowhere'"), encoding="utf-8")
    findings = lint_openapi([sound, broken])
    assert findings
    assert all("broken.yaml" in finding for finding in findings)

"""The target `openapi`: OpenAPI 3.1 documents of the services and of the whole platform.

| module | what it makes |
| --- | --- |
| `options` | `[targets.openapi]` of the settings |
| `names` | the names of component schemas |
| `schemas` | types, fields and declarations as components; what they are is said by the target `jsonschema` |
| `problems` | errors as problem details (RFC 9457) |
| `trace` | from an operation to journeys and capabilities |
| `operations` | operation objects |
| `components` | the components a document needs |
| `documents` | the files |
"""

from cxc.targets import Target
from cxc.targets.openapi.documents import emit
from cxc.targets.openapi.options import OpenApiOptions

TARGET = Target(
    name="openapi",
    summary="OpenAPI 3.1 documents: one for each service, and one for the whole platform.",
    emit=emit,
    options=OpenApiOptions,
    judged_by="openapi-spec-validator; Redocly's recommended rules",
    opens="openapi/platform.yaml",
)

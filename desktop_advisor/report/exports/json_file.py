"""The report for other programs: JSON by a published schema, also what the PDF has attached."""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from desktop_advisor.report.model import ReportModel

SCHEMA_ID = "urn:desktop-advisor:schema:beratungsbericht-1"
SCHEMA_FILE = "beratungsbericht-1.schema.json"
"""In resources/schemas. Fields may be added under the same number; a change of meaning is a 2."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DESCRIPTION = (
    "Ein Beratungsbericht, wie ihn das PDF druckt: Werte als Zahlen, alles andere als fertige "
    "Sätze. Dezimalzahlen stehen als Text mit Punkt, Tage als JJJJ-MM-TT, Logo und Fotos als "
    "Base64; die Bilder der Unterschriften fehlen."
)


class ReportFile(ReportModel, frozen=True, kw_only=True):
    """Beratungsbericht as a file: the report, which schema it follows and in which version."""

    schema_id: Annotated[str, Meta(description="The $id of the schema.")] = msgspec.field(
        name="$schema", default=SCHEMA_ID
    )
    format: Annotated[Literal[1], Meta(description="Version of this format.")] = 1


def json_file(model: ReportModel) -> bytes:
    """The report without drawn signatures; sorted keys, so that equal ones are equal.

    A signature that can be cut out could be put under anything. All else is whole: read back, it
    gives the very content hash that the pages print.
    """
    slots = tuple(msgspec.structs.replace(slot, image=b"") for slot in model.signatures)
    kept = {name: getattr(model, name) for name in model.__struct_fields__}
    return msgspec.json.encode(ReportFile(**{**kept, "signatures": slots}), order="sorted")


def schema() -> dict[str, Any]:
    """JSON Schema of the file, made from the very types that write it."""
    made = msgspec.json.schema(ReportFile)
    return {
        "$schema": _DIALECT,
        "$id": SCHEMA_ID,
        "title": "Beratungsbericht",
        "description": _DESCRIPTION,
        **_in_lines(made),
    }


def _in_lines(value: Any) -> Any:
    """The same with descriptions as they would be printed, not as they are indented in code."""
    if isinstance(value, list):
        return [_in_lines(part) for part in value]
    if not isinstance(value, dict):
        return value
    said = value.get("description")
    lines = {"description": cleandoc(said)} if isinstance(said, str) else {}
    return {**{key: _in_lines(part) for key, part in value.items()}, **lines}


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(schema_text())

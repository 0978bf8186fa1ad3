"""The secondary instances of a form: lists written into it, or attached as CSV, XML or GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from desktop_advisor.questionnaire.expression.nodes import Kind, Node
from desktop_advisor.questionnaire.expression.xml_source import UnreadableXml, read_xml

MAX_ROWS = 200_000
"""Our choice: more rows than any list of municipalities."""


def read_instances(
    model: Node, attachments: Mapping[str, bytes]
) -> tuple[dict[str, Node], list[str]]:
    """Id → instance element, and what could not be read."""
    found: dict[str, Node] = {}
    notices: list[str] = []
    for element in model.elements():
        name = element.attribute("id") if element.local == "instance" else None
        if name is None:
            continue
        source = element.attribute("src")
        is_attached = source is not None and not element.elements()
        content = _attached(source or "", attachments, notices) if is_attached else element
        found.setdefault(name, content)
    return found, notices


def _attached(source: str, attachments: Mapping[str, bytes], notices: list[str]) -> Node:
    """An instance element around the attachment; empty when there is none."""
    name = source.rpartition("/")[2]
    instance = Node(Kind.ELEMENT, "instance")
    data = attachments.get(source, attachments.get(name))
    if data is None:
        notices.append(f"Die Anlage {name} fehlt")
        return instance
    try:
        instance.append(_root_of(name, data))
    except (
        UnreadableXml,
        UnicodeDecodeError,
        csv.Error,
        json.JSONDecodeError,
        ValueError,
    ) as fault:
        notices.append(f"Die Anlage {name} ist nicht lesbar: {fault}")
    return instance


def _root_of(name: str, data: bytes) -> Node:
    if name.endswith((".csv", ".tsv")):
        return _table(data.decode("utf-8-sig"))
    if name.endswith((".geojson", ".json")):
        return _features(json.loads(data))
    root = next(iter(read_xml(data).elements()))
    root.parent = None
    return root


def _table(text: str) -> Node:
    """`<root><item><column>cell</column>…</item>…</root>` (ODK, external secondary instances)."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [column.strip() for column in next(rows, [])]
    root = Node(Kind.ELEMENT, "root")
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            raise ValueError("zu viele Zeilen")
        if row:
            _add_item(root, dict(zip(header, row, strict=False)))
    return root


def _features(document: Any) -> Node:
    """One item per feature: its properties, its id and its point (ODK, GeoJSON attachments)."""
    root = Node(Kind.ELEMENT, "root")
    for feature in document["features"][:MAX_ROWS]:
        cells = {"geometry": _trace(feature.get("geometry") or {})}
        cells |= {key: str(value) for key, value in (feature.get("properties") or {}).items()}
        if "id" in feature:
            cells["id"] = str(feature["id"])
        _add_item(root, cells)
    return root


def _trace(geometry: dict[str, Any]) -> str:
    points = geometry.get("coordinates") or []
    if geometry.get("type") == "Point":
        points = [points]
    elif geometry.get("type") == "Polygon":
        points = points[0]
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points)


def _add_item(root: Node, cells: Mapping[str, str]) -> None:
    item = Node(Kind.ELEMENT, "item")
    for name, cell in cells.items():
        column = Node(Kind.ELEMENT, name)
        column.set_text(cell)
        item.append(column)
    root.append(item)

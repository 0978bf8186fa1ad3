"""The lists that lie beside a workbook, and how they get into its form.

The program loads a form from two files only, so a list is written into the form. Its `src` stays,
by which other ODK tools take the list from beside the form as always.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from desktop_advisor.questionnaire.expression.nodes import Node, string_value
from desktop_advisor.questionnaire.expression.xml_source import read_xml
from desktop_advisor.questionnaire.xform.instances import read_instances

LISTS = (".csv", ".xml", ".geojson")
LARGEST_LIST = 20_000_000
"""Bytes; our choice: more than any list of municipalities."""
LARGEST_WITHIN = 4_000_000
"""Bytes of a list that is written into the form; our choice: 50,000 rows of two columns."""

_XFORMS = "{http://www.w3.org/2002/xforms}"


class ListsBeside(Mapping[str, bytes]):
    """The lists in the form's folder by file name; read when they are asked for."""

    def __init__(self, form: Path) -> None:
        self._folder = form.resolve().parent

    def __getitem__(self, name: str) -> bytes:
        path = self._folder / name
        is_list = path.parent == self._folder and path.suffix in LISTS and path.is_file()
        if not is_list or path.stat().st_size > LARGEST_LIST:
            raise KeyError(name)
        return path.read_bytes()

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in sorted(self._folder.iterdir()) if path.name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def with_lists(xform: bytes, lists: Mapping[str, bytes]) -> bytes:
    """The form with the lists it names; those that are missing or too large stay outside."""
    document = etree.fromstring(xform)
    changed = False
    for instance in document.iter(f"{_XFORMS}instance"):
        source = instance.get("src", "")
        name = source.rpartition("/")[2]
        if not source or len(instance) or name not in lists:
            continue
        if len(lists[name]) <= LARGEST_WITHIN:
            changed |= _fill(instance, name, lists[name])
    if not changed:
        return xform
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)


def _fill(instance: etree._Element, name: str, content: bytes) -> bool:
    """Write the list below its instance; False for one that cannot be read or written."""
    model = read_xml(f'<model><instance id="x" src="{name}"/></model>'.encode())
    found, notices = read_instances(next(iter(model.elements())), {name: content})
    if notices:
        return False
    for child in found["x"].elements():
        _copy(child, instance)
    return True


def _copy(node: Node, parent: etree._Element) -> None:
    """The element and what is below it; a column whose heading is no XML name is left out."""
    try:
        made = etree.SubElement(parent, f"{_XFORMS}{node.local}")
        if not node.elements():
            made.text = string_value(node)
    except ValueError:
        return
    for child in node.elements():
        _copy(child, made)

"""The few elements of WordprocessingML the report needs (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from desktop_advisor.domain.language import say
from desktop_advisor.report.exports.xml_words import carried

TWIPS = 20
"""Twentieths of a point, the unit of widths and spacing (17.18.93)."""
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
"""That a picture says nothing of its own, for readers aloud (MS-ODRAWXML 2.23)."""


def element(name: str, /, **attributes: str | int) -> Any:
    """An element of the main namespace with attributes of the same."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def holding(name: str, parts: Iterable[Any]) -> Any:
    """An element with children."""
    made = element(name)
    made.extend(list(parts))
    return made


def words(text: str) -> Any:
    """Text that keeps the blanks at its ends."""
    made = element("t")
    made.text = carried(text)
    made.set(qn("xml:space"), "preserve")
    return made


def run(text: str, properties: Iterable[Any] = ()) -> Any:
    """Words in one face."""
    return holding("r", [holding("rPr", properties), words(text)])


def field(instruction: str, shown: str, properties: Iterable[Any] = ()) -> list[Any]:
    """Runs that a word processor fills, such as PAGE. shown: until it does."""
    face = list(properties)
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    begin, apart, end = (
        holding("r", [element("fldChar", fldCharType=kind)])
        for kind in ("begin", "separate", "end")
    )
    return [begin, holding("r", [code]), apart, run(shown, face), end]


def describe(inline: Any, alt: str, number: int) -> Any:
    """Give a picture its number and words for those who do not see it."""
    for edge in ("distT", "distB", "distL", "distR"):
        inline.set(edge, "0")
    about = inline.docPr
    about.set("name", say("Abbildung {0}").format(number))
    about.set("descr", carried(alt))
    if not alt:
        about.append(parse_xml(_DECORATIVE))
    return inline


def edges(name: str, **lines: tuple[float, str]) -> Any:
    """Borders by edge: width in points, 0 for none, and colour."""
    return holding(
        name,
        [
            element(edge, val="single" if width else "nil", sz=round(width * 8), space=0, color=ink)
            for edge, (width, ink) in lines.items()
        ],
    )

"""The report's type as styles of a word processor, so that the office changes one place for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from reportlab.lib.enums import TA_RIGHT

from desktop_advisor.report.theme import Theme

FONT = "Calibri"
"""Not the family of the PDF: what an office has not installed is replaced by chance."""
_NAMES: Mapping[str, str] = {
    "body": "Bericht Text",
    "lead": "Bericht Vorspann",
    "entry": "Bericht Eintrag",
    "cell": "Bericht Zelle",
    "cell_bold": "Bericht Zelle fett",
    "cell_right": "Bericht Zelle rechts",
    "small": "Bericht klein",
    "small_right": "Bericht klein rechts",
    "label": "Bericht Beschriftung",
    "label_right": "Bericht Beschriftung rechts",
    "figure": "Bericht Kennzahl",
    "figure_right": "Bericht Wert",
    "dense": "Bericht Anlage",
    "dense_right": "Bericht Anlage rechts",
    "dense_bold": "Bericht Anlage fett",
    "dense_bold_right": "Bericht Anlage fett rechts",
    "dense_soft": "Bericht Anlage Zusatz",
    "aside": "Bericht Anmerkung",
    "step": "Bericht Schritt",
    "warning": "Bericht Hinweis",
    "stop": "Bericht Warnzeichen",
    "tinted": "Bericht Kasten",
}
"""Name in the list of styles by name in the theme; what is not here is a heading."""
_HEADINGS = ("chapter", "section")


def add_styles(document: Any, theme: Theme) -> dict[str, str]:
    """Put the report's styles into the document; id of each by its name in the theme."""
    _typeface(document.styles["Normal"])
    ids = {}
    for level, name in enumerate(_HEADINGS, start=1):
        style = document.styles[f"Heading {level}"]
        _shape(style, getattr(theme, name))
        style.paragraph_format.keep_with_next = True
        ids[name] = style.style_id
    for name, title in _NAMES.items():
        style = document.styles.add_style(title, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _shape(style, getattr(theme, name))
        ids[name] = style.style_id
    return ids


def hex_colour(colour: Any) -> str:
    """ "0E5A6B", as a word processor writes it."""
    return str(colour.hexval())[2:].upper()


def is_bold(font: str) -> bool:
    """Whether a face of the PDF's family stands for emphasis."""
    return font.endswith(("Bold", "SemiBold"))


def half_points(size: float) -> float:
    """The size in points, as word processors count it in halves."""
    return round(size * 2) / 2


def _shape(style: Any, source: Any) -> None:
    _typeface(style)
    font, lines = style.font, style.paragraph_format
    font.size = Pt(half_points(source.fontSize))
    font.bold, font.italic = is_bold(source.fontName), source.fontName.endswith("Italic")
    font.color.rgb = RGBColor.from_string(hex_colour(source.textColor))
    lines.space_before, lines.space_after = Pt(source.spaceBefore), Pt(source.spaceAfter)
    lines.line_spacing = 1.08
    lines.widow_control = True
    if source.alignment == TA_RIGHT:
        lines.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if source.backColor is not None:
        _tint(style, hex_colour(source.backColor))


def _typeface(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _tint(style: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(shade, *_AFTER_SHADE)


_AFTER_SHADE = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What follows the shade within a paragraph's properties (ISO/IEC 29500-1, 17.3.1.26)."""

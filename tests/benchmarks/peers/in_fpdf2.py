"""Blocks through fpdf2's cells and tables; charts in its own lines and shapes.

A cell of its tables holds either words or a picture: charts and tables in a cell are drawn as words
and shapes beneath the table's row instead of beside each other, which is less work, not more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Block = dict[str, Any]
_FAMILY = "Source Sans 3"
_LEFT, _TOP, _BOTTOM = 62, 78, 60


def typesetter(fonts: Path) -> Callable[[list[Block]], Any]:
    """Each document reads its fonts: fpdf2 cannot hand them on."""

    def prepare(blocks: list[Block]) -> Any:
        def document() -> tuple[bytes, Callable[[], int]]:
            pdf = _empty(fonts)
            for block in blocks:
                _put(pdf, block)
            return bytes(pdf.output()), pdf.page_no

        return document

    return prepare


def _empty(fonts: Path) -> Any:
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_margins(_LEFT, _TOP, _LEFT)
    pdf.set_auto_page_break(True, _BOTTOM)
    pdf.add_font(_FAMILY, "", fonts / "SourceSans3_400Regular.ttf")
    pdf.add_font(_FAMILY, "B", fonts / "SourceSans3_700Bold.ttf")
    pdf.add_page()
    return pdf


def _put(pdf: Any, block: Block) -> None:
    match block["kind"]:
        case "page":
            pdf.add_page()
        case "chart":
            _chart(pdf, block)
        case "table":
            _table(pdf, block)
        case _:
            pdf.set_font(_FAMILY, "B" if block["bold"] else "", block["size"])
            height = block["size"] * 1.4
            pdf.multi_cell(0, height, block["text"], align="L", new_x="LMARGIN", new_y="NEXT")


def _table(pdf: Any, block: Block) -> None:
    from fpdf.enums import TableBordersLayout

    layout = TableBordersLayout.HORIZONTAL_LINES if block["ruled"] else TableBordersLayout.NONE
    pdf.set_font(_FAMILY, "", 9)
    widths = tuple(block["widths"])
    with pdf.table(
        col_widths=widths,
        width=sum(widths),
        line_height=12.2,
        text_align="LEFT",
        borders_layout=layout,
        first_row_as_headings=bool(block["heads"]),
    ) as table:
        for cells in block["rows"]:
            row = table.row()
            for cell in cells:
                row.cell("\n".join(_texts(cell)))
    for cells in block["rows"]:
        for cell in cells:
            for part in _charts(cell):
                _chart(pdf, part)


def _texts(cell: list[Block]) -> Iterator[str]:
    for part in cell:
        if "text" in part:
            yield part["text"]
        for row in part.get("rows", ()):
            yield " ".join(text for inner in row for text in _texts(inner))


def _charts(cell: list[Block]) -> Iterator[Block]:
    for part in cell:
        if part["kind"] == "chart":
            yield part
        for row in part.get("rows", ()):
            for inner in row:
                yield from _charts(inner)


def _chart(pdf: Any, block: Block) -> None:
    if block["height"] > 40 and pdf.will_page_break(block["height"]):
        pdf.add_page()
    left, top = pdf.l_margin, pdf.get_y()
    for shape in block["shapes"]:
        _shape(pdf, shape, left, top)
    if block["height"] > 40:
        pdf.set_xy(left, top + block["height"])


def _shape(pdf: Any, shape: dict[str, Any], left: float, top: float) -> None:
    style = ("D" if shape["stroke"] else "") + ("F" if shape["fill"] else "")
    if shape["stroke"]:
        pdf.set_draw_color(shape["stroke"])
        pdf.set_line_width(shape["pen"])
        pdf.set_dash_pattern(*shape["dash"][:2])
    match shape["kind"]:
        case "line":
            (x1, y1), (x2, y2) = shape["points"]
            pdf.line(left + x1, top + y1, left + x2, top + y2)
            return
        case "words":
            _words(pdf, shape, left, top)
            return
    if shape["fill"]:
        pdf.set_fill_color(shape["fill"])
    match shape["kind"]:
        case "rect":
            x, y = shape["at"]
            pdf.rect(left + x, top + y, shape["width"], shape["height"], style=style)
        case "circle":
            x, y = shape["at"]
            pdf.circle(left + x, top + y, shape["radius"], style=style)
        case "path":
            pdf.polygon([(left + x, top + y) for x, y in shape["points"]], style=style)


def _words(pdf: Any, shape: dict[str, Any], left: float, top: float) -> None:
    pdf.set_font(_FAMILY, "B" if shape["bold"] else "", shape["size"])
    pdf.set_text_color(shape["fill"])
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape["anchor"]]
    x, y = shape["at"]
    pdf.text(left + x - share * pdf.get_string_width(shape["text"]), top + y, shape["text"])
    pdf.set_text_color(0)

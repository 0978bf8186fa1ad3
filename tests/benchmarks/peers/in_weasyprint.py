"""Blocks as HTML and CSS; charts as SVG within it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

Block = dict[str, Any]
_STYLE = (
    "@page { size: A4; margin: 78pt 62pt 60pt } "
    "body { margin: 0; font: 9.8pt/1.3 'Source Sans 3' } "
    "p { margin: 0 0 3pt } h1 { margin: 10pt 0 4pt } "
    "table { border-collapse: collapse; table-layout: fixed } "
    "td { vertical-align: top; padding: 2pt 0 } .ruled td { border-bottom: 0.5pt solid gray }"
)
_FACES = (("400", "400Regular"), ("700", "700Bold"))


def typesetter(fonts: Path) -> Callable[[list[Block]], Any]:
    """The fonts are read once."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; '
        f"src: url(file://{fonts}/SourceSans3_{file}.ttf) }}"
        for weight, file in _FACES
    )
    sheet = weasyprint.CSS(string=faces, font_config=config)

    def prepare(blocks: list[Block]) -> Any:
        source = f"<html lang=de><style>{_STYLE}</style>{''.join(map(_block, blocks))}</html>"

        def document() -> tuple[bytes, Callable[[], int]]:
            made = weasyprint.HTML(string=source).render(stylesheets=[sheet], font_config=config)
            return made.write_pdf(), lambda: len(made.pages)

        return document

    return prepare


def _block(block: Block) -> str:
    match block["kind"]:
        case "page":
            return '<div style="break-before: page"></div>'
        case "chart":
            data = b64encode(_svg(block).encode()).decode()
            size = f"width: {block['width']}pt; height: {block['height']}pt"
            return f'<img src="data:image/svg+xml;base64,{data}" style="{size}">'
        case "heading":
            return f'<h1 style="font-size: {block["size"]}pt">{escape(block["text"])}</h1>'
        case "table":
            return _table(block)
    weight = "bold" if block["bold"] else "normal"
    text = escape(block["text"]).replace("\n", "<br>")
    return f'<p style="font-size: {block["size"]}pt; font-weight: {weight}">{text}</p>'


def _table(block: Block) -> str:
    columns = "".join(f'<col style="width: {width}pt">' for width in block["widths"])
    rows = [
        "<tr>" + "".join(f"<td>{''.join(map(_block, cell))}</td>" for cell in row) + "</tr>"
        for row in block["rows"]
    ]
    heads, rest = "".join(rows[: block["heads"]]), "".join(rows[block["heads"] :])
    kind = ' class="ruled"' if block["ruled"] else ""
    return f"<table{kind}>{columns}<thead>{heads}</thead><tbody>{rest}</tbody></table>"


def _svg(block: Block) -> str:
    size = f"0 0 {block['width']} {block['height']}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}">'
    return f"{head}{''.join(map(_shape, block['shapes']))}</svg>"


def _shape(shape: dict[str, Any]) -> str:
    ink = f'fill="{shape["fill"] or "none"}"'
    if shape["stroke"]:
        ink += f' stroke="{shape["stroke"]}" stroke-width="{shape["pen"]}"'
        if shape["dash"]:
            ink += f' stroke-dasharray="{" ".join(map(str, shape["dash"]))}"'
    match shape["kind"]:
        case "line":
            (x1, y1), (x2, y2) = shape["points"]
            return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {ink}/>'
        case "rect":
            size = f'width="{shape["width"]}" height="{shape["height"]}"'
            return f'<rect x="{shape["at"][0]}" y="{shape["at"][1]}" {size} {ink}/>'
        case "circle":
            place = f'cx="{shape["at"][0]}" cy="{shape["at"][1]}" r="{shape["radius"]}"'
            return f"<circle {place} {ink}/>"
        case "path":
            points = " ".join(f"{x},{y}" for x, y in shape["points"])
            return f'<polygon points="{points}" {ink}/>'
    look = f'font-size="{shape["size"]}" font-family="Source Sans 3"'
    look += f' text-anchor="{shape["anchor"]}"'
    place = f'x="{shape["at"][0]}" y="{shape["at"][1]}"'
    return f"<text {place} {look} {ink}>{escape(shape['text'])}</text>"

"""Blocks as a typst source; charts in its own lines and shapes. Tagged, as typst does by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Block = dict[str, Any]
_HEAD = """#set page(paper: "a4", margin: (x: 62pt, top: 78pt, bottom: 60pt), numbering: "1 / 1")
#set text(font: "Source Sans 3", lang: "de", size: 9.8pt, hyphenate: false)
#set table(stroke: none, inset: (x: 0pt, y: 3.4pt))
#set par(spacing: 0.75em, leading: 0.5em)
#show heading: set block(above: 1em, below: 0.6em)
"""
_ALIGN = {"start": "left", "middle": "center", "end": "right"}
_PAGE = re.compile(rb"/Type\s*/Page\b")


def typesetter(fonts: Path) -> Callable[[list[Block]], Any]:
    """The compiler keeps the fonts it read, as a program that stays open does."""
    import typst

    compiler = typst.Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)

    def prepare(blocks: list[Block]) -> Any:
        source = (_HEAD + "\n".join(map(_block, blocks))).encode()

        def document() -> tuple[bytes, Callable[[], int]]:
            made = compiler.compile(input=source, format="pdf")
            return made, lambda: len(_PAGE.findall(made)) or compiler_pages(source)

        return document

    def compiler_pages(source: bytes) -> int:
        return len(compiler.compile(input=source, format="svg"))

    return prepare


def _block(block: Block) -> str:
    match block["kind"]:
        case "page":
            return "#pagebreak(weak: true)"
        case "chart":
            return _chart(block)
        case "heading":
            return f"#heading(text({block['size']}pt, {_quoted(block['text'])}))"
        case "table":
            return _table(block)
    weight = "bold" if block["bold"] else "regular"
    return f'#par(text({block["size"]}pt, weight: "{weight}", {_quoted(block["text"])}))'


def _table(block: Block) -> str:
    cells = [["[" + " ".join(map(_block, cell)) + "]" for cell in row] for row in block["rows"]]
    heads = [cell for row in cells[: block["heads"]] for cell in row]
    rest = [cell for row in cells[block["heads"] :] for cell in row]
    widths = ", ".join(f"{width}pt" for width in block["widths"])
    line = "stroke: (bottom: 0.5pt + gray), " if block["ruled"] else ""
    header = f"table.header({', '.join(heads)}), " if heads else ""
    return f"#table(columns: ({widths},), {line}{header}{', '.join(rest)})"


def _chart(block: Block) -> str:
    shapes = "\n".join(map(_shape, block["shapes"]))
    return f"#block(width: {block['width']}pt, height: {block['height']}pt)[{shapes}]"


def _shape(shape: dict[str, Any]) -> str:
    ink = f"fill: {_colour(shape['fill'])}, stroke: {_stroke(shape)}"
    match shape["kind"]:
        case "line":
            (x1, y1), (x2, y2) = shape["points"]
            ends = f"start: ({x1}pt, {y1}pt), end: ({x2}pt, {y2}pt)"
            return f"#place(line({ends}, stroke: {_stroke(shape)}))"
        case "rect":
            size = f"width: {shape['width']}pt, height: {shape['height']}pt"
            return _placed(*shape["at"], f"rect({size}, {ink})")
        case "circle":
            x, y = shape["at"]
            r = shape["radius"]
            return _placed(x - r, y - r, f"circle(radius: {r}pt, {ink})")
        case "path":
            points = ", ".join(f"({x}pt, {y}pt)" for x, y in shape["points"])
            return f"#place(polygon({points}, {ink}))"
    (x, y), weight = shape["at"], "bold" if shape["bold"] else "regular"
    look = f'{shape["size"]}pt, weight: "{weight}", fill: {_colour(shape["fill"])}'
    words = f'text({look}, top-edge: "baseline", bottom-edge: "baseline", {_quoted(shape["text"])})'
    side = {"start": 0, "middle": 150, "end": 300}[shape["anchor"]]
    return _placed(x - side, y, f"box(width: 300pt, align({_ALIGN[shape['anchor']]}, {words}))")


def _placed(x: float, y: float, what: str) -> str:
    return f"#place(dx: {x:.3f}pt, dy: {y:.3f}pt, {what})"


def _stroke(shape: dict[str, Any]) -> str:
    if not shape["stroke"]:
        return "none"
    dash = ", ".join(f"{length}pt" for length in shape["dash"])
    pattern = f", dash: ({dash},)" if dash else ""
    return f"(paint: {_colour(shape['stroke'])}, thickness: {shape['pen']}pt{pattern})"


def _colour(colour: str) -> str:
    return f'rgb("{colour}")' if colour else "none"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""The report as a Word file for the office to edit; what is sealed is the PDF alone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from docx import Document
from reportlab.platypus import PageBreak

from desktop_advisor.report import theme as look
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.report.exports.archive import settled
from desktop_advisor.report.exports.pictures import Picture, pictures
from desktop_advisor.report.exports.word_blocks import Blocks, is_drawing, parts
from desktop_advisor.report.exports.word_frame import (
    lay_out,
    write_contents,
    write_cover,
    write_frame,
    write_properties,
)
from desktop_advisor.report.exports.word_styles import add_styles
from desktop_advisor.report.fonts import register
from desktop_advisor.report.identity import running_words
from desktop_advisor.report.insertions import inserted
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.theme import Theme

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(model: ReportModel, fonts: Path) -> bytes:
    """The .docx with all chapters of the PDF; the same model gives the same bytes.

    Drawn signatures stay out: in a file that anybody may change they would vouch for anything.
    fonts: the folder with the family in which charts are lettered.
    """
    register(fonts)
    model = _unsigned(model)
    theme = look.theme(model.network)
    story = _story(model, theme)
    document = Document()
    styles = add_styles(document, theme)
    lay_out(document, model)
    write_properties(document, model)
    write_frame(document, running_words(model))
    write_cover(document, model, theme, styles)
    blocks = Blocks(document, theme, styles, _drawn(story))
    made = blocks.parted(blocks.write(story))
    contents = write_contents(document, blocks.headings, theme)
    for block in (*contents, *made):
        document.element.body.insert_element_before(block, "w:sectPr")
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue(), model.created_on)


def _unsigned(model: ReportModel) -> ReportModel:
    slots = tuple(msgspec.structs.replace(slot, image=b"") for slot in model.signatures)
    return msgspec.structs.replace(model, signatures=slots)


def _story(model: ReportModel, theme: Theme) -> list[Any]:
    story: list[Any] = [PageBreak()]
    for chapter_id, chapter in CHAPTERS.items():
        if chapter_id not in model.hidden:
            story += [*chapter(model, theme), *inserted(model, chapter_id, theme)]
    return story


def _drawn(story: list[Any]) -> dict[int, Picture]:
    """The pictures of all drawings, by the drawing's identity."""
    drawings = [part for flowable in story for part in parts(flowable) if is_drawing(part)]
    made = pictures(drawings, look.BODY_WIDTH)
    return {id(drawing): picture for drawing, picture in zip(drawings, made, strict=True)}

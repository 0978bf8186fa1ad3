"""What stands around the story in a word processor: page, header and footer, cover, properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image

from desktop_advisor.domain.language import say
from desktop_advisor.report import theme as look
from desktop_advisor.report.exports.word_elements import TWIPS, element, field, holding, run
from desktop_advisor.report.exports.word_styles import hex_colour
from desktop_advisor.report.exports.word_tables import ruled
from desktop_advisor.report.exports.xml_words import carried, in_one_line
from desktop_advisor.report.finishing import title
from desktop_advisor.report.identity import cover_facts
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.theme import Theme, brief

LANGUAGES = {"de": "de-DE", "en": "en-GB"}
EDITABLE = "Bearbeitbare Fassung ohne Unterschrift und Siegel"
"""Says of every page that it is not the sealed report."""
_RUNNING_MOST = 80
"""Characters of a header or footer, which stay one line."""
_LOGO_WIDTH, _LOGO_HEIGHT = 130.0, 40.0


def lay_out(document: Any, model: ReportModel) -> None:
    """A4 with the margins of the PDF, the first page without header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(look.PAGE_WIDTH), Pt(look.PAGE_HEIGHT)
    section.left_margin, section.right_margin = Pt(look.LEFT), Pt(look.RIGHT)
    section.top_margin, section.bottom_margin = Pt(look.TOP), Pt(look.BOTTOM + 10)
    section.header_distance, section.footer_distance = Pt(40), Pt(30)
    section.different_first_page_header_footer = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES[model.language])


def write_frame(document: Any, words: tuple[str, str, str]) -> None:
    """Header and footer. words: at the head on the left, at the foot on the left and right."""
    section = document.sections[0]
    head, foot_left, foot_right = (brief(said, _RUNNING_MOST) for said in words)
    count = [*field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")]
    _running(section.header, head, count, "bottom")
    _running(section.footer, foot_left, [run(f"{say(EDITABLE)} · {foot_right}")], "top")


def _running(place: Any, left: str, right: Sequence[Any], edge: str) -> None:
    line = place.paragraphs[0]
    line.style.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Pt(look.BODY_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    line.style.font.size = Pt(7.5)
    line.style.font.color.rgb = RGBColor.from_string(hex_colour(look.SOFT))
    border = element(edge, val="single", sz=5, space=4, color=hex_colour(look.LINE))
    line._p.get_or_add_pPr().insert_element_before(
        holding("pBdr", [border]), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )
    line._p.extend([run(left), holding("r", [element("tab")]), *right])


def write_properties(document: Any, model: ReportModel) -> None:
    """Title, author and day; nothing of the machine."""
    about = document.core_properties
    made_at = datetime.combine(model.created_on, time())
    about.title, about.author = _property(title(model)), _property(model.advisor.name)
    about.language, about.comments = LANGUAGES[model.language], say(EDITABLE)
    about.subject, about.keywords, about.last_modified_by = _property(model.check_name), "", ""
    about.created = about.modified = made_at
    about.revision = 1


def _property(words: str) -> str:
    return in_one_line(words, 255)


def write_cover(document: Any, model: ReportModel, theme: Theme, styles: Any) -> None:
    """Whose report, of when; the list of chapters comes after it."""
    if model.network.logo:
        _logo(document, model.network.logo)
    _cover_line(document, model.network.name, "Normal", 11, theme, is_bold=True)
    above = _cover_line(document, say("Beratungsbericht"), "Normal", 13, theme, is_bold=True)
    above.paragraph_format.space_before = Pt(60)
    company = in_one_line(model.company.name, 240) or say("Unternehmen ohne Namen")
    name = document.add_paragraph(company, style="Title")
    _plain_title(name.style)
    _cover_line(document, model.check_name, "Normal", 12.5, None)
    rows = [
        [[_said(styles["small"], label)], [_said(styles["cell"], value)]]
        for label, value in cover_facts(model)
        if value
    ]
    widths = (110 * TWIPS, round((look.BODY_WIDTH - 110) * TWIPS))
    _append(document, ruled(rows, widths, heads=0, theme=theme))
    for line in (model.network.funder_line, model.network.footer_line):
        if line:
            said = document.add_paragraph(carried(line), style=document.styles["Bericht klein"])
            said.paragraph_format.space_before = Pt(8)


def write_contents(document: Any, headings: Sequence[tuple[str, str]], theme: Theme) -> list[Any]:
    """The list of chapters as a field: linked at once, with page numbers once it is refreshed."""
    head = _cover_line(document, say("Inhalt"), "Normal", 11, theme, is_bold=True)
    head.paragraph_format.space_before = Pt(24)
    first, rest = [head._p], []
    for title_, bookmark in headings:
        link = holding("hyperlink", [run(title_)])
        link.set(qn("w:anchor"), bookmark)
        line = holding("p", [link])
        line.get_or_add_pPr().get_or_add_spacing().after = Pt(2)
        rest.append(line)
    if rest:
        begin, code, apart, _shown, end = field('TOC \\o "1-2" \\h \\z \\u', "")
        for number, part in enumerate((begin, code, apart), start=1):
            rest[0].insert(number, part)
        rest[-1].append(end)
    return [*first, *rest]


def _cover_line(
    document: Any,
    words: str,
    style: str,
    size: float,
    theme: Theme | None,
    *,
    is_bold: bool = False,
) -> Any:
    line = document.add_paragraph(style=style)
    face = line.add_run(carried(words)).font
    face.size, face.bold = Pt(size), is_bold
    face.color.rgb = RGBColor.from_string(hex_colour(theme.main if theme else look.SOFT))
    return line


def _plain_title(style: Any) -> None:
    style.font.size, style.font.bold = Pt(28), True
    style.font.color.rgb = RGBColor.from_string(hex_colour(look.INK))
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _logo(document: Any, logo: bytes) -> None:
    with Image.open(BytesIO(logo)) as image:
        across, down = image.size
    scale = min(_LOGO_WIDTH / across, _LOGO_HEIGHT / down)
    line = document.add_paragraph()
    line.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape = line.add_run().add_picture(BytesIO(logo), Pt(across * scale), Pt(down * scale))
    shape._inline.docPr.set("descr", say("Logo des Netzwerks"))


def _said(style_id: str, words: str) -> Any:
    line = element("p")
    line.get_or_add_pPr().style = style_id
    line.append(run(words))
    return line


def _append(document: Any, made: Any) -> None:
    document.element.body.insert_element_before(made, "w:sectPr")

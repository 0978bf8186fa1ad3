"""The Word file as another program reads it: the words of the PDF in real styles and tables."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import msgspec
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from desktop_advisor.report.edit_model import Inserted
from desktop_advisor.report.exports.word import word_file
from desktop_advisor.report.model import ReportModel
from tests.report.reading import words_of
from tests.report.sample import FONTS, empty_report, sample_report

_OWN = "Ein eigener Absatz der Beratung."


def _report() -> ReportModel:
    own = Inserted(chapter="occasion", text=_OWN)
    return msgspec.structs.replace(sample_report(), insertions=(own,), hidden=("offers",))


@pytest.fixture(scope="module")
def made() -> bytes:
    return word_file(_report(), FONTS)


@pytest.fixture(scope="module")
def document(made: bytes) -> Any:
    return Document(BytesIO(made))


def _texts(value: Any) -> Iterator[str]:
    """Every text in the model, whatever it is part of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _words(document: Any) -> str:
    return _squeezed("".join(t.text or "" for t in document.element.body.iter(qn("w:t"))))


def test_whatever_the_pdf_says_the_word_file_says(document: Any) -> None:
    printed = _squeezed(words_of(_report()))
    built = msgspec.to_builtins(_report())
    expected = {_squeezed(t) for t in _texts(built) if len(t) > 3}
    lettering = {_squeezed(d.short) for d in _report().dimensions}  # of a picture
    expected = {t for t in expected - lettering if t in printed}
    assert len(expected) > 150
    words = _words(document)
    assert sorted(t for t in expected if t not in words) == []
    assert _squeezed(_OWN) in words


def test_chapters_are_headings_and_hidden_ones_are_absent(document: Any) -> None:
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titles[:2] == ["Zusammenfassung", "Anlass, Beteiligte und Termine"]
    assert titles[-1] == "Anlage: Antworten"
    assert "Förderhinweise und Angebote" not in titles
    sections = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert "Antriebswende und Produkte" in sections


def test_the_first_chapter_begins_after_the_cover(document: Any) -> None:
    first = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    assert first.paragraph_format.page_break_before


def test_the_contents_lead_to_each_chapter(document: Any) -> None:
    marks = {m.get(qn("w:name")) for m in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [h.get(qn("w:anchor")) for h in document.element.body.iter(qn("w:hyperlink"))]
    assert len(links) == 14
    assert set(links) == marks


def test_tables_repeat_their_heads_and_keep_their_cells(document: Any) -> None:
    plan = next(t for t in document.tables if t.cell(0, 0).text == "Nr.")
    head = plan.rows[0]._tr.trPr
    assert head is not None
    assert head.find(qn("w:tblHeader")) is not None
    assert len(plan.rows) == len(sample_report().measures) + 1
    assert "Produkt-Stresstest" in plan.cell(1, 1).text
    cells = document.element.body.iter(qn("w:tc"))
    assert all(cell[-1].tag == qn("w:p") for cell in cells)


def test_a_question_stays_with_its_answers(document: Any) -> None:
    labels = {i.label for d in sample_report().dimensions for i in d.indicators}
    above = [p for p in document.paragraphs if p.style.name == "Bericht Anlage fett"]
    asked = [p for p in above if any(p.text.startswith(label) for label in labels)]
    assert len(asked) > 20
    assert all(p.paragraph_format.keep_with_next for p in asked)


def test_steps_are_lists_that_each_begin_at_one(document: Any) -> None:
    steps = [p for p in document.paragraphs if p.style.name == "Bericht Schritt"]
    lists = [p._p.pPr.numPr.numId.val for p in steps]
    shown = sum(bool(r.steps) for r in sample_report().recommendations if r.decision != "postponed")
    assert len(set(lists)) >= 2
    assert len(set(lists)) <= shown
    assert all("1." not in p.text[:2] for p in steps)


def test_every_picture_has_words_or_says_that_it_is_ornament(document: Any) -> None:
    about = list(document.element.body.iter(qn("wp:docPr")))
    assert len(about) > 20
    ornaments = [a for a in about if not a.get("descr")]
    assert all(b"decorative" in etree.tostring(a) for a in ornaments)


def test_a_photo_is_there_with_its_caption_and_foreign_letters_stay() -> None:
    photo = BytesIO()
    Image.effect_noise((1500, 900), 80).convert("RGB").save(photo, "JPEG")
    parts = (
        Inserted(chapter="method", text="Grüße: 🙂 漢字 שלום"),
        Inserted(chapter="method", image=photo.getvalue(), caption="Halle 2 vor dem Umbau"),
    )
    made = word_file(msgspec.structs.replace(empty_report(), insertions=parts), FONTS)
    document = Document(BytesIO(made))
    assert "Grüße: 🙂 漢字 שלום" in [p.text for p in document.paragraphs]
    about = [a.get("descr") for a in document.element.body.iter(qn("wp:docPr"))]
    assert "Halle 2 vor dem Umbau" in about
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert [n for n in archive.namelist() if n.endswith(".jpg")]


def test_drawn_signatures_stay_in_the_sealed_report(made: bytes) -> None:
    images = {s.image for s in sample_report().signatures}
    unsigned = msgspec.structs.replace(
        _report(),
        signatures=tuple(msgspec.structs.replace(s, image=b"") for s in sample_report().signatures),
    )
    assert images
    assert word_file(unsigned, FONTS) == made


def test_language_title_and_author_are_set(document: Any) -> None:
    about = document.core_properties
    assert about.title == "Beratungsbericht Gießerei Muldental GmbH, Fassung 2"
    assert about.author == "Mareike Sonntag"
    assert about.created.date() == about.modified.date() == sample_report().created_on
    languages = {x.get(qn("w:val")) for x in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"de-DE"}
    foot = document.sections[0].footer.paragraphs[0].text
    assert "ohne Unterschrift und Siegel" in foot
    assert "Fassung 2" in foot


def test_english_is_named_as_such() -> None:
    english = msgspec.structs.replace(empty_report(), language="en")
    document = Document(BytesIO(word_file(english, FONTS)))
    languages = {x.get(qn("w:val")) for x in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_no_part_of_the_archive_carries_the_hour(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-11-24T00:00:00Z") == 2
    assert "python-docx" not in core


def test_any_words_fit_into_the_file() -> None:
    report = empty_report()
    company = msgspec.structs.replace(
        report.company, name="<b>&\x00\x0b\ufffe", products="a" * 400, website="x\ny\r\nz"
    )
    changed = msgspec.structs.replace(report, company=company, mandate="</w:t> \x1b")
    words = _words(Document(BytesIO(word_file(changed, FONTS))))
    assert "<b>&" in words
    assert "a" * 400 in words


def test_an_ampersand_in_a_table_that_was_measured_stays_in_the_words() -> None:
    report = _report()
    owned = tuple(
        msgspec.structs.replace(measure, owner="Müller & Söhne, F&E") for measure in report.measures
    )
    made = word_file(msgspec.structs.replace(report, measures=owned), FONTS)
    assert _squeezed("Müller & Söhne, F&E") in _words(Document(BytesIO(made)))

"""Own paragraphs and photos at the end of a chapter, and chapters left out."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pikepdf
import pytest
from PIL import Image

from desktop_advisor.report.chapter_titles import TITLES
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.report.drawing import draw_report, draw_with_places
from desktop_advisor.report.edit_model import Inserted
from desktop_advisor.report.insertions import UnreadablePhoto, fitted_size
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pdf.places import Drawn
from desktop_advisor.report.theme import BODY_HEIGHT, BODY_WIDTH
from tests.report.reading import words_of
from tests.report.sample import FONTS, sample_report
from tests.report.test_passages import full_report


def photo(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def model() -> ReportModel:
    own = (
        Inserted(chapter="profile", id="a", text="Erster Absatz.\n\nZweiter Absatz."),
        Inserted(chapter="profile", id="b", image=photo(900, 1600), caption="Die Gießhalle"),
        Inserted(chapter="plan", id="c", text="Im Januar beginnen."),
    )
    hidden = ("site", "plan")
    return msgspec.structs.replace(sample_report(), insertions=own, hidden=hidden)


@pytest.fixture(scope="module")
def drawn(model: ReportModel) -> Drawn:
    return draw_with_places(model, FONTS)


def test_own_parts_stand_at_the_end_of_their_chapter(model: ReportModel) -> None:
    words = words_of(model)
    order = [words.index(w) for w in ("Erster Absatz.", "Zweiter Absatz.", "Die Gießhalle")]
    assert order == sorted(order)
    assert words.rindex("Unternehmensprofil") < order[0] < words.rindex("Methode und Abdeckung")


def test_a_hidden_chapter_is_neither_printed_nor_listed(drawn: Drawn, model: ReportModel) -> None:
    words = words_of(model)
    assert "Im Januar beginnen." not in words
    assert "Standortbedingungen" not in words.replace("Reifegrad und Standortbedingungen", "")
    with pikepdf.open(BytesIO(drawn.pdf)) as opened, opened.open_outline() as outline:
        titles = {item.title for item in outline.root}
    assert not titles & {TITLES["site"], TITLES["plan"]}
    assert {TITLES[chapter] for chapter in ALWAYS} <= titles


def test_every_chapter_has_the_title_that_is_printed() -> None:
    pdf = BytesIO(draw_report(full_report(), FONTS))
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        printed = [item.title for item in outline.root]
    assert [TITLES[chapter] for chapter in CHAPTERS] == printed


def test_a_photo_is_never_larger_than_half_a_page() -> None:
    for size in ((900, 1600), (4000, 300), (60, 40), (1, 5000)):
        width, height = fitted_size(*size)
        assert width <= BODY_WIDTH
        assert height <= BODY_HEIGHT / 2
    assert fitted_size(60, 40)[0] < 60


def test_pressing_a_part_leads_to_it(drawn: Drawn) -> None:
    keys = [place.key for place in drawn.places if place.key.startswith("own.")]
    assert keys == ["own.a", "own.a", "own.b"]


def test_a_photo_that_is_no_picture_is_refused() -> None:
    broken = Inserted(chapter="profile", image=b"no picture", caption="Halle")
    with pytest.raises(UnreadablePhoto, match="Halle"):
        draw_report(msgspec.structs.replace(sample_report(), insertions=(broken,)), FONTS)

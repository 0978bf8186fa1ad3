"""Where the passages stand on the pages: in the flow, in a cell, over two pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_advisor.report import drawing
from desktop_advisor.report import theme as look
from desktop_advisor.report.drawing import draw_with_places
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pdf.places import Drawn
from desktop_advisor.report.tables import bare, ruled
from desktop_advisor.report.theme import Theme, markup, text
from desktop_advisor.signing.pdfium import opened
from tests.report.sample import FONTS, empty_report

_LONG = " ".join(f"lang{n:04d}" for n in range(1400))


def _chapter(_model: ReportModel, theme: Theme) -> list[Any]:
    cell = text("Zellensatz", theme.cell, passage="cell")
    return [
        text("Ohne Stelle", theme.body),
        text("Erster Satz", theme.body, passage="first"),
        markup("<b>Zweiter</b> Satz", theme.tinted, passage="second"),
        bare([[ruled([[cell]], (200,), theme=theme), ""]], (220, 200)),
        text(_LONG, theme.body, passage="long"),
    ]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "CHAPTERS", {"only": _chapter})
        return draw_with_places(empty_report(), Path(FONTS))


def test_each_passage_has_its_places_in_the_order_of_the_pages(drawn: Drawn) -> None:
    assert [p.key for p in drawn.places] == ["first", "second", "cell", "long", "long", "long"]
    assert [p.page for p in drawn.places] == [1, 1, 1, 1, 2, 3]


def test_the_words_of_a_passage_stand_within_its_place(drawn: Drawn) -> None:
    words = {"first": "Erster Satz", "second": "Zweiter Satz", "cell": "Zellensatz"}
    for place in drawn.places:
        top, bottom = look.PAGE_HEIGHT - place.top, look.PAGE_HEIGHT - place.bottom
        box = (place.left - 1, bottom - 3, place.right + 1, top + 1)
        with opened(drawn.pdf) as document:
            said = document[place.page].get_textpage().get_text_bounded(*box)
        assert 0 < place.top < place.bottom < look.PAGE_HEIGHT
        assert words.get(place.key, "lang") in " ".join(said.split())
        assert place.key == "long" or said.strip() == words[place.key]

"""What is done the short way for speed gives what the long way gives."""

from __future__ import annotations

import gc

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import REGULAR, register
from desktop_advisor.report.model import Branding
from desktop_advisor.report.pdf.collector import collector_waits
from desktop_advisor.report.pdf.words import Words
from tests.report.sample import FONTS

TEXTS = ("Gießerei", " zwei  Worte ", "§\u00a082 und\tTab", "Ω≤3", "lang " * 60)


class Document:
    """What a typeface keeps its codes by."""


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register(FONTS)


@pytest.mark.parametrize("text", TEXTS)
def test_words_without_markup_break_as_if_they_had_been_parsed(text: str) -> None:
    style = look.theme(Branding(name="")).section
    quick, parsed = Words(text, style), Paragraph(text, style)
    assert quick.wrap(200, 1000) == parsed.wrap(200, 1000)
    assert quick.blPara.lines == parsed.blPara.lines
    (fragment,), (wanted,) = quick.frags, parsed.frags
    kept = {key: value for key, value in vars(fragment).items() if key != "text"}
    assert kept == {key: value for key, value in vars(wanted).items() if key != "text"}


@pytest.mark.parametrize("text", TEXTS)
def test_codes_that_are_looked_up_are_those_that_were_given(text: str) -> None:
    typeface, document = pdfmetrics.getFont(REGULAR), Document()
    first = typeface.splitString(text, document)
    assert typeface.splitString(text, document) == first
    plain = TTFont("Plain", str(FONTS / "SourceSans3_400Regular.ttf"))
    assert first == plain.splitString(typeface.shown(text), Document())


def test_the_collector_goes_on_after_a_drawing_that_failed() -> None:
    def fail() -> None:
        with collector_waits():
            assert not gc.isenabled()
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    assert gc.isenabled()

"""The drawn privacy sheet: a blank form before, what was said after, honest about gaps."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from desktop_advisor.report.documents.privacy import draw_privacy
from desktop_advisor.report.documents.privacy_model import (
    NamedBody,
    PrivacySheet,
    PurposeLine,
    Said,
)
from desktop_advisor.report.model import Branding, SignatureSlot
from desktop_advisor.signing.pdfium import opened
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS

SAID: tuple[Said, ...] = ("unasked", "granted", "refused", "withdrawn")
DAY = date(2026, 11, 24)
LONG_NAME = "Oberflächenveredelungsgesellschaft" * 6
SHEET = PrivacySheet(
    network=Branding(name="ITAS"),
    created_on=DAY,
    company=(LONG_NAME,),
    advisor=("Jana Vogel",),
    reach="0371 1, jana@example.org",
    authority="Sächsische Datenschutz- und Transparenzbeauftragte",
    purposes=(
        PurposeLine(title="Beratung", text="Antworten werden gespeichert."),
        PurposeLine(title="Statistik", said="granted", by=LONG_NAME, on=DAY),
        PurposeLine(title="Fotos", said="refused", by="Martin Uhlig", on=DAY),
        PurposeLine(
            title="Nachfragen",
            said="withdrawn",
            by="Martin Uhlig",
            on=DAY,
            granted_on=date(2026, 8, 3),
        ),
    ),
    bodies=(NamedBody(recipient="Agentur für Arbeit", by="Martin Uhlig", on=DAY),),
    fingerprint="0a1b2c3d",
    signatures=(SignatureSlot(role="Unternehmen"), SignatureSlot(name="Jana Vogel")),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_privacy(SHEET, FONTS)


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return pages_of(pdf)


def test_the_front_says_who_gave_what_when_and_took_it_back(pages: list[str]) -> None:
    front = pages[0]
    said = (
        "Abgelehnt von Martin Uhlig am 24.11.2026",
        "Widerrufen von Martin Uhlig am 24.11.2026 (erteilt am 03.08.2026)",
        "Agentur für Arbeit erteilt von Martin Uhlig am 24.11.2026",
        "Fassung 2026.11, Prüfzeichen 0a1b2c3d",
    )
    assert [words for words in said if words not in front] == []
    assert front.count("ja") >= 4
    assert "Name, Funktion" in front


def test_the_last_page_informs_as_article_13_demands(pages: list[str]) -> None:
    assert len(pages) == 2
    wanted = (
        *("Verantwortlich", "Datenschutzbeauftragte Person", "Art. 6 Abs. 1 Buchst. a"),
        *("Wer sie erhält", "zehn Jahre", "Auskunft (Art. 15)", "0371 1, jana@example.org"),
        *("Beschwerde", "Sächsische Datenschutz- und Transparenzbeauftragte"),
    )
    assert [words for words in wanted if words not in pages[1]] == []


def test_empty_fields_of_the_profile_are_named_not_invented(pages: list[str]) -> None:
    assert pages[1].count("vom Netzwerk noch einzutragen") == 2


def test_nothing_leaves_the_margins(pdf: bytes) -> None:
    assert strays_of(pdf) == []


def test_a_blank_sheet_says_nothing_about_anybodys_answers() -> None:
    purposes = tuple(PurposeLine(title=line.title) for line in SHEET.purposes)
    blank = msgspec.structs.replace(SHEET, purposes=purposes, bodies=())
    front = pages_of(draw_privacy(blank, FONTS))[0]
    said = ("erteilt von", "abgelehnt von", "widerrufen von")
    assert not any(words in front.casefold() for words in said)
    assert "Benannte Stelle" not in front


def test_a_box_is_ticked_only_where_somebody_said_so() -> None:
    drawn = {
        said: strokes(
            draw_privacy(
                msgspec.structs.replace(
                    SHEET, purposes=(PurposeLine(title="Fotos", said=said),) * 6, bodies=()
                ),
                FONTS,
            )
        )
        for said in SAID
    }
    ticks = drawn["granted"] - drawn["unasked"]
    assert ticks >= 6
    assert drawn["refused"] - drawn["unasked"] == ticks
    assert drawn["withdrawn"] == drawn["refused"]


def strokes(pdf: bytes) -> int:
    """How many paths are drawn on the first page."""
    with opened(pdf) as document:
        kinds = [found.type for found in document[0].get_objects()]
    return kinds.count(FPDF_PAGEOBJ_PATH)

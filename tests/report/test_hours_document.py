"""The drawn record of hours: German decimals, gaps by name, statements to sign."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from desktop_advisor.report.documents.hours import draw_hours
from desktop_advisor.report.documents.hours_model import HoursRecord
from desktop_advisor.report.model import Branding, SignatureSlot, Visit
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS

LONG_NAME = "Oberflächenveredelungsgesellschaft" * 6
RECORD = HoursRecord(
    network=Branding(name="ITAS", funder_line="Gefördert vom Bund", funding_number="16THB0001"),
    created_on=date(2026, 11, 24),
    case="Transformationscheck 2026",
    company=(LONG_NAME, "Muldestraße 14, 08056 Zwickau"),
    advisor=("Jana Vogel", "ITAS"),
    visits=(
        Visit(on=date(2026, 11, 3), time="09:00–11:45", place=LONG_NAME, hours=Decimal("2.75")),
        Visit(on=date(2026, 11, 10), time="ab 13:00", purpose=LONG_NAME),
        Visit(on=date(2026, 11, 24), time="08:00–12:30", purpose="Rundgang", hours=Decimal("4.5")),
    ),
    running=1,
    signatures=(
        SignatureSlot(name="Martin Uhlig", role="Unternehmen", function="Geschäftsführer"),
        SignatureSlot(name="Jana Vogel", role="Beratende Person", function="Lotsin"),
    ),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_hours(RECORD, FONTS)


@pytest.fixture(scope="module")
def page(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def test_hours_are_summed_in_german_decimals_without_guessing(page: str) -> None:
    assert "Summe der erfassten Stunden 7,25" in page
    assert "nicht erfasst" in page
    assert "Für den Termin am 10.11.2026 sind keine Stunden erfasst" in page
    assert "Ein Termin ist noch nicht abgeschlossen" in page


def test_funder_number_and_both_statements_are_there(page: str) -> None:
    said = ("Gefördert vom Bund", "16THB0001", "Das Unternehmen bestätigt", "neutral")
    who = ("Martin Uhlig · Geschäftsführer", "Jana Vogel · Lotsin", "Ort, Datum")
    assert [words for words in (*said, *who) if words not in page] == []


def test_nothing_leaves_the_margins(pdf: bytes) -> None:
    assert strays_of(pdf) == []


def test_what_the_network_has_not_filled_in_is_said() -> None:
    plain = msgspec.structs.replace(RECORD, network=Branding(name="N"), visits=(), running=0)
    (page,) = pages_of(draw_hours(plain, FONTS))
    assert page.count("vom Netzwerk noch einzutragen") == 2
    assert "noch kein Termin abgeschlossen" in page


def test_ninety_visits_go_over_pages_under_repeated_headers() -> None:
    many = msgspec.structs.replace(RECORD, visits=RECORD.visits[:1] * 90)
    pages = pages_of(draw_hours(many, FONTS))
    assert len(pages) > 2
    assert all("Tätigkeit" in page for page in pages[:-1])
    assert "247,50" in pages[-1]

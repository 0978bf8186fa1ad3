"""Declarations as they are printed: everything to be signed is there, however much there is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_advisor.report.documents.de_minimis import draw_de_minimis
from desktop_advisor.report.documents.de_minimis_model import AidLine, DeMinimisDeclaration
from desktop_advisor.report.documents.declaration_model import AIDS, GROUP, Declarant, Gap
from desktop_advisor.report.documents.sme_declaration import draw_sme_declaration
from desktop_advisor.report.documents.sme_declaration_model import (
    GroupLine,
    SmeDeclaration,
    Sums,
    YearLine,
)
from desktop_advisor.report.model import Branding
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS

ENDLESS = "Sondermaschinenbaugesellschaft" * 8
DAY = date(2026, 11, 24)
WHO = Declarant(
    name="Gießerei Muldental GmbH",
    legal_form="GmbH",
    street="Muldestraße 14",
    town="08056 Zwickau",
    vat_id="DE136695976",
    signer="Martin Uhlig",
    function="Geschäftsführer",
)
NETWORK = Branding(name="Netz", funder_line="Gefördert vom Freistaat.", funding_number="16THB1")


def sme() -> SmeDeclaration:
    """20 affiliates, one of them without a blank in its name."""
    figures = Sums(staff=Decimal("12345.75"), turnover=Decimal("1234.5"), balance=Decimal("999.99"))
    lines = tuple(
        GroupLine(
            name=ENDLESS if number == 7 else f"Beteiligung {number} GmbH",
            relation="verbunden",
            ties=f"hält {number + 50} % Stimmen",
            counted=Decimal(100),
            figures=figures,
        )
        for number in range(20)
    )
    return SmeDeclaration(
        network=NETWORK,
        created_on=DAY,
        declarant=WHO,
        kinds=("linked",),
        group=lines,
        years=(YearLine(year=None, own=figures, total=figures, size="Großunternehmen"),),
        size="kein KMU",
        is_sme=False,
        reason="Mindestens 250 Beschäftigte.",
        change="Nicht beurteilbar.",
        two_years="Nicht anwendbar.",
        gaps=(Gap(what="das Geschäftsjahr, zu dem die Zahlen gehören", where=GROUP),),
    )


def de_minimis() -> DeMinimisDeclaration:
    """40 aids beyond the ceiling."""
    aids = tuple(
        AidLine(
            granted_on=date(2024, 1, 1) + timedelta(days=20 * number),
            amount=Decimal("12345.67"),
            counts_to=date(2027, 1, 1),
            body=ENDLESS if number == 3 else "Aufbaubank",
            purpose=f"Vorhaben {number}",
        )
        for number in range(40)
    )
    return DeMinimisDeclaration(
        network=NETWORK,
        created_on=DAY,
        declarant=WHO,
        members=("Mutter SE", ENDLESS),
        first=date(2023, 11, 25),
        aids=aids,
        used=Decimal("493826.80"),
        gaps=(Gap(what="Betrag (KfW)", where=AIDS),),
    )


@pytest.fixture(scope="module")
def sme_pdf() -> bytes:
    return draw_sme_declaration(sme(), FONTS)


@pytest.fixture(scope="module")
def de_minimis_pdf() -> bytes:
    return draw_de_minimis(de_minimis(), FONTS)


def test_every_affiliate_and_every_gap_is_printed(sme_pdf: bytes) -> None:
    words = " ".join(pages_of(sme_pdf))
    for number in set(range(20)) - {7}:
        assert f"Beteiligung {number} GmbH" in words
    assert "Amtsgericht" not in words
    assert "Registergericht und Nummer fehlt" in words
    assert "fehlt: das Geschäftsjahr, zu dem die Zahlen gehören, einzutragen unter" in words
    assert "kein KMU Mindestens 250 Beschäftigte." in words
    assert "Förderkennzeichen 16THB1" in words


def test_statement_and_line_to_sign_stand_on_one_page(
    sme_pdf: bytes, de_minimis_pdf: bytes
) -> None:
    for pdf, words in ((sme_pdf, "vollständig und richtig"), (de_minimis_pdf, "§ 264 StGB")):
        last = pages_of(pdf)[-1]
        assert words in last
        assert "Für Gießerei Muldental GmbH" in last
        assert "Ort, Datum" in last
        assert "Martin Uhlig · Geschäftsführer" in last


def test_no_class_is_claimed_where_none_is_known() -> None:
    unknown = SmeDeclaration(
        network=NETWORK,
        created_on=DAY,
        declarant=WHO,
        years=(YearLine(year=2025, own=Sums(), total=Sums(), size="nicht bestimmbar"),),
        reason="Nicht bestimmbar: es fehlen Zahlen.",
    )
    words = " ".join(pages_of(draw_sme_declaration(unknown, FONTS)))
    assert "Es wird keine Klasse erklärt." in words
    assert "Das Unternehmen ist ein" not in words


def test_every_aid_the_sum_and_the_excess_are_printed(de_minimis_pdf: bytes) -> None:
    words = " ".join(pages_of(de_minimis_pdf))
    for number in range(40):
        assert f"Vorhaben {number} 12.345,67 €" in words
    assert "Summe 493.826,80 €" in words
    assert "um 193.826,80 € überschritten" in words
    assert "25.11.2023 bis 24.11.2026" in words
    assert "Beihilfegeber und Programm" in words


def test_nothing_is_clipped(sme_pdf: bytes, de_minimis_pdf: bytes) -> None:
    assert strays_of(sme_pdf) == []
    assert strays_of(de_minimis_pdf) == []

"""The drawn preparation is one page whatever there is to know; what is left out is counted."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from desktop_advisor.report.documents.minutes_model import Meeting
from desktop_advisor.report.documents.preparation import draw_preparation
from desktop_advisor.report.documents.preparation_model import (
    FundingHint,
    LastReport,
    OpenField,
    OpenMeasure,
    Person,
    Preparation,
)
from desktop_advisor.report.model import Branding
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS

LONG_NAME = "Oberflächenveredelungsgesellschaft" * 6
SENTENCE = "Wie sicher arbeiten Ihre Leute mit den Programmen und Geräten, die Sie haben? " * 4
DAY = date(2026, 11, 24)
PAGE = Preparation(
    network=Branding(name="ITAS"),
    created_on=DAY,
    company="Gießerei Muldental GmbH",
    facts=("08056 Zwickau", "118 Beschäftigte", "mittleres Unternehmen"),
    visit=Meeting(on=date(2026, 12, 15), what="Maßnahmenplan", time="10:00", place="Zwickau"),
    people=("Martin Uhlig (Geschäftsführer)",),
    contacts=(Person(name="Martin Uhlig", function="Geschäftsführer", reach="0375 1"),),
    council="Sicht des Betriebsrats: nicht freigegeben",
    report=LastReport(version=2, on=date(2026, 8, 3), results=("Reifegrad gesamt 2,1 von 5",)),
    talks=("Gespräch 3 Monate nach dem Bericht, fällig am 03.11.2026, überfällig",),
    measures=(
        OpenMeasure(title="Matrix", owner="Uhlig", due_on=date(2026, 11, 12), days_overdue=12),
        OpenMeasure(title="Roadmap"),
    ),
    fields=(OpenField(field="Qualifizierung", questions=("Matrix?", "Plan?")),),
    consents=(("erteilt", ("Beratung", "Statistik")), ("noch nicht gefragt", ("Fotos",))),
    funding=(FundingHint(title="JTF", verdict="kommt in Betracht", standing="Stand unklar."),),
    bring=("Stundennachweis zum Unterschreiben", "Beratungsbericht, Fassung 2"),
)


@pytest.fixture(scope="module")
def page() -> str:
    (only,) = pages_of(draw_preparation(PAGE, FONTS))
    return only


def test_everything_one_needs_at_the_door_is_on_one_internal_page(page: str) -> None:
    wanted = (
        *("Intern, nicht für den Betrieb", "118 Beschäftigte", "Dienstag, 15. Dezember, 10:00 Uhr"),
        *("0375 1", "Fassung 2 vom 03.08.2026", "Reifegrad gesamt 2,1 von 5", "überfällig"),
        *("Offene Maßnahmen: 2, davon 1 überfällig", "seit 12 Tagen überfällig"),
        *("Offene Fragen: 2 Fragen in 1 Handlungsfeld offen", "noch nicht gefragt: Fotos"),
        *("JTF kommt in Betracht Stand unklar.", "Stundennachweis zum Unterschreiben"),
    )
    assert [words for words in wanted if words not in page] == []


def test_sixty_measures_and_the_longest_names_still_fit_one_page() -> None:
    crowded = msgspec.structs.replace(
        PAGE,
        company=LONG_NAME,
        facts=(LONG_NAME,) * 7,
        products=SENTENCE,
        people=(LONG_NAME,) * 6,
        contacts=tuple(
            Person(name=LONG_NAME, function=LONG_NAME, reach=LONG_NAME) for _ in "12345678"
        ),
        report=LastReport(version=99, on=DAY, results=(SENTENCE,) * 4),
        talks=(SENTENCE,) * 5,
        measures=tuple(
            OpenMeasure(title=SENTENCE, owner=LONG_NAME, due_on=DAY, days_overdue=400)
            for _ in range(60)
        ),
        fields=tuple(OpenField(field=LONG_NAME, questions=(SENTENCE,) * 9) for _ in range(12)),
        consents=tuple((said, (SENTENCE,) * 6) for said in ("erteilt", "abgelehnt", "widerrufen")),
        funding=(FundingHint(title=LONG_NAME, verdict="offen", standing=SENTENCE),) * 5,
        bring=(SENTENCE,) * 7,
    )
    pdf = draw_preparation(crowded, FONTS)
    (page,) = pages_of(pdf)
    assert "Offene Maßnahmen: 60, davon 60 überfällig" in page
    assert "weitere Maßnahmen" in page
    assert strays_of(pdf) == []


def test_a_company_nobody_knows_anything_of_is_prepared_too() -> None:
    (page,) = pages_of(
        draw_preparation(
            Preparation(network=Branding(name="N"), created_on=DAY, company="Neu GmbH"), FONTS
        )
    )
    wanted = ("noch nicht vereinbart", "niemand eingetragen", "noch keinen gesiegelten Bericht")
    assert [words for words in wanted if words not in page] == []

"""The drawn minutes: the longest notes and most measures go over pages, nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from desktop_advisor.report.documents.minutes import draw_minutes
from desktop_advisor.report.documents.minutes_model import (
    Agreed,
    Answered,
    Entry,
    Meeting,
    Minutes,
    Topic,
    VisitRecord,
)
from desktop_advisor.report.model import (
    Branding,
    Participant,
    SignatureSlot,
    TalkingPoint,
    Visit,
)
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS

LONG_NAME = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung" * 3
WORDS = " ".join(f"w{number:04d}" for number in range(3340))
"""20,000 characters, each word to be found again."""
VISIT = Visit(
    on=date(2026, 11, 24),
    time="09:00–11:45",
    place=LONG_NAME,
    purpose="Erstgespräch <und> Kurzcheck & Rundgang",
    hours=Decimal("2.75"),
    participants=(Participant(name=LONG_NAME, role="Geschäftsführung", function=LONG_NAME),),
)
MINUTES = Minutes(
    network=Branding(name="Regionales Transformationsnetzwerk", funder_line="gefördert von X"),
    created_on=date(2026, 11, 24),
    company=(LONG_NAME, "08056 Zwickau"),
    advisor=("Jana Vogel",),
    check_name="Kurzcheck",
    is_draft=True,
    visits=(
        VisitRecord(
            visit=VISIT,
            topics=(
                Topic(
                    field="Geschäftsfelder",
                    entries=(
                        Entry(text=WORDS, time="09:14", speaker="Geschäftsführung"),
                        Entry(text="B" * 2000, question="Gibt es eine Strategie?"),
                    ),
                ),
                Topic(field="", entries=(Entry(text="Parkplatz hinter Tor 2"),)),
            ),
            answered=(Answered(who="Geschäftsführung", count=14, fields=(("Netzwerk", 14),)),),
        ),
        VisitRecord(visit=Visit(on=None), remark="Der Termin dauert noch an."),
    ),
    talking_points=(
        TalkingPoint(label="Matrix", dimension="Qualifizierung", gf=Decimal(4), br=Decimal(1)),
    ),
    measures=tuple(
        Agreed(title=f"Maßnahme {n:02d}", owner=LONG_NAME[:60], due_on=date(2027, 1, 31))
        for n in range(60)
    ),
    next_talk=Meeting(on=date(2026, 12, 15), what="Maßnahmenplan", time="10:00", place="Zwickau"),
    open_points=("Geschäftsführung: 7 Fragen im Fragebogen sind noch offen.",),
    signatures=(
        SignatureSlot(name=LONG_NAME, role="Unternehmen"),
        SignatureSlot(name="Jana Vogel", role="Beratende Person", function="Lotsin"),
    ),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_minutes(MINUTES, FONTS)


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return pages_of(pdf)


def test_every_word_of_the_longest_note_and_every_measure_is_printed(pages: list[str]) -> None:
    text = " ".join(pages)
    assert [word for word in WORDS.split() if word not in text] == []
    assert [m.title for m in MINUTES.measures if m.title not in text] == []
    assert "".join(text.split()).count("B") >= 2000


def test_nothing_leaves_the_paper_or_its_margins(pdf: bytes) -> None:
    assert strays_of(pdf) == []


def test_the_header_of_the_measures_is_on_each_of_their_pages(pages: list[str]) -> None:
    with_measures = [page for page in pages if "Maßnahme 0" in page or "Maßnahme 5" in page]
    assert len(with_measures) > 1
    assert all("verantwortlich" in page for page in with_measures)


def test_every_page_says_which_it_is_and_later_ones_whose(pages: list[str]) -> None:
    assert all(f"Seite {n} von {len(pages)}" in page for n, page in enumerate(pages, start=1))
    assert all("Donaudampfschifffahrt" in page for page in pages)


def test_facts_of_a_visit_and_what_is_unknown_of_another(pages: list[str]) -> None:
    text = " ".join(pages)
    said = ("1. Termin: Dienstag, 24. November 2026", "09:00–11:45 Uhr", "2,75 Stunden")
    more = ("Erstgespräch <und> Kurzcheck & Rundgang", "09:14 · Geschäftsführung")
    assert [words for words in (*said, *more) if words not in text] == []
    second = text.partition("2. Termin: ohne Datum")[2]
    assert second.partition("Teilnehmende")[0].count("nicht erfasst") == 4
    assert "niemand eingetragen" in second
    assert "nichts mitgeschrieben" in second


def test_counts_but_no_answers_and_the_next_talk(pages: list[str]) -> None:
    text = " ".join(pages)
    assert "Geschäftsführung: 14 Fragen beantwortet (Netzwerk 14)" in text
    assert "15.12.2026, 10:00 Uhr, Zwickau: Maßnahmenplan" in text
    assert "Vorläufig" in text


def test_minutes_with_nothing_in_them_are_one_page_to_fill_in() -> None:
    empty = msgspec.structs.replace(
        MINUTES,
        company=("Gießerei Muldental GmbH",),
        visits=(),
        talking_points=(),
        measures=(),
        next_talk=None,
        open_points=(),
        is_draft=False,
        signatures=(SignatureSlot(role="Unternehmen"),),
    )
    (page,) = pages_of(draw_minutes(empty, FONTS))
    assert "Noch nicht vereinbart" in page
    assert "Name, Funktion" in page
    assert "Seite" not in page
    assert "Gesprächsanlässe" not in page


def test_signatures_share_a_page_with_what_is_signed() -> None:
    slots = tuple(SignatureSlot(name=f"Person {n}", function="Lotsin") for n in range(4))
    for count in (4, 6):
        many = msgspec.structs.replace(
            MINUTES, visits=(), measures=MINUTES.measures[:1] * count, signatures=slots
        )
        last = pages_of(draw_minutes(many, FONTS))[-1]
        assert "Das Protokoll gibt wieder" in last
        assert all(slot.name in last for slot in slots)

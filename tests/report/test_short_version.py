"""Kurzfassung: two pages whatever there is to say, out of the report and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from msgspec.structs import replace

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report import model as m
from desktop_advisor.report.documents.short import draw_short
from desktop_advisor.report.documents.short_model import short_version
from desktop_advisor.report.frozen import content_hash, short_hash
from tests.report.reading import pages_of, strays_of
from tests.report.sample import FONTS, empty_report, sample_report

ENDLESS = "Sondermaschinenbaugesellschaft" * 8


@dataclass(frozen=True)
class Drawn:
    report: m.ReportModel
    pages: list[str]


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    report = sample_report()
    return Drawn(report, pages_of(draw_short(short_version(report), FONTS)))


def crowded() -> m.ReportModel:
    """60 measures, 30 programmes, names without a blank, texts of 20,000 characters."""
    report = sample_report()
    first, offer = report.measures[0], report.offers[0]
    finding = m.Finding(title=ENDLESS, text="Wort " * 4000, value=Decimal(1))
    return replace(
        report,
        company=replace(report.company, name=ENDLESS),
        advisor=replace(report.advisor, name=ENDLESS, email=ENDLESS),
        network=replace(report.network, name=ENDLESS, funding_number="16THB" + "9" * 60),
        dimensions=tuple(replace(d, label=ENDLESS) for d in report.dimensions * 2),
        strengths=(finding,) * 5,
        urgent=(finding,) * 5,
        summary=replace(report.summary, sentences=(ENDLESS * 80,)),
        measures=tuple(replace(first, title=ENDLESS, owner=ENDLESS) for _ in range(60)),
        offers=tuple(replace(offer, title=ENDLESS) for _ in range(30)),
        is_draft=True,
    )


def test_the_result_stands_on_the_first_page_and_the_plan_on_the_second(drawn: Drawn) -> None:
    result, plan = drawn.pages
    assert "Gießerei Muldental GmbH · Zwickau" in result
    assert "2,3 von 5 · Spanne 2,2–2,5" in result
    assert "88 % 29 von 33 Kennpunkten" in result
    assert "2 Umwelt und Kreislauf · 3,3" in result
    assert "Ursache: Anfragen werden nur reaktiv bearbeitet." in result
    assert "Energieaudit nach DIN EN 16247" in plan
    assert "Technische Leitung" in plan
    assert "bis 30.10.2026 · umgesetzt" in plan
    assert "Status: offen · Stand 02.11.2026" in plan
    assert "mareike.sonntag@itas.example" in plan


def test_a_final_version_names_the_hash_of_its_report(drawn: Drawn) -> None:
    mark = f"Fassung 2 · {short_hash(content_hash(drawn.report))}"
    assert all(mark in page for page in drawn.pages)
    assert not any("VORLÄUFIG" in page for page in drawn.pages)


def test_no_figure_below_sixty_percent_coverage() -> None:
    ratings = {rating.label: rating for rating in short_version(sample_report()).ratings}
    thin = ratings["Energie- und Klimawende"]
    assert (thin.value, thin.low, thin.high) == (None, None, None)
    assert thin.words == "keine belastbare Aussage"
    assert ratings["Netzwerk und Kooperation"].value == Decimal("3.5")


def test_what_is_no_field_of_maturity_is_not_rated() -> None:
    report = sample_report()
    first, *others = report.dimensions
    mixed = replace(report, dimensions=(replace(first, kind="S"), *others))
    assert first.label not in {rating.label for rating in short_version(mixed).ratings}


def test_a_parked_field_says_so_and_has_no_figure() -> None:
    report = sample_report()
    parked = tuple(replace(d, is_parked=True) for d in report.dimensions)
    ratings = short_version(replace(report, dimensions=parked)).ratings
    assert {(rating.value, rating.words) for rating in ratings} == {(None, "nicht betrachtet")}


def test_what_the_works_council_said_changes_nothing() -> None:
    report = sample_report()
    alone = tuple(
        replace(d, results=tuple(r for r in d.results if r.perspective is report.leading))
        for d in report.dimensions
    )
    without = replace(
        report, dimensions=alone, perspectives=(Perspective.MANAGEMENT,), talking_points=()
    )
    assert replace(short_version(without), mark="") == replace(short_version(report), mark="")


@pytest.mark.parametrize(
    ("chapter", "field"),
    [("plan", "measures"), ("offers", "funding"), ("overview", "ratings")],
)
def test_a_chapter_left_out_of_the_report_is_left_out_here(chapter: str, field: str) -> None:
    report = sample_report()
    assert getattr(short_version(report), field)
    assert getattr(short_version(replace(report, hidden=(chapter,))), field) == ()


def test_excluded_funding_is_not_promised_and_doubtful_funding_comes_last() -> None:
    report = sample_report()
    offer = replace(report.offers[0], kind="Förderung", warning="")
    offers = (
        replace(offer, title="alt", warning="Stand älter als 90 Tage"),
        replace(offer, title="offen", verdict="Voraussetzung offen"),
        replace(offer, title="nein", verdict="ausgeschlossen"),
        replace(offer, title="ja", verdict="kommt in Betracht"),
    )
    funding = short_version(replace(report, offers=offers)).funding
    assert [hint.title for hint in funding] == ["ja", "offen", "alt"]
    assert funding[-1].caution == "Stand älter als 90 Tage"


def test_sixty_measures_become_a_count_and_nothing_is_clipped() -> None:
    pdf = draw_short(short_version(crowded()), FONTS)
    pages = pages_of(pdf)
    assert len(pages) == 2
    assert all("VORLÄUFIG · Fassung 2" in page for page in pages)
    assert "weitere Maßnahmen im Bericht" in pages[1]
    assert "weitere Handlungsfelder im Bericht" in pages[0]
    assert strays_of(pdf) == []


def test_the_same_report_gives_the_same_bytes_and_a_sentence_left_out_leaves_no_gap() -> None:
    report = sample_report()
    silent = replace(report, summary=replace(report.summary, sentences=("", " ")))
    first, again = (draw_short(short_version(silent), FONTS) for _ in range(2))
    assert first == again
    assert "Fassung 2" in pages_of(first)[0]


def test_before_the_first_answer_it_says_that_there_is_nothing() -> None:
    result, plan = pages_of(draw_short(short_version(empty_report()), FONTS))
    assert "keine belastbare Aussage" in result
    assert "noch keine Maßnahmen vereinbart" in plan

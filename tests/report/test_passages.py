"""Every generated text has a key of its own, can be edited in place and is found on the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.change_model import Changes
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.report.drawing import draw_with_places
from desktop_advisor.report.exposure_model import EndingLine, ExposureChapter, ScenarioLine
from desktop_advisor.report.frozen import from_json, to_json
from desktop_advisor.report.jobs_model import Job, JobsChapter
from desktop_advisor.report.model import Finding, Recommendation, ReportModel, TalkingPoint
from desktop_advisor.report.passage_spots import Passage
from desktop_advisor.report.passages import Edit, passages, with_edits, without_edits
from desktop_advisor.report.pdf.places import Drawn
from desktop_advisor.report.priorities_model import PriorityLine
from desktop_advisor.report.referrals_model import ReferralLine
from tests.report.reading import words_of
from tests.report.sample import FONTS, sample_report

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL


def _priority() -> PriorityLine:
    half = Decimal("0.5")
    return PriorityLine(
        dimension="Technik",
        actual=Decimal(2),
        target=Decimal(4),
        relevance=3,
        exposure=half,
        gap=half,
        value=half,
        place=1,
        computed=1,
    )


def full_report() -> ReportModel:
    """The sample with every chapter that can hold a generated text."""
    sample = sample_report()
    exposure = ExposureChapter(
        told_by="Angaben der Geschäftsführung.",
        remarks=("Ein Rest ist keiner Gruppe zugeordnet.", "Die Spanne ist klein."),
        endings=(EndingLine(year="2029", uncovered="10 %", unclear="0 %", secured="5 %"),),
        scenarios=(
            ScenarioLine(year="2030", remaining="60 %", turnover="20 %", heads="", source="VDA"),
        ),
    )
    twins = tuple(
        Job(name="Dreherei", about="12 Personen", substitution="83 %", hint=f"Hinweis {n}.")
        for n in (1, 2)
    )
    dimension = msgspec.structs.replace(
        sample.dimensions[0], sentences=("Erster Satz.", "Zweiter Satz.")
    )
    stop = Recommendation(
        title="Zahlungsfähigkeit sichern", rule="liquidity", audience="stop", text="Zuerst das."
    )
    return msgspec.structs.replace(
        sample,
        occasion="Der größte Kunde stellt um.",
        mandate="Prüfung im Auftrag der Geschäftsführung.",
        perspectives=(GF, BR),
        dimensions=(dimension, *sample.dimensions[1:]),
        urgent=(Finding(title="Technik", code="D03", text="Engpass: Wartung."),),
        talking_points=(
            TalkingPoint(label="Plan", question="d07_plan", text="Man sprach darüber."),
        ),
        recommendations=(stop, *sample.recommendations),
        changes=Changes(since=date(2026, 1, 1), version=1, left_out=("Eins fehlt.", "Zwei fehlt.")),
        priorities=(_priority(),),
        exposure=exposure,
        jobs=JobsChapter(told_by="Aus der Tabelle.", jobs=twins),
        referrals=(ReferralLine(recipient="Agentur für Arbeit"),),
    )


@pytest.fixture(scope="module")
def report() -> ReportModel:
    return full_report()


@pytest.fixture(scope="module")
def found(report: ReportModel) -> list[Passage]:
    return passages(report)


@pytest.fixture(scope="module")
def edited(report: ReportModel, found: list[Passage]) -> ReportModel:
    """Every passage with other words of its own."""
    return with_edits(report, [Edit(p.key, f"Geändert {n}") for n, p in enumerate(found)])


@pytest.fixture(scope="module")
def drawn(edited: ReportModel) -> Drawn:
    return draw_with_places(edited, FONTS)


def test_every_passage_has_a_key_of_its_own_and_a_chapter(found: list[Passage]) -> None:
    assert len({p.key for p in found}) == len(found) > 40
    assert {p.chapter for p in found} <= set(CHAPTERS)
    assert all(p.label and p.text.strip() for p in found)


def test_every_passage_stands_on_a_page_under_its_key(drawn: Drawn, found: list[Passage]) -> None:
    assert {place.key for place in drawn.places} == {p.key for p in found}


def test_an_edit_is_told_under_the_same_key_and_can_be_taken_back(
    report: ReportModel, edited: ReportModel, found: list[Passage]
) -> None:
    assert [p.key for p in passages(edited)] == [p.key for p in found]
    assert {p.text for p in passages(edited)} == {f"Geändert {n}" for n in range(len(found))}
    assert [(e.key, e.original) for e in edited.edited] == [(p.key, p.text) for p in found]
    remarks = without_edits(edited)
    assert [(p.key, p.text) for p in passages(remarks)] == [(p.key, p.text) for p in found]
    assert from_json(to_json(edited)) == edited


def test_what_is_left_out_stands_nowhere_but_can_be_found_again(
    report: ReportModel, found: list[Passage]
) -> None:
    emptied = with_edits(report, [Edit(p.key, "") for p in found])
    assert [p.key for p in passages(emptied)] == [p.key for p in found]
    left = {place.key for place in draw_with_places(emptied, FONTS).places}
    assert left == {"advice.liquidity.text"}  # its title, the warning itself, stays
    assert [p.text for p in passages(without_edits(emptied))] == [p.text for p in found]


def test_keys_do_not_depend_on_the_order_of_what_is_printed(report: ReportModel) -> None:
    turned = msgspec.structs.replace(
        report,
        recommendations=report.recommendations[::-1],
        dimensions=report.dimensions[::-1],
        strengths=report.strengths[::-1],
    )
    before = {p.key: p.text for p in passages(report)}
    assert {p.key: p.text for p in passages(turned)} == before


def test_an_edit_of_what_is_not_there_or_says_the_same_changes_nothing(
    report: ReportModel,
) -> None:
    same = with_edits(report, [Edit("occasion", report.occasion), Edit("advice.gone.text", "x")])
    assert same == report


def test_lines_become_steps_of_their_own(report: ReportModel) -> None:
    steps = next(p for p in passages(report) if p.key.endswith(".steps"))
    assert steps.is_list
    changed = with_edits(report, [Edit(steps.key, "Anrufen\n\n  Besuchen  ")])
    assert ("Anrufen", "Besuchen") in [r.steps for r in changed.recommendations]


def test_reports_of_before_are_read_and_have_passages_too() -> None:
    old = to_json(sample_report())
    for field in (b'"about":[],', b'"rule":"",', b'"question":"",', b'"code":"",'):
        old = old.replace(field, b"")
    assert passages(from_json(old))


def test_the_annex_names_what_was_generated_and_what_was_printed(report: ReportModel) -> None:
    edits = [Edit("occasion", "Die Bank fragt nach."), Edit("summary.note", "")]
    words = words_of(with_edits(report, edits))
    annex = words[words.index("Bearbeitete Passagen") :]
    assert words.count("Die Bank fragt nach.") == 2
    assert words.count(report.occasion) == annex.count(report.occasion) == 1
    assert "Anlass der Beratung" in annex
    assert "(weggelassen)" in annex
    hidden = msgspec.structs.replace(with_edits(report, edits[:1]), hidden=("occasion",))
    assert "Bearbeitete Passagen" not in words_of(hidden)


def test_what_must_stay_true_is_no_passage(report: ReportModel) -> None:
    told = {p.text for p in passages(msgspec.structs.replace(report, withheld="Vorenthalten."))}
    assert not told & {*report.statements.signatures, "Vorenthalten."}
    assert not set(ALWAYS) - set(CHAPTERS)

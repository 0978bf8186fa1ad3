"""A marker in every field the works council can fill is on no page an employer may see."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.fact_names import FIGURES
from desktop_advisor.usecases.action_plan import show_plan
from desktop_advisor.usecases.calendar_export import CalendarWish, calendar_entries
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.comparing import compare_with, list_baselines
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.documents.hours import compose_hours
from desktop_advisor.usecases.documents.minutes import compose_minutes
from desktop_advisor.usecases.documents.preparation import compose_preparation
from desktop_advisor.usecases.documents.privacy import compose_privacy
from desktop_advisor.usecases.evidence import add_file
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.exposure import show_exposure
from desktop_advisor.usecases.firing import fire_rules
from desktop_advisor.usecases.funder_indicators import funder_indicators, this_year
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.job_profiles import show_jobs
from desktop_advisor.usecases.measures import list_measures
from desktop_advisor.usecases.notes import list_notes, write_note
from desktop_advisor.usecases.paths_for_employees import compose_paths
from desktop_advisor.usecases.plausibility import check_case
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.recommending import list_recommendations, refresh_recommendations
from desktop_advisor.usecases.releasing import release_view, withdraw_release
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.searching import NOTE, Search
from desktop_advisor.usecases.side_by_side import show_views
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.pictures import scribble
from tests.planted import Planted
from tests.usecases.test_exposure_of_a_case import products
from tests.usecases.test_jobs_of_a_case import jobs
from tests.workplaces import PIN

GF, BR, JOINT = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL, Perspective.JOINT
MARK = "quitten"
WHO = "Sabine Krauß"
FORM = "vollcheck"
CASTING = {"name": "Quittenköpfe", "share": "80", "heads": "70", "cati": "5", "eop": "2028"}
CASTING |= {"followon": "no", "margin": "low"}
LATHE = {"name": "Quittendreherei", "heads": "31", "exits5": "15", "substitution": "83"}
LATHE |= {"c1_name": "Quittenkunde", "c1_is": "1", "c1_should": "4"}


@pytest.fixture
def case(place: Workplace, visit_id: uuid.UUID) -> Planted:
    """The management answered everything but the tables; the works council all that it can."""
    case_id = Interview(place, visit_id).case_id
    choose(place, case_id, FORM)
    talk = Interview(place, visit_id)
    levels = [name for name in talk.questions() if talk.question(name).role == "level"]
    say(place, case_id, GF, dict.fromkeys(levels, "4"), FORM)
    talk = Interview(place, visit_id)
    talk.switch(BR)
    talk.answer("d07_matrix", "0")
    talk.answer("d07_plan", "na", "Quittenbaum: das macht der Kunde")
    talk.write_note("d07_matrix", "Quittengelee: die Meister wehren sich")
    talk.write_dissent("d07_matrix", "Quittensaft: GF zählt anders")
    say(place, case_id, BR, {**products(CASTING), **jobs(LATHE)}, FORM)
    add_file(
        place,
        case_id=case_id,
        assessment_id=talk.assessment_id,
        question="d07_matrix",
        name="quittenliste.png",
        content=scribble(),
    )
    write_note(place, case_id, "Quittenbrot gibt es am Dienstag", perspective=BR)
    write_note(place, case_id, "Quitten zur Matrix", question="d07_matrix", perspective=BR)
    return Planted(place, talk.company_id, case_id, visit_id)


def figures(case: Planted) -> str:
    return f"{show_exposure(case.place, case.case_id)} {show_jobs(case.place, case.case_id)}"


def results(case: Planted) -> str:
    found = show_results(case.place, case.case_id)
    said = [(i.answers, i.led) for row in found.dimensions for i in row.indicators]
    return f"{said} {found.plain} {found.figures} {found.priorities}"


def views(case: Planted) -> str:
    return str(show_views(case.place, case.case_id).talks)


def report(case: Planted) -> str:
    return str(compose_report(case.place, case.case_id))


def export(case: Planted) -> str:
    return json.dumps(export_company_file(case.place, case.company_id), ensure_ascii=False)


def paths(case: Planted) -> str:
    return str(compose_paths(case.place, case.case_id))


def minutes(case: Planted) -> str:
    return str(compose_minutes(case.place, case.case_id))


def notes(case: Planted) -> str:
    return str(list_notes(case.place, case.case_id))


def others_side(case: Planted) -> str:
    """What the drawer of notes shows while the management speaks."""
    return str(list_notes(case.place, case.case_id, GF))


def search(case: Planted) -> str:
    finder = Search(case.place)
    return f"{finder.find(MARK, NOTE)} {finder.find('', NOTE)} {finder.find(MARK)}"


def elsewhere(case: Planted) -> str:
    """Pages that never show a word of it, released or not."""
    place, case_id = case.place, case.case_id
    today = place.clock().date()
    shown = show_results(place, case_id)
    measures = list_measures(place, case_id)
    return " ".join(
        map(
            str,
            (
                show_today(place),
                show_company_file(place, case.company_id),
                check_case(place, case_id, GF),
                show_plan(place, shown, list_recommendations(place, case_id)),
                calendar_entries(place, CalendarWish(with_names=True)),
                funder_indicators(place, this_year(today)),
                measures,
                compose_hours(place, case_id),
                compose_privacy(place, case_id),
                compose_preparation(place, case_id),
            ),
        )
    )


Page = Callable[[Planted], str]
SHOWN: tuple[Page, ...] = (
    *(figures, results, views, report, export, paths),
    *(minutes, notes, others_side),
)
PAGES: tuple[Page, ...] = (*SHOWN, search, elsewhere)


def marked(case: Planted) -> list[str]:
    """Names of the pages on which a marker stands."""
    return [page.__name__ for page in PAGES if MARK in page(case).casefold()]


def test_no_page_shows_a_marker_before_the_release_or_after_its_withdrawal(case: Planted) -> None:
    assert marked(case) == []
    release_view(case.place, case.case_id, WHO)
    assert set(marked(case)) >= {page.__name__ for page in (*SHOWN, search)}
    withdraw_release(case.place, case.case_id, WHO)
    assert marked(case) == []


def test_the_works_council_itself_sees_its_notes(case: Planted) -> None:
    assert len(list_notes(case.place, case.case_id, BR)) == 2


def test_what_its_tables_fired_while_released_goes_with_the_release(case: Planted) -> None:
    place, case_id = case.place, case.case_id
    before = {view.rule for view in refresh_recommendations(place, case_id)}
    release_view(place, case_id, WHO)
    fired = fire_rules(place, show_results(place, case_id))
    from_tables = {
        hit.rule.name
        for hit in fired
        if any(name.removeprefix("br_") in FIGURES for name in hit.fired_by)
    }
    assert from_tables - before
    assert not {
        name for hit in fired for name in hit.fired_by if name in FIGURES and name != "energy_share"
    }
    refresh_recommendations(place, case_id)
    withdraw_release(place, case_id, WHO)
    stored = {view.rule for view in list_recommendations(place, case_id)}
    assert not stored & (from_tables - before)
    assert {view.rule for view in refresh_recommendations(place, case_id)} == before


def test_rows_the_table_agreed_on_are_open(case: Planted) -> None:
    say(case.place, case.case_id, JOINT, products(CASTING), FORM)
    view = show_exposure(case.place, case.case_id)
    assert (view.state, view.told_by) == ("shown", JOINT)
    views = refresh_recommendations(case.place, case.case_id)
    causes = {cause.fact for view in views for cause in view.causes}
    assert any(fact.startswith("gem_") and fact[4:] in FIGURES for fact in causes)


def test_an_earlier_report_it_led_is_not_repeated_after_the_withdrawal(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    talk = Interview(place, visit_id)
    low = {"d07_plan": "1", "d07_matrix": "1", "d07_inclusion": "1"}
    say(place, talk.case_id, BR, low)
    release_view(place, talk.case_id, WHO)
    model = compose_report(place, talk.case_id)
    assert model.leading is BR
    seal_report(
        place,
        talk.case_id,
        model,
        [DrawnSignature(WHO, "Betriebsrat", "Zwickau", scribble(), place.clock())],
        PIN,
    )
    say(place, talk.case_id, JOINT, dict.fromkeys(low, "4"))

    def comparison() -> tuple[int, str]:
        results = show_results(place, talk.case_id)
        (baseline,) = list_baselines(place, results)
        view = compare_with(place, results, baseline)
        return len(view.comparison.changes), view.why_none

    assert comparison()[0] > 0
    before = compose_preparation(place, talk.case_id).report
    assert before
    assert before.results[0] == "Gesamt: keine belastbare Aussage"
    withdraw_release(place, talk.case_id, WHO)
    after = compose_preparation(place, talk.case_id).report
    assert after
    assert (after.version, len(after.results)) == (before.version, 1)
    assert "nicht freigegeben" in after.results[0]
    assert comparison()[0] == 0
    assert "nicht zur Wiedergabe freigegeben" in comparison()[1]
    later = replace(place, clock=lambda: place.clock() + timedelta(days=90))
    changes = compose_report(later, talk.case_id).changes
    assert changes is not None
    assert changes.lines == ()

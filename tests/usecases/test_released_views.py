"""What the works council said is nowhere an employer looks before its release, nor without it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.drawing import draw_report
from desktop_advisor.storage.advice_models import Release
from desktop_advisor.storage.models import Measure, Recommendation
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.council_part import show_council_part
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, list_measures
from desktop_advisor.usecases.plausibility import check_case
from desktop_advisor.usecases.recommending import (
    agree_measure,
    list_recommendations,
    refresh_recommendations,
)
from desktop_advisor.usecases.releasing import release_view, withdraw_release
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.side_by_side import show_views
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.workplace import Workplace
from tests.planted import (
    BY_COUNCIL_ALONE,
    DISSENT,
    FILE,
    LOWEST,
    NOTE,
    REASON,
    SECRETS,
    Planted,
    found_in,
    plant,
)
from tests.report.reading import words_of
from tests.report.sample import FONTS

BR = Perspective.WORKS_COUNCIL
WHO = "Sabine Krauß"


@pytest.fixture
def case(place: Workplace, visit_id: uuid.UUID) -> Planted:
    return plant(place, visit_id)


def results(case: Planted) -> str:
    """What was said, in the results; anchors stand there for every level whoever said it."""
    found = show_results(case.place, case.case_id)
    said = [
        (item.anchors.get(record.response.value), record.response.reason, record.note)
        for row in found.dimensions
        for item in row.indicators
        for record in item.answers.values()
    ]
    return f"{said} {found.perspectives} {[row.scores for row in found.dimensions]}"


def report(case: Planted) -> str:
    return str(compose_report(case.place, case.case_id))


def pages(case: Planted) -> str:
    return words_of(compose_report(case.place, case.case_id))


def attachments(case: Planted) -> str:
    drawn = draw_report(compose_report(case.place, case.case_id), FONTS)
    with pikepdf.open(BytesIO(drawn)) as pdf:
        held = [file.get_file().read_bytes() for file in pdf.attachments.values()]
    assert held
    return " ".join(content.decode("utf-8") for content in held)


def export(case: Planted) -> str:
    return json.dumps(export_company_file(case.place, case.company_id), ensure_ascii=False)


Page = Callable[[Planted], str]
PAGES: tuple[tuple[Page, tuple[str, ...]], ...] = (
    (results, (NOTE, REASON, LOWEST)),
    (report, SECRETS),
    (pages, SECRETS),
    (attachments, SECRETS),
    (export, (NOTE, REASON, DISSENT, FILE)),
)
"""An employer-facing page and what stands on it once the view is released."""


@pytest.mark.parametrize(("page", "shown"), PAGES, ids=lambda p: getattr(p, "__name__", ""))
def test_it_stands_there_from_the_release_to_its_withdrawal(
    case: Planted, page: Page, shown: tuple[str, ...]
) -> None:
    assert found_in(page(case)) == []
    release_view(case.place, case.case_id, WHO)
    assert set(found_in(page(case))) >= set(shown)
    withdraw_release(case.place, case.case_id, WHO)
    assert found_in(page(case)) == []


def test_advice_that_rests_on_it_comes_and_goes_with_the_release(case: Planted) -> None:
    def rules() -> set[str]:
        return {view.rule for view in refresh_recommendations(case.place, case.case_id)}

    before = rules()
    assert BY_COUNCIL_ALONE not in before
    release_view(case.place, case.case_id, WHO)
    released = rules()
    views = list_recommendations(case.place, case.case_id)
    assert any(view.rests_on_works_council for view in views)
    assert released > before
    withdraw_release(case.place, case.case_id, WHO)
    left = list_recommendations(case.place, case.case_id)
    assert not any(view.rests_on_works_council for view in left)
    assert rules() == before


def test_a_measure_agreed_in_the_open_stays(case: Planted) -> None:
    release_view(case.place, case.case_id, WHO)
    views = refresh_recommendations(case.place, case.case_id)
    view = next(v for v in views if v.rests_on_works_council)
    agree_measure(case.place, view)
    withdraw_release(case.place, case.case_id, WHO)
    assert [row.draft.title for row in list_measures(case.place, case.case_id)] == [view.title]
    assert len(compose_report(case.place, case.case_id).measures) == 1


def test_a_measure_from_before_releases_were_asked_for_is_withheld(case: Planted) -> None:
    rule = uuid.uuid4()
    with case.place.store.edit(case.place.author) as session:
        session.add(
            Recommendation(
                id=rule,
                company_id=case.company_id,
                case_id=case.case_id,
                rule="joint_steering",
                audience="company",
                title="Lenkungskreis",
                fired_by={"br_d11_council": "0"},
                decision="accepted",
                is_current=True,
            )
        )
    hidden = add_measure(case.place, case.case_id, MeasureDraft("Lenkungskreis bilden"), rule)
    add_measure(case.place, case.case_id, MeasureDraft("Halle umbauen"))
    assert [m.draft.title for m in list_measures(case.place, case.case_id)] == ["Halle umbauen"]
    file = show_company_file(case.place, case.company_id)
    assert [m.title for m in file.measures] == ["Halle umbauen"]
    assert "Lenkungskreis" not in export(case)
    with case.place.store.read() as session:
        assert session.get(Measure, hidden) is not None
    release_view(case.place, case.case_id, WHO)
    assert len(list_measures(case.place, case.case_id)) == 2


def test_the_file_and_today_say_how_far_it_is_and_nothing_else(case: Planted) -> None:
    part = show_council_part(case.place, case.case_id)
    assert part.answered == 5
    assert part.asked > part.answered
    assert (part.speaker, part.release.is_released) == (WHO, False)
    file = show_company_file(case.place, case.company_id)
    assert file.council == part
    assert found_in(f"{file} {show_today(case.place)} {check_case(case.place, case.case_id)}") == []


def test_the_works_council_sees_its_own_view_before_it_decides(case: Planted) -> None:
    everybody = show_views(case.place, case.case_id)
    assert everybody.talks == ()
    assert BR not in everybody.results.perspectives
    own = show_views(case.place, case.case_id, is_for_council=True)
    assert own.is_for_council
    assert [talk.distance for talk in own.talks] == sorted(
        (talk.distance for talk in own.talks), reverse=True
    )
    assert DISSENT in {talk.note for talk in own.talks}


def test_two_decisions_about_one_case_meet_in_one_row(case: Planted) -> None:
    release_view(case.place, case.case_id, WHO)
    withdraw_release(case.place, case.case_id, "Petra Vogel")
    with case.place.store.read() as session:
        (row,) = session.query(Release).all()
    assert (row.id, row.released_by) == (uuid.uuid5(case.case_id, "br"), "Petra Vogel")


def test_a_whole_copy_for_another_laptop_holds_everything(case: Planted) -> None:
    whole = export_company_file(case.place, case.company_id, is_complete=True)
    assert set(found_in(json.dumps(whole, ensure_ascii=False))) >= {NOTE, REASON, DISSENT, FILE}

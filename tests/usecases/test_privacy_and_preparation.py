"""The privacy sheet says what was said to each purpose; the preparation what waits at the door."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.storage.models import Case, Company
from desktop_advisor.usecases.company_file import add_contact
from desktop_advisor.usecases.documents.preparation import compose_preparation
from desktop_advisor.usecases.documents.privacy import compose_privacy
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.referrals import ReferralDraft, add_referral, agree_referral
from desktop_advisor.usecases.releasing import release_view, withdraw_release
from desktop_advisor.usecases.visits import begin_visit, plan_visit, record_consent
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.planted import found_in, plant

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
WHO = "Martin Uhlig"


def test_a_sheet_nobody_has_seen_is_complete_and_has_no_answers(
    place: Workplace, case_id: uuid.UUID
) -> None:
    sheet = compose_privacy(place, case_id)
    assert [line.title for line in sheet.purposes] == [p.title for p in place.profile.consents]
    assert {line.said for line in sheet.purposes} == {"unasked"}
    assert sheet.controller == ""
    assert sheet.authority == place.profile.supervisory_authority
    assert sheet.signatures[0].name == WHO


def test_the_last_word_counts_and_a_no_after_a_yes_is_a_withdrawal(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    for purpose, granted in (("consultation", True), ("statistics", True), ("photos", False)):
        record_consent(place, visit_id, purpose, granted=granted, given_by=WHO)
    record_consent(place, visit_id, "follow_up", granted=True, given_by=WHO)
    record_consent(place, visit_id, "follow_up", granted=False, given_by="Petra Voigt")
    clock = place.clock
    later = replace(place, clock=lambda: clock() + timedelta(days=7))
    second = plan_visit(later, company_id, starts_at=later.clock())
    begin_visit(later, second)
    record_consent(later, second, "statistics", granted=False, given_by=WHO)
    ids = [purpose.id for purpose in place.profile.consents]
    said = dict(zip(ids, compose_privacy(later, case_id).purposes, strict=True))
    assert said["consultation"].state == f"erteilt von {WHO} am 24.11.2026"
    assert said["photos"].state == f"abgelehnt von {WHO} am 24.11.2026"
    assert said["statistics"].state == (
        f"widerrufen von {WHO} am 01.12.2026 (erteilt am 24.11.2026)"
    )
    assert said["follow_up"].said == "withdrawn"
    assert said["follow_up"].by == "Petra Voigt"
    assert said["benchmark"].state == ""


def test_named_bodies_come_with_who_agreed(place: Workplace, case_id: uuid.UUID) -> None:
    asked = add_referral(place, case_id, ReferralDraft(recipient="Agentur für Arbeit"))
    assert compose_privacy(place, case_id).bodies == ()
    agree_referral(place, asked, WHO)
    (body,) = compose_privacy(place, case_id).bodies
    assert (body.recipient, body.by, body.on) == ("Agentur für Arbeit", WHO, date(2026, 11, 24))


def test_another_wording_has_another_fingerprint(place: Workplace, case_id: uuid.UUID) -> None:
    same = compose_privacy(place, case_id).fingerprint
    changed = replace(place, profile=place.resources.network("molewa").profile)
    assert compose_privacy(place, case_id).fingerprint == same
    assert compose_privacy(changed, case_id).fingerprint != same


def test_overdue_comes_first_and_done_not_at_all_earlier_cases_included(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_measure(place, case_id, MeasureDraft("Roadmap"))
    add_measure(place, case_id, MeasureDraft("Plan", due_on=date(2027, 1, 31)))
    add_measure(place, case_id, MeasureDraft("Fertig", state="done"))
    add_measure(place, case_id, MeasureDraft("Matrix", owner=WHO, due_on=date(2026, 11, 12)))
    with place.store.edit(place.author) as session:
        session.get_one(Case, case_id).state = "closed"
    clock = place.clock
    second = plan_visit(place, company_id, starts_at=clock() + timedelta(days=3), purpose="T1")
    with place.store.read() as session:
        other = next(
            c.id
            for c in session.query(Case).filter(Case.company_id == company_id)
            if c.id != case_id
        )
    assert second
    page = compose_preparation(place, other)
    assert [(m.title, m.overdue) for m in page.measures] == [
        ("Matrix", "seit 12 Tagen überfällig"),
        ("Plan", ""),
        ("Roadmap", ""),
    ]
    assert page.visit
    assert (page.visit.on, page.visit.what) == (date(2026, 11, 27), "T1")


def test_what_is_unanswered_is_listed_by_field_critical_first(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID
) -> None:
    talk = Interview(place, visit_id)
    asked = [name for name in talk.questions() if talk.question(name).role == "level"]
    left = [name for name in asked if name.startswith("d07_")]
    say(place, case_id, GF, {name: "3" for name in asked if name not in left})
    page = compose_preparation(place, case_id)
    by_field = {field.field: field.questions for field in page.fields}
    assert len(by_field["Qualifizierung"]) == len(left)
    assert "Geschäftsfelder" not in by_field
    sidecar = place.form().sidecar
    critical = [i.question for i in sidecar.indicators if i.question in left and i.is_critical]
    assert by_field["Qualifizierung"][0] in [talk.question(name).text for name in critical]


def test_funding_is_filtered_and_says_how_old_it_is(place: Workplace, case_id: uuid.UUID) -> None:
    hints = compose_preparation(place, case_id).funding
    assert 0 < len(hints) <= 5
    assert all(hint.verdict != "ausgeschlossen" for hint in hints)
    assert all("geprüft am " in hint.standing for hint in hints)


def test_what_to_bring_follows_from_what_is_missing(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_contact(place, company_id, name=WHO, function="Inhaber", phone="0375 1", email="u@x.de")
    page = compose_preparation(place, case_id)
    assert page.contacts[0].reach == "0375 1 · u@x.de"
    assert any(line.startswith("Datenschutzblatt: 6 Zwecke") for line in page.bring)
    assert any("Umsatz" in line and "Landkreis" not in line for line in page.bring)
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).has_works_council = False
    assert compose_preparation(place, case_id).council == ""


def test_paper_that_may_lie_on_the_table_keeps_what_is_not_released(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    case = plant(place, visit_id)
    page = compose_preparation(place, case.case_id)
    assert found_in(str(page)) == []
    assert page.council == "Sicht des Betriebsrats: nicht freigegeben"
    release_view(place, case.case_id, "Sabine Krauß")
    assert "freigegeben von Sabine Krauß" in compose_preparation(place, case.case_id).council
    withdraw_release(place, case.case_id, "Sabine Krauß")
    assert compose_preparation(place, case.case_id) == page


def test_questions_of_the_works_council_alone_tell_nothing(
    place: Workplace, case_id: uuid.UUID
) -> None:
    untouched = compose_preparation(place, case_id)
    say(place, case_id, BR, {"d07_plan": "1", "d07_matrix": "0"})
    assert compose_preparation(place, case_id) == untouched

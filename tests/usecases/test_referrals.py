"""Verweise: nothing leaves the house without a named consent, and every step can be taken back."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.models import Measure, Recommendation
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.exporting import export_company_file
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.referral_errors import (
    ConsentMissing,
    ConsentNeedsName,
    ConsentWithdrawn,
    FeedbackMissing,
    ForeignMeasure,
    NoSuchReferral,
    NotSentYet,
    RecipientMissing,
    StepOutOfOrder,
)
from desktop_advisor.usecases.referrals import (
    ReferralDraft,
    ReferralView,
    add_referral,
    agree_referral,
    contacts,
    drop_referral,
    edit_referral,
    find_referral,
    list_referrals,
    note_feedback,
    send_referral,
    undo_referral_edit,
)
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace

HELPDESK = ReferralDraft(offer="itas-helpdesk", concern="Umstellung auf Elektroantrieb")


@pytest.fixture
def planned(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    return add_referral(place, case_id, HELPDESK)


def only(place: Workplace, case_id: uuid.UUID) -> ReferralView:
    (view,) = list_referrals(place, case_id)
    return view


def council_measure(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    """A measure from advice that rests on what the works council alone said."""
    measure_id = add_measure(place, case_id, MeasureDraft("Quittenmatrix"))
    with place.store.edit(place.author) as session:
        row = session.get_one(Measure, measure_id)
        rule = Recommendation(
            id=new_id(place.clock()),
            company_id=row.company_id,
            case_id=case_id,
            rule="skills_matrix",
            fired_by={"br_d07_matrix": "0"},
        )
        session.add(rule)
        row.recommendation_id = rule.id
    return measure_id


def test_a_referral_goes_from_plan_to_feedback(place: Workplace, case_id: uuid.UUID) -> None:
    key = add_referral(place, case_id, HELPDESK)
    agree_referral(place, key, "Martin Uhlig")
    send_referral(place, key)
    note_feedback(place, key, "Termin am 9. Dezember")

    view = only(place, case_id)
    day = date(2026, 11, 24)
    assert (view.recipient, view.state) == ("Helpdesk ITAS", "answered")
    assert (view.consent_by, view.consent_on, view.sent_on) == ("Martin Uhlig", day, day)
    assert (view.feedback, view.feedback_on) == ("Termin am 9. Dezember", day)
    assert view.contact is not None
    assert view.contact.is_helpdesk


def test_without_consent_nothing_is_sent_and_the_words_say_what_is_safe(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID
) -> None:
    with pytest.raises(ConsentMissing) as told:
        send_referral(place, planned)

    error: KnownError = told.value
    assert error.what == "Für den Verweis an „Helpdesk ITAS“ liegt keine Einwilligung vor."
    assert error.safe == "Es wurde nichts weitergegeben. Der Verweis bleibt geplant."
    assert only(place, case_id).sent_on is None


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_consent_needs_a_name(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID, name: str
) -> None:
    with pytest.raises(ConsentNeedsName):
        agree_referral(place, planned, name)

    assert only(place, case_id).state == "planned"


def test_a_later_refusal_of_passing_on_ends_the_consent(
    place: Workplace, case_id: uuid.UUID, visit_id: uuid.UUID, planned: uuid.UUID
) -> None:
    agree_referral(place, planned, "Martin Uhlig", date(2026, 11, 20))
    record_consent(place, visit_id, "referral", granted=False, given_by="Martin Uhlig")

    with pytest.raises(ConsentWithdrawn):
        send_referral(place, planned)
    assert not only(place, case_id).has_consent

    agree_referral(place, planned, "Martin Uhlig")
    send_referral(place, planned)
    assert only(place, case_id).state == "sent"


def test_somebody_has_to_be_named_as_recipient(place: Workplace, case_id: uuid.UUID) -> None:
    with pytest.raises(RecipientMissing):
        add_referral(place, case_id, ReferralDraft(concern="Hilfe"))
    with pytest.raises(RecipientMissing):
        add_referral(place, case_id, ReferralDraft(offer="no-such-offer"))

    assert list_referrals(place, case_id) == []


def test_a_recipient_may_stand_in_no_catalogue(place: Workplace, case_id: uuid.UUID) -> None:
    add_referral(place, case_id, ReferralDraft(recipient="Hausbank\n Zwickau"))

    view = only(place, case_id)
    assert (view.recipient, view.contact) == ("Hausbank Zwickau", None)


def test_steps_out_of_order_are_refused(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID
) -> None:
    with pytest.raises(NotSentYet):
        note_feedback(place, planned, "schon fertig")
    drop_referral(place, planned)
    with pytest.raises(StepOutOfOrder):
        agree_referral(place, planned, "Martin Uhlig")
    with pytest.raises(StepOutOfOrder):
        send_referral(place, planned)

    assert only(place, case_id).state == "dropped"


def test_feedback_needs_words(place: Workplace, planned: uuid.UUID) -> None:
    agree_referral(place, planned, "Martin Uhlig")
    send_referral(place, planned)

    with pytest.raises(FeedbackMissing):
        note_feedback(place, planned, "  ")


def test_every_step_is_taken_back_one_by_one(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID
) -> None:
    agree_referral(place, planned, "Martin Uhlig")
    send_referral(place, planned)

    assert undo_referral_edit(place, case_id) == "Helpdesk ITAS"
    assert (only(place, case_id).state, only(place, case_id).sent_on) == ("agreed", None)
    undo_referral_edit(place, case_id)
    assert (only(place, case_id).state, only(place, case_id).consent_by) == ("planned", "")
    undo_referral_edit(place, case_id)
    assert list_referrals(place, case_id) == []
    assert undo_referral_edit(place, case_id) is None
    with pytest.raises(NoSuchReferral):
        find_referral(place, planned)


def test_helpdesks_come_first_among_the_contacts(place: Workplace) -> None:
    found = contacts(place)

    assert found[0].is_helpdesk
    assert {offer.kind for offer in found} == {"contact"}
    assert [offer.id for offer in contacts(place, "amz sachsen")] == ["amz-sachsen"]
    assert contacts(place, "Quittenkontor") == []


def test_a_referral_may_serve_a_measure_of_the_same_case_only(
    place: Workplace, case_id: uuid.UUID
) -> None:
    audit = add_measure(place, case_id, MeasureDraft("Energieaudit"))
    add_referral(place, case_id, ReferralDraft("SAENA", measure_id=audit))

    assert only(place, case_id).measure_title == "Energieaudit"
    with pytest.raises(ForeignMeasure):
        add_referral(place, case_id, ReferralDraft("SAENA", measure_id=uuid.uuid4()))


def test_a_measure_of_the_unreleased_view_leaves_no_trace_in_the_referrals(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    measure_id = council_measure(place, case_id)
    with pytest.raises(ForeignMeasure):
        add_referral(place, case_id, ReferralDraft("IG Metall", measure_id=measure_id))
    with place.store.edit(place.author) as session:
        session.add(
            Referral(
                id=new_id(place.clock()),
                company_id=company_id,
                case_id=case_id,
                measure_id=measure_id,
                recipient="Quittenkontor",
                state="sent",
                sent_on=date(2026, 10, 1),
            )
        )

    assert list_referrals(place, case_id) == []
    assert show_today(place).follow_ups == ()
    assert export_company_file(place, company_id)["referral"] == []

    release_view(place, case_id, "Sabine Krauß")
    assert [view.recipient for view in list_referrals(place, case_id)] == ["Quittenkontor"]


@pytest.mark.parametrize(("days", "is_listed"), [(13, False), (14, True), (30, True)])
def test_heute_asks_for_an_answer_after_fourteen_days(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID, days: int, is_listed: bool
) -> None:
    agree_referral(place, planned, "Martin Uhlig", date(2026, 10, 1))
    send_referral(place, planned, date(2026, 11, 24) - timedelta(days=days))

    due = show_today(place).follow_ups
    assert [(d.kind, d.days_overdue) for d in due] == (
        [("referral", days - 14)] if is_listed else []
    )
    if is_listed:
        assert due[0].title == "Rückmeldung steht aus: Helpdesk ITAS"
        note_feedback(place, planned, "erledigt")
        assert show_today(place).follow_ups == ()
    assert case_id


def test_the_report_names_what_was_referred_and_leaves_out_what_was_dropped(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID
) -> None:
    agree_referral(place, planned, "Martin Uhlig")
    drop_referral(place, add_referral(place, case_id, ReferralDraft("Hausbank")))

    (line,) = compose_report(place, case_id).referrals
    assert (line.recipient, line.consent_by, line.sent_on) == (
        "Helpdesk ITAS",
        "Martin Uhlig",
        None,
    )
    assert line.state == "Einwilligung liegt vor"


def test_a_referral_may_be_changed_until_somebody_agreed_to_it(
    place: Workplace, case_id: uuid.UUID, planned: uuid.UUID
) -> None:
    edit_referral(place, planned, ReferralDraft("Hausbank", "Ofen 3"))
    assert (only(place, case_id).recipient, only(place, case_id).contact) == ("Hausbank", None)

    agree_referral(place, planned, "Martin Uhlig")
    with pytest.raises(StepOutOfOrder):
        edit_referral(place, planned, HELPDESK)
    assert only(place, case_id).recipient == "Hausbank"

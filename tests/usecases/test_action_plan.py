"""The action plan of a case: all fields, dependencies, states, order and undo."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_advisor.usecases.action_plan import plan_of
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.measures import (
    CircularDependency,
    ForeignDependency,
    MeasureDraft,
    add_measure,
    edit_measure,
    list_measures,
    move_measure,
    remove_measure,
    undo_plan_edit,
)
from desktop_advisor.usecases.synchronising import show_sync
from desktop_advisor.usecases.workplace import Workplace

FULL = MeasureDraft(
    title="Qualifikationsmatrix anlegen",
    steps="Profile festlegen\nIst und Soll einschätzen",
    owner="Personalleitung",
    due_on=date(2027, 2, 28),
    effort="3 Tage",
    metric="Matrix liegt für drei Bereiche vor",
    dimension="D07",
    offers=("inqa-coaching",),
    state="running",
    starts_on=date(2027, 1, 11),
    benefit="Weiterbildung trifft den Bedarf",
    effect="noch keine",
    effect_on=date(2027, 1, 20),
)


def drafts(place: Workplace, case_id: uuid.UUID) -> list[MeasureDraft]:
    return [row.draft for row in list_measures(place, case_id)]


def test_every_field_of_a_measure_is_kept(place: Workplace, case_id: uuid.UUID) -> None:
    base = add_measure(place, case_id, MeasureDraft("Profile sammeln"))
    draft = replace(FULL, depends_on=base)
    kept = add_measure(place, case_id, draft)
    found = {row.measure_id: row.draft for row in list_measures(place, case_id)}
    assert found[kept] == draft


def test_saving_the_same_again_writes_nothing(place: Workplace, case_id: uuid.UUID) -> None:
    measure = add_measure(place, case_id, FULL)
    before = show_sync(place).unsent
    assert edit_measure(place, measure, FULL) == FULL
    assert show_sync(place).unsent == before


def test_the_plan_is_sorted_by_priority_then_date(place: Workplace, case_id: uuid.UUID) -> None:
    add_measure(place, case_id, MeasureDraft("früh", dimension="D07", due_on=date(2026, 12, 1)))
    add_measure(place, case_id, MeasureDraft("dringend", dimension="D02"))
    priority = {"D02": Decimal("0.5"), "D07": Decimal("0.2")}
    rows = list_measures(place, case_id, priority)
    assert [row.draft.title for row in rows] == ["dringend", "früh"]
    assert [d.title for d in drafts(place, case_id)] == ["früh", "dringend"]


def test_the_day_of_implementation_follows_the_state(place: Workplace, case_id: uuid.UUID) -> None:
    measure = add_measure(place, case_id, MeasureDraft("Audit"))
    assert move_measure(place, measure, "done").done_on == date(2026, 11, 24)
    chosen = replace(drafts(place, case_id)[0], done_on=date(2026, 11, 20))
    assert edit_measure(place, measure, chosen).done_on == date(2026, 11, 20)
    assert move_measure(place, measure, "running").done_on is None


def test_an_effect_written_down_is_dated_unless_a_day_is_given(
    place: Workplace, case_id: uuid.UUID
) -> None:
    measure = add_measure(place, case_id, MeasureDraft("Audit"))
    found = edit_measure(place, measure, MeasureDraft("Audit", effect="12 % weniger Strom"))
    assert found.effect_on == date(2026, 11, 24)
    day = date(2026, 11, 20)
    dated = edit_measure(place, measure, replace(found, effect_on=day))
    assert dated.effect_on == day
    assert edit_measure(place, measure, replace(dated, effect="")).effect_on is None


def test_a_circle_is_refused_and_named(place: Workplace, case_id: uuid.UUID) -> None:
    first = add_measure(place, case_id, MeasureDraft("Bedarf klären"))
    second = add_measure(place, case_id, MeasureDraft("Angebote", depends_on=first))
    third = add_measure(place, case_id, MeasureDraft("Auftrag", depends_on=second))
    with pytest.raises(CircularDependency) as refused:
        edit_measure(place, first, MeasureDraft("Bedarf klären", depends_on=third))
    assert "„Bedarf klären“ wartet auf „Auftrag“ wartet auf „Angebote“" in refused.value.what
    assert {d.title: d.depends_on for d in drafts(place, case_id)}["Bedarf klären"] is None


def test_a_measure_does_not_wait_for_itself(place: Workplace, case_id: uuid.UUID) -> None:
    measure = add_measure(place, case_id, MeasureDraft("Audit"))
    with pytest.raises(CircularDependency, match="nicht auf sich selbst warten"):
        edit_measure(place, measure, MeasureDraft("Audit", depends_on=measure))


def test_a_measure_waits_only_for_one_of_its_own_plan(place: Workplace, case_id: uuid.UUID) -> None:
    gone = add_measure(place, case_id, MeasureDraft("entfernt"))
    remove_measure(place, gone)
    for base in (gone, uuid.uuid4()):
        with pytest.raises(ForeignDependency):
            add_measure(place, case_id, MeasureDraft("Audit", depends_on=base))
    assert drafts(place, case_id) == []


def test_one_whose_base_was_removed_can_still_be_edited(
    place: Workplace, case_id: uuid.UUID
) -> None:
    base = add_measure(place, case_id, MeasureDraft("Basis"))
    measure = add_measure(place, case_id, MeasureDraft("Folge", depends_on=base))
    remove_measure(place, base)
    edit_measure(place, measure, MeasureDraft("Folge", owner="Werkleitung", depends_on=base))
    assert drafts(place, case_id)[0].owner == "Werkleitung"


def test_undo_goes_back_through_every_edit_of_the_plan(
    place: Workplace, case_id: uuid.UUID
) -> None:
    states = [drafts(place, case_id)]
    one = add_measure(place, case_id, MeasureDraft("Audit", owner="Werkleitung"))
    states.append(drafts(place, case_id))
    two = add_measure(place, case_id, MeasureDraft("Matrix"))
    for edit in (
        lambda: move_measure(place, one, "done"),
        lambda: edit_measure(place, two, replace(FULL, depends_on=one)),
        lambda: move_measure(place, two, "dropped"),
        lambda: remove_measure(place, one),
    ):
        states.append(drafts(place, case_id))
        edit()
    for before in reversed(states):
        assert undo_plan_edit(place, case_id) is not None
        assert drafts(place, case_id) == before
    assert undo_plan_edit(place, case_id) is None


def test_undo_names_the_measure_and_leaves_other_cases_alone(
    place: Workplace, case_id: uuid.UUID
) -> None:
    measure = add_measure(place, case_id, MeasureDraft("Audit"))
    assert undo_plan_edit(place, uuid.uuid4()) is None
    move_measure(place, measure, "running")
    assert undo_plan_edit(place, case_id) == "Audit"
    assert drafts(place, case_id)[0].state == "agreed"


def test_the_report_numbers_what_waits_and_leaves_out_what_was_dropped(
    place: Workplace, case_id: uuid.UUID
) -> None:
    dropped = add_measure(place, case_id, MeasureDraft("verworfen", state="dropped"))
    base = add_measure(place, case_id, MeasureDraft("Audit", due_on=date(2027, 1, 1)))
    for draft in (
        MeasureDraft("Abwärme", depends_on=base, benefit="weniger Gas", due_on=date(2027, 2, 1)),
        MeasureDraft("Dach", depends_on=dropped, due_on=date(2027, 3, 1)),
    ):
        add_measure(place, case_id, draft)
    printed = compose_report(place, case_id).measures
    assert [(m.title, m.waits_for, m.benefit) for m in printed] == [
        ("Audit", None, ""),
        ("Abwärme", 1, "weniger Gas"),
        ("Dach", None, ""),
    ]


def test_an_offer_that_is_in_doubt_says_so_in_the_report(
    place: Workplace, case_id: uuid.UUID
) -> None:
    suspended = next(offer for offer in place.offers if offer.status == "ausgesetzt")
    add_measure(place, case_id, MeasureDraft("Kurs", offers=(suspended.id, "gibt-es-nicht")))
    (printed,) = compose_report(place, case_id).measures
    (offer,) = printed.offers
    assert offer.startswith(f"{suspended.title} – Derzeit ausgesetzt")


def test_what_may_go_wrong_is_said_of_open_measures_only(
    place: Workplace, case_id: uuid.UUID
) -> None:
    before = next(o for o in place.offers if o.before_start and o.status == "offen")
    late = MeasureDraft(
        "Beratung",
        starts_on=date(2026, 11, 2),
        due_on=date(2026, 11, 20),
        offers=(before.id, "weg"),
    )
    measure = add_measure(place, case_id, late)

    def warnings() -> str:
        rows = list_measures(place, case_id)
        return " ".join(plan_of(place, case_id, rows, ()).lines[0].warnings)

    assert "Die Frist ist am 20.11.2026 abgelaufen." in warnings()
    assert "Der Antrag ist vor Beginn zu stellen" in warnings()
    assert "„weg“ steht nicht mehr im Katalog." in warnings()
    move_measure(place, measure, "done")
    assert warnings() == ""

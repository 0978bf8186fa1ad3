"""Undo in the interview: step by step back, out of the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from desktop_advisor.storage.history import history, undo_last
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Answer
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from sync.client.port import Enrolment, Settlement
from tests.storage.desks import PASSPHRASE, Desk, TurnedClock
from tests.sync.store_bench import ids

ENROLMENT = Enrolment(
    server_url="", server_id="", server_epoch="", device_id="", token="", network=""
)


def undo(desk: Desk) -> str | None:
    """One step back."""
    with desk.store.edit("Anna Weber") as session:
        return undo_last(session, desk.assessment)


def annotate(desk: Desk, question: str, note: str) -> None:
    """Write a note to an answer."""
    with desk.store.edit("Anna Weber") as session:
        session.get_one(Answer, (desk.assessment, question)).note = note


def note_of(desk: Desk, question: str) -> str:
    """The note that shows."""
    with desk.store.read() as session:
        return session.get_one(Answer, (desk.assessment, question)).note


def hand_over(sender: Desk, receiver: Desk) -> None:
    """All unsent changes of one laptop reach the other."""
    parcels = StoreChanges(sender.store).outbox(10_000_000)
    sent = Settlement(batch_id="", applied=ids(parcels), enrolment=ENROLMENT)
    StoreChanges(sender.store).settle(sent)
    frames = tuple(parcel.frame for parcel in parcels)
    StoreChanges(receiver.store).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    sort_in_all(receiver.store)


def test_undo_brings_the_value_before_back_and_says_which_question(desk: Desk) -> None:
    desk.answer("q1", "2")
    desk.answer("q1", "4")
    assert undo(desk) == "q1"
    assert desk.shown("q1") == "2"


def test_repeated_undo_goes_back_step_by_step_over_all_questions(desk: Desk) -> None:
    for question, value in [("q1", "1"), ("q2", "2"), ("q1", "3"), ("q2", "4")]:
        desk.answer(question, value)
    shown = []
    for _ in range(4):
        question = undo(desk)
        shown.append((question, desk.shown("q1"), desk.shown("q2")))
    assert shown == [("q2", "3", "2"), ("q1", "1", "2"), ("q2", "1", ""), ("q1", "", "")]
    assert undo(desk) is None
    with desk.store.read() as session:
        assert session.get_one(Answer, (desk.assessment, "q1")).state == "open"


def test_an_edit_after_an_undo_is_undone_first(desk: Desk) -> None:
    desk.answer("q1", "1")
    desk.answer("q1", "2")
    undo(desk)
    desk.answer("q1", "5")
    assert (undo(desk), desk.shown("q1")) == ("q1", "1")
    assert (undo(desk), desk.shown("q1")) == ("q1", "")
    assert undo(desk) is None


def test_what_one_edit_changed_is_undone_together(desk: Desk) -> None:
    desk.answer("q1", "1")
    with desk.store.edit("Anna Weber") as session:
        answer = session.get_one(Answer, (desk.assessment, "q1"))
        answer.value = "3"
        session.flush()
        answer.value, answer.note, answer.evidence = "4", "gesehen", "E2"
    assert undo(desk) == "q1"
    with desk.store.read() as session:
        answer = session.get_one(Answer, (desk.assessment, "q1"))
        assert (answer.value, answer.note, answer.evidence) == ("1", "", "E0")
    assert (undo(desk), desk.shown("q1")) == ("q1", "")
    assert undo(desk) is None


def test_a_note_is_undone_without_touching_the_answer(desk: Desk) -> None:
    desk.answer("q1", "3")
    annotate(desk, "q1", "erste Fassung")
    annotate(desk, "q1", "zweite Fassung")
    undo(desk)
    assert (desk.shown("q1"), note_of(desk, "q1")) == ("3", "erste Fassung")


def test_undo_reaches_edits_made_before_the_restart(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    desk.answer("q1", "1")
    desk.answer("q1", "2")
    desk.store.close()
    desk.store = Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    assert (undo(desk), desk.shown("q1")) == ("q1", "1")
    desk.store.close()


def test_an_undo_is_a_change_of_its_own_and_erases_nothing(desk: Desk) -> None:
    desk.answer("q1", "1")
    desk.answer("q1", "2")
    undo(desk)
    with desk.store.read() as session:
        answer = session.get_one(Answer, (desk.assessment, "q1"))
        values = [c.value["value"] for c in history(session, answer.id) if c.field == "response"]
    assert values == ["1", "2", "1"]


def test_a_colleagues_answers_are_not_undone(make_desk: Callable[[str], Desk]) -> None:
    here, there = make_desk("hier"), make_desk("dort")
    here.found()
    here.answer("q1", "1")
    here.answer("q2", "1")
    hand_over(here, there)
    there.answer("q2", "5", author="Bernd")
    there.answer("q3", "5", author="Bernd")
    hand_over(there, here)
    assert (undo(here), here.shown("q1")) == ("q1", "")
    assert undo(here) is None
    assert (here.shown("q2"), here.shown("q3")) == ("5", "5")


def test_an_answer_in_conflict_is_left_to_a_decision(make_desk: Callable[[str], Desk]) -> None:
    here, there = make_desk("hier"), make_desk("dort")
    here.found()
    hand_over(here, there)
    here.answer("q1", "1")
    there.answer("q1", "5")
    hand_over(there, here)
    assert undo(here) is None
    assert here.shown("q1") == "5"


def test_undo_of_nothing_writes_nothing(desk: Desk) -> None:
    with desk.store.read() as session:
        before = len(session.scalars(select(LoggedChange)).all())
    assert undo(desk) is None
    with desk.store.read() as session:
        assert len(session.scalars(select(LoggedChange)).all()) == before


def test_a_loaded_answer_shows_the_undone_value(desk: Desk) -> None:
    desk.answer("q1", "1")
    desk.answer("q1", "2")
    with desk.store.edit("Anna Weber") as session:
        answer = session.get_one(Answer, (desk.assessment, "q1"))
        undo_last(session, desk.assessment)
        assert answer.value == "1"

"""Every committed edit is in the log, in the same transaction, and nothing gets around it."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.fields import moment_of
from desktop_advisor.storage.history import history
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Answer, Case, Company, Measure, Visit
from desktop_advisor.storage.session import BypassesChangeLog
from desktop_advisor.storage.store import Store
from tests.storage.desks import PASSPHRASE, Desk, TurnedClock


def log_of(desk: Desk, entity_id: uuid.UUID | None = None) -> list[LoggedChange]:
    """The log in the order of writing."""
    query = select(LoggedChange).order_by(LoggedChange.seq)
    if entity_id is not None:
        query = query.where(LoggedChange.entity_id == entity_id)
    with desk.store.read() as session:
        return list(session.scalars(query))


def test_an_edit_writes_one_change_per_changed_field(desk: Desk) -> None:
    before = len(log_of(desk))
    with desk.store.edit("Bernd Klein") as session:
        company = session.get_one(Company, desk.company)
        company.heads = 42
        company.staff_units = Decimal("38.5")
        company.name = company.name
    added = log_of(desk)[before:]
    assert {(c.entity, c.field, json.loads(c.value)) for c in added} == {
        ("company", "heads", 42),
        ("company", "staff_units", "38.5"),
    }
    assert {(c.author, c.device, c.company_id, c.entity_id) for c in added} == {
        ("Bernd Klein", "laptop", desk.company, desk.company)
    }


def test_values_are_logged_as_plain_json(desk: Desk, clock: TurnedClock) -> None:
    visit, case = new_id(clock()), new_id(clock())
    with desk.store.edit("Anna") as session:
        session.add(
            Visit(
                id=visit,
                company_id=desk.company,
                case_id=case,
                starts_at=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
                hours=Decimal("2.50"),
            )
        )
        session.add(Case(id=case, company_id=desk.company, opened_on=date(2026, 11, 24)))
    values = {c.field: json.loads(c.value) for c in log_of(desk, visit)}
    assert values == {
        "deleted": False,
        "case_id": str(case),
        "starts_at": "2026-11-24T10:30:00.000000+00:00",
        "hours": "2.50",
    }
    assert json.loads(log_of(desk, case)[1].value) == "2026-11-24"


def test_an_answer_logs_its_response_as_one_field(desk: Desk) -> None:
    with desk.store.edit("Anna") as session:
        answer = Answer(
            assessment_id=desk.assessment,
            question="d01_strategie",
            company_id=desk.company,
            state=AnswerState.NOT_APPLICABLE,
            reason="kein Export",
        )
        session.add(answer)
        answer_id = answer.id
    assert {c.field: json.loads(c.value) for c in log_of(desk, answer_id)} == {
        "key": {"assessment_id": str(desk.assessment), "question": "d01_strategie"},
        "response": {"state": "na", "value": "", "reason": "kein Export"},
    }


def test_the_moment_of_an_answer_follows_from_the_log(desk: Desk) -> None:
    with desk.store.edit("Anna") as session:
        session.add(
            Answer(
                assessment_id=desk.assessment,
                question="q",
                company_id=desk.company,
                state="answered",
                value="3",
                answered_at=datetime(1999, 1, 1, tzinfo=UTC),
            )
        )
    with desk.store.edit("Anna") as session:
        answer = session.get_one(Answer, (desk.assessment, "q"))
        stamped = answer.answered_at
        answer.note = "später"
        answer.answered_at = datetime(1999, 1, 1, tzinfo=UTC)
    with desk.store.read() as session:
        answer = session.get_one(Answer, (desk.assessment, "q"))
        response = next(c for c in log_of(desk, answer.id) if c.field == "response")
        assert answer.answered_at == stamped == moment_of(response.hlc)


def rename_and_fail(desk: Desk) -> None:
    """An edit that reaches the database and is then taken back."""
    with desk.store.edit("Anna") as session:
        session.get_one(Company, desk.company).name = "Verworfen"
        session.flush()
        raise ZeroDivisionError


def test_a_rolled_back_edit_leaves_no_change(desk: Desk) -> None:
    before = len(log_of(desk))
    with pytest.raises(ZeroDivisionError):
        rename_and_fail(desk)
    assert len(log_of(desk)) == before
    assert desk.name == "Huber Zerspanung"


def test_names_have_no_gap_after_an_edit_was_taken_back(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        rename_and_fail(desk)
    with desk.store.edit("Anna") as session:
        company = session.get_one(Company, desk.company)
        savepoint = session.begin_nested()
        company.town = "Zwickau"
        session.flush()
        savepoint.rollback()
        company.street = "Äußere Straße 1"
    assert [c.n for c in log_of(desk)] == list(range(1, len(log_of(desk)) + 1))


def test_a_change_names_the_heads_it_replaces(desk: Desk) -> None:
    desk.rename("Huber GmbH")
    desk.rename("Huber SE")
    first, second, third = [c for c in log_of(desk, desk.company) if c.field == "name"]
    assert json.loads(first.bases) == []
    assert json.loads(second.bases) == [[first.writer.hex(), first.n]]
    assert json.loads(third.bases) == [[second.writer.hex(), second.n]]
    assert [first.is_head, second.is_head, third.is_head] == [False, False, True]


def test_each_opening_draws_a_new_writer_and_keeps_the_clock(
    desk: Desk, tmp_path: Path, clock: TurnedClock
) -> None:
    desk.rename("Huber GmbH")
    desk.store.close()
    clock.now -= timedelta(days=400)
    desk.store = Store.open(tmp_path / "laptop", PASSPHRASE, clock=clock)
    desk.rename("Huber SE")
    before, after = [c for c in log_of(desk, desk.company) if c.field == "name"][-2:]
    assert before.writer != after.writer
    assert after.n == 1
    assert after.hlc > before.hlc
    desk.store.close()


def test_setting_the_same_value_writes_nothing(desk: Desk) -> None:
    before = len(log_of(desk))
    with desk.store.edit("Anna") as session:
        company = session.get_one(Company, desk.company)
        session.expire(company)
        company.name = "Huber Zerspanung"
        company.town = ""
    assert len(log_of(desk)) == before


def test_a_new_row_without_any_content_is_in_the_log(desk: Desk, clock: TurnedClock) -> None:
    case = new_id(clock())
    with desk.store.edit("Anna") as session:
        session.add(Case(id=case, company_id=desk.company))
    assert [(c.field, c.value) for c in log_of(desk, case)] == [("deleted", "false")]


def test_the_history_says_who_changed_what_when_newest_first(desk: Desk) -> None:
    desk.rename("Huber GmbH", author="Bernd Klein")
    with desk.store.read() as session:
        changes = [c for c in history(session, desk.company) if c.field == "name"]
    assert [(c.value, c.author, c.is_current) for c in changes] == [
        ("Huber GmbH", "Bernd Klein", True),
        ("Huber Zerspanung", "Anna Weber", False),
    ]
    assert changes[0].at > changes[1].at


@pytest.mark.parametrize(
    "statement",
    [
        update(Answer).values(value="5"),
        delete(Company),
        insert(Company).values(name="x"),
        text("UPDATE company SET name = 'x'"),
    ],
)
def test_a_statement_that_writes_fails_loudly(desk: Desk, statement: object) -> None:
    with desk.store.edit("Anna") as session, pytest.raises(BypassesChangeLog):
        session.execute(statement)  # type: ignore[call-overload]


def test_bulk_operations_fail_loudly(desk: Desk) -> None:
    mapping = [{"id": desk.company, "name": "x"}]
    with desk.store.edit("Anna") as session:
        with pytest.raises(BypassesChangeLog):
            session.bulk_update_mappings(Company, mapping)
        with pytest.raises(BypassesChangeLog):
            session.bulk_insert_mappings(Company, mapping)
        with pytest.raises(BypassesChangeLog):
            session.bulk_save_objects([])


def test_a_row_cannot_be_deleted_or_moved_to_another_company_file(
    desk: Desk, clock: TurnedClock
) -> None:
    def remove() -> None:
        with desk.store.edit("Anna") as session:
            session.delete(session.get_one(Company, desk.company))

    def move() -> None:
        with desk.store.edit("Anna") as session:
            session.get_one(Company, desk.company).company_id = new_id(clock())

    with pytest.raises(BypassesChangeLog):
        remove()
    with pytest.raises(BypassesChangeLog):
        move()


def test_a_reading_session_refuses_an_edit(desk: Desk) -> None:
    def edit_while_reading() -> None:
        with desk.store.read() as session:
            session.get_one(Company, desk.company).name = "heimlich"

    with pytest.raises(BypassesChangeLog):
        edit_while_reading()
    assert desk.name == "Huber Zerspanung"


def test_rows_stay_readable_after_the_edit(desk: Desk, clock: TurnedClock) -> None:
    measure = Measure(id=new_id(clock()), company_id=desk.company, title="Qualifizierung")
    with desk.store.edit("Anna") as session:
        session.add(measure)
    assert measure.title == "Qualifizierung"
    assert measure.state == "agreed"


def test_a_moment_without_time_zone_is_refused(desk: Desk, clock: TurnedClock) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the very mistake
    visit = Visit(id=new_id(clock()), company_id=desk.company, starts_at=naive)

    def save() -> None:
        with desk.store.edit("Anna") as session:
            session.add(visit)

    with pytest.raises(ValueError, match="time zone"):
        save()


def test_what_is_read_from_the_log_for_a_save_does_not_grow_with_the_store(
    desk: Desk, clock: TurnedClock
) -> None:
    with desk.store.edit("Anna") as session:
        for number in range(300):
            other = new_id(clock())
            session.add(Company(id=other, company_id=other, name=f"Firma {number}"))
    seen: list[str] = []
    with desk.store.edit("Anna") as session:
        raw = session.connection().connection.dbapi_connection
        raw.set_trace_callback(seen.append)
        session.add(
            Answer(assessment_id=desk.assessment, question="q", company_id=desk.company, value="3")
        )
        session.flush()
        raw.set_trace_callback(None)
        plans = [
            row[3]
            for statement in seen
            if statement.startswith(("SELECT", "UPDATE", "DELETE"))
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        ]
        assert session.scalar(select(func.count()).select_from(Company)) == 301
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN")] == []

"""However many company files lie on the laptop, an interview asks the store as often."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from sqlalchemy import Engine, event

from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace

MORE = 25


def statements(do: Callable[[], object]) -> int:
    """How many SQL statements that takes."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        sent.append(sql)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


def of_an_interview(place: Workplace, visit_id: uuid.UUID, value: str) -> list[int]:
    talk = Interview(place, visit_id, "vollcheck")
    row = talk.table("products").rows[0].key
    return [
        statements(lambda: Interview(place, visit_id, "vollcheck")),
        statements(lambda: talk.answer("d01_strategy", value)),
        statements(lambda: talk.answer(f"{row}/product_share", value)),
        statements(talk.undo),
        statements(lambda: (talk.table("products"), talk.dimensions(), talk.score("D01"))),
    ]


def test_many_company_files_make_no_more_statements(place: Workplace, visit_id: uuid.UUID) -> None:
    talk = Interview(place, visit_id, "vollcheck")
    talk.fill_rows("products", [{"product_name": str(number)} for number in range(3)])
    talk.answer("d01_strategy", "1")
    of_an_interview(place, visit_id, "2")
    before = of_an_interview(place, visit_id, "3")
    for number in range(MORE):
        company = create_company(place, CompanyDraft(name=f"Betrieb {number}"))
        other = Interview(place, plan_visit(place, company, starts_at=place.clock()), "vollcheck")
        other.fill_rows("products", [{"product_name": "Kolben"}])
    assert of_an_interview(place, visit_id, "4") == before
    assert before[-1] == 0

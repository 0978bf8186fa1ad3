"""Leave a small store of this version behind, for every later version to open.

Run once at each release, before anything is changed:
`python -m tests.storage.leave_a_store tests/storage/stores/REVISION`
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, select

from desktop_advisor.storage.advice_models import (
    Affiliate,
    ClosedYear,
    DeMinimisAid,
    FollowUp,
    Referral,
    Release,
    Scenario,
    StaffCount,
    Target,
)
from desktop_advisor.storage.models import (
    ENTITIES,
    Answer,
    Assessment,
    Attachment,
    Case,
    Company,
    Consent,
    Contact,
    Dissent,
    Measure,
    Note,
    Parking,
    Participant,
    Recommendation,
    Report,
    Signature,
    Site,
    Visit,
)
from desktop_advisor.storage.records import Entity
from desktop_advisor.storage.report_models import Insertion, MailDraft, Passage, ReportChapter
from desktop_advisor.storage.store import LOCK_FILE, Store
from desktop_advisor.storage.sync_models import CaseFigures
from tests.storage.desks import CHEAP, TurnedClock

PASSPHRASE = "Alte Schlüssel schließen noch 1"
CONTENT = "inhalt.json"
"""Every row that was in the store when it was left behind: entity → id → column → text."""
PDF = b"%PDF-1.7\nBeratungsbericht\n%%EOF"
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def fill(store: Store) -> None:
    """A company, a case, a visit, what was said there, its advice and its sealed report."""
    ids = {name: uuid.uuid5(uuid.NAMESPACE_OID, name) for name in ENTITIES}
    company, case = ids["company"], ids["case"]
    visit, assessment, report = ids["visit"], ids["assessment"], ids["report"]
    file_id = ids["attachment"]
    sha256 = store.files.add(PDF)
    rows: tuple[Any, ...] = (
        Company(id=company, name="Gießerei Muldental", heads=118, staff_units=Decimal("109.5")),
        Contact(id=ids["contact"], name="Sabine Krauß", role="br"),
        Case(id=case, title="Transformationscheck 2026", opened_on=date(2026, 11, 20)),
        Visit(id=visit, case_id=case, starts_at=MORNING, hours=Decimal("2.25"), state="done"),
        Consent(id=ids["consent"], visit_id=visit, purpose="photos", granted=True),
        Assessment(id=assessment, case_id=case, visit_id=visit, form_id="kurzcheck"),
        Answer(assessment_id=assessment, question="d07_plan", state="answered", value="3"),
        Answer(assessment_id=assessment, question="d07_matrix", state="na", reason="zu klein"),
        Recommendation(id=ids["recommendation"], case_id=case, rule="r1", fired_by={"d07": "1"}),
        Measure(id=ids["measure"], case_id=case, title="Matrix anlegen", offers=["a", "b"]),
        Note(id=ids["note"], case_id=case, text="Ofen 3 wird 2028 elektrisch."),
        Attachment(id=file_id, sha256=sha256, size=len(PDF), file_name="bericht.pdf"),
        Report(id=report, case_id=case, attachment_id=file_id, sealed_at=MORNING),
        *_the_rest(ids, case, visit),
    )
    with store.edit("Jana Vogel") as session:
        for row in rows:
            row.company_id = company
            session.add(row)
    with store.edit("Ute Klein") as session:
        session.get_one(Answer, (assessment, "d07_plan")).value = "2"
        session.get_one(Note, ids["note"]).deleted = True


def _the_rest(ids: dict[str, uuid.UUID], case: uuid.UUID, visit: uuid.UUID) -> tuple[Entity, ...]:
    """A row of every other record, each with something that is not its default."""
    rest: tuple[Entity, ...] = (
        Site(id=ids["site"], name="Werk Crossen"),
        Participant(id=ids["participant"], visit_id=visit, name="Martin Uhlig", role="gf"),
        Signature(id=ids["signature"], report_id=ids["report"], name="Martin Uhlig"),
        Dissent(id=ids["dissent"], case_id=case, form_id="kurzcheck", question="d07_plan"),
        Parking(id=ids["parking"], case_id=case, dimension="D12", parked=True),
        Target(id=ids["target"], case_id=case, dimension="D07", level=Decimal(4), rank=1),
        Scenario(id=ids["scenario"], case_id=case, year=2030, remaining=Decimal("0.45")),
        Release(id=ids["release"], case_id=case, released=True, released_by="Sabine Krauß"),
        FollowUp(id=ids["follow_up"], case_id=case, months=6, due_on=date(2027, 5, 24)),
        Referral(id=ids["referral"], case_id=case, recipient="IHK Chemnitz", state="agreed"),
        Affiliate(id=ids["affiliate"], name="Muldental Holding", capital=Decimal("51.5")),
        ClosedYear(id=ids["closed_year"], year=2024, staff_units=Decimal("104.25")),
        StaffCount(id=ids["staff_count"], as_of=date(2026, 11, 24), full_time=100),
        DeMinimisAid(id=ids["de_minimis_aid"], granted_on=date(2025, 3, 1), amount=Decimal(9000)),
        Passage(id=ids["passage"], case_id=case, key="summary.1", original="Alt", text="Neu"),
        ReportChapter(id=ids["report_chapter"], case_id=case, chapter="site", is_shown=False),
        Insertion(id=ids["insertion"], case_id=case, chapter="summary", text="Eigener Absatz"),
        MailDraft(id=ids["mail_draft"], case_id=case, recipient="uhlig@muldental.example"),
        CaseFigures(id=ids["case_figures"], case_id=case, figures={"month": "2026-11"}),
    )
    return rest


def content(store: Store) -> dict[str, dict[str, dict[str, str]]]:
    """Entity → id → column → text of every row."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    with store.read() as session:
        for name, entity in ENTITIES.items():
            columns = [c.key for c in inspect(entity).mapper.column_attrs]
            rows: list[Any] = list(session.scalars(select(entity)))
            found[name] = {str(r.id): {c: str(getattr(r, c)) for c in columns} for r in rows}
    return found


def leave(folder: Path) -> None:
    """A closed store of this version in `folder`, with its content written down beside it."""
    store = Store.create(folder, PASSPHRASE, clock=TurnedClock(), device="alt", cost=CHEAP)
    fill(store)
    written = json.dumps(content(store), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / CONTENT).write_text(written + "\n", encoding="utf-8")
    store.close()
    (folder / LOCK_FILE).unlink(missing_ok=True)


if __name__ == "__main__":
    leave(Path(sys.argv[1]))

"""Our own laptop for the sync benchmark: a real encrypted store with the sheets of the workload."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.models import Answer
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client.enrolment import enrol
from sync.client.outcome import Outcome
from sync.client.session import run
from sync.client.transport import HttpTransport
from tests.benchmarks.sync_workload import Said, Sheet
from tests.storage.desks import CHEAP, PASSPHRASE, TurnedClock

AUTHOR = "Mareike Sonntag"
DEFAULTS = {"evidence": "E0", "note": ""}
STATES = {"dont_know": "dk", "confidential": "kv"}


def new_laptop(folder: Path) -> Store:
    """An empty store."""
    return Store.create(folder, PASSPHRASE, clock=TurnedClock(), device="Laptop 7", cost=CHEAP)


def open_laptop(folder: Path) -> Store:
    """A store that was filled before."""
    return Store.open(folder, PASSPHRASE, clock=TurnedClock())


def fill(store: Store, sheets: Iterable[Sheet]) -> None:
    """What an advisor typed, each answer as an edit of its own; one transaction per sheet."""
    for sheet in sheets:
        company, assessment = uuid.UUID(sheet.company_id), uuid.UUID(sheet.assessment_id)
        head = [
            _edit(company, "company", company, deleted=False, name=sheet.name),
            _edit(company, "assessment", assessment, deleted=False, form_id="vollcheck"),
        ]
        edits = [*head, *(_answer(company, assessment, said) for said in sheet.answers)]
        with store.maintain() as session:
            connection = session.connection()
            for some in edits:
                stamp = store.change_log.next_stamp()
                store.change_log.append(connection, some, author=AUTHOR, hlc=stamp)
            fold(connection, {edit.entity_id for some in edits for edit in some})


def _answer(company: uuid.UUID, assessment: uuid.UUID, said: Said) -> list[Edit]:
    row = uuid.uuid5(assessment, said.question)
    state = STATES.get(said.state, said.state)
    response = {"state": state, "value": said.value, "reason": said.reason}
    more = {"evidence": said.evidence, "note": said.note}
    return _edit(
        company,
        "answer",
        row,
        key={"assessment_id": str(assessment), "question": said.question},
        response=response,
        **{name: value for name, value in more.items() if value != DEFAULTS[name]},
    )


def _edit(company: uuid.UUID, entity: str, row: uuid.UUID, **fields: object) -> list[Edit]:
    return [
        Edit(company, entity, row, name, value, is_forced=True) for name, value in fields.items()
    ]


def touch(store: Store, sheet: Sheet, value: str) -> None:
    """One answer gets another value."""
    key = (uuid.UUID(sheet.assessment_id), sheet.answers[0].question)
    with store.edit(AUTHOR) as session:
        session.get_one(Answer, key).value = value


def sign_up(store: Store, url: str, code: str) -> None:
    """Make the laptop a device of the network."""
    with HttpTransport(url) as transport:
        enrol(StoreChanges(store), url, code, "Laptop", transport=transport)


def sync(store: Store, url: str) -> Outcome:
    """One run, as the button starts it."""
    with HttpTransport(url) as transport:
        return run(StoreChanges(store), transport, progress=lambda _: None, cancelled=lambda: False)

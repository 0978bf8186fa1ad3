"""Our own laptop for the sync benchmark: a real encrypted store with the sheets of the workload."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import bindparam, func, insert, select

from desktop_advisor.storage.change_log import Edit
from desktop_advisor.storage.log_tables import LOG
from desktop_advisor.storage.models import Answer, Attachment
from desktop_advisor.storage.projection import fold
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from sync.client.enrolment import enrol
from sync.client.outcome import Outcome
from sync.client.session import run
from sync.client.transport import HttpTransport
from tests.benchmarks.sync_workload import Said, Sheet
from tests.storage.desks import CHEAP, PASSPHRASE, TurnedClock

AUTHOR = "Mareike Sonntag"
DEFAULTS = {"evidence": "E0", "note": ""}
STATES = {"dont_know": "dk", "confidential": "kv"}
CHANGES_AT_ONCE = 20_000


def new_laptop(folder: Path) -> Store:
    """An empty store."""
    return Store.create(folder, PASSPHRASE, clock=TurnedClock(), device="Laptop 7", cost=CHEAP)


def open_laptop(folder: Path) -> Store:
    """A store that was filled before."""
    return Store.open(folder, PASSPHRASE, clock=TurnedClock())


def fill(store: Store, sheets: Iterable[Sheet]) -> None:
    """What an advisor typed, each answer as an edit of its own with its own stamp.

    The rows of `ChangeLog.append`, without its looking for earlier changes of the same fields:
    there are none. Many sheets in one transaction.
    """
    waiting: list[list[Edit]] = []
    for sheet in sheets:
        waiting += _edits(sheet)
        if sum(map(len, waiting)) >= CHANGES_AT_ONCE:
            _write(store, waiting)
            waiting = []
    _write(store, waiting)


def _edits(sheet: Sheet) -> Iterable[list[Edit]]:
    company, assessment = uuid.UUID(sheet.company_id), uuid.UUID(sheet.assessment_id)
    yield _edit(company, "company", company, deleted=False, name=sheet.name)
    yield _edit(company, "assessment", assessment, deleted=False, form_id="vollcheck")
    for said in sheet.answers:
        yield _answer(company, assessment, said)


def _write(store: Store, edits: list[list[Edit]]) -> None:
    """As one transaction. The first goes by the log itself, which says how far it has counted."""
    if not edits:
        return
    log = store.change_log
    with store.maintain() as session:
        connection = session.connection()
        log.append(connection, edits[0], author=AUTHOR, hlc=log.next_stamp())
        n = connection.execute(_LAST_N, {"of_writer": log.writer}).scalar_one()
        rows = []
        for some in edits[1:]:
            stamp = log.next_stamp()
            for one in some:
                n += 1
                rows.append(log._row(one, (), n, AUTHOR, stamp))
        if rows:
            connection.execute(insert(LOG), rows)
        fold(connection, {edit.entity_id for some in edits for edit in some})
        log.observe(connection, 0)


_LAST_N = select(func.max(LOG.c.n)).where(LOG.c.writer == bindparam("of_writer"))


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


def attach(store: Store, sheet: Sheet, content: bytes) -> None:
    """A photo of that company's visit."""
    sha256 = store.files.add(content)
    with store.edit(AUTHOR) as session:
        session.add(
            Attachment(
                id=uuid.uuid4(),
                company_id=uuid.UUID(sheet.company_id),
                sha256=sha256,
                size=len(content),
                media_type="image/jpeg",
            )
        )


def sign_up(store: Store, url: str, code: str) -> None:
    """Make the laptop a device of the network."""
    with HttpTransport(url) as transport:
        enrol(StoreChanges(store), url, code, "Laptop", transport=transport)


def sync(store: Store, url: str) -> Outcome:
    """One run, as the button starts it."""
    with HttpTransport(url) as transport:
        return run(StoreChanges(store), transport, progress=lambda _: None, cancelled=lambda: False)


def health(url: str) -> None:
    """The least a server can be asked, over a connection of its own as `sync` has one."""
    with HttpTransport(url) as transport:
        transport.request("GET", "/v1/health", headers={})


def prepare(store: Store) -> None:
    """What the program does before a run while nobody waits: pack what is to be sent."""
    StoreChanges(store).prepare()


def sort_in(store: Store) -> None:
    """What the program does after a run: spread all that came into the tables."""
    sort_in_all(store)

"""A sync costs what changed, not what exists: whatever it asks the database, an index answers."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import event, text

from tests.sync.central import COMPANY, Central, sync
from tests.sync.memory_store import MemoryStore

GROWING = (
    "company_file|assignment|log_entry|earlier|known_run|joined_company|case_figure|"
    "quarantined_change|blob|blob_content|blob_piece|audit_entry"
)
"""Tables, and `earlier` as another name of the log, that grow with what the network works on."""
ALL_OF_IT = re.compile(rf"SCAN ({GROWING})\b|SEARCH ({GROWING})\b.*\(network_id=\?\)$")
OTHER = COMPANY[:-1] + "9"


class Asked:
    """Every statement that reads, with what it was asked, and how SQLite would answer it."""

    def __init__(self, central: Central) -> None:
        self._engine = central.database.engine
        self._said: dict[str, Any] = {}
        event.listen(self._engine, "after_cursor_execute", self._note)

    def _note(
        self, _connection: object, _cursor: object, said: str, asked: Any, *_: object
    ) -> None:
        if not said.startswith(("EXPLAIN", "PRAGMA", "BEGIN", "INSERT")):
            self._said[said] = asked

    def in_full(self) -> list[str]:
        """The statements that look at all rows of a network, and how."""
        found = []
        said = dict(self._said)
        with self._engine.connect() as connection:
            for statement, asked in said.items():
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", asked)
                for *_, step in plan:
                    if ALL_OF_IT.match(step) and "max(" not in statement:  # one look at its end
                        found.append(f"{step}: {statement}")
        assert len(said) > 5
        return found


def test_no_statement_of_a_small_sync_looks_at_all_that_a_network_has() -> None:
    first, second = MemoryStore(), MemoryStore()
    with Central() as central:
        for store in (first, second):
            central.enrol(store)
        first.edit(COMPANY, "company", COMPANY, "name", "Huber", 1_000)
        first.edit(OTHER, "company", OTHER, "name", "Maier", 1_000)
        for store in (first, second):
            sync(store, central.transport)
        asked = Asked(central)

        first.edit(COMPANY, "company", COMPANY, "name", "Huber SE", 2_000)
        first.attach(COMPANY, COMPANY, b"a photo", 2_000)
        for store in (first, second):
            assert sync(store, central.transport).touched <= {COMPANY}

        assert second.shown((COMPANY, "company", COMPANY, "name")) == "Huber SE"
        assert asked.in_full() == []


def test_a_statement_that_looks_at_all_is_seen() -> None:
    with Central() as central:
        asked = Asked(central)
        with central.database.reading() as session:
            for number in range(6):
                of_network = f"SELECT {number} FROM company_file WHERE network_id = 1"
                session.execute(text(of_network))
        assert len(asked.in_full()) == 6

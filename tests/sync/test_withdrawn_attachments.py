"""What was photographed before a withdrawal was heard of stays with the company file."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sync.server import assignments, events, people, quarantine
from sync.server.people_models import Assignment
from tests.sync.central import COMPANY, NETWORK, Central, sync
from tests.sync.memory_store import MemoryStore

PHOTO = "0190a000-0000-7000-8000-0000000000aa"


def withdraw_all(central: Central) -> None:
    """Nobody works with any file any more."""
    with central.database.writing() as session:
        for assignment in session.scalars(select(Assignment.id)).all():
            events.withdraw(session, assignment)


@pytest.mark.parametrize("is_during_the_run", [False, True])
def test_a_photo_that_was_not_sent_before_a_withdrawal_is_kept_for_the_file(
    central: Central, pair: tuple[MemoryStore, MemoryStore], is_during_the_run: bool
) -> None:
    """Also one that is added while the run goes on, after it has looked for attachments."""
    first, second = pair
    first.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync(first, central.transport)
    withdraw_all(central)
    if is_during_the_run:
        fetch_outbox = first.outbox
        added: list[str] = []

        def adding(limit_bytes: int) -> object:
            if not added:
                added.append(first.attach(COMPANY, PHOTO, b"the press", 2))
            return fetch_outbox(limit_bytes)

        first.outbox = adding  # type: ignore[method-assign, assignment]
    else:
        first.attach(COMPANY, PHOTO, b"the press", 2)

    outcome = sync(first, central.transport)
    assert (outcome.withdrawn, outcome.blobs_refused) == ({COMPANY}, 0)
    assert first.blobs == {}

    network = people.network_id_of(central.database, NETWORK)
    for line in quarantine.quarantined(central.database, network):
        quarantine.retry(central.database, network, line.id, "Test")
    team = people.teams(central.database, network)[0].id
    assignments.assign(central.database, network, COMPANY, "Test", team_id=team)
    sync(second, central.transport)

    assert list(second.blobs.values()) == [b"the press"]

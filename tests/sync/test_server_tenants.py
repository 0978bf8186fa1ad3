"""A network sees nothing of another one, and cannot find out what is there."""

from __future__ import annotations

import pytest

from sync.client.transport import HttpTransport
from sync.server import administration
from tests.sync.central import COMPANY, Central, sync_whole
from tests.sync.memory_store import MemoryStore

NAME = (COMPANY, "company", COMPANY, "name")


@pytest.fixture
def strangers(central: Central) -> tuple[MemoryStore, MemoryStore]:
    """Laptops of two networks on one server."""
    administration.add_network(central.database, "MoLeWa")
    ours, theirs = MemoryStore(), MemoryStore()
    central.enrol(ours)
    central.enrol(theirs, "MoLeWa")
    return ours, theirs


def test_changes_of_one_network_never_reach_another(
    http: HttpTransport, strangers: tuple[MemoryStore, MemoryStore]
) -> None:
    ours, theirs = strangers
    ours.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(ours, http)

    outcome = sync_whole(theirs, http)

    assert (outcome.received, theirs.log) == (0, {})


def test_somebody_elses_company_is_answered_like_an_unknown_one(
    http: HttpTransport, strangers: tuple[MemoryStore, MemoryStore]
) -> None:
    ours, theirs = strangers
    unknown = COMPANY.replace("1", "9")
    ours.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(ours, http)

    outcomes = []
    for company in (COMPANY, unknown):
        theirs.edit(company, "company", company, "name", "Maier", 1)
        outcome = sync_whole(theirs, http)
        outcomes.append((outcome.sent, outcome.quarantined, outcome.received))
    sync_whole(ours, http)

    assert outcomes[0] == outcomes[1]
    assert ours.shown(NAME) == "Huber"
    assert ours.conflict(NAME) == []


def test_a_name_taken_in_one_network_is_free_in_another(
    http: HttpTransport, central: Central, strangers: tuple[MemoryStore, MemoryStore]
) -> None:
    ours, theirs = MemoryStore(lambda: "a" * 32), MemoryStore(lambda: "a" * 32)
    central.enrol(ours)
    central.enrol(theirs, "MoLeWa")
    ours.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    theirs.edit(COMPANY, "company", COMPANY, "name", "Maier", 1)

    assert [sync_whole(store, http).quarantined for store in (ours, theirs)] == [0, 0]


def test_only_hashes_of_tokens_and_codes_are_stored(
    central: Central, strangers: tuple[MemoryStore, MemoryStore]
) -> None:
    code = central.code()
    enrolment = strangers[0].enrolment()
    assert enrolment is not None

    stored = central.copy().database

    for secret in (code, code.replace("-", ""), enrolment.token):
        assert secret.encode() not in stored

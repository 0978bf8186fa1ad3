"""Whoever takes two locks takes them in one order, so that none waits for the other for good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from sync.server import assignments, events, exchange, people, quarantine
from sync.server.models import QuarantinedChange
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import COMPANY, NETWORK, Central

WAIT_S = 2
"""At most: where the other one has to wait for us, it does not get there before."""


@pytest.fixture
def central(shared: Central) -> Central:
    """SQLite has one writer at a time, and so no such locks."""
    return shared


class Crossing:
    """Two acts, each of which stops after its first lock until the other one has its own."""

    def __init__(self) -> None:
        self._there = (threading.Event(), threading.Event())

    def stop(self, act: Callable[..., Any], place: int, *, before: bool) -> Callable[..., Any]:
        """The act, held up before or after it is done."""

        def stopped(*args: Any, **named: Any) -> Any:
            found = None if before else act(*args, **named)
            self._there[place].set()
            self._there[1 - place].wait(WAIT_S)
            return act(*args, **named) if before else found

        return stopped

    def play(self, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
        """What both return, or raise; the second begins where the first has stopped."""
        with ThreadPoolExecutor(1) as pool:
            running: Future[Any] = pool.submit(first)
            assert self._there[0].wait(WAIT_S)
            found = second()
            return running.result(), found


@pytest.mark.parametrize("act", ["move", "set_role"])
def test_a_person_changes_team_or_role_while_a_batch_comes(
    central: Central, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    desk = Desk(central)
    desk.verdicts(changeset(change()))
    network = people.network_id_of(central.database, NETWORK)
    people.add_team(central.database, network, "Zwei", "Test")
    (person,) = people.advisors(central.database, network)
    crossing = Crossing()
    announced = "moved" if act == "move" else "role_changed"
    told = getattr(events, announced)
    monkeypatch.setattr(events, announced, crossing.stop(told, 0, before=True))
    shaken = exchange._shake_hands
    monkeypatch.setattr(exchange, "_shake_hands", crossing.stop(shaken, 1, before=False))

    def administer() -> None:
        to = "Zwei" if act == "move" else "coordinator"
        getattr(people, act)(central.database, network, person.id, to, "Test")

    _, answer = crossing.play(administer, lambda: desk.post(changeset(change(2))))

    assert answer.status == 200


def test_a_kept_change_is_tried_again_while_its_file_is_purged(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(central)
    desk.verdicts(changeset(change()))
    desk.verdicts(changeset(change(value="anderes")))
    network = people.network_id_of(central.database, NETWORK)
    (kept,) = quarantine.quarantined(central.database, network)
    with central.database.writing() as session:
        session.get_one(QuarantinedChange, kept.id).body = msgspec.json.encode(change(2))
    crossing = Crossing()
    found = quarantine._undecided
    monkeypatch.setattr(quarantine, "_undecided", crossing.stop(found, 0, before=False))
    monkeypatch.setattr(events, "_empty", crossing.stop(events._empty, 1, before=True))

    crossing.play(
        lambda: quarantine.retry(central.database, network, kept.id, "Test"),
        lambda: assignments.purge(central.database, network, COMPANY, "objection", "Test"),
    )

    assert quarantine.quarantined(central.database, network, resolved=True) == []

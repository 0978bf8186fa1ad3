"""Whose laptop an enrolment makes, and how long its token lasts."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from sync.client.enrolment import enrol
from sync.client.errors import CodeNotAcceptedError, RevokedError
from sync.client.port import Enrolment
from sync.server import administration, laptops, people
from sync.server.audit import AdministrationError
from sync.server.database import now_ms
from sync.server.devices import TOKEN_LIFE_MS
from sync.server.models import Registration
from tests.sync.central import NETWORK, Central, sync
from tests.sync.memory_store import MemoryStore

DAY_MS = 24 * 3_600_000


def enrolled(central: Central, store: MemoryStore, person: str = "", team: str = "") -> Enrolment:
    """The store's laptop, called Laptop, after it was given to that person."""
    code = administration.enrolment_code(central.database, NETWORK, person=person, team=team)
    return enrol(store, "http://127.0.0.1", code.text, "Laptop", transport=central.transport)


def owners(central: Central) -> list[str]:
    """Whose the laptops are, in the order of their enrolment."""
    lines = laptops.devices(central.database)
    return [d.advisor for d in sorted(lines, key=lambda d: d.created_ms)]


def test_laptops_given_to_nobody_by_name_get_advisors_of_their_own(central: Central) -> None:
    for _ in range(3):
        enrolled(central, MemoryStore())

    network = people.network_id_of(central.database, NETWORK)
    made = people.advisors(central.database, network)
    assert sorted(owners(central)) == ["Laptop", "Laptop 2", "Laptop 3"]
    assert {(p.team, p.role) for p in made} == {("Beratung", "advisor")}


def test_the_laptop_is_told_whose_it_is_where_the_code_said_so(central: Central) -> None:
    assert enrolled(central, MemoryStore(), "Jana Vogel").person == "Jana Vogel"
    assert enrolled(central, MemoryStore()).person == ""


def test_a_second_laptop_of_a_person_is_theirs_as_well(central: Central) -> None:
    network = people.network_id_of(central.database, NETWORK)
    people.add_team(central.database, network, "Erzgebirge", "Test")
    enrolled(central, MemoryStore(), "Jana Vogel", "Erzgebirge")
    enrolled(central, MemoryStore(), "Jana Vogel")

    [jana] = people.advisors(central.database, network)
    assert owners(central) == ["Jana Vogel", "Jana Vogel"]
    assert jana.team == "Erzgebirge"
    with pytest.raises(AdministrationError, match="belongs to another team"):
        enrolled(central, MemoryStore(), "Jana Vogel", "Beratung")


def test_a_code_of_somebody_who_was_disabled_meanwhile_buys_nothing(central: Central) -> None:
    code = administration.enrolment_code(central.database, NETWORK, person="Jana Vogel").text
    network = people.network_id_of(central.database, NETWORK)
    jana = people.advisor_named(central.database, network, "Jana Vogel")
    people.disable(central.database, network, jana.id, "Test")

    with pytest.raises(CodeNotAcceptedError):
        enrol(MemoryStore(), "http://127.0.0.1", code, "Laptop", transport=central.transport)
    assert laptops.devices(central.database) == []


@pytest.mark.parametrize(("silent_days", "is_accepted"), [(399, True), (401, False)])
def test_a_token_ends_after_400_days_of_silence_and_lives_on_by_each_contact(
    central: Central, silent_days: int, is_accepted: bool
) -> None:
    store = MemoryStore()
    enrolled(central, store)
    seen = now_ms() - silent_days * DAY_MS
    with central.database.writing() as session:
        session.execute(update(Registration).values(seen_ms=seen, expires_ms=seen + TOKEN_LIFE_MS))

    if not is_accepted:
        with pytest.raises(RevokedError):
            sync(store, central.transport)
        return
    sync(store, central.transport)
    [line] = laptops.devices(central.database)
    assert line.expires_ms > now_ms() + 399 * DAY_MS

"""Shutting a laptop out and having it erased are two things; the laptop says what went."""

from __future__ import annotations

import json

import pytest

from sync.client.errors import ServerSaysNoError
from sync.client.port import Enrolment
from sync.client.wiping import ask_order, report_wipe
from sync.server import audit, laptops
from sync.server.audit import AdministrationError
from sync.server.database import now_ms
from sync.server.models import Registration
from tests.sync.central import Central
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def stolen(central: Central) -> Enrolment:
    """A laptop that is enrolled, still."""
    store = MemoryStore()
    central.enrol(store)
    enrolment = store.enrolment()
    assert enrolment is not None
    return enrolment


def test_a_laptop_that_is_only_shut_out_is_not_to_erase_itself(
    central: Central, stolen: Enrolment
) -> None:
    laptops.revoke(central.database, stolen.device_id)

    assert not ask_order(central.transport, stolen)
    with pytest.raises(ServerSaysNoError):
        report_wipe(central.transport, stolen, unsent=3, files=1, done=True)
    assert laptops.devices(central.database)[0].wiped_ms is None


def test_an_ordered_erasure_is_asked_for_announced_and_noted(
    central: Central, stolen: Enrolment
) -> None:
    assert laptops.order_wipe(central.database, stolen.device_id) is None

    assert ask_order(central.transport, stolen)
    report_wipe(central.transport, stolen, unsent=3, files=2, done=False)
    before = laptops.devices(central.database)[0]
    report_wipe(central.transport, stolen, unsent=3, files=2, done=True)
    after = laptops.devices(central.database)[0]

    assert (before.unsent, before.wiped_ms) == (3, None)
    assert after.wiped_ms is not None
    assert after.revoked_ms is not None
    noted = audit.entries(central.database)[:3]
    assert [e.action for e in noted] == ["device wiped", "device wipe begun", "device wipe ordered"]
    assert json.loads(noted[1].detail) == {"files": 2, "unsent": 3}
    assert noted[1].actor == "Gerät Laptop"
    assert ask_order(central.transport, stolen), "a copy of it is to erase itself as well"


def test_the_server_knows_how_far_an_erasure_is(central: Central, stolen: Enrolment) -> None:
    def stage() -> tuple[bool, bool, bool]:
        line = laptops.devices(central.database)[0]
        return line.has_order, line.announced_ms is not None, line.wiped_ms is not None

    laptops.order_wipe(central.database, stolen.device_id)
    with central.database.writing() as session:
        registration = session.get_one(Registration, stolen.device_id)
        assert registration.wipe_ms is not None
        registration.seen_ms = registration.wipe_ms - 1
    stages = [stage()]
    ask_order(central.transport, stolen)
    stages.append(stage())
    for done in (False, True):
        report_wipe(central.transport, stolen, unsent=3, files=2, done=done)
        stages.append(stage())

    assert stages == [
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    ]


def test_what_an_earlier_order_led_to_is_not_taken_for_this_one(
    central: Central, stolen: Enrolment
) -> None:
    laptops.order_wipe(central.database, stolen.device_id)
    report_wipe(central.transport, stolen, unsent=3, files=2, done=False)
    laptops.cancel_wipe(central.database, stolen.device_id)
    laptops.order_wipe(central.database, stolen.device_id)
    with central.database.writing() as session:
        registration = session.get_one(Registration, stolen.device_id)
        registration.wipe_ms = now_ms() + 1

    assert laptops.devices(central.database)[0].announced_ms is None


def test_an_order_is_taken_back_until_it_is_carried_out(
    central: Central, stolen: Enrolment
) -> None:
    laptops.order_wipe(central.database, stolen.device_id)
    laptops.cancel_wipe(central.database, stolen.device_id)
    assert not ask_order(central.transport, stolen)

    laptops.order_wipe(central.database, stolen.device_id)
    report_wipe(central.transport, stolen, unsent=0, files=0, done=True)
    with pytest.raises(AdministrationError, match="erased itself already"):
        laptops.cancel_wipe(central.database, stolen.device_id)


def test_a_server_that_does_not_know_the_laptop_never_has_it_erased(
    central: Central, stolen: Enrolment
) -> None:
    stranger = Enrolment(
        server_url=stolen.server_url,
        server_id=stolen.server_id,
        server_epoch=stolen.server_epoch,
        device_id=stolen.device_id,
        token="x" * 43,
        network=stolen.network,
    )

    assert not ask_order(central.transport, stranger)

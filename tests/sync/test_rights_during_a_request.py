"""Rights that change while a request's body travels: what is done follows those of afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from sqlalchemy import select

from sync.client.calls import Calls
from sync.client.errors import RevokedError
from sync.client.transport import Answer
from sync.server import authority, devices, laptops, people
from sync.server.models import IssuedCertificate
from sync.server.people_models import Assignment
from tests.sync import postgres
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import CA_PASSPHRASE, COMPANY, NETWORK, Central, sync
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore
from tests.sync.test_server_authority import request as certificate_request
from tests.sync.test_server_rights import caller_of, rename

OTHER = COMPANY[:-1] + "9"
HASH_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Iterator[Central]:
    """A server over each kind of database, with the teams Beratung and Zwei."""
    if request.param == "sqlite":
        with Central() as server:
            yield with_two_teams(server)
        return
    with postgres.database() as url, Central(database_url=url) as server:
        yield with_two_teams(server)


def with_two_teams(server: Central) -> Central:
    people.add_team(server.database, network_of(server), "Zwei", "Test")
    return server


def network_of(central: Central) -> int:
    return people.network_id_of(central.database, NETWORK)


def meanwhile(central: Central, act: Callable[[], object]) -> closing[AppTransport]:
    """A line on which this happens once a token was accepted, before the first body is there."""
    waiting = [act]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def late() -> Any:
            if waiting:
                waiting.pop()()
            return await receive()

        await central.app(scope, late, send)

    asgi: Any = app
    line: Litestar = asgi
    return closing(AppTransport(line))


def files_on(store: MemoryStore) -> set[str]:
    return {change.company_id for change in store.log.values()}


def test_who_is_moved_meanwhile_keeps_no_file_of_the_old_team(either: Central) -> None:
    keeper, mover, new = MemoryStore(), MemoryStore(), MemoryStore()
    for store in (keeper, mover, new):
        either.enrol(store)
    move(either, new)
    rename(keeper, "Alt GmbH")
    new.edit(OTHER, "company", OTHER, "name", "Neu GmbH", 2)
    for store in (keeper, new, mover):
        sync(store, either.transport)
    assert files_on(mover) == {COMPANY}

    rename(mover, "Alt AG", now_ms=5)
    with meanwhile(either, lambda: move(either, mover)) as line:
        sync(mover, line)
    sync(mover, either.transport)

    assert files_on(mover) == {OTHER}


@pytest.mark.parametrize("is_writing", [False, True])
def test_who_may_see_no_file_any_more_gets_none(central: Central, is_writing: bool) -> None:
    author, desk = Desk(central), Desk(central)
    author.verdicts(changeset(change(value="Geheim AG")))
    message = desk.message() if is_writing else desk.message(batch=None)
    advisor = advisor_of(central, desk)

    def make_auditor() -> None:
        people.set_role(central.database, network_of(central), advisor, "auditor", "Test")

    with meanwhile(central, make_auditor) as line:
        answer = posted(line, desk, msgspec.json.encode(message))

    assert answer.status == 200
    assert b"Geheim AG" not in answer.body
    assert COMPANY.encode() in answer.body  # as one to let go of


@pytest.mark.parametrize("way", ["revoked", "disabled"])
def test_who_is_shut_out_meanwhile_is_refused(central: Central, way: str) -> None:
    author, desk = Desk(central), Desk(central)
    author.verdicts(changeset(change(value="Geheim AG")))
    advisor = advisor_of(central, desk)

    def shut_out() -> None:
        if way == "revoked":
            laptops.revoke(central.database, desk.enrolment.device_id)
        else:
            people.disable(central.database, network_of(central), advisor, "Test")

    with meanwhile(central, shut_out) as line:
        answer = posted(line, desk, msgspec.json.encode(desk.message(batch=None)))

    assert answer.status == 401


def test_who_is_shut_out_meanwhile_gets_no_certificate(central: Central) -> None:
    authority.create(central.database, NETWORK, CA_PASSPHRASE)
    lost = Desk(central).enrolment

    def revoke() -> None:
        laptops.revoke(central.database, lost.device_id)

    with meanwhile(central, revoke) as line, pytest.raises(RevokedError):
        Calls(line).certify(certificate_request(), lost)

    with central.database.reading() as session:
        assert session.scalars(select(IssuedCertificate)).all() == []


def test_a_file_that_an_attachment_begins_belongs_to_the_new_team(either: Central) -> None:
    mover = MemoryStore()
    either.enrol(mover)
    enrolment = mover.enrolment()
    assert enrolment is not None
    path = f"/v1/blobs/{COMPANY}/{HASH_OF_NOTHING}"
    with meanwhile(either, lambda: move(either, mover)) as line:
        token = {"Authorization": f"Bearer {enrolment.token}"}
        assert line.request("PUT", path, headers=token).status == 201

    with either.database.reading() as session:
        begun = session.scalars(select(Assignment)).one()
        assert begun.team_id == caller_of(either, mover).team_id


def move(central: Central, store: MemoryStore) -> None:
    """Its advisor goes to team Zwei."""
    advisor = caller_of(central, store).advisor_id
    people.move(central.database, network_of(central), advisor, "Zwei", "Test")


def advisor_of(central: Central, desk: Desk) -> str:
    token = desk.enrolment.token
    return devices.authenticate(central.database, f"Bearer {token}").advisor_id


def posted(line: AppTransport, desk: Desk, body: bytes) -> Answer:
    headers = {"Authorization": f"Bearer {desk.enrolment.token}", "accept-encoding": "identity"}
    return line.request("POST", "/v1/sync", headers=headers, body=body)

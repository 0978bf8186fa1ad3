"""Parts of a batch may travel ahead of it, and wait for it no longer than a day."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import MAX_PART_BYTES, Problem, ProblemType
from sync.server import administration, events, parts
from sync.server.blob_stores.opening import open_store
from sync.server.blobs import BlobShelf
from sync.server.database import now_ms
from sync.server.devices import authenticate
from sync.server.models import Part
from sync.server.problems import RefusalError
from sync.server.sweeping import sweeping
from tests.sync.by_hand import Desk, change, changeset, frame
from tests.sync.central import COMPANY, Central
from tests.sync.test_server_rights import administer

OTHER = COMPANY.replace("1", "2")


@pytest.fixture
def desk(central: Central) -> Desk:
    """One enrolled laptop."""
    return Desk(central)


def part_of(*frames: bytes) -> tuple[bytes, str]:
    """A part and its hash."""
    part = msgspec.msgpack.encode(frames)
    return part, hashlib.sha256(part).hexdigest()


def problem(answer: Any) -> tuple[int, str]:
    return answer.status, wire.decode(answer.body, Problem).type


def waiting(central: Central) -> int:
    with central.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Part)) or 0


def test_verdicts_stand_in_the_order_of_parts_then_frames_then_changesets(desk: Desk) -> None:
    first, first_name = part_of(frame(change(1)), frame(change(2)))
    second, second_name = part_of(frame(change(3)), b"bad")
    assert desk.stage(first).status == 204
    assert desk.stage(second).status == 204
    batch = {
        "batch_id": "b" * 32,
        "parts": [second_name, first_name],
        "frames": [frame(change(4, OTHER))],
        "changesets": [changeset(change(5))],
    }

    reply = desk.sent(batch=batch)

    outcomes = [(v.company_id, v.outcome) for v in reply.verdicts]
    assert outcomes == [
        (COMPANY, "applied"),
        ("", "refused"),
        (COMPANY, "applied"),
        (COMPANY, "applied"),
        (OTHER, "applied"),
        (COMPANY, "applied"),
    ]
    assert {n for _, n in desk.central.held()} == {1, 2, 3, 4, 5}
    assert waiting(desk.central) == 0


def test_a_batch_whose_reply_was_lost_is_answered_though_its_parts_are_gone(desk: Desk) -> None:
    part, name = part_of(frame(change(1)))
    desk.stage(part)
    batch = {"batch_id": "b" * 32, "parts": [name]}
    first = desk.send(batch=batch)

    again = desk.send(batch=batch)
    desk.stage(part)
    staged_anew = desk.send(batch=batch)

    assert first.body == again.body == staged_anew.body
    assert waiting(desk.central) == 0


def test_a_part_that_is_not_here_is_asked_for_and_nothing_is_taken(desk: Desk) -> None:
    part, name = part_of(frame(change(1)))
    desk.stage(part)

    answer = desk.send(frame(change(2)), parts=[name, "0" * 64])

    assert problem(answer) == (409, ProblemType.PART_UNKNOWN)
    assert desk.central.held() == set()
    assert waiting(desk.central) == 1


def test_a_laptop_uses_its_own_parts_only(desk: Desk, central: Central) -> None:
    part, name = part_of(frame(change(1)))
    desk.stage(part)

    answer = Desk(central).send(parts=[name])

    assert problem(answer) == (409, ProblemType.PART_UNKNOWN)


def test_a_part_is_kept_once_however_often_it_is_sent(desk: Desk) -> None:
    part, _ = part_of(frame(change(1)))

    assert [desk.stage(part).status for _ in range(2)] == [204, 204]
    assert waiting(desk.central) == 1


@pytest.mark.parametrize(
    ("body", "sha256", "expected"),
    [
        (part_of(frame(change(1)))[0], "0" * 64, (422, ProblemType.PART_HASH)),
        (part_of(frame(change(1)))[0], "x", (422, ProblemType.PART_HASH)),
        (b"", "", (400, ProblemType.MALFORMED)),
        (msgspec.msgpack.encode(["text"]), "", (400, ProblemType.MALFORMED)),
        (bytes(MAX_PART_BYTES + 1), "", (413, ProblemType.TOO_LARGE)),
    ],
)
def test_what_is_no_part_is_not_kept(
    desk: Desk, body: bytes, sha256: str, expected: tuple[int, ProblemType]
) -> None:
    assert problem(desk.stage(body, sha256)) == expected
    assert waiting(desk.central) == 0


def test_one_laptop_s_parts_take_so_much_room_and_another_s_are_taken(
    desk: Desk, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = part_of(bytes(600))[0], part_of(bytes(601))[0]
    monkeypatch.setattr(parts, "MOST_BYTES", 1000)

    answers = [desk.stage(first), desk.stage(second), Desk(central).stage(second)]

    assert [answer.status for answer in answers] == [204, 413, 204]


def test_too_many_bytes_in_parts_are_too_large_once_unpacked(desk: Desk) -> None:
    part, name = part_of(*[wire.compress(bytes(1024 * 1024))] * 33)
    desk.stage(part)

    assert problem(desk.send(parts=[name])) == (413, ProblemType.TOO_LARGE)


def test_a_part_without_its_batch_is_let_go_of_after_a_day(desk: Desk) -> None:
    desk.stage(part_of(frame(change(1)))[0])
    database, now = desk.central.database, now_ms()

    early, late = (parts.sweep(database, now + parts.KEPT_MS + shift) for shift in (-9_999, 9_999))

    assert (early, late, waiting(desk.central)) == (0, 1, 0)


def test_a_purge_erases_what_waits_in_the_network_s_parts_and_no_other_s(
    desk: Desk, central: Central
) -> None:
    administration.add_network(central.database, "MoLeWa")
    elsewhere = Desk(central, "MoLeWa")
    for one in (desk, elsewhere):
        one.stage(part_of(frame(change(1)))[0])

    def purge(session: Session) -> None:
        events.purge(session, 1, COMPANY, "request")

    administer(central, purge)

    with central.database.reading() as session:
        (left,) = session.scalars(select(Part.registration_id)).all()
    assert left == elsewhere.enrolment.device_id


def test_a_server_that_starts_lets_go_of_old_parts(desk: Desk, central: Central) -> None:
    desk.stage(part_of(frame(change(1)))[0])
    with central.database.writing() as session:
        session.execute(update(Part).values(received_ms=1))

    store = open_store("database:", central.database)
    with sweeping(central.database, BlobShelf(central.database, store)):
        pass  # sweeps once before it looks whether it is to end

    assert waiting(central) == 0


def bodies(central: Central) -> list[bytes]:
    with central.database.reading() as session:
        return list(session.scalars(select(Part.body)))


def test_a_part_that_comes_after_a_purge_leaves_nothing_of_the_file_here(
    desk: Desk, central: Central
) -> None:
    desk.sent(frame(change(1)))
    administer(central, lambda session: events.purge(session, 1, COMPANY, "request"))
    erased, left = frame(change(2, value="secret")), frame(change(3, OTHER))
    part, name = part_of(left, erased, b"bad")

    staged = [desk.stage(part).status for _ in range(2)]

    (kept,) = [msgspec.msgpack.decode(body) for body in bodies(central)]
    assert staged == [204, 204]
    assert (kept[0], kept[2]) == (left, b"bad")
    assert b"secret" not in wire.unframe(kept[1], 10_000)
    verdicts = desk.sent(parts=[name]).verdicts
    assert [(v.company_id, v.outcome, v.reason) for v in verdicts] == [
        (OTHER, "applied", ""),
        (COMPANY, "refused", "purged"),
        ("", "refused", "malformed"),
    ]
    assert waiting(central) == 0


def test_frames_that_no_batch_may_bring_are_not_unpacked_to_see_whose_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[bytes] = []
    monkeypatch.setattr(parts, "open_frame", lambda frame, _limit: opened.append(frame) or b"{}")
    large = wire.compress(bytes(1024 * 1024))

    assert parts._owners([large] * 4_000) == [""] * 4_000
    assert len(opened) == 32


def test_parts_that_come_together_have_no_more_room_than_one_after_the_other(
    shared: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, meeting = Desk(shared), threading.Barrier(2)

    def insert_together(table: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(1)
        return insert(table)

    monkeypatch.setattr(parts, "insert", insert_together)
    monkeypatch.setattr(parts, "MOST_BYTES", 1000)
    caller = authenticate(shared.database, f"Bearer {desk.enrolment.token}")

    def stage(size: int) -> int:
        part, name = part_of(bytes(size))
        try:
            parts.stage(shared.database, caller, name, part)
        except RefusalError as error:
            return error.problem.status
        return 204

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(stage, (600, 601)))

    assert statuses == [204, 413]


def test_a_part_that_comes_during_a_purge_leaves_nothing_of_the_file_here(shared: Central) -> None:
    desk = Desk(shared)
    desk.sent(frame(change(1)))
    secret = frame(change(2, value="secret"))

    with ThreadPoolExecutor(1) as pool:
        with shared.database.writing() as session:
            events.purge(session, 1, COMPANY, "request")
            staged = pool.submit(desk.stage, part_of(secret)[0])
            wait([staged], timeout=1)
        assert staged.result().status == 204

    assert not any(secret in body for body in bodies(shared))

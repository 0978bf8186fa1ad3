"""Blocks travel as frames, in both languages; a bad frame spoils only itself."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import pytest
import zstandard
from sqlalchemy import select

from sync import wire
from sync.blocks import block_of, changes_of, derived_id, frame_of, open_frame, read_block
from sync.protocol import MAX_CHANGES, Change, Problem, ProblemType, Reason, SyncReply
from sync.server import events
from sync.server.models import LogEntry, StoredReply
from sync.server.people_models import CompanyFile
from tests.sync.by_hand import Desk, change, changeset, frame
from tests.sync.central import COMPANY, Central
from tests.sync.test_server_rights import administer

OTHER = COMPANY.replace("1", "2")


@pytest.fixture
def desk(central: Central) -> Desk:
    """One enrolled laptop."""
    return Desk(central)


def broken(**columns: Any) -> bytes:
    """A frame of a block whose columns do not fit."""
    block = msgspec.to_builtins(block_of([msgspec.convert(change(), Change)]))
    return wire.compress(msgspec.json.encode(block | columns))


def problem(answer: Any) -> tuple[int, str]:
    return answer.status, wire.decode(answer.body, Problem).type


def test_a_frame_reaches_the_other_laptops_in_the_bytes_in_which_it_came(
    desk: Desk, central: Central
) -> None:
    sent = frame(change(1), change(2))

    (verdict,) = desk.sent(sent).verdicts

    assert (verdict.outcome, verdict.fresh) == ("applied", 2)
    assert Desk(central).sent(batch=None).frames == (sent,)
    assert desk.sent(batch=None).frames == ()
    with central.database.reading() as session:
        entry = session.execute(select(LogEntry.kind, LogEntry.body, LogEntry.size)).one()
        file = session.scalars(select(CompanyFile)).one()
    assert (entry.kind, entry.body, entry.size) == ("block", sent, len(open_frame(sent)))
    assert file.change_count == 2


def test_in_json_frames_are_base64_both_ways(desk: Desk, central: Central) -> None:
    sent = frame(change(1, value="Huber"))
    batch = {"batch_id": "b" * 32, "frames": [base64.b64encode(sent).decode()]}

    reply = wire.decode(desk.post(batch=batch).body, SyncReply)
    other = Desk(central).post(batch=None)

    assert reply.verdicts[0].outcome == "applied"
    assert other.headers["content-type"] == "application/json"
    assert wire.decode(other.body, SyncReply).frames == (sent,)
    with central.database.reading() as session:
        assert session.scalars(select(CompanyFile.name)).one() == "Huber"


@pytest.mark.parametrize(
    ("bad", "company"),
    [
        (b"no frame at all", ""),
        (b"", ""),
        (zstandard.ZstdCompressor().compress(b"{}")[:-1], ""),
        (wire.compress(b"{}"), ""),
        (wire.compress(b'{"company_id":"' + COMPANY.encode() + b'"}'), COMPANY),
        (broken(edits=[7]), COMPANY),
        (broken(company_id="x"), "x"),
    ],
)
def test_a_frame_that_cannot_be_read_is_refused_and_stops_no_other(
    desk: Desk, bad: bytes, company: str
) -> None:
    reply = desk.sent(frame(change(1)), bad, frame(change(2, OTHER)))

    assert [v.outcome for v in reply.verdicts] == ["applied", "refused", "applied"]
    assert (reply.verdicts[1].company_id, reply.verdicts[1].reason) == (company, Reason.MALFORMED)
    assert len(desk.central.held()) == 2


def test_in_json_what_is_no_base64_is_refused_and_stops_no_other(desk: Desk) -> None:
    good = base64.b64encode(frame(change(1))).decode()
    batch = {"batch_id": "b" * 32, "frames": ["%", 7, good]}

    reply = wire.decode(desk.post(batch=batch).body, SyncReply)

    assert [v.outcome for v in reply.verdicts] == ["refused", "refused", "applied"]


def test_what_frames_unpack_to_is_bounded_one_by_one_and_together(desk: Desk) -> None:
    one = wire.compress(bytes(33 * 1024 * 1024))
    many = [wire.compress(bytes(1024 * 1024))] * 33

    for bombs in ([one], many):
        assert problem(desk.send(*bombs)) == (413, ProblemType.TOO_LARGE)


def test_a_block_that_says_endlessly_many_changes_in_few_bytes_is_too_large(desk: Desk) -> None:
    key = {"assessment_id": COMPANY, "question": "q"}
    block = msgspec.to_builtins(block_of([_derived(key)]))
    many = 1000
    grown = block | {
        "shapes": [[0] * many],
        "edits": [0] * many,
        "row": [block["row"][0], *[0] * (many - 1)],
        "ms": [0] * many,
        "runs": [[0, 1, many**2]],
        "made": [[many**2, 0, 0, 1]],
    }
    assert many**2 > MAX_CHANGES

    answer = desk.send(wire.compress(msgspec.json.encode(grown)))

    assert problem(answer) == (413, ProblemType.TOO_LARGE)


def _derived(key: dict[str, str]) -> Change:
    row = derived_id(key["assessment_id"], key["question"])
    members = {"entity": "answer", "field": "key", "entity_id": row, "value": key}
    return msgspec.convert(change(1, **members), Change)


def test_the_same_frame_again_is_a_duplicate(desk: Desk, central: Central) -> None:
    sent = frame(change(1), change(2))
    desk.sent(sent)

    (again,) = desk.sent(sent).verdicts
    (packed_anew,) = desk.sent(frame_of(read_block(open_frame(sent)), level=1)).verdicts

    assert (again.outcome, again.fresh) == ("duplicate", 0)
    assert (packed_anew.outcome, packed_anew.fresh) == ("duplicate", 0)
    assert len(central.held()) == 2


def test_of_a_frame_that_is_known_in_part_the_rest_is_taken_as_a_frame(
    desk: Desk, central: Central
) -> None:
    desk.sent(frame(change(1), change(2)))

    (mixed,) = desk.sent(frame(change(2), change(3, value="Huber"))).verdicts

    assert (mixed.outcome, mixed.fresh) == ("applied", 1)
    frames = Desk(central).sent(batch=None).frames
    found = [c.n for one in frames for c in changes_of(read_block(open_frame(one)))]
    assert found == [1, 2, 3]
    with central.database.reading() as session:
        assert session.scalars(select(CompanyFile.name)).one() == "Huber"


def test_frames_of_one_batch_are_compared_with_each_other(desk: Desk) -> None:
    first, second = frame(change(1)), frame(change(1, value="other"), change(2))

    verdicts = desk.sent(first, second, first).verdicts

    assert [v.outcome for v in verdicts] == ["applied", "quarantined", "duplicate"]
    assert [(held.index, held.reason) for held in verdicts[1].held] == [(0, Reason.NAME_TAKEN)]
    assert verdicts[1].fresh == 1


def test_a_change_in_a_frame_that_is_too_large_is_kept_aside_alone(desk: Desk) -> None:
    sent = frame(change(1), change(2, value="x" * 1_100_000), change(3))

    (verdict,) = desk.sent(sent).verdicts

    assert [(held.index, held.reason) for held in verdict.held] == [(1, Reason.TOO_LARGE)]
    assert {n for _, n in desk.central.held()} == {1, 3}


def test_changesets_may_be_messagepack_too(desk: Desk, central: Central) -> None:
    batch = {
        "batch_id": "b" * 32,
        "changesets": [changeset(change(1, colour="blue"), change(2, value=b"\xff"), 7)],
    }

    (verdict,) = desk.sent(batch=batch).verdicts

    assert [held.index for held in verdict.held] == [2]
    pulled = wire.decode(Desk(central).post(batch=None).body, dict)["pulled"]
    assert pulled[0]["changes"][0]["colour"] == "blue"
    as_msgpack = Desk(central).sent(batch=None).pulled
    assert [c.n for c in as_msgpack[0].changes] == [1, 2]


def test_a_reply_that_was_lost_is_given_again_in_the_language_that_is_asked_for(
    desk: Desk, central: Central
) -> None:
    theirs = frame(change(1, OTHER))
    Desk(central).sent(theirs)
    batch = {"batch_id": "b" * 32, "frames": [frame(change(1, writer="c" * 32))]}
    in_json = batch | {"frames": [base64.b64encode(batch["frames"][0]).decode()]}

    first = msgspec.msgpack.decode(desk.send(batch=batch).body, type=SyncReply)
    again = msgspec.msgpack.decode(desk.send(batch=batch).body, type=SyncReply)
    other = wire.decode(desk.post(batch=in_json).body, SyncReply)

    assert first.frames == (theirs,)
    assert first == again == other
    with central.database.reading() as session:
        assert len(session.scalars(select(StoredReply.body)).all()) == 2


def test_a_purge_voids_the_kept_replies_that_hold_the_file_s_frames(
    desk: Desk, central: Central
) -> None:
    other = Desk(central)
    other.sent(frame(change(1, OTHER)))
    assert len(desk.sent(frame(change(1, writer="c" * 32))).frames) == 1

    administer(central, lambda session: events.purge(session, 1, OTHER, "request"))

    with central.database.reading() as session:
        assert session.scalars(select(StoredReply)).all() == []
    assert Desk(central).sent(batch=None).frames == (frame(change(1, writer="c" * 32)),)


def test_a_request_in_messagepack_that_cannot_be_read_is_answered_by_a_problem(desk: Desk) -> None:
    answer = desk.raw(b"\xc1", Content_Type=wire.MSGPACK, Accept=wire.MSGPACK)

    assert problem(answer) == (400, ProblemType.MALFORMED)
    assert answer.headers["content-type"] == "application/problem+json"

"""What the server says of each changeset; a bad one never stands in another's way."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from sync import wire
from sync.client.batch import read_verdicts
from sync.client.errors import ServerSaysNoError
from sync.client.packing import pack
from sync.client.port import Parcel
from sync.protocol import (
    MAX_CHANGES,
    MAX_PLAIN_BYTES,
    Change,
    Problem,
    ProblemType,
    Reason,
    Verdict,
)
from sync.server.models import QuarantinedChange
from tests.sync.by_hand import Desk, change, changeset
from tests.sync.central import COMPANY, Central, sync_whole
from tests.sync.memory_store import MemoryStore, Upload

OTHER = COMPANY.replace("1", "2")


@pytest.fixture
def desk(central: Central) -> Desk:
    """One enrolled laptop."""
    return Desk(central)


def test_new_changes_are_applied_and_known_ones_duplicate(desk: Desk) -> None:
    applied = desk.verdicts(changeset(change(1), change(2)))
    mixed = desk.verdicts(changeset(change(2), change(3)))
    duplicate = desk.verdicts(changeset(change(1), change(3)))

    outcomes = [v["outcome"] for v in (*applied, *mixed, *duplicate)]
    assert outcomes == ["applied", "applied", "duplicate"]
    assert len(desk.central.held()) == 3


def test_a_name_with_other_content_is_quarantined_and_the_log_keeps_the_first(desk: Desk) -> None:
    desk.verdicts(changeset(change(1)))

    (verdict,) = desk.verdicts(changeset(change(1, value="other"), change(2)))

    assert verdict["outcome"] == "quarantined"
    assert verdict["held"] == [{"index": 0, "reason": Reason.NAME_TAKEN}]
    assert len(desk.central.held()) == 2


def test_the_order_of_keys_in_a_value_makes_no_other_content(desk: Desk) -> None:
    desk.verdicts(changeset(change(1, value={"a": 1, "b": 2})))

    (verdict,) = desk.verdicts(changeset(change(1, value={"b": 2, "a": 1})))

    assert verdict["outcome"] == "duplicate"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (change(9, writer="x"), Reason.MALFORMED),
        ("not a change", Reason.MALFORMED),
        (change(9, value="x" * 1_100_000), Reason.TOO_LARGE),
        (change(9, company=OTHER), Reason.OTHER_COMPANY),
    ],
)
def test_a_bad_change_is_kept_aside_and_stops_no_other(
    desk: Desk, bad: object, reason: Reason
) -> None:
    verdicts = desk.verdicts(
        changeset(change(1), bad, change(2)), changeset(change(3, OTHER), company=OTHER)
    )

    assert verdicts[0]["held"] == [{"index": 1, "reason": reason}]
    assert verdicts[1]["outcome"] == "applied"
    assert {n for _, n in desk.central.held()} == {1, 2, 3}


def test_a_changeset_without_a_company_is_refused_and_stops_no_other(desk: Desk) -> None:
    verdicts = desk.verdicts(changeset(change(1), company="x"), changeset(change(2)))

    assert [v["outcome"] for v in verdicts] == ["refused", "applied"]


def test_what_is_quarantined_is_kept_once_for_a_person_to_look_at(desk: Desk) -> None:
    for _ in range(2):
        desk.verdicts(changeset(change(1, writer="x")))

    with desk.central.database.reading() as session:
        assert session.execute(select(func.count(QuarantinedChange.id))).scalar() == 1
        assert session.execute(select(QuarantinedChange.reason)).scalar() == Reason.MALFORMED


def test_members_that_this_server_does_not_know_reach_the_other_laptops(
    desk: Desk, central: Central
) -> None:
    desk.verdicts(changeset(change(1, colour="blue")))

    pulled = wire.decode(Desk(central).post(batch=None).body, dict)["pulled"]

    assert pulled[0]["changes"][0]["colour"] == "blue"


def test_a_laptop_does_not_get_its_own_changes_back(desk: Desk) -> None:
    desk.verdicts(changeset(change(1)))

    reply = wire.decode(desk.post(batch=None).body, dict)

    assert (reply["pulled"], reply["cursor"], reply["more"]) == ([], 1, False)


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"protocol": 99}, ProblemType.PROTOCOL_NOT_SPOKEN),
        ({"server_id": "other"}, ProblemType.FOREIGN_SERVER),
        ({"server_epoch": "other"}, ProblemType.SERVER_RESTORED),
        ({"cursor": 5}, ProblemType.SERVER_BEHIND),
        ({"last_reply": "other"}, ProblemType.DEVICE_RESTORED),
        ({"device": COMPANY}, ProblemType.DEVICE_RESTORED),
        ({"cursor": -1}, ProblemType.MALFORMED),
        ({"batch": {"batch_id": "short", "changesets": []}}, ProblemType.MALFORMED),
    ],
)
def test_a_request_that_does_not_fit_is_answered_by_a_problem_and_changes_nothing(
    desk: Desk, members: dict[str, Any], problem: ProblemType
) -> None:
    answer = desk.post(changeset(change(1)), **members)

    assert answer.headers["content-type"] == "application/problem+json"
    assert wire.decode(answer.body, Problem).type == problem
    assert wire.decode(answer.body, Problem).status == answer.status
    assert desk.central.held() == set()


def test_a_decompression_bomb_is_answered_as_too_large(desk: Desk) -> None:
    bomb = wire.compress(b" " * (MAX_PLAIN_BYTES + 1))

    answer = desk.raw(bomb, Content_Encoding="zstd")

    assert answer.status == 413
    assert wire.decode(answer.body, Problem).type == ProblemType.TOO_LARGE


def test_a_body_over_the_limit_is_refused_before_it_is_read(desk: Desk) -> None:
    answer = desk.raw(bytes(9_000_000))

    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_more_changes_than_one_batch_may_hold_are_too_large(desk: Desk) -> None:
    answer = desk.post({"company_id": COMPANY, "changes": [0] * (MAX_CHANGES + 1)})

    assert answer.status == 413
    assert wire.decode(answer.body, Problem).type == ProblemType.TOO_LARGE


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 201])
def test_a_reason_of_erasure_that_postgresql_could_not_keep_is_refused(
    desk: Desk, reason: str
) -> None:
    stone = {"company_id": COMPANY, "erased_ms": 1, "reason": reason}

    assert desk.post(erased=[stone]).status == 400


@pytest.mark.parametrize("name", ["device", "batch_id"])
def test_an_id_with_a_line_feed_behind_it_is_no_id(desk: Desk, name: str) -> None:
    batch = {"batch_id": "a" * 32, "changesets": []}
    if name == "device":
        answer = desk.post(device=desk.enrolment.device_id + "\n", batch=batch)
    else:
        answer = desk.post(batch=batch | {"batch_id": "a" * 32 + "\n"})

    assert answer.status == 400


def test_an_unknown_content_encoding_is_refused(desk: Desk) -> None:
    assert desk.raw(b"{}", Content_Encoding="br").status == 415


def test_a_change_no_server_could_take_is_kept_aside_without_being_sent(
    central: Central,
) -> None:
    store, other = MemoryStore(), MemoryStore()
    central.enrol(store)
    central.enrol(other)
    good = store.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    huge = store.edit(COMPANY, "company", COMPANY, "notes", "x" * 1_100_000, 2)
    nameless = store.edit(COMPANY, "company", COMPANY, "", "x", 3)

    sync_whole(store, central.transport)
    sync_whole(other, central.transport)

    assert store.uploads[huge.name] is Upload.QUARANTINED
    assert "zu groß" in store.reasons[huge.name]
    assert "nicht lesen" in store.reasons[nameless.name]
    assert set(other.log) == {good.name}


def test_a_refused_change_is_quarantined_on_the_laptop_and_the_rest_is_applied(
    central: Central,
) -> None:
    first, second = MemoryStore(lambda: "a" * 32), MemoryStore(lambda: "a" * 32)
    for store in (first, second):
        central.enrol(store)
    first.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    clash = second.edit(COMPANY, "company", COMPANY, "name", "Maier", 1)
    fine = second.edit(COMPANY, "company", COMPANY, "town", "Zwickau", 1)
    sync_whole(first, central.transport)

    outcome = sync_whole(second, central.transport)

    assert (outcome.sent, outcome.quarantined) == (1, 1)
    assert second.uploads[fine.name] is Upload.APPLIED
    assert second.uploads[clash.name] is Upload.QUARANTINED
    assert second.log[clash.name] == clash


def packed_parcel(company_id: str = COMPANY) -> Parcel:
    """One change of this company file, packed."""
    made = msgspec.structs.replace(msgspec.convert(change(1), Change), company_id=company_id)
    (packed,) = pack([made]).packed
    return Parcel(
        id=1, company_id=company_id, frame=packed.frame, runs=packed.runs, count=packed.count
    )


def test_verdicts_that_do_not_fit_the_batch_settle_nothing() -> None:
    parcel = packed_parcel()

    with pytest.raises(ServerSaysNoError):
        read_verdicts([parcel], [Verdict(company_id=OTHER, outcome="applied")])
    with pytest.raises(ServerSaysNoError):
        read_verdicts([parcel], [])


def test_a_frame_that_the_server_cannot_open_is_kept_aside_and_stops_no_other() -> None:
    unreadable = Verdict(company_id="", outcome="refused", reason=Reason.MALFORMED)
    taken = Verdict(company_id=OTHER, outcome="applied", fresh=1)
    parcels = [packed_parcel(), msgspec.structs.replace(packed_parcel(OTHER), id=2)]

    result = read_verdicts(parcels, [unreadable, taken])

    assert result.applied == [2]
    assert [kept.parcel for kept in result.kept] == [1]
    assert (result.sent, result.quarantined, result.fresh) == (1, 1, 1)

"""Two laptops exchange changes: same result in any order, conflicts seen and settled."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.change_log import to_change
from desktop_advisor.storage.conflicts import list_conflicts, settle
from desktop_advisor.storage.log_tables import LOG, LoggedChange
from desktop_advisor.storage.models import Answer, Attachment, Company, Recommendation
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.storage.unsent import sync_state, sync_totals
from sync.blocks import block_of, frame_of
from sync.client.port import ChangeStore, Enrolment, KeptAside, OpenBatch, Settlement
from sync.protocol import Change
from tests.storage.desks import Desk, TurnedClock
from tests.sync.store_bench import changes_in, ids, waiting

ENROLMENT = Enrolment(
    server_url="https://server.test",
    server_id="s",
    server_epoch="1",
    device_id="d",
    token="t",
    network="ITAS",
)


def port(desk: Desk) -> ChangeStore:
    """The store as the sync client sees it."""
    return StoreChanges(desk.store)


def send(desk: Desk) -> Sequence[Change]:
    """Everything in the outbox, taken out as if the server had applied it."""
    parcels = port(desk).outbox(10_000_000)
    port(desk).settle(Settlement(batch_id="b", applied=ids(parcels), enrolment=ENROLMENT))
    return changes_in(*(parcel.frame for parcel in parcels))


def receive(desk: Desk, changes: Sequence[Change]) -> None:
    """What a reply of the server brings."""
    port(desk).settle(Settlement(batch_id="b", pulled=tuple(changes), enrolment=ENROLMENT))


@pytest.fixture
def pair(make_desk: Callable[[str], Desk]) -> tuple[Desk, Desk]:
    """Two laptops that hold the same company file and have nothing unsent."""
    first, second = make_desk("eins"), make_desk("zwei")
    first.found()
    first.answer("q1", "2")
    receive(second, send(first))
    return first, second


def test_a_pulled_company_file_is_the_same_on_the_second_laptop(pair: tuple[Desk, Desk]) -> None:
    _, second = pair
    assert second.name == "Huber Zerspanung"
    assert second.shown("q1") == "2"
    assert waiting(port(second)) == []


def test_edits_of_different_fields_meet_without_conflict(pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    first.answer("q2", "4")
    second.rename("Huber SE")
    to_second, to_first = send(first), send(second)
    receive(second, to_second)
    receive(first, to_first)
    for desk in pair:
        assert (desk.name, desk.shown("q2")) == ("Huber SE", "4")
        with desk.store.read() as session:
            assert list_conflicts(session) == []


def test_the_same_question_answered_twice_is_one_row_and_a_conflict_on_both(
    pair: tuple[Desk, Desk],
) -> None:
    first, second = pair
    first.answer("neu", "1", author="Anna")
    second.answer("neu", "5", author="Bernd")
    to_second, to_first = send(first), send(second)
    receive(second, to_second)
    receive(first, to_first)
    for desk in pair:
        with desk.store.read() as session:
            (conflict,) = list_conflicts(session, desk.company)
            said = [(v.value["value"], v.author, v.device) for v in conflict.values]
        assert (conflict.entity, conflict.field) == ("answer", "response")
        assert said == [("1", "Anna", "eins"), ("5", "Bernd", "zwei")]
        assert desk.shown("neu") == "5"


def test_equal_values_are_no_conflict(pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    first.answer("neu", "3")
    second.answer("neu", "3")
    receive(second, send(first))
    with second.store.read() as session:
        assert list_conflicts(session) == []
    assert second.shown("neu") == "3"


def test_two_results_of_the_program_itself_are_no_conflict(
    pair: tuple[Desk, Desk], clock: TurnedClock
) -> None:
    recommendation = new_id(clock())
    for desk, cause in zip(pair, ("3", "4"), strict=True):
        with desk.store.edit("Anna") as session:
            row = Recommendation(id=recommendation, company_id=desk.company, rule="r1")
            row.fired_by = {"d01": cause}
            session.add(row)
    first, second = pair
    receive(second, send(first))
    with second.store.read() as session:
        assert list_conflicts(session) == []
        assert session.get_one(Recommendation, recommendation).fired_by == {"d01": "4"}


def make_conflict(pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    first.rename("Huber eins")
    second.rename("Huber zwei")
    to_second, to_first = send(first), send(second)
    receive(second, to_second)
    receive(first, to_first)


@pytest.mark.parametrize("chosen", ["Huber eins", "Huber zwei", "Huber drei"])
def test_a_settled_conflict_is_gone_on_both_laptops(pair: tuple[Desk, Desk], chosen: str) -> None:
    make_conflict(pair)
    first, second = pair
    with first.store.edit("Anna") as session:
        company = session.get_one(Company, first.company)
        (conflict,) = list_conflicts(session)
        settle(session, conflict, chosen)
        assert company.name == chosen
    receive(second, send(first))
    for desk in pair:
        assert desk.name == chosen
        with desk.store.read() as session:
            assert list_conflicts(session) == []


def test_an_edit_of_a_field_in_conflict_settles_it(pair: tuple[Desk, Desk]) -> None:
    make_conflict(pair)
    first, _ = pair
    first.rename("Huber drei")
    with first.store.read() as session:
        assert list_conflicts(session) == []


def test_a_value_that_arrived_after_the_person_looked_stays_a_conflict(
    pair: tuple[Desk, Desk], make_desk: Callable[[str], Desk]
) -> None:
    first, _ = pair
    third = make_desk("drei")
    port(first).offer_again()
    receive(third, send(first))
    third.rename("Huber drei")
    make_conflict(pair)
    with first.store.read() as session:
        (seen,) = list_conflicts(session)
    receive(first, send(third))
    with first.store.edit("Anna") as session:
        settle(session, seen, "Huber eins")
        (left,) = list_conflicts(session)
    assert [v.value for v in left.values] == ["Huber drei", "Huber eins"]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_arrival_does_not_matter(
    pair: tuple[Desk, Desk], make_desk: Callable[[str], Desk], seed: int
) -> None:
    first, second = pair
    for number in range(4):
        first.answer("q1", str(number))
        first.rename(f"Huber {number}")
        second.answer("q1", str(5 - number))
    changes = [*send(first), *send(second)]
    port(first).offer_again()
    changes += [c for c in waiting(port(first)) if c not in changes]
    random.Random(seed).shuffle(changes)
    third = make_desk("drei")
    for start in range(0, len(changes), 3):
        receive(third, changes[start : start + 3])
    receive(third, changes[:5])
    assert third.name == "Huber 3"
    assert third.shown("q1") == "2"
    with third.store.read() as session:
        (conflict,) = list_conflicts(session)
    assert [v.value["value"] for v in conflict.values] == ["3", "2"]


def strange(desk: Desk, clock: TurnedClock, **fields: object) -> Change:
    """A change by somebody else, of a kind this version may not know."""
    base: dict[str, object] = {
        "writer": uuid.uuid4().hex,
        "n": 1,
        "company_id": str(desk.company),
        "entity": "company",
        "entity_id": str(desk.company),
        "field": "name",
        "value": "x",
        "hlc": int(clock().timestamp() * 1000) << 16,
    }
    return msgspec.convert({**base, **fields}, Change)


def test_unknown_entities_and_fields_stay_in_the_log_and_harm_nothing(
    desk: Desk, clock: TurnedClock
) -> None:
    receive(
        desk,
        [
            strange(desk, clock, entity="drone", entity_id=str(uuid.uuid4()), value={"a": [1]}),
            strange(desk, clock, field="colour", value="blau"),
            strange(desk, clock, entity="answer", entity_id=str(uuid.uuid4()), field="response"),
        ],
    )
    assert desk.name == "Huber Zerspanung"
    with desk.store.read() as session:
        known = session.scalars(select(LoggedChange).where(LoggedChange.is_own.is_(False))).all()
        assert len(known) == 3
        assert session.scalars(select(Answer)).all() == []


@pytest.mark.parametrize("value", [None, 7, "viele", 2**70, True, [1], {"a": 1}])
def test_a_value_that_does_not_fit_its_column_is_kept_and_not_shown(
    desk: Desk, clock: TurnedClock, value: object
) -> None:
    receive(desk, [strange(desk, clock, field="heads", value=value)])
    with desk.store.read() as session:
        shown = session.get_one(Company, desk.company).heads
    assert shown == (7 if value == 7 and value is not True else None)
    assert desk.name == "Huber Zerspanung"


def test_a_stamp_from_a_broken_clock_does_not_spread(desk: Desk, clock: TurnedClock) -> None:
    receive(desk, [strange(desk, clock, hlc=2**63 - 1, field="town", value="Zukunft")])
    desk.rename("Huber SE")
    with desk.store.edit("Anna") as session:
        session.get_one(Company, desk.company).town = "Zwickau"
    with desk.store.read() as session:
        assert session.get_one(Company, desk.company).town == "Zwickau"
        own = session.scalars(select(LoggedChange.hlc).where(LoggedChange.is_own)).all()
    assert max(own) >> 16 <= clock().timestamp() * 1000


def test_later_stamps_are_above_what_was_pulled(pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    second.rename("Huber zwei")
    pulled = send(second)
    receive(first, pulled)
    first.rename("Huber eins")
    assert all(c.hlc > pulled[0].hlc for c in waiting(port(first)))


def test_the_outbox_is_bounded_oldest_first_and_never_stuck(desk: Desk) -> None:
    (first,) = port(desk).outbox(10_000_000)
    assert [c.n for c in changes_in(first.frame)] == list(range(1, first.count + 1))
    for name in ("Huber eins", "Huber zwei"):
        desk.rename(name)
        port(desk).outbox(10_000_000)
    everything = list(port(desk).outbox(10_000_000))
    assert [changes_in(parcel.frame)[-1].value for parcel in everything[1:]] == [
        "Huber eins",
        "Huber zwei",
    ]
    assert everything[0] == first
    assert list(port(desk).outbox(1)) == everything[:1]
    enough = sum(len(parcel.frame) for parcel in everything[:2])
    assert list(port(desk).outbox(enough)) == everything[:2]
    assert list(port(desk).outbox(enough - 1)) == everything[:1]


def test_an_open_batch_survives_and_can_be_repeated_unchanged(desk: Desk) -> None:
    sent = list(port(desk).outbox(10_000_000))
    batch = OpenBatch(batch_id="b1", parcels=ids(sent))
    port(desk).save_open_batch(batch)
    assert port(desk).open_batch() == batch
    assert list(port(desk).parcels(batch.parcels)) == sent
    port(desk).settle(Settlement(batch_id="anders", enrolment=ENROLMENT))
    assert port(desk).open_batch() == batch
    port(desk).settle(Settlement(batch_id="b1", applied=batch.parcels, enrolment=ENROLMENT))
    assert port(desk).open_batch() is None
    assert list(port(desk).outbox(10_000)) == []


def test_the_enrolment_is_remembered(desk: Desk) -> None:
    assert port(desk).enrolment() is None
    port(desk).save_enrolment(ENROLMENT)
    moved = msgspec.structs.replace(ENROLMENT, cursor=7, last_reply="r7")
    port(desk).settle(Settlement(batch_id="b", enrolment=moved))
    assert port(desk).enrolment() == moved


def test_a_settlement_that_fails_changes_nothing(
    desk: Desk, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    port(desk).save_enrolment(ENROLMENT)
    sent = port(desk).outbox(10_000_000)

    def battery_death(*_args: object) -> None:
        raise OSError("simulated")

    monkeypatch.setattr(desk.store.change_log, "observe", battery_death)
    with pytest.raises(OSError, match="simulated"):
        port(desk).settle(
            Settlement(
                batch_id="b",
                applied=ids(sent),
                pulled=(strange(desk, clock, value="von fern"),),
                enrolment=msgspec.structs.replace(ENROLMENT, cursor=9),
            )
        )
    assert list(port(desk).outbox(10_000_000)) == list(sent)
    assert port(desk).enrolment() == ENROLMENT
    assert desk.name == "Huber Zerspanung"


def test_a_quarantined_value_stays_shown_over_what_is_pulled(
    desk: Desk, clock: TurnedClock
) -> None:
    send(desk)
    desk.rename("Huber hier")
    (parcel,) = port(desk).outbox(10_000)
    kept = KeptAside(parcel=parcel.id, reasons={0: "Name zu lang"})
    refused = Settlement(batch_id="b", kept=(kept,), enrolment=ENROLMENT)
    port(desk).settle(refused)
    clock.now += timedelta(hours=1)
    receive(desk, [strange(desk, clock, value="Huber dort")])
    assert desk.name == "Huber hier"
    assert list(port(desk).outbox(10_000)) == []
    with desk.store.read() as session:
        (state,) = sync_state(session)
        assert (state.unsent, state.quarantined, state.conflicts) == (0, 1, 1)
        kept = session.scalars(select(LoggedChange).where(LoggedChange.reason != "")).all()
        assert [c.reason for c in kept] == ["Name zu lang"]
    desk.rename("Huber neu")
    assert [c.value for c in waiting(port(desk))] == ["Huber neu"]
    with desk.store.read() as session:
        assert sync_totals(session).quarantined == 0


def test_a_server_that_lost_changes_is_offered_all_again(pair: tuple[Desk, Desk]) -> None:
    _, second = pair
    second.rename("Huber zwei")
    own = send(second)
    port(second).offer_again()
    offered = waiting(port(second))
    assert all(change in offered for change in own)
    assert {c.device for c in offered} == {"eins", "zwei"}


def test_a_change_that_comes_back_from_the_server_is_no_longer_unsent(desk: Desk) -> None:
    with desk.store.read() as session:
        log = session.connection().execute(select(LOG).order_by(LOG.c.seq))
        own = [to_change(row) for row in log]
    receive(desk, own)
    assert waiting(port(desk)) == []
    assert desk.name == "Huber Zerspanung"


@pytest.mark.parametrize("is_frame", [False, True])
def test_where_changes_of_this_laptop_come_from_outside_it_goes_on_under_another_name(
    pair: tuple[Desk, Desk], is_frame: bool
) -> None:
    first, second = pair
    second.answer("q2", "3")
    (forged, *_) = send(second)
    writer = first.store.change_log.writer.hex()
    ahead = [msgspec.structs.replace(forged, writer=writer, n=n) for n in (100, 2**53 - 1)]

    if is_frame:
        frames = tuple(frame_of(block_of([change])) for change in ahead)
        port(first).settle(Settlement(batch_id="", frames=frames, enrolment=ENROLMENT))
    else:
        receive(first, ahead)
    first.answer("q3", "4")
    while port(first).sort_in():
        pass

    sent = send(first)
    assert sent
    assert all(change.writer != writer and change.n < 100 for change in sent)


def test_the_sync_state_counts_each_company_file(
    pair: tuple[Desk, Desk], clock: TurnedClock
) -> None:
    make_conflict(pair)
    first, _ = pair
    other = new_id(clock())
    with first.store.edit("Anna") as session:
        session.add(Company(id=other, company_id=other, name="Meier", town="Zwickau"))
    with first.store.read() as session:
        states = {s.company_id: (s.unsent, s.quarantined, s.conflicts) for s in sync_state(session)}
        totals = sync_totals(session)
    assert states == {first.company: (0, 0, 1), other: (3, 0, 0)}
    assert (totals.files, totals.unsent, totals.conflicts) == (1, 3, 1)


def test_attachment_bytes_travel_by_hash(pair: tuple[Desk, Desk], clock: TurnedClock) -> None:
    first, second = pair
    sha256 = first.store.files.add(b"Foto")
    with first.store.edit("Anna") as session:
        row = Attachment(id=new_id(clock()), company_id=first.company, sha256=sha256, size=4)
        session.add(row)
    name = (str(first.company), sha256)
    assert list(port(first).blobs_to_send()) == [name]
    port(first).blob_sent(*name)
    assert list(port(first).blobs_to_send()) == []
    receive(second, send(first))
    assert list(port(second).blobs_to_fetch()) == [name]
    with pytest.raises(KeyError):
        port(second).read_blob(sha256)
    with pytest.raises(ValueError, match=sha256):
        port(second).write_blob(*name, b"anderes Foto")
    port(second).write_blob(*name, port(first).read_blob(sha256))
    assert list(port(second).blobs_to_fetch()) == []
    assert list(port(second).blobs_to_send()) == []
    assert port(second).read_blob(sha256) == b"Foto"
    port(second).offer_again()
    assert list(port(second).blobs_to_send()) == [name]

"""What every ChangeStore has to keep, whatever it is made of.

A test module subclasses `ChangeStoreContract` (named Test…) and gives a fixture `bench`.
"""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from sync.blocks import block_of, frame_of
from sync.client.port import KeptAside, OpenBatch, Settlement
from sync.protocol import MAX_CHANGE_BYTES
from sync.tally import Tally
from tests.sync.leaving_contract import LeavingContract
from tests.sync.store_bench import (
    COMPANY,
    ENROLMENT,
    OTHER,
    PLENTY,
    Bench,
    aside,
    changes_in,
    foreign,
    ids,
    names_waiting,
    settle,
    waiting,
)
from tests.sync.waiting_frames_contract import WaitingFramesContract


class ChangeStoreContract(LeavingContract, WaitingFramesContract):
    """The contract, clause by clause."""

    def test_a_fresh_store_is_not_enrolled_and_has_nothing_to_do(self, bench: Bench) -> None:
        assert bench.store.enrolment() is None
        assert bench.store.open_batch() is None
        assert list(bench.store.outbox(PLENTY)) == []
        assert list(bench.store.blobs_to_send()) == []
        assert list(bench.store.blobs_to_fetch()) == []

    def test_an_enrolment_is_kept(self, bench: Bench) -> None:
        bench.store.save_enrolment(ENROLMENT)

        assert bench.store.enrolment() == ENROLMENT

    def test_edits_wait_in_the_outbox_in_their_order(self, bench: Bench) -> None:
        bench.rename("Huber")
        bench.rename("Huber SE")

        assert names_waiting(bench.store) == ["Huber", "Huber SE"]
        for parcel in bench.store.outbox(PLENTY):
            changes = changes_in(parcel.frame)
            names = [(w, n) for w, first, many in parcel.runs for n in range(first, first + many)]
            assert [change.name for change in changes] == names
            assert {change.company_id for change in changes} == {parcel.company_id}
            assert parcel.count == len(changes)

    def test_the_outbox_gives_at_least_one_parcel_however_small_the_limit(
        self, bench: Bench
    ) -> None:
        for name in ("Huber", "Huber SE"):
            bench.rename(name)
            bench.store.outbox(PLENTY)

        assert bench.store.outbox(1) == bench.store.outbox(PLENTY)[:1]

    def test_a_parcel_that_was_given_stays_as_it_is(self, bench: Bench) -> None:
        bench.rename("Huber")
        (first,) = bench.store.outbox(PLENTY)
        bench.rename("Huber SE")

        again, second = bench.store.outbox(PLENTY)

        assert again == first
        assert [c.value for c in changes_in(second.frame) if c.field == "name"] == ["Huber SE"]
        assert first.id < second.id
        assert list(bench.store.parcels([second.id, 10**6, first.id])) == [second, first]

        settle(bench.store, applied=ids([first, second]))
        assert list(bench.store.parcels([first.id, second.id])) == []
        bench.rename("Huber AG")
        (third,) = bench.store.outbox(PLENTY)
        assert third.id > second.id

    def test_a_change_that_no_server_could_take_is_kept_aside(self, bench: Bench) -> None:
        bench.rename("Huber")
        settle(bench.store, applied=ids(bench.store.outbox(PLENTY)))

        bench.rename("x" * (MAX_CHANGE_BYTES + 1))
        bench.rename("Huber SE")

        assert names_waiting(bench.store) == ["Huber SE"]
        assert COMPANY not in bench.store.tallies([COMPANY])

    def test_an_edit_names_the_one_it_replaces(self, bench: Bench) -> None:
        bench.rename("Huber")
        bench.rename("Huber SE")

        first, second = (c for c in waiting(bench.store) if c.field == "name")
        assert second.bases == (first.name,)
        assert second.hlc > first.hlc

    def test_an_open_batch_is_kept_until_it_is_settled(self, bench: Bench) -> None:
        bench.rename("Huber")
        parcels = list(bench.store.outbox(PLENTY))
        batch = OpenBatch(batch_id="b" * 32, parcels=ids(parcels))
        bench.store.save_open_batch(batch)

        assert bench.store.open_batch() == batch
        assert list(bench.store.parcels(batch.parcels)) == parcels

        settle(bench.store)
        assert bench.store.open_batch() == batch

        settle(bench.store, batch_id="b" * 32, applied=batch.parcels)
        assert bench.store.open_batch() is None
        assert list(bench.store.outbox(PLENTY)) == []

    def test_parcels_without_a_verdict_stay_in_the_outbox(self, bench: Bench) -> None:
        bench.rename("Huber")
        parcels = list(bench.store.outbox(PLENTY))
        bench.store.save_open_batch(OpenBatch(batch_id="b" * 32, parcels=ids(parcels)))

        settle(bench.store, batch_id="b" * 32)

        assert list(bench.store.outbox(PLENTY)) == parcels

    def test_a_settlement_keeps_cursor_and_reply(self, bench: Bench) -> None:
        moved = msgspec.structs.replace(ENROLMENT, cursor=7, last_reply="r" * 32)

        settle(bench.store, enrolment=moved)

        assert bench.store.enrolment() == moved

    def test_a_quarantined_change_is_kept_and_not_sent_again(self, bench: Bench) -> None:
        bench.rename("Huber")

        settle(bench.store, kept=aside(bench.store.outbox(PLENTY)))

        assert list(bench.store.outbox(PLENTY)) == []
        assert bench.shown() == "Huber"

    def test_of_a_parcel_kept_in_part_the_rest_is_applied(self, bench: Bench) -> None:
        bench.rename("Huber")
        bench.rename("Huber SE")
        (parcel,) = bench.store.outbox(PLENTY)
        changes = changes_in(parcel.frame)

        settle(bench.store, kept=(KeptAside(parcel=parcel.id, reasons={0: "Grund"}),))

        assert bench.store.waiting() == 0
        bench.store.offer_again(COMPANY)
        assert waiting(bench.store) == changes[1:]

    @pytest.mark.parametrize("is_frame", [False, True])
    def test_a_quarantined_change_that_comes_back_was_taken_in_after_all(
        self, bench: Bench, is_frame: bool
    ) -> None:
        bench.rename("Huber")
        parcels = bench.store.outbox(PLENTY)
        kept = tuple(waiting(bench.store))
        settle(bench.store, kept=aside(parcels))

        if is_frame:
            settle(bench.store, frames=tuple(parcel.frame for parcel in parcels))
        else:
            settle(bench.store, pulled=kept)

        assert bench.store.tallies([COMPANY])[COMPANY].count == len(kept)
        assert list(bench.store.outbox(PLENTY)) == []

    def test_a_quarantined_change_stays_so_where_another_comes_under_its_name(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        kept = waiting(bench.store)
        settle(bench.store, kept=aside(bench.store.outbox(PLENTY)))
        others = [msgspec.structs.replace(change, value="anders") for change in kept]

        settle(bench.store, frames=(frame_of(block_of(others)),))
        while bench.store.sort_in():
            pass

        assert bench.shown() == "Huber"
        assert COMPANY not in bench.store.tallies([COMPANY])

    @pytest.mark.parametrize("is_frame", [False, True])
    def test_a_change_stays_to_be_sent_where_another_comes_under_its_name(
        self, bench: Bench, is_frame: bool
    ) -> None:
        bench.rename("Huber")
        own = waiting(bench.store)
        others = [msgspec.structs.replace(change, value="anders") for change in own]

        if is_frame:
            settle(bench.store, frames=(frame_of(block_of(others)),))
        else:
            settle(bench.store, pulled=tuple(others))
        while bench.store.sort_in():
            pass

        assert waiting(bench.store) == own
        assert bench.shown() == "Huber"
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}

    def test_a_cursor_that_was_put_back_meanwhile_stays(self, bench: Bench) -> None:
        put_back = msgspec.structs.replace(ENROLMENT, cursor=2)
        moved = msgspec.structs.replace(ENROLMENT, cursor=9)
        settle(bench.store, enrolment=put_back)

        late = Settlement(batch_id="", asked_from=5, enrolment=moved)

        assert bench.store.settle(late).enrolment == put_back
        assert bench.store.enrolment() == put_back
        assert bench.store.settle(Settlement(batch_id="", asked_from=2, enrolment=moved))
        assert bench.store.enrolment() == moved

    def test_a_pulled_change_is_shown_and_not_sent_back(self, bench: Bench) -> None:
        pulled = (foreign(1, "Huber"),)

        settle(bench.store, pulled=pulled)

        assert bench.shown() == "Huber"
        assert list(bench.store.outbox(PLENTY)) == []

    def test_a_change_pulled_twice_changes_nothing(self, bench: Bench) -> None:
        pulled = (foreign(1, "Huber"), foreign(2, "Huber SE", ("f" * 32, 1), hlc=2))

        for _ in range(2):
            settle(bench.store, pulled=pulled)

        assert bench.shown() == "Huber SE"

    def test_a_pulled_change_does_not_undo_what_replaced_it(self, bench: Bench) -> None:
        later = foreign(2, "Huber SE", ("f" * 32, 1), hlc=2)

        settle(bench.store, pulled=(later,))
        settle(bench.store, pulled=(foreign(1, "Huber"),))

        assert bench.shown() == "Huber SE"

    def test_an_edit_after_a_pull_replaces_it_whatever_the_clocks_say(self, bench: Bench) -> None:
        far_ahead = foreign(1, "Huber", hlc=(1 << 60))
        settle(bench.store, pulled=(far_ahead,))

        bench.rename("Huber SE")

        (edit,) = (c for c in waiting(bench.store) if c.field == "name")
        assert edit.bases == (far_ahead.name,)
        assert bench.shown() == "Huber SE"

    @pytest.mark.parametrize("is_all", [True, False])
    def test_what_is_quarantined_is_offered_again_where_all_is(
        self, bench: Bench, is_all: bool
    ) -> None:
        bench.rename("Huber")
        others = {change.name for change in waiting(bench.store)}
        settle(bench.store, applied=ids(bench.store.outbox(PLENTY)))
        bench.rename("Huber SE")
        kept = {change.name for change in waiting(bench.store)}
        settle(bench.store, kept=aside(bench.store.outbox(PLENTY)))
        frame = frame_of(block_of([foreign(2, "Maier")]))
        settle(bench.store, pulled=(foreign(1, "Maier"),), frames=(frame,))

        bench.store.offer_again(None if is_all else COMPANY)

        offered = {change.name for change in waiting(bench.store)}
        expected = {*others, ("f" * 32, 1), ("f" * 32, 2)}
        assert offered == (expected | kept if is_all else expected)

    def test_an_open_batch_stays_as_it_was_sent_when_all_is_offered_again(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        parcels = list(bench.store.outbox(PLENTY))
        batch = OpenBatch(batch_id="b" * 32, parcels=ids(parcels))
        bench.store.save_open_batch(batch)
        settle(bench.store, pulled=(foreign(1, "Maier"),))

        bench.store.offer_again()

        assert bench.store.open_batch() == batch
        assert list(bench.store.parcels(batch.parcels)) == parcels
        names = [change.name for change in waiting(bench.store)]
        assert len(names) == len(set(names)) == sum(p.count for p in parcels) + 1

    def test_an_attachment_is_sent_once_and_offered_again(self, bench: Bench) -> None:
        sha256 = bench.attach(b"Foto")
        assert list(bench.store.blobs_to_send()) == [(COMPANY, sha256)]
        assert bench.store.read_blob(sha256) == b"Foto"

        bench.store.blob_sent(OTHER, sha256)
        assert list(bench.store.blobs_to_send()) == [(COMPANY, sha256)]

        bench.store.blob_sent(COMPANY, sha256)
        assert list(bench.store.blobs_to_send()) == []

        bench.store.offer_again()
        assert list(bench.store.blobs_to_send()) == [(COMPANY, sha256)]

    def test_bytes_with_another_hash_are_not_taken(self, bench: Bench) -> None:
        sha256 = hashlib.sha256(b"Foto").hexdigest()

        with pytest.raises(ValueError, match=sha256):
            bench.store.write_blob(COMPANY, sha256, b"anderes")
        with pytest.raises(KeyError):
            bench.store.read_blob(sha256)

    def test_the_part_of_a_download_is_kept_until_the_whole_is_here(self, bench: Bench) -> None:
        sha256 = hashlib.sha256(b"Foto").hexdigest()
        assert bench.store.blob_part(sha256) == b""

        bench.store.keep_blob_part(sha256, b"Fo")
        assert bench.store.blob_part(sha256) == b"Fo"

        bench.store.write_blob(COMPANY, sha256, bytearray(b"Foto"))
        assert bench.store.blob_part(sha256) == b""
        assert bench.store.read_blob(sha256) == b"Foto"

    def test_a_tally_counts_what_the_server_is_known_to_have(self, bench: Bench) -> None:
        bench.rename("Huber")
        own = waiting(bench.store)
        pulled = (foreign(1, "Maier"), foreign(2, "Maier SE", ("f" * 32, 1), hlc=2))
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        assert bench.store.waiting() == len(own)

        for _ in range(2):
            settle(bench.store, pulled=pulled)
        expected = Tally().with_runs([("f" * 32, 1, 2)])
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}

        for _ in range(2):
            settle(bench.store, applied=ids(bench.store.outbox(PLENTY)))
        expected = expected.with_runs([(c.writer, c.n, 1) for c in own])
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}
        assert bench.store.tallies([COMPANY], recounted=True) == {COMPANY: expected}
        assert bench.store.waiting() == 0

        bench.store.offer_again(COMPANY)
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        assert bench.store.waiting() == expected.count

    def test_what_was_pulled_while_it_waited_counts_once(self, bench: Bench) -> None:
        bench.rename("Huber")
        own = waiting(bench.store)
        parcels = list(bench.store.outbox(PLENTY))
        expected = Tally().with_runs([(c.writer, c.n, 1) for c in own])

        settle(bench.store, frames=tuple(parcel.frame for parcel in parcels))
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}
        assert list(bench.store.parcels(ids(parcels))) == parcels

        settle(bench.store, applied=ids(parcels))
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}
        assert bench.store.tallies([COMPANY], recounted=True) == {COMPANY: expected}

    def test_a_file_with_quarantined_changes_has_no_tally(self, bench: Bench) -> None:
        bench.rename("Huber")

        settle(bench.store, kept=aside(bench.store.outbox(PLENTY)))

        assert bench.store.tallies([COMPANY]) == {}

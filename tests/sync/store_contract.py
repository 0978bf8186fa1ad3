"""What every ChangeStore has to keep, whatever it is made of.

A test module subclasses `ChangeStoreContract` (named Test…) and gives a fixture `bench`.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

import msgspec
import pytest

from sync.client.port import ChangeStore, Enrolment, OpenBatch, Settlement
from sync.protocol import Change, Gone
from sync.tally import Tally

COMPANY = "0190a000-0000-7000-8000-000000000001"
OTHER = "0190a000-0000-7000-8000-000000000002"
ENROLMENT = Enrolment(
    server_url="https://server.test",
    server_id="5" * 32,
    server_epoch="e" * 32,
    device_id="0190d000-0000-7000-8000-000000000001",
    token="t" * 43,
    network="ITAS",
)
PLENTY = 10_000_000
WITHDRAWN = Gone(company_id=COMPANY, reason="withdrawn")
PURGED = Gone(company_id=COMPANY, reason="purged", erased_ms=1_790_000_000_123)


class Bench(Protocol):
    """A fresh store with what a user does to it; the company file COMPANY need not exist yet."""

    @property
    def store(self) -> ChangeStore:
        """The store under test."""

    def rename(self, name: str) -> None:
        """Commit an edit of field `name` of the entity `company` COMPANY."""

    def shown(self) -> str | None:
        """The name that is shown; None when there is no such company."""

    def attach(self, content: bytes) -> str:
        """Add an attachment to COMPANY; its hash."""


def foreign(n: int, name: str, *bases: tuple[str, int], hlc: int = 1) -> Change:
    """Another laptop's edit of the company's name."""
    return Change(
        writer="f" * 32,
        n=n,
        company_id=COMPANY,
        entity="company",
        entity_id=COMPANY,
        field="name",
        value=name,
        bases=bases,
        hlc=hlc,
    )


class ChangeStoreContract:
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

        names = [c.value for c in bench.store.outbox(PLENTY) if c.field == "name"]
        assert names == ["Huber", "Huber SE"]

    def test_the_outbox_gives_at_least_one_change_however_small_the_limit(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")

        assert len(bench.store.outbox(1)) == 1

    def test_an_edit_names_the_one_it_replaces(self, bench: Bench) -> None:
        bench.rename("Huber")
        bench.rename("Huber SE")

        first, second = (c for c in bench.store.outbox(PLENTY) if c.field == "name")
        assert second.bases == (first.name,)
        assert second.hlc > first.hlc

    def test_an_open_batch_is_kept_until_it_is_settled(self, bench: Bench) -> None:
        bench.rename("Huber")
        waiting = bench.store.outbox(PLENTY)
        batch = OpenBatch(batch_id="b" * 32, names=tuple(c.name for c in waiting))
        bench.store.save_open_batch(batch)

        assert bench.store.open_batch() == batch
        assert sorted(bench.store.changes(batch.names), key=lambda c: c.n) == sorted(
            waiting, key=lambda c: c.n
        )

        bench.store.settle(Settlement(batch_id="", enrolment=ENROLMENT))
        assert bench.store.open_batch() == batch

        bench.store.settle(Settlement(batch_id="b" * 32, applied=batch.names, enrolment=ENROLMENT))
        assert bench.store.open_batch() is None
        assert list(bench.store.outbox(PLENTY)) == []

    def test_changes_without_a_verdict_go_back_to_the_outbox(self, bench: Bench) -> None:
        bench.rename("Huber")
        waiting = list(bench.store.outbox(PLENTY))
        names = tuple(c.name for c in waiting)
        bench.store.save_open_batch(OpenBatch(batch_id="b" * 32, names=names))

        bench.store.settle(Settlement(batch_id="b" * 32, enrolment=ENROLMENT))

        assert list(bench.store.outbox(PLENTY)) == waiting

    def test_a_settlement_keeps_cursor_and_reply(self, bench: Bench) -> None:
        moved = msgspec.structs.replace(ENROLMENT, cursor=7, last_reply="r" * 32)

        bench.store.settle(Settlement(batch_id="", enrolment=moved))

        assert bench.store.enrolment() == moved

    def test_a_quarantined_change_is_kept_and_not_sent_again(self, bench: Bench) -> None:
        bench.rename("Huber")
        names = tuple((c.name, "Grund") for c in bench.store.outbox(PLENTY))

        bench.store.settle(Settlement(batch_id="b", quarantined=names, enrolment=ENROLMENT))

        assert list(bench.store.outbox(PLENTY)) == []
        assert bench.shown() == "Huber"

    def test_a_quarantined_change_that_comes_back_was_taken_in_after_all(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        kept = tuple(bench.store.outbox(PLENTY))
        names = tuple((change.name, "Grund") for change in kept)
        bench.store.settle(Settlement(batch_id="b", quarantined=names, enrolment=ENROLMENT))

        bench.store.settle(Settlement(batch_id="", pulled=kept, enrolment=ENROLMENT))

        assert bench.store.tallies([COMPANY])[COMPANY].count == len(kept)
        assert list(bench.store.outbox(PLENTY)) == []

    def test_a_quarantined_change_stays_so_where_another_comes_under_its_name(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        kept = tuple(bench.store.outbox(PLENTY))
        names = tuple((change.name, "Grund") for change in kept)
        bench.store.settle(Settlement(batch_id="b", quarantined=names, enrolment=ENROLMENT))
        others = tuple(msgspec.structs.replace(change, value="anders") for change in kept)

        bench.store.settle(Settlement(batch_id="", pulled=others, enrolment=ENROLMENT))

        assert bench.shown() == "Huber"
        assert COMPANY not in bench.store.tallies([COMPANY])

    def test_a_pulled_change_is_shown_and_not_sent_back(self, bench: Bench) -> None:
        pulled = (foreign(1, "Huber"),)

        bench.store.settle(Settlement(batch_id="", pulled=pulled, enrolment=ENROLMENT))

        assert bench.shown() == "Huber"
        assert list(bench.store.outbox(PLENTY)) == []

    def test_a_change_pulled_twice_changes_nothing(self, bench: Bench) -> None:
        pulled = (foreign(1, "Huber"), foreign(2, "Huber SE", ("f" * 32, 1), hlc=2))

        for _ in range(2):
            bench.store.settle(Settlement(batch_id="", pulled=pulled, enrolment=ENROLMENT))

        assert bench.shown() == "Huber SE"

    def test_a_pulled_change_does_not_undo_what_replaced_it(self, bench: Bench) -> None:
        later = foreign(2, "Huber SE", ("f" * 32, 1), hlc=2)

        bench.store.settle(Settlement(batch_id="", pulled=(later,), enrolment=ENROLMENT))
        bench.store.settle(
            Settlement(batch_id="", pulled=(foreign(1, "Huber"),), enrolment=ENROLMENT)
        )

        assert bench.shown() == "Huber SE"

    def test_an_edit_after_a_pull_replaces_it_whatever_the_clocks_say(self, bench: Bench) -> None:
        far_ahead = foreign(1, "Huber", hlc=(1 << 60))
        bench.store.settle(Settlement(batch_id="", pulled=(far_ahead,), enrolment=ENROLMENT))

        bench.rename("Huber SE")

        (edit,) = (c for c in bench.store.outbox(PLENTY) if c.field == "name")
        assert edit.bases == (far_ahead.name,)
        assert bench.shown() == "Huber SE"

    def test_everything_but_the_quarantined_is_offered_again(self, bench: Bench) -> None:
        bench.rename("Huber")
        bench.rename("Huber SE")
        *others, quarantined = bench.store.outbox(PLENTY)
        bench.store.settle(
            Settlement(
                batch_id="",
                applied=tuple(c.name for c in others),
                quarantined=((quarantined.name, "Grund"),),
                pulled=(foreign(1, "Maier"),),
                enrolment=ENROLMENT,
            )
        )

        bench.store.offer_again()

        offered = {c.name for c in bench.store.outbox(PLENTY)}
        assert offered == {*(c.name for c in others), ("f" * 32, 1)}

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
        own = [change.name for change in bench.store.outbox(PLENTY)]
        pulled = (foreign(1, "Maier"), foreign(2, "Maier SE", ("f" * 32, 1), hlc=2))
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        assert bench.store.waiting() == len(own)

        for _ in range(2):
            bench.store.settle(Settlement(batch_id="", pulled=pulled, enrolment=ENROLMENT))
        expected = Tally().with_runs([("f" * 32, 1, 2)])
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}

        for _ in range(2):
            bench.store.settle(Settlement(batch_id="", applied=tuple(own), enrolment=ENROLMENT))
        expected = expected.with_runs([(writer, n, 1) for writer, n in own])
        assert bench.store.tallies([COMPANY]) == {COMPANY: expected}
        assert bench.store.tallies([COMPANY], recounted=True) == {COMPANY: expected}
        assert bench.store.waiting() == 0

        bench.store.offer_again(COMPANY)
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        assert bench.store.waiting() == expected.count

    def test_a_file_with_quarantined_changes_has_no_tally(self, bench: Bench) -> None:
        bench.rename("Huber")
        aside = tuple((c.name, "Grund") for c in bench.store.outbox(PLENTY))

        bench.store.settle(Settlement(batch_id="", quarantined=aside, enrolment=ENROLMENT))

        assert bench.store.tallies([COMPANY]) == {}

    def test_a_withdrawn_file_leaves_nothing_behind_and_may_come_back(self, bench: Bench) -> None:
        sha256 = bench.attach(b"Foto")
        names = tuple(c.name for c in bench.store.outbox(PLENTY))
        settled = bench.store.settle(
            Settlement(
                batch_id="",
                applied=names,
                pulled=(foreign(1, "Huber"),),
                enrolment=ENROLMENT,
            )
        )
        assert settled.erased == ()

        settled = bench.store.settle(
            Settlement(batch_id="", gone=(WITHDRAWN,), enrolment=ENROLMENT)
        )

        assert settled.erased == (WITHDRAWN,)
        assert bench.shown() is None
        assert list(bench.store.changes(names)) == []
        assert list(bench.store.blobs_to_fetch()) == []
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        with pytest.raises(KeyError):
            bench.store.read_blob(sha256)
        assert list(bench.store.tombstones()) == []

        back = Settlement(batch_id="", pulled=(foreign(1, "Huber"),), enrolment=ENROLMENT)
        bench.store.settle(back)
        assert bench.shown() == "Huber"

    def test_a_withdrawn_file_stays_until_what_is_unsent_has_gone_up(self, bench: Bench) -> None:
        bench.store.save_enrolment(ENROLMENT)
        bench.rename("Huber")
        moved = msgspec.structs.replace(ENROLMENT, cursor=7)
        names = tuple(c.name for c in bench.store.outbox(PLENTY))

        settled = bench.store.settle(Settlement(batch_id="", gone=(WITHDRAWN,), enrolment=moved))

        assert settled.erased == ()
        assert settled.enrolment.cursor == ENROLMENT.cursor
        assert bench.store.enrolment() == settled.enrolment
        assert bench.shown() == "Huber"

        kept = tuple((name, "Grund") for name in names)
        settled = bench.store.settle(
            Settlement(batch_id="", quarantined=kept, gone=(WITHDRAWN,), enrolment=moved)
        )
        assert settled.erased == (WITHDRAWN,)
        assert settled.enrolment.cursor == 7
        assert bench.shown() is None

    def test_a_purged_file_goes_with_all_that_is_unsent_and_never_comes_back(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")

        settled = bench.store.settle(Settlement(batch_id="", gone=(PURGED,), enrolment=ENROLMENT))

        assert settled.erased == (PURGED,)
        assert bench.shown() is None
        assert bench.store.waiting() == 0
        (stone,) = bench.store.tombstones()
        assert (stone.company_id, stone.erased_ms) == (COMPANY, PURGED.erased_ms)

        bench.store.settle(
            Settlement(batch_id="", pulled=(foreign(1, "Huber"),), enrolment=ENROLMENT)
        )
        assert bench.shown() is None

    def test_an_edit_after_an_erasure_takes_no_name_that_was_given_before(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        before = {c.name for c in bench.store.outbox(PLENTY)}
        applied = Settlement(batch_id="", applied=tuple(before), enrolment=ENROLMENT)
        bench.store.settle(applied)
        bench.store.settle(Settlement(batch_id="", gone=(WITHDRAWN,), enrolment=ENROLMENT))

        bench.rename("Maier")

        assert before.isdisjoint(c.name for c in bench.store.outbox(PLENTY))

    def test_bytes_that_another_file_names_stay(self, bench: Bench) -> None:
        sha256 = bench.attach(b"Foto")
        names = tuple(c.name for c in bench.store.outbox(PLENTY))
        elsewhere = Change(
            writer="e" * 32,
            n=1,
            company_id=OTHER,
            entity="attachment",
            entity_id=OTHER,
            field="sha256",
            value=sha256,
        )
        bench.store.settle(
            Settlement(batch_id="", applied=names, pulled=(elsewhere,), enrolment=ENROLMENT)
        )

        bench.store.settle(Settlement(batch_id="", gone=(WITHDRAWN,), enrolment=ENROLMENT))

        assert bench.store.read_blob(sha256) == b"Foto"

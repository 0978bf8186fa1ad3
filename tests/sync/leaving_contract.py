"""What a ChangeStore keeps and what it does not when a company file leaves the laptop."""

from __future__ import annotations

import msgspec
import pytest

from sync.blocks import block_of, frame_of
from sync.protocol import Change, Gone
from sync.tally import Tally
from tests.sync.store_bench import (
    COMPANY,
    ENROLMENT,
    OTHER,
    PLENTY,
    Bench,
    aside,
    foreign,
    ids,
    settle,
    waiting,
)

WITHDRAWN = Gone(company_id=COMPANY, reason="withdrawn")
PURGED = Gone(company_id=COMPANY, reason="purged", erased_ms=1_790_000_000_123)


class LeavingContract:
    """The clauses about `gone`."""

    def test_a_withdrawn_file_leaves_nothing_behind_and_may_come_back(self, bench: Bench) -> None:
        sha256 = bench.attach(b"Foto")
        parcels = ids(bench.store.outbox(PLENTY))
        settled = settle(bench.store, applied=parcels, pulled=(foreign(1, "Huber"),))
        assert settled.erased == ()

        settled = settle(bench.store, gone=(WITHDRAWN,))

        assert settled.erased == (WITHDRAWN,)
        assert bench.shown() is None
        assert bench.store.waiting() == 0
        assert list(bench.store.blobs_to_fetch()) == []
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        with pytest.raises(KeyError):
            bench.store.read_blob(sha256)
        assert list(bench.store.tombstones()) == []

        settle(bench.store, pulled=(foreign(1, "Huber"),))
        assert bench.shown() == "Huber"

    def test_a_withdrawn_file_stays_until_what_is_unsent_has_gone_up(self, bench: Bench) -> None:
        bench.store.save_enrolment(ENROLMENT)
        bench.rename("Huber")
        moved = msgspec.structs.replace(ENROLMENT, cursor=7)
        kept = aside(bench.store.outbox(PLENTY))

        settled = settle(bench.store, gone=(WITHDRAWN,), enrolment=moved)

        assert settled.erased == ()
        assert settled.enrolment.cursor == ENROLMENT.cursor
        assert bench.store.enrolment() == settled.enrolment
        assert bench.shown() == "Huber"

        settled = settle(bench.store, kept=kept, gone=(WITHDRAWN,), enrolment=moved)
        assert settled.erased == (WITHDRAWN,)
        assert settled.enrolment.cursor == 7
        assert bench.shown() is None

    def test_a_purged_file_goes_with_all_that_is_unsent_and_never_comes_back(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        parcels = ids(bench.store.outbox(PLENTY))

        settled = settle(bench.store, gone=(PURGED,))

        assert settled.erased == (PURGED,)
        assert bench.shown() is None
        assert bench.store.waiting() == 0
        assert list(bench.store.outbox(PLENTY)) == []
        assert list(bench.store.parcels(parcels)) == []
        (stone,) = bench.store.tombstones()
        assert (stone.company_id, stone.erased_ms) == (COMPANY, PURGED.erased_ms)

        frame = frame_of(block_of([foreign(2, "Huber SE")]))
        settled = settle(bench.store, pulled=(foreign(1, "Huber"),), frames=(frame,))
        assert (settled.received, settled.kept_out) == ({}, {COMPANY})
        while bench.store.sort_in():
            pass
        assert bench.shown() is None

    def test_an_edit_after_an_erasure_takes_no_name_that_was_given_before(
        self, bench: Bench
    ) -> None:
        bench.rename("Huber")
        before = {change.name for change in waiting(bench.store)}
        settle(bench.store, applied=ids(bench.store.outbox(PLENTY)))
        settle(bench.store, gone=(WITHDRAWN,))

        bench.rename("Maier")

        assert before.isdisjoint(change.name for change in waiting(bench.store))

    def test_bytes_that_another_file_names_stay(self, bench: Bench) -> None:
        sha256 = bench.attach(b"Foto")
        elsewhere = Change(
            writer="e" * 32,
            n=1,
            company_id=OTHER,
            entity="attachment",
            entity_id=OTHER,
            field="sha256",
            value=sha256,
        )
        settle(bench.store, applied=ids(bench.store.outbox(PLENTY)), pulled=(elsewhere,))

        settle(bench.store, gone=(WITHDRAWN,))

        assert bench.store.read_blob(sha256) == b"Foto"

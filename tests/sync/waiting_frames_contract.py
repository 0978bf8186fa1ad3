"""What a ChangeStore has to keep of frames that it received and has not sorted in."""

from __future__ import annotations

import hashlib

import msgspec

from sync.blocks import block_of, frame_of
from sync.protocol import Change, Gone
from sync.tally import Tally
from tests.sync.store_bench import COMPANY, ENROLMENT, PLENTY, Bench, foreign, settle, waiting

FIRST, SECOND = foreign(1, "Huber"), foreign(2, "Huber SE", ("f" * 32, 1), hlc=2)


def sort_all_in(bench: Bench) -> None:
    """All that was received."""
    while bench.store.sort_in():
        pass


class WaitingFramesContract:
    """The clauses about `frames`."""

    def test_a_frame_counts_at_once_and_is_shown_when_it_is_sorted_in(self, bench: Bench) -> None:
        frame = frame_of(block_of([FIRST, SECOND]))

        settled = settle(bench.store, frames=(frame,))

        expected = {COMPANY: Tally().with_runs([("f" * 32, 1, 2)])}
        assert settled.received == {COMPANY: 2}
        assert bench.store.tallies([COMPANY]) == expected
        assert list(bench.store.outbox(PLENTY)) == []
        sort_all_in(bench)
        assert bench.shown() == "Huber SE"
        assert bench.store.tallies([COMPANY]) == expected
        assert bench.store.tallies([COMPANY], recounted=True) == expected
        assert bench.store.waiting() == 0

    def test_a_recount_counts_frames_that_wait(self, bench: Bench) -> None:
        settle(bench.store, frames=(frame_of(block_of([FIRST])),), pulled=(SECOND,))

        expected = {COMPANY: Tally().with_runs([("f" * 32, 1, 2)])}
        assert bench.store.tallies([COMPANY], recounted=True) == expected
        sort_all_in(bench)
        assert bench.store.tallies([COMPANY], recounted=True) == expected

    def test_frames_are_sorted_in_a_few_at_a_time(self, bench: Bench) -> None:
        frames = tuple(frame_of(block_of([change])) for change in (FIRST, SECOND))
        settle(bench.store, frames=frames)

        left = [bench.store.sort_in() for _ in range(3)]

        assert left == sorted(left, reverse=True)
        assert left[-1] == 0
        assert bench.shown() == "Huber SE"

    def test_what_comes_twice_counts_once(self, bench: Bench) -> None:
        frame = frame_of(block_of([FIRST]))
        overlapping = frame_of(block_of([FIRST, SECOND]))
        for frames in ((frame,), (frame, overlapping), (overlapping,)):
            settle(bench.store, frames=frames)
        settle(bench.store, pulled=(FIRST,))

        expected = {COMPANY: Tally().with_runs([("f" * 32, 1, 2)])}
        assert bench.store.tallies([COMPANY]) == expected
        sort_all_in(bench)
        assert bench.store.tallies([COMPANY]) == expected
        assert bench.shown() == "Huber SE"

    def test_an_edit_before_sorting_in_stands_beside_what_came(self, bench: Bench) -> None:
        settle(bench.store, frames=(frame_of(block_of([foreign(1, "Huber", hlc=1)])),))
        bench.rename("Maier")
        sort_all_in(bench)
        bench.rename("Maier SE")

        last = [change for change in waiting(bench.store) if change.field == "name"][-1]

        assert last.value == bench.shown() == "Maier SE"
        sort_all_in(bench)
        assert bench.shown() == "Maier SE"

    def test_an_attachment_in_a_frame_is_fetched_at_once(self, bench: Bench) -> None:
        sha256 = hashlib.sha256(b"Foto").hexdigest()
        photo = Change(
            writer="e" * 32,
            n=1,
            company_id=COMPANY,
            entity="attachment",
            entity_id="0190b000-0000-7000-8000-000000000009",
            field="sha256",
            value=sha256,
        )

        settle(bench.store, frames=(frame_of(block_of([FIRST, photo])),))

        assert list(bench.store.blobs_to_fetch()) == [(COMPANY, sha256)]

    def test_a_frame_leaves_with_its_company_file(self, bench: Bench) -> None:
        settle(bench.store, frames=(frame_of(block_of([FIRST])),))
        withdrawn = Gone(company_id=COMPANY, reason="withdrawn")

        assert settle(bench.store, gone=(withdrawn,)).erased == (withdrawn,)

        assert bench.store.sort_in() == 0
        assert bench.shown() is None
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}

    def test_a_frame_that_waits_is_offered_again(self, bench: Bench) -> None:
        settle(bench.store, frames=(frame_of(block_of([FIRST, SECOND])),))

        bench.store.offer_again()

        assert waiting(bench.store) == [FIRST, SECOND]
        assert bench.store.waiting() == 2
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        sort_all_in(bench)
        assert bench.shown() == "Huber SE"
        assert bench.store.waiting() == 2

    def test_a_frame_that_cannot_be_read_is_asked_for_again(self, bench: Bench) -> None:
        broken = msgspec.structs.replace(block_of([FIRST, SECOND]), values=["Huber"])
        moved = msgspec.structs.replace(ENROLMENT, cursor=7)
        settle(bench.store, frames=(frame_of(broken),), enrolment=moved)

        sort_all_in(bench)

        enrolment = bench.store.enrolment()
        assert enrolment is not None
        assert enrolment.cursor == 0
        assert bench.store.tallies([COMPANY]) == {COMPANY: Tally()}
        settle(bench.store, frames=(frame_of(block_of([FIRST, SECOND])),))
        sort_all_in(bench)
        assert bench.shown() == "Huber SE"

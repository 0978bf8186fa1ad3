"""A run told by the sync client, as the list of phases that an advisor reads."""

from __future__ import annotations

import uuid
from pathlib import Path
from random import Random

import pytest

from desktop_advisor.demo.central import central_server
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.sync_failures import SyncFailed
from desktop_advisor.usecases.sync_phases import RunLog, RunView, Step, StepState, share
from desktop_advisor.usecases.synchronising import enrol_device, synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.client.outcome import Outcome, Phase, Progress
from sync.client.session import run
from tests.usecases.laptops import two_laptops
from tests.workplaces import workplace

W, R, D, N, F = (
    StepState.WAITING,
    StepState.RUNNING,
    StepState.DONE,
    StepState.NOTHING,
    StepState.FAILED,
)


def states(view: RunView) -> dict[Step, StepState]:
    return {step.step: step.state for step in view}


def test_phases_before_the_one_under_way_are_over_and_later_ones_wait() -> None:
    log = RunLog()
    view = log.hear(Progress(phase=Phase.SEND_BLOBS, done=2, total=5))
    assert [s.state for s in view] == [D, N, R, W, W, W, W, W, W, W]
    assert (view[2].done, view[2].total) == (2, 5)


def test_bytes_belong_to_the_phase_in_which_they_travelled() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.SEND_BLOBS, total=1))
    log.hear(Progress(phase=Phase.SEND_BLOBS, done=1, total=1, bytes_sent=5_000))
    view = log.hear(Progress(phase=Phase.FETCH_BLOBS, total=1, bytes_sent=6_000))
    sizes = {step.step: step.size for step in view}
    assert (sizes[Step.FILES_UP], sizes[Step.FILES_DOWN]) == (6_000, 0)
    view = log.hear(Progress(phase=Phase.DONE, bytes_sent=6_000, bytes_received=9_000))
    assert {step.step: step.size for step in view}[Step.FILES_DOWN] == 9_000


def test_changes_that_travel_with_the_same_requests_are_weighed_each_way(tmp_path: Path) -> None:
    log, heard = RunLog(), list[Progress]()

    def hear(told: Progress) -> None:
        heard.append(told)
        log.hear(told)

    with two_laptops(tmp_path) as pair:
        photo(pair.ralf, pair.company_id, 30_000)
        create_company(pair.ralf, CompanyDraft(name="Kabelwerk Aue GmbH"))
        pair.meet()
        photo(pair.jana, pair.company_id, 70_000)
        photo(pair.ralf, pair.company_id, 20_000)
        for place, listen in ((pair.ralf, lambda _told: None), (pair.jana, hear)):
            changes, line = StoreChanges(place.store), pair.central.transport
            run(changes, line, progress=listen, cancelled=lambda: False)
    sizes = {step.step: step.size for step in log.view}
    last = heard[-1]
    assert last.phase is Phase.DONE
    assert last.sent
    assert last.received
    assert sum(sizes.values()) == last.bytes_sent + last.bytes_received
    assert (sizes[Step.FILES_UP], sizes[Step.FILES_DOWN]) == (70_000, 20_000)
    assert sizes[Step.CHANGES_UP] == last.bytes_sent - 70_000
    assert sizes[Step.CHANGES_DOWN] == last.bytes_received - 20_000 - sizes[Step.HELLO]


def photo(place: Workplace, company_id: uuid.UUID, size: int) -> None:
    """Bytes of an attachment that no compression makes smaller."""
    digest = place.store.files.add(Random(size).randbytes(size))
    with place.store.edit(place.author) as session:
        row = Attachment(id=new_id(place.clock()), company_id=company_id, sha256=digest, size=size)
        session.add(row)


def test_a_second_exchange_adds_its_bytes_to_the_phase_it_belongs_to() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.SEND, total=2))
    log.hear(Progress(phase=Phase.DONE, sent=2, bytes_sent=900, bytes_received=100))
    before = states(log.enter(Step.STAMPS, 1, 1))
    log.hear_along(Progress(phase=Phase.HELLO))
    log.hear_along(Progress(phase=Phase.SEND_BLOBS, bytes_sent=50, bytes_received=20))
    view = log.hear_along(Progress(phase=Phase.DONE, bytes_sent=5_000, bytes_received=70))
    assert states(view) == before
    sizes = {step.step: step.size for step in view}
    assert (sizes[Step.CHANGES_UP], sizes[Step.STAMPS]) == (900, 5_070)


def test_a_run_that_fails_is_marked_where_it_was() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.FETCH_BLOBS, done=1, total=3, sent=7, received=2))
    found = states(log.fail())
    assert found[Step.FILES_DOWN] is F
    assert found[Step.CHECK] is W
    assert states(RunLog().fail())[Step.HELLO] is F


def test_a_server_that_nobody_hears_was_not_greeted(tmp_path: Path) -> None:
    place, heard = workplace(tmp_path / "laptop"), list[RunView]()
    with central_server(tmp_path / "server", "ITAS") as server:
        enrol_device(place, server.url, server.one_time_code(), "Laptop")
    create_company(place, CompanyDraft(name="Kabelwerk Aue GmbH"))
    with pytest.raises(SyncFailed):
        synchronise(place, progress=heard.append)
    assert [step.state for step in heard[-1]] == [F, W, W, W, W, W, W, W, W, W]
    place.close()


def test_a_line_that_breaks_after_an_answer_broke_where_it_was() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.SEND, total=9))
    assert not log.is_answered
    log.hear(Progress(phase=Phase.SEND, total=9, sent=4, bytes_received=300))
    assert log.is_answered


def test_what_was_received_is_sorted_in_before_the_stamps() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.PULL, received=9))
    log.hear(Progress(phase=Phase.DONE, received=9))
    view = log.enter(Step.SORT, 2, 3)
    assert states(view)[Step.SORT] is R
    assert states(view)[Step.STAMPS] is W
    log.enter(Step.STAMPS)
    assert states(log.finish(Outcome(received=9), stamped=0, has_content=False))[Step.SORT] is D


def test_the_end_says_what_each_phase_came_to() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.SEND_BLOBS, total=2))
    log.hear(Progress(phase=Phase.DONE, sent=7))
    outcome = Outcome(sent=7, blobs_sent=2)
    view = log.finish(outcome, stamped=0, has_content=True)
    found = states(view)
    assert found[Step.CONTENT] is found[Step.FILES_UP] is found[Step.CHANGES_UP] is D
    assert found[Step.CHANGES_DOWN] is found[Step.FILES_DOWN] is found[Step.STAMPS] is N
    assert found[Step.SORT] is N
    assert found[Step.DONE] is D
    assert share(view) == 1.0

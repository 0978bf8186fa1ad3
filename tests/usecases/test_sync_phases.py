"""A run told by the sync client, as the list of phases that an advisor reads."""

from __future__ import annotations

from desktop_advisor.usecases.sync_phases import RunLog, RunView, Step, StepState, share
from sync.client.outcome import Outcome, Phase, Progress

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


def test_a_run_that_fails_is_marked_where_it_was() -> None:
    log = RunLog()
    log.hear(Progress(phase=Phase.FETCH_BLOBS, done=1, total=3, sent=7, received=2))
    found = states(log.fail())
    assert found[Step.FILES_DOWN] is F
    assert found[Step.CHECK] is W
    assert states(RunLog().fail())[Step.HELLO] is F


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

"""A run as its list of phases: which waits, runs, is done, had nothing to do, or failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.client.outcome import Outcome, Progress


class Step(StrEnum):
    """What an advisor sees of a run, in its order."""

    HELLO = "hello"
    CONTENT = "content"
    FILES_UP = "files-up"
    CHANGES_UP = "changes-up"
    CHANGES_DOWN = "changes-down"
    FILES_DOWN = "files-down"
    CHECK = "check"
    SORT = "sort"
    STAMPS = "stamps"
    DONE = "done"


class StepState(StrEnum):
    """Where one phase stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    NOTHING = "nothing"
    FAILED = "failed"


@dataclass(frozen=True)
class StepView:
    """One phase. done, total: files or changes, total 0 where nobody knows. size: bytes so far."""

    step: Step
    state: StepState = StepState.WAITING
    done: int = 0
    total: int = 0
    size: int = 0


RunView = tuple[StepView, ...]
"""All phases in their order."""

_STEPS: dict[str, Step] = {
    "hello": Step.HELLO,
    "content": Step.CONTENT,
    "send-blobs": Step.FILES_UP,
    "send": Step.CHANGES_UP,
    "pull": Step.CHANGES_DOWN,
    "fetch-blobs": Step.FILES_DOWN,
    "check": Step.CHECK,
}
"""Phase of the sync client → what is shown."""
_ORDER = tuple(Step)
_WITHOUT_WORK = frozenset({Step.HELLO, Step.CHECK, Step.DONE})
"""Phases that have done something whenever they were passed."""


class RunLog:
    """Follows one run. Not shared between threads."""

    def __init__(self) -> None:
        self._views = {step: StepView(step) for step in Step}
        self._sent = self._received = 0

    @property
    def view(self) -> RunView:
        """The phases as they stand."""
        return tuple(self._views[step] for step in _ORDER)

    @property
    def is_answered(self) -> bool:
        """Whether anything has come of the run yet; a greeting travels with what follows it."""
        return bool(self._received) or any(view.done for view in self._views.values())

    def hear(self, told: Progress) -> RunView:
        """The sync client says where it is; phases may take turns, a greeting begins anew."""
        self._weigh(told)
        step = _STEPS.get(told.phase)
        if told.phase == "done":
            self._close(_ORDER.index(Step.SORT))
        if step is None:
            return self.view
        if step is Step.HELLO and self._views[step].state is not StepState.RUNNING:
            self._views = {each: StepView(each) for each in Step}
        done = {Step.CHANGES_UP: told.sent, Step.CHANGES_DOWN: told.received}.get(step, told.done)
        self.enter(step, done, told.total)
        for direction, count in (
            (Step.CHANGES_UP, told.sent),
            (Step.CHANGES_DOWN, told.received),
        ):
            self._views[direction] = replace(self._views[direction], done=count)
        return self.view

    def hear_along(self, told: Progress) -> RunView:
        """A second, short exchange as part of the phase under way: only its bytes are added."""
        self._weigh(told)
        return self.view

    def enter(self, step: Step, done: int = 0, total: int = 0) -> RunView:
        """This phase is under way."""
        if self._views[step].state is not StepState.RUNNING:
            self._close(_ORDER.index(step))
            for other, view in self._views.items():
                if view.state is StepState.RUNNING:
                    self._views[other] = _closed(view)
        view = self._views[step]
        self._views[step] = replace(view, state=StepState.RUNNING, done=done, total=total)
        return self.view

    def finish(self, outcome: Outcome, *, stamped: int, has_content: bool) -> RunView:
        """All went well: what each phase came to."""
        counts = {
            Step.FILES_UP: outcome.blobs_sent,
            Step.CHANGES_UP: outcome.sent,
            Step.CHANGES_DOWN: outcome.received,
            Step.FILES_DOWN: outcome.blobs_received,
            Step.STAMPS: stamped,
            Step.CONTENT: int(has_content),
        }
        for step in Step:
            if step in counts:
                state = StepState.DONE if counts[step] else StepState.NOTHING
                view = replace(self._views[step], state=state, done=counts[step])
                self._views[step] = replace(view, total=counts[step])
            elif step is Step.SORT:
                self._views[step] = _closed(self._views[step])
            elif step in _WITHOUT_WORK:  # tallies come with the replies: all has been compared
                self._views[step] = replace(self._views[step], state=StepState.DONE)
        return self.view

    def fail(self) -> RunView:
        """The run ended early, where it was."""
        is_marked = False
        for step in _ORDER:
            view = self._views[step]
            if view.state is StepState.RUNNING:
                self._views[step] = replace(view, state=StepState.FAILED)
                is_marked = True
        if not is_marked:
            first = next((s for s in _ORDER if self._views[s].state is StepState.WAITING), None)
            if first is not None:
                self._views[first] = replace(self._views[first], state=StepState.FAILED)
        return self.view

    def refuse(self) -> RunView:
        """No server, or one that does not accept this laptop: it came no further than to greet."""
        self._views = {step: StepView(step) for step in Step}
        return self.fail()

    def _weigh(self, told: Progress) -> None:
        """What has travelled since the last word belongs to the phase that was under way.

        Changes go up and come down with the same requests: then each way is a phase of its own.
        """
        up = _since(self._sent, told.bytes_sent)
        down = _since(self._received, told.bytes_received)
        self._sent, self._received = told.bytes_sent, told.bytes_received
        now = running(self.view)
        if now is None:
            return
        is_exchange = now.step in {Step.CHANGES_UP, Step.CHANGES_DOWN}
        self._add(Step.CHANGES_UP if is_exchange else now.step, up)
        self._add(Step.CHANGES_DOWN if is_exchange else now.step, down)

    def _add(self, step: Step, size: int) -> None:
        view = self._views[step]
        self._views[step] = replace(view, size=view.size + size)

    def _close(self, before: int) -> None:
        """Everything before that place is over; what was never entered had nothing to do."""
        for step in _ORDER[:before]:
            self._views[step] = _closed(self._views[step])


def _since(before: int, now: int) -> int:
    """Bytes since the last word; a second exchange counts from nothing again."""
    return now - before if now >= before else now


def _closed(view: StepView) -> StepView:
    """Over: done where something came of it. A greeting that was passed was answered."""
    if view.state not in {StepState.WAITING, StepState.RUNNING}:
        return view
    is_passed = view.step in _WITHOUT_WORK and (
        view.state is StepState.RUNNING or view.step is Step.HELLO
    )
    if is_passed or view.done or view.total:
        return replace(view, state=StepState.DONE, done=view.total or view.done)
    return replace(view, state=StepState.NOTHING)


def share(view: RunView) -> float:
    """0 to 1: how much of the run is behind, each phase counting alike (our choice)."""
    total = 0.0
    for step in view:
        if step.state in {StepState.DONE, StepState.NOTHING}:
            total += 1
        elif step.state is StepState.RUNNING and step.total:
            total += step.done / step.total
    return total / len(view)


def running(view: RunView) -> StepView | None:
    """The first phase under way."""
    return next((step for step in view if step.state is StepState.RUNNING), None)

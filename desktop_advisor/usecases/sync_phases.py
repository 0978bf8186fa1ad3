"""A run as its list of phases: which waits, runs, is done, had nothing to do, or failed."""

from __future__ import annotations

from collections.abc import Iterable
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

_STEPS: dict[str, tuple[Step, ...]] = {
    "hello": (Step.HELLO,),
    "repeat": (Step.HELLO,),
    "content": (Step.CONTENT,),
    "send-blobs": (Step.FILES_UP,),
    "exchange": (Step.CHANGES_UP, Step.CHANGES_DOWN),
    "fetch-blobs": (Step.FILES_DOWN,),
    "check": (Step.CHECK,),
}
"""Phase of the sync client → what of it is shown; both directions travel in one request."""
_ORDER = tuple(Step)
_WITHOUT_WORK = frozenset({Step.HELLO, Step.CHECK, Step.DONE})
"""Phases that have done something whenever they were passed."""


class RunLog:
    """Follows one run. Not shared between threads."""

    def __init__(self) -> None:
        self._views = {step: StepView(step) for step in Step}
        self._size_before = 0

    @property
    def view(self) -> RunView:
        """The phases as they stand."""
        return tuple(self._views[step] for step in _ORDER)

    def hear(self, told: Progress) -> RunView:
        """The sync client says where it is; an earlier phase again means that it starts over."""
        steps = _STEPS.get(told.phase, ())
        size = told.bytes_sent + told.bytes_received
        if steps and self._views[steps[0]].state is not StepState.RUNNING:
            self._enter(steps, size)
        for step in steps:
            self._views[step] = self._counted(self._views[step], told, size)
        if told.phase == "done":
            self._close(_ORDER.index(Step.STAMPS))
        return self.view

    def enter(self, step: Step, done: int = 0, total: int = 0) -> RunView:
        """A phase after the exchange, which the sync client knows nothing of."""
        if self._views[step].state is not StepState.RUNNING:
            self._enter((step,), 0)
        self._views[step] = replace(self._views[step], done=done, total=total)
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
            elif self._views[step].state is StepState.RUNNING or step is Step.DONE:
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

    def _enter(self, steps: Iterable[Step], size: int) -> None:
        steps = tuple(steps)
        self._size_before = size
        first = _ORDER.index(steps[0])
        self._close(first)
        for step in _ORDER[first:]:
            self._views[step] = StepView(step)
        for step in steps:
            self._views[step] = StepView(step, StepState.RUNNING)

    def _close(self, before: int) -> None:
        """Everything before that place is over; what was never entered had nothing to do."""
        for step in _ORDER[:before]:
            view = self._views[step]
            if view.state is StepState.WAITING:
                is_passed = step is Step.HELLO  # nothing goes on before the server has answered
                state = StepState.DONE if is_passed else StepState.NOTHING
                self._views[step] = replace(view, state=state)
            elif view.state is StepState.RUNNING:
                is_idle = step not in _WITHOUT_WORK and not (view.done or view.total)
                state = StepState.NOTHING if is_idle else StepState.DONE
                self._views[step] = replace(view, state=state, done=view.total or view.done)

    def _counted(self, view: StepView, told: Progress, size: int) -> StepView:
        match view.step:
            case Step.CHANGES_UP:
                return replace(view, done=told.sent, size=told.bytes_sent)
            case Step.CHANGES_DOWN:
                return replace(view, done=told.received, size=told.bytes_received)
            case Step.FILES_UP | Step.FILES_DOWN:
                travelled = max(0, size - self._size_before)
                return replace(view, done=told.done, total=told.total, size=travelled)
            case _:
                return view


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

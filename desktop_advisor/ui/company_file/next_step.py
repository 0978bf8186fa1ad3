"""Where a company file stands on the way from the first visit to the signed report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from desktop_advisor.usecases.company_file import CompanyFile, VisitView


class Step(Enum):
    """The five stations of a consultation, in order."""

    VISIT = auto()
    INTERVIEW = auto()
    RESULTS = auto()
    ADVICE = auto()
    REPORT = auto()


@dataclass(frozen=True)
class Way:
    """done: stations behind us. next: the station to go to, None when all is done.

    visit: the visit the interview belongs to, None before the first.
    answered: answers of the perspective that has most; asked: how many questions it is asked, 0
    where the questionnaire cannot be read. has_answers: whether anybody has said anything.
    """

    done: frozenset[Step]
    next: Step | None
    visit: VisitView | None
    answered: int
    asked: int
    has_answers: bool

    def is_reachable(self, step: Step) -> bool:
        """Whether going there shows anything yet."""
        if step is Step.VISIT:
            return True
        return self.visit is not None if step is Step.INTERVIEW else self.has_answers


def current_visit(file: CompanyFile) -> VisitView | None:
    """The visit to go on with: a running one, else the next planned, else the last."""
    order = ("running", "interrupted", "planned", "done")
    ranked = sorted(
        file.visits, key=lambda v: order.index(v.state) if v.state in order else len(order)
    )
    return ranked[0] if ranked else None


def way_of(file: CompanyFile) -> Way:
    """How far the file is."""
    visit = current_visit(file)
    answered = file.progress.answered if file.progress else 0
    asked = file.progress.asked if file.progress else 0
    is_over = bool(file.visits) and all(v.state == "done" for v in file.visits)
    done = set()
    if visit is not None:
        done.add(Step.VISIT)
    if answered and (0 < asked <= answered or is_over):
        done.add(Step.INTERVIEW)
    if Step.INTERVIEW in done and file.measures:
        done |= {Step.RESULTS, Step.ADVICE}
    if any(not report.is_replaced for report in file.reports):
        done |= set(Step)
    following = next((step for step in Step if step not in done), None)
    has_answers = answered > 0 or any(view.answered for view in file.assessments)
    return Way(frozenset(done), following, visit, answered, asked, has_answers)

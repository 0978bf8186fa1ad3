"""Loads an interview where it was left; runs off the GUI thread."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.usecases.interview import Interview

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Opened:
    """An interview and the place to go on. question: "" for none; view: None for the one shown."""

    interview: Interview
    question: str = ""
    view: View | None = None


def open_interview(
    place: Workplace, visit_id: uuid.UUID, running: Interview | None, perspective: str
) -> Opened:
    """The interview as it is stored now, at the perspective and question it was left at.

    running: the one on the screen, whose perspective stays; perspective: the one wished, "" none.
    """
    interview = Interview(place, visit_id)
    mark = interview.bookmark() if running is None else None
    if running is not None:
        who = running.perspective
    elif perspective:
        who = Perspective(perspective)
    else:
        who = mark.perspective if mark is not None else interview.perspective
    if who is not interview.perspective:
        interview.switch(who)
    if mark is None:
        return Opened(interview)
    view = View(mark.view) if mark.view in set(View) else None
    return Opened(interview, mark.question, view)

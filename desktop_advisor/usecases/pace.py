"""How long the questions still to come will take."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from desktop_advisor.usecases.filling import ROW
from desktop_advisor.usecases.scoring import Answers

PACE_SECONDS = 80
"""Per question before a pace is observed: 36 core items in 45–60 minutes (domain §3)."""

FASTEST_SECONDS = 20
"""No question is read and talked over faster than this (our choice)."""

BREAK_SECONDS = 600
"""A longer gap between two answers was a break, not a question (our choice)."""

_LEAST_GAPS = 5


def pace_seconds(answers: Answers) -> float:
    """Seconds per question: the median gap between answers, breaks left out.

    Cells of a table are typed faster than questions are talked over; they do not count.
    """
    moments = sorted(
        a.answered_at for key, a in answers.items() if a.answered_at and ROW not in key
    )
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    gaps = [gap for gap in gaps if 0 < gap < BREAK_SECONDS]
    return max(FASTEST_SECONDS, median(gaps)) if len(gaps) >= _LEAST_GAPS else PACE_SECONDS

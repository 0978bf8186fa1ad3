"""How the passages of a report are named: by what they are about, not by where they stand.

A chapter gives these keys to what it draws, `report.passages` finds the text by them again, and
the store keeps an edit under them; none may change for a text that stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_advisor.report.jobs_model import Job
from desktop_advisor.report.model import (
    Dimension,
    Finding,
    Recommendation,
    Summary,
    TalkingPoint,
)

OCCASION = "occasion"
MANDATE = "mandate"
SUMMARY_NOTE = "summary.note"
EXPOSURE_TOLD_BY = "exposure.told_by"
EXPOSURE_REMARKS = "exposure.remarks"
JOBS_TOLD_BY = "jobs.told_by"
CHANGES_LEFT_OUT = "changes.left_out"
CHANGES_WHY_NONE = "changes.why_none"
_OWN = "own."


def sentence(summary: Summary, index: int) -> str:
    """A sentence of the summary; by its number in reports of before."""
    is_named = len(summary.about) == len(summary.sentences)
    return f"summary.{summary.about[index] if is_named else index + 1}"


def finding(kind: str, item: Finding) -> str:
    """kind: strength or urgent."""
    return f"{kind}.{item.code or item.title}"


def dimension(item: Dimension) -> str:
    """What is said about a dimension as a whole."""
    return f"dimension.{item.code}"


def talking_point(item: TalkingPoint) -> str:
    """What the table says about a Kennpunkt its sides see differently."""
    return f"talking.{item.question or item.label}"


def advice(item: Recommendation, part: str) -> str:
    """part: text or steps."""
    return f"advice.{item.rule or item.title}.{part}"


def statement(field: str, number: int) -> str:
    """A paragraph of a standing text, counted from 1."""
    return f"statement.{field}.{number}"


def explanation(field: str) -> str:
    """The sentences that say how to read a chapter."""
    return f"explanation.{field}"


def hints(jobs: Sequence[Job]) -> Iterator[str]:
    """What the numbers suggest for each job; a second of the same name is counted."""
    seen: dict[str, int] = {}
    for job in jobs:
        seen[job.name] = seen.get(job.name, 0) + 1
        tail = f"#{seen[job.name]}" if seen[job.name] > 1 else ""
        yield f"jobs.{job.name}{tail}.hint"


def own(insertion_id: str) -> str:
    """A paragraph or photo of the advisor's own; no generated text stands behind it."""
    return f"{_OWN}{insertion_id}" if insertion_id else ""


def own_id(key: str) -> str:
    """The insertion a key of `own` names, "" for any other key."""
    return key.removeprefix(_OWN) if key.startswith(_OWN) else ""

"""The table of jobs of a case, read and assessed; few persons never leave the pure layer."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from desktop_advisor.assessment.job_profiles import JobsSummary, assess_jobs
from desktop_advisor.assessment.job_rows import read_profile
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.case_table import TableState, read_case_table
from desktop_advisor.usecases.workplace import Workplace

JOBS = "jobs"
"""Name of the table in the Vollcheck, and in own questionnaires that want the same evaluation."""
_NEEDED = ("name", "heads")
_SOURCE = "substitution"
"""How the name of the column ends whose note says where its figure is from."""


@dataclass(frozen=True)
class JobsView:
    """What the jobs of a case amount to.

    state, question, visit_id, told_by: as in `CaseTable`; "no_table" in the Kurzcheck, "shown" also
    where all rows are masked.
    """

    state: TableState
    company_id: uuid.UUID
    visit_id: uuid.UUID | None = None
    question: str = ""
    told_by: Perspective = Perspective.MANAGEMENT
    summary: JobsSummary = field(default_factory=lambda: assess_jobs(()))


def show_jobs(
    place: Workplace, case_id: uuid.UUID, hidden: Collection[Perspective] | None = None
) -> JobsView:
    """The jobs the table agreed on, else the leading side's, else those of the next that has any.

    hidden: sides that must not appear; None: those not released.
    """
    with place.store.read() as session:
        table = read_case_table(place, session, case_id, JOBS, _NEEDED, hidden)
    rows = zip(table.rows, table.remarks, strict=True)
    return JobsView(
        state=table.state,
        company_id=table.company_id,
        visit_id=table.visit_id,
        question=table.question,
        told_by=table.told_by,
        summary=assess_jobs([read_profile(said, noted.get(_SOURCE, "")) for said, noted in rows]),
    )

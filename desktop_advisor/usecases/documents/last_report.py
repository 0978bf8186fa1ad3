"""The last sealed report of a company, as much of it as may be repeated today."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from sqlalchemy import select

from desktop_advisor.domain.german import BERLIN, one_digit, percent
from desktop_advisor.report.documents.preparation_model import LastReport
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.reporting import read_snapshot
from desktop_advisor.usecases.workplace import Workplace

_WITHHELD = (
    "Seine Ergebnisse beruhen auf der Sicht des Betriebsrats, die nicht freigegeben ist; sie "
    "stehen hier nicht."
)


def last_report(place: Workplace, company_id: uuid.UUID) -> LastReport | None:
    """Version, day and main results; None where nothing was sealed yet.

    Results the works council led stay out once its view is not released (any more).
    """
    query = select(Report).where(
        Report.company_id == company_id,
        Report.deleted.is_(False),
        Report.sealed_at.is_not(None),
        Report.snapshot_id.is_not(None),
    )
    with place.store.read() as session:
        row = session.scalars(
            query.order_by(Report.sealed_at.desc(), Report.version.desc())
        ).first()
        if row is None or row.sealed_at is None:
            return None
        hidden = hidden_sides(session, row.case_id)
        version, sealed = row.version, row.sealed_at.astimezone(BERLIN).date()
    model = read_snapshot(place, row.id)
    results = (_WITHHELD,) if model.leading in hidden else tuple(_results(model))
    return LastReport(version=version, on=sealed, results=results)


def _results(model: ReportModel) -> Iterator[str]:
    figures = model.summary.figures
    if figures.value is None:
        yield "Gesamt: keine belastbare Aussage"
    else:
        covered = f", Abdeckung {percent(figures.coverage)}" if figures.coverage is not None else ""
        yield f"Reifegrad gesamt {one_digit(figures.value)} von 5{covered}"
    if model.urgent:
        yield f"Dringlich: {', '.join(finding.title for finding in model.urgent)}"
    if model.strengths:
        yield f"Stärken: {', '.join(finding.title for finding in model.strengths)}"
    if model.measures:
        yield f"Maßnahmen im Plan: {len(model.measures)}"

"""Kurzfassung: the two pages for the wall, out of the report as it was sealed or stands now."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from desktop_advisor.domain.language import speaking
from desktop_advisor.report.documents.short_model import ShortVersion, short_version
from desktop_advisor.report.model import ReportModel
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.releasing import hidden_sides
from desktop_advisor.usecases.reporting import read_snapshot
from desktop_advisor.usecases.workplace import Workplace


def draw(place: Workplace, case_id: uuid.UUID) -> bytes:
    """The PDF, always two pages."""
    from desktop_advisor.report.documents.short import draw_short

    model = _source(place, case_id)
    with speaking(place.resources.language(model.language)):
        return draw_short(short_version(model), place.resources.fonts)


def compose_short(place: Workplace, case_id: uuid.UUID) -> ShortVersion:
    """The two pages as plain values, in the language of the report they are of."""
    model = _source(place, case_id)
    with speaking(place.resources.language(model.language)):
        return short_version(model)


def _source(place: Workplace, case_id: uuid.UUID) -> ReportModel:
    """The newest sealed report, whose version and hash it names; before that, of the draft.

    A sealed report stays as it was handed over, but a new page repeats nothing of a side whose
    release was withdrawn since; then the pages are those of the draft as it stands.
    """
    return _newest_sealed(place, case_id) or compose_report(place, case_id)


def _newest_sealed(place: Workplace, case_id: uuid.UUID) -> ReportModel | None:
    query = select(Report.id).where(Report.case_id == case_id, Report.deleted.is_(False))
    with place.store.read() as session:
        report_id = session.scalars(query.order_by(Report.version.desc())).first()
        hidden = hidden_sides(session, case_id)
    if report_id is None:
        return None
    model = read_snapshot(place, report_id)
    return None if set(hidden) & {*model.perspectives, model.leading} else model

"""The chapters of the full report in their order, by the id under which they are switched off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from desktop_advisor.report import (
    annex,
    chapter_changes,
    chapter_exposure,
    chapter_jobs,
    chapter_plan,
    chapter_priorities,
    chapter_referrals,
    chapter_views,
    chapters_advice,
    chapters_close,
    chapters_overview,
    chapters_results,
)
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.theme import Theme

CHAPTERS: Mapping[str, Callable[[ReportModel, Theme], list[Any]]] = {
    "summary": chapters_overview.summary,
    "occasion": chapters_overview.occasion,
    "profile": chapters_overview.profile,
    "method": chapters_overview.method,
    "overview": chapters_results.overview,
    "changes": chapter_changes.changes,
    "priorities": chapter_priorities.priorities,
    "dimensions": chapters_results.dimensions,
    "site": chapters_results.site,
    "exposure": chapter_exposure.exposure,
    "jobs": chapter_jobs.jobs,
    "views": chapter_views.views,
    "company_advice": chapters_advice.company_advice,
    "plan": chapter_plan.plan,
    "offers": chapters_advice.offers,
    "referrals": chapter_referrals.referrals,
    "notices": chapters_close.notices,
    "signatures": chapters_close.signatures,
    "employee_advice": chapters_advice.employee_advice,
    "annex": annex.annex,
}
"""Order of domain §6; the page for employees stands before the annex, to be handed out."""
ALWAYS = ("summary", "method", "notices", "signatures")
"""Without these a report would promise more than it holds, or not say what it is worth."""

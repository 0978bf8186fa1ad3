"""Which of the standing explanations a report prints, and in which chapter.

The chapters ask here too, so that no edit is taken for a text that is on no page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.model import Recommendation, ReportModel

AGREED = ("accepted", "edited")
"""Decisions with which a recommendation is printed in full; the others get a line."""


@dataclass(frozen=True)
class Explained:
    """chapter: its id. label: what is explained, in German. stands_in: whether it is printed."""

    chapter: str
    label: str
    stands_in: Callable[[ReportModel], bool]


def is_in_full(item: Recommendation) -> bool:
    """Whether a recommendation is printed in full; warning signs are, unless rejected."""
    if item.audience == "stop":
        return item.decision != "rejected"
    return item.decision in AGREED


def has_views(model: ReportModel) -> bool:
    """Whether management and works council are printed side by side."""
    return {Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL} <= set(model.perspectives)


def _has_usual_values(model: ReportModel) -> bool:
    return any(not (p.is_agreed and p.is_rated and p.is_measured) for p in model.priorities)


def _lacks_a_source(model: ReportModel) -> bool:
    about = model.jobs
    return about is not None and any(job.substitution and not job.source for job in about.jobs)


def _has_ways(model: ReportModel) -> bool:
    return any(r.audience == "employees" and is_in_full(r) for r in model.recommendations)


EXPLAINED: Mapping[str, Explained] = {
    "priorities": Explained("priorities", "Prioritäten: Formel", lambda m: bool(m.priorities)),
    "priorities_usual": Explained("priorities", "Prioritäten: übliche Werte", _has_usual_values),
    "site": Explained("site", "Standort: Erläuterung", lambda m: bool(m.site_factors)),
    "exposure": Explained("exposure", "Exposition: Erläuterung", lambda m: m.exposure is not None),
    "exposure_ends": Explained(
        "exposure",
        "Auslauf: Erläuterung",
        lambda m: m.exposure is not None and bool(m.exposure.endings),
    ),
    "exposure_scenarios": Explained(
        "exposure",
        "Szenarien: Erläuterung",
        lambda m: m.exposure is not None and bool(m.exposure.scenarios),
    ),
    "jobs": Explained("jobs", "Beschäftigung: Erläuterung", lambda m: m.jobs is not None),
    "jobs_source": Explained("jobs", "Beschäftigung: Quelle", _lacks_a_source),
    "views": Explained("views", "Sichtweisen: Erläuterung", has_views),
    "referrals": Explained("referrals", "Verweise: Erläuterung", lambda m: bool(m.referrals)),
    "employee_advice": Explained("employee_advice", "Wege für Beschäftigte: Hinweis", _has_ways),
}
"""Field of `Explanations` → where it stands, in the order of the pages."""

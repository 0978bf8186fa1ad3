"""Which class shows which destination; loaded when first gone to, so that the start stays light."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Screen

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

_UI = "desktop_advisor.ui"
_SCREENS: dict[Where, tuple[str, str]] = {
    Where.TODAY: (f"{_UI}.today.screen", "TodayScreen"),
    Where.COMPANIES: (f"{_UI}.companies.screen", "CompaniesScreen"),
    Where.KNOWLEDGE: (f"{_UI}.knowledge.screen", "KnowledgeScreen"),
    Where.SYNCHRONISE: (f"{_UI}.synchronise.screen", "SynchroniseScreen"),
    Where.SETTINGS: (f"{_UI}.settings.screen", "SettingsScreen"),
    Where.COMPANY: (f"{_UI}.company_file.screen", "CompanyFileScreen"),
    Where.INTERVIEW: (f"{_UI}.interview.screen", "InterviewScreen"),
    Where.RESULTS: (f"{_UI}.results.screen", "ResultsScreen"),
    Where.ADVICE: (f"{_UI}.advice.screen", "AdviceScreen"),
    Where.CALCULATORS: (f"{_UI}.calculators.screen", "CalculatorsScreen"),
    Where.REPORT: (f"{_UI}.reporting.screen", "ReportScreen"),
    Where.CHECK: (f"{_UI}.reporting.verify_screen", "VerifyScreen"),
    Where.CONFLICTS: (f"{_UI}.conflicts.screen", "ConflictsScreen"),
    Where.DUPLICATES: (f"{_UI}.duplicates.screen", "DuplicatesScreen"),
}
"""Every class is called with (place, destination)."""


def make_screen(place: Workplace, destination: Destination) -> Screen:
    """The screen of a destination, not yet refreshed."""
    module, name = _SCREENS[destination.where]
    made: Screen = getattr(import_module(module), name)(place, destination)
    return made

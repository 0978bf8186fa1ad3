"""The texts that stand in every report, whatever was answered."""

from __future__ import annotations

import msgspec

from desktop_advisor.report import explanations, wording


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the glossary."""

    term: str
    meaning: str


class Explanations(msgspec.Struct, frozen=True, kw_only=True):
    """How to read the tables of a chapter; one field per sentence group, by chapter."""

    site: str = explanations.SITE
    exposure: str = explanations.EXPOSURE
    exposure_ends: str = explanations.EXPOSURE_ENDS
    exposure_scenarios: str = explanations.EXPOSURE_SCENARIOS
    jobs: str = explanations.JOBS
    jobs_source: str = explanations.JOBS_SOURCE
    priorities: str = explanations.PRIORITIES
    priorities_usual: str = explanations.PRIORITIES_USUAL
    views: str = explanations.VIEWS
    referrals: str = explanations.REFERRALS
    employee_advice: str = explanations.EMPLOYEE_ADVICE


class Statements(msgspec.Struct, frozen=True, kw_only=True):
    """The texts that stand in every report; a network may replace them."""

    method: tuple[str, ...] = wording.METHOD
    liability: tuple[str, ...] = wording.LIABILITY
    privacy: tuple[str, ...] = wording.PRIVACY
    principles: tuple[str, ...] = wording.PRINCIPLES
    funding: tuple[str, ...] = wording.FUNDING
    signatures: tuple[str, ...] = wording.SIGNATURE_WORTH
    glossary: tuple[Term, ...] = tuple(Term(term=t, meaning=m) for t, m in wording.GLOSSARY)
    explanations: Explanations = Explanations()

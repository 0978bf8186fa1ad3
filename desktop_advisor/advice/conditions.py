"""Who an offer is for: what a company, a course and a person have to meet, as data (domain §5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from desktop_advisor.advice.rates import Size
from desktop_advisor.domain.language import Words

Headcount = Literal["staff_units", "heads", "sgb3", "insured", "nis2"]
HEADCOUNT_WORDS = Words(
    {
        "staff_units": "Jahresarbeitseinheiten",
        "heads": "Köpfe",
        "sgb3": "Beschäftigte nach SGB III",
        "insured": "sozialversicherungspflichtig Beschäftigte",
        "nis2": "Beschäftigte nach NIS-2",
    }
)


class Learning(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What course and person have to meet; no company file tells, so each is open until asked.

    more_than_hours: exclusive (§ 82: more than 120); min_hours: inclusive. degree_years: since the
    vocational degree; pause_years: since the last funding of this kind. not_obligatory: no training
    that a law demands. small_affected_percent: of the staff, below `small_below` staff; above it
    `affected_percent` (§ 82a SGB III). min_age, max_age: inclusive.
    """

    more_than_hours: int | None = None
    min_hours: int | None = None
    approved: bool = False
    beyond_adaptation: bool = False
    not_obligatory: bool = False
    degree_years: int | None = None
    pause_years: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    affected_percent: int | None = None
    small_affected_percent: int | None = None
    small_below: int | None = None


class Conditions(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Who an offer is for, as far as a program can check it; None and empty mean: for everybody.

    min_staff, max_staff: inclusive, counted as `headcount` says; the five counts are those of
    domain §4 and never stand in for each other. size_classes: KMU classes. counties: AGS prefixes
    of 2 to 5 digits ("14" is Saxony); not_counties exclude. wz: prefixes of the branch code in
    the edition `wz_edition`. max_turnover_million: € million, inclusive.
    needs_agreement: works agreement or collective agreement, from agreement_from_staff staff on.
    to_clarify: what decides and only the people at the table know, each in a few German words.
    """

    headcount: Headcount = "staff_units"
    min_staff: int | None = None
    max_staff: int | None = None
    size_classes: tuple[Size, ...] = ()
    counties: tuple[str, ...] = ()
    not_counties: tuple[str, ...] = ()
    wz: tuple[str, ...] = ()
    wz_edition: Literal["2008", "2025"] = "2008"
    max_turnover_million: Decimal | None = None
    needs_agreement: bool = False
    agreement_from_staff: int = 0
    needs_works_council: bool = False
    learning: Learning = Learning()
    to_clarify: tuple[str, ...] = ()

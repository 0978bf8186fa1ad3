"""Which lines of an offer's rate table hold for a company (domain §5: Chemnitz is not Zwickau)."""

from __future__ import annotations

from desktop_advisor.advice.company_facts import SIZES, CompanyFacts
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.rates import Rate
from desktop_advisor.domain.company_size import SizeClass


def rate_for(offer: Offer, company: CompanyFacts, part: str | None = None) -> Rate | None:
    """The first line that fits the company; None where none fits or that cannot be told.

    part: what the share is of; None takes the offer's first part. A line before it that might fit
    if more were known leaves the rate open: a wrong promise is worse than none.
    """
    wanted = part if part is not None else next((line.part for line in offer.rate_table), "")
    for line in offer.rate_table:
        if line.part != wanted:
            continue
        fits = _fits(line, company)
        if fits is not False:
            return line if fits else None
    return None


def rates_for(offer: Offer, company: CompanyFacts) -> dict[str, Rate]:
    """Part → the line that holds for the company, in the order of the table."""
    parts = dict.fromkeys(line.part for line in offer.rate_table)
    found = {part: rate_for(offer, company, part) for part in parts}
    return {part: rate for part, rate in found.items() if rate is not None}


def _fits(line: Rate, company: CompanyFacts) -> bool | None:
    """Whether the line is for the company; None when that is not known."""
    answers = (_region(line, company), _size(line, company), _staff(line, company))
    if False in answers:
        return False
    return None if None in answers else True


def _region(line: Rate, company: CompanyFacts) -> bool | None:
    if not (line.counties or line.not_counties):
        return True
    if not company.county:
        return None
    inside = not line.counties or company.county.startswith(line.counties)
    return inside and not (line.not_counties and company.county.startswith(line.not_counties))


def _size(line: Rate, company: CompanyFacts) -> bool | None:
    if not line.size_classes:
        return True
    if company.size is SizeClass.UNDETERMINED:
        return None
    return company.size in {SIZES[name] for name in line.size_classes}


def _staff(line: Rate, company: CompanyFacts) -> bool | None:
    """Heads bound the staff of § 82 SGB III from above: part-time counts as a fraction there."""
    if line.min_staff is None and line.max_staff is None:
        return True
    if company.heads is None:
        return None
    if line.min_staff is not None and company.heads < line.min_staff:
        return False
    if line.max_staff is not None and company.heads > line.max_staff:
        return None if _may_count_fewer(line.max_staff, company) else False
    if line.min_staff is not None and _may_count_fewer(line.min_staff - 1, company):
        return None
    return True


def _may_count_fewer(limit: int, company: CompanyFacts) -> bool:
    """Whether part-time could bring the count down to the limit.

    Work units are the better estimate where known; 49.5 are fewer than 50. Else half a unit per
    head is the least we reckon with: our choice, because most jobs in the trade are full-time.
    """
    if company.staff_units is not None:
        return company.staff_units < limit + 1
    return company.heads is not None and company.heads <= 2 * limit

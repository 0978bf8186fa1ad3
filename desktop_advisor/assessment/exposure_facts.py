"""What rules and priorities read of an exposure."""

from __future__ import annotations

from decimal import Decimal

from desktop_advisor.assessment.exposure import WHOLE, Exposure

SOON_YEARS = 3
"""Years within which an end without a successor calls for a talk now (our choice: the time from
an enquiry to the start of a series)."""
MIDDLE_YEAR = 2030
FACTS = (
    "exposure_turnover",
    "exposure_heads",
    "exposure_unassigned",
    "growth_share",
    "eop_open_3y",
    "eop_open_2030",
    "thin_margin_share",
)


def exposure_facts(exposure: Exposure | None, this_year: int) -> dict[str, str]:
    """What rules read: percent 0–100 as plain numbers, "" where nothing may be said.

    An end counts only where somebody said that nothing follows; where no row names an end, or all
    that ends is unclear, the fact is "" and not 0.
    """
    if exposure is None:
        return dict.fromkeys(FACTS, "")
    values = (
        exposure.turnover,
        exposure.heads,
        exposure.unassigned,
        exposure.growth,
        _open(exposure, this_year + SOON_YEARS),
        _open(exposure, MIDDLE_YEAR),
        exposure.thin_margin,
    )
    return {name: _plain(value) for name, value in zip(FACTS, values, strict=True)}


def relative_exposure(exposure: Exposure | None) -> dict[str, Decimal]:
    """Dimension code → E_rel, 0–1, for the priorities (domain §3); absent dimensions take 0.5.

    Our choice: D01 and D02 follow the exposure by turnover, since that is the business to be
    replaced and the products themselves; D07 follows the exposure by heads, since those people
    need other skills. The others are not moved by the drive in a way we could defend: energy,
    digital work or the site cost the same whatever is cast. Where E may not be said, nothing is
    mapped.
    """
    if exposure is None:
        return {}
    weights = {"D01": exposure.turnover, "D02": exposure.turnover, "D07": exposure.heads}
    return {code: value / WHOLE for code, value in weights.items() if value is not None}


def _open(exposure: Exposure, year: int) -> Decimal | None:
    ending = exposure.ending(year)
    is_unclear = ending.uncovered == 0 and ending.unclear > 0
    return ending.uncovered if exposure.knows_ends and not is_unclear else None


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.quantize(Decimal('0.0001')).normalize():f}"

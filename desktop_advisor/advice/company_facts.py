"""What is known of a company, as eligibility, rates and rules read it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.domain.company_size import SizeClass

SIZES = {
    "micro": SizeClass.MICRO,
    "small": SizeClass.SMALL,
    "medium": SizeClass.MEDIUM,
    "large": SizeClass.LARGE,
}
"""The classes as catalogue and rules name them."""


@dataclass(frozen=True)
class CompanyFacts:
    """What is known of a company; None and "" mean not known, never zero.

    heads: persons. staff_units: annual work units (JAE). county: AGS, first five digits.
    wz: branch code in the edition `wz_edition`. size: KMU class of the single enterprise.
    """

    heads: int | None = None
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    county: str = ""
    wz: str = ""
    wz_edition: str = "2008"
    has_works_council: bool | None = None
    size: SizeClass = SizeClass.UNDETERMINED

    def as_texts(self) -> dict[str, str]:
        """The facts as the questionnaire's expressions read them; "" where not known."""
        council = {True: "yes", False: "no", None: ""}[self.has_works_council]
        return {
            "heads": _text(self.heads),
            "staff_units": _text(self.staff_units),
            "turnover_million": _text(self.turnover_million),
            "county": self.county,
            "wz": self.wz,
            "has_works_council": council,
            "size_class": next((name for name, size in SIZES.items() if size is self.size), ""),
        }


def _text(value: int | Decimal | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)

"""Does an offer come into consideration for this company? Never "Sie erhalten" (domain §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.advice.offers import Conditions, Offer
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.regions import county_name


class Verdict(StrEnum):
    """What may be said of an offer for a company."""

    IN_QUESTION = "in_question"
    OPEN = "open"
    EXCLUDED = "excluded"


WORDING = {
    Verdict.IN_QUESTION: "kommt in Betracht",
    Verdict.OPEN: "Voraussetzung offen",
    Verdict.EXCLUDED: "ausgeschlossen",
}

_SIZES = {
    "micro": SizeClass.MICRO,
    "small": SizeClass.SMALL,
    "medium": SizeClass.MEDIUM,
    "large": SizeClass.LARGE,
}


@dataclass(frozen=True)
class CompanyFacts:
    """What is known of a company; None and "" mean not known, never zero.

    heads: persons. staff_units: annual work units (JAE). county: AGS, first five digits.
    size: KMU class of the single enterprise.
    """

    heads: int | None = None
    staff_units: Decimal | None = None
    turnover_million: Decimal | None = None
    county: str = ""
    wz: str = ""
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
            "size_class": next((name for name, size in _SIZES.items() if size is self.size), ""),
        }


@dataclass(frozen=True)
class Eligibility:
    """The verdict and why: what excludes, else what is open, else what was checked."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """kommt in Betracht, Voraussetzung offen or ausgeschlossen."""
        return WORDING[self.verdict]

    @property
    def sentence(self) -> str:
        """The verdict with its reasons, as one German sentence."""
        if not self.reasons:
            return f"{self.wording}."
        reasons = "; ".join(self.reasons)
        link = ", weil " if self.verdict is Verdict.EXCLUDED else ": "
        return f"{self.wording}{link}{reasons}."


@dataclass
class _Findings:
    excluded: list[str] = field(default_factory=list)
    still_open: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)


def check(offer: Offer, company: CompanyFacts, today: date) -> Eligibility:
    """Whether the offer comes into consideration today; what is not known leaves it open.

    Only what the program can know is checked; the conditions in words stand in the offer.
    """
    found = _Findings()
    _status(offer, found)
    _validity(offer, today, found)
    for examine in _EXAMINATIONS:
        for verdict, reason in examine(offer.eligibility, company):
            {
                Verdict.EXCLUDED: found.excluded,
                Verdict.OPEN: found.still_open,
                Verdict.IN_QUESTION: found.met,
            }[verdict].append(reason)
    if found.excluded:
        return Eligibility(Verdict.EXCLUDED, tuple(found.excluded))
    if found.still_open:
        return Eligibility(Verdict.OPEN, tuple(found.still_open))
    return Eligibility(Verdict.IN_QUESTION, tuple(found.met))


def _status(offer: Offer, found: _Findings) -> None:
    if offer.status == "geschlossen":
        found.excluded.append("das Angebot geschlossen ist")
    elif offer.status == "ausgesetzt":
        found.still_open.append("derzeit werden keine Anträge angenommen")
    elif offer.status == "unklar":
        found.still_open.append("der heutige Stand ist zu bestätigen")


def _validity(offer: Offer, today: date, found: _Findings) -> None:
    if offer.valid_to is not None and offer.valid_to < today:
        found.excluded.append(f"das Angebot am {short_date(offer.valid_to)} ausgelaufen ist")
    if offer.valid_from is not None and offer.valid_from > today:
        found.still_open.append(f"das Angebot gilt erst ab {short_date(offer.valid_from)}")


Examined = Iterator[tuple[Verdict, str]]


def _region(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not (wanted.counties or wanted.not_counties):
        return
    if not company.county:
        yield Verdict.OPEN, "der Landkreis des Betriebs ist nicht erfasst"
        return
    name = county_name(company.county) or f"Kreis {company.county}"
    inside = not wanted.counties or company.county.startswith(wanted.counties)
    if not inside or (wanted.not_counties and company.county.startswith(wanted.not_counties)):
        yield Verdict.EXCLUDED, f"das Gebiet nicht passt ({name})"
    else:
        yield Verdict.IN_QUESTION, f"Gebiet passt ({name})"


def _size(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.size_classes:
        return
    if company.size is SizeClass.UNDETERMINED:
        yield Verdict.OPEN, "die Größenklasse (KMU) ist nicht bestimmt"
    elif company.size in {_SIZES[name] for name in wanted.size_classes}:
        yield Verdict.IN_QUESTION, f"Größe passt ({company.size})"
    else:
        yield Verdict.EXCLUDED, f"die Größe nicht passt ({company.size})"


def _staff(wanted: Conditions, company: CompanyFacts) -> Examined:
    if wanted.max_staff is not None:
        yield _at_most(wanted.max_staff, company)
    if wanted.min_staff is not None:
        known = company.heads if company.heads is not None else company.staff_units
        if known is None:
            yield Verdict.OPEN, "die Zahl der Beschäftigten ist nicht erfasst"
        elif known < wanted.min_staff:
            yield Verdict.EXCLUDED, f"mindestens {wanted.min_staff} Beschäftigte nötig sind"


def _at_most(limit: int, company: CompanyFacts) -> tuple[Verdict, str]:
    """Work units decide; heads suffice below the limit, as they are hardly ever fewer."""
    if company.staff_units is not None:
        if company.staff_units <= limit:
            return Verdict.IN_QUESTION, f"höchstens {limit} Beschäftigte"
        return Verdict.EXCLUDED, f"mehr als {limit} Beschäftigte gezählt werden"
    if company.heads is None:
        return Verdict.OPEN, "die Zahl der Beschäftigten ist nicht erfasst"
    if company.heads <= limit:
        return Verdict.IN_QUESTION, f"höchstens {limit} Beschäftigte"
    return Verdict.OPEN, f"maßgeblich sind Jahresarbeitseinheiten, höchstens {limit}"


def _turnover(wanted: Conditions, company: CompanyFacts) -> Examined:
    limit = wanted.max_turnover_million
    if limit is None:
        return
    if company.turnover_million is None:
        yield Verdict.OPEN, "der Umsatz ist nicht erfasst"
    elif company.turnover_million > limit:
        yield Verdict.EXCLUDED, f"der Umsatz über {limit} Mio. Euro liegt"
    else:
        yield Verdict.IN_QUESTION, f"Umsatz bis {limit} Mio. Euro"


def _agreement(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.needs_agreement:
        return
    small = company.heads is not None and company.heads < wanted.agreement_from_staff
    if small:
        yield Verdict.OPEN, "schriftliche Erklärung des Betriebs statt Betriebsvereinbarung"
    else:
        yield Verdict.OPEN, "Betriebsvereinbarung oder betriebsbezogener Tarifvertrag"


def _works_council(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.needs_works_council:
        return
    if company.has_works_council is None:
        yield Verdict.OPEN, "ob ein Betriebsrat besteht, ist nicht erfasst"
    elif not company.has_works_council:
        yield Verdict.EXCLUDED, "kein Betriebsrat besteht"
    else:
        yield Verdict.IN_QUESTION, "Betriebsrat vorhanden"


_EXAMINATIONS: tuple[Callable[[Conditions, CompanyFacts], Examined], ...] = (
    _region,
    _size,
    _staff,
    _turnover,
    _agreement,
    _works_council,
)


def _text(value: int | Decimal | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)

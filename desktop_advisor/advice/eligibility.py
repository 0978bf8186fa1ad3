"""Does an offer come into consideration for this company? Never "Sie erhalten" (domain §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.advice.company_facts import SIZES, CompanyFacts
from desktop_advisor.advice.conditions import HEADCOUNT_WORDS, Conditions
from desktop_advisor.advice.fitting_rates import rates_for
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.rate_arithmetic import rate_derivation
from desktop_advisor.advice.rates import Rate, rate_words
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.derivation import Derivation
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.language import Words, say
from desktop_advisor.domain.regions import county_name

__all__ = ["WORDING", "CompanyFacts", "Eligibility", "Verdict", "check"]


class Verdict(StrEnum):
    """What may be said of an offer for a company."""

    IN_QUESTION = "in_question"
    OPEN = "open"
    EXCLUDED = "excluded"


WORDING = Words(
    {
        Verdict.IN_QUESTION: "kommt in Betracht",
        Verdict.OPEN: "Voraussetzung offen",
        Verdict.EXCLUDED: "ausgeschlossen",
    }
)


@dataclass(frozen=True)
class Eligibility:
    """The verdict and why: everything that excludes, else all that is open, else what was checked.

    still_open: what else is not known where something excludes already, so that nobody clears one
    obstacle only to meet the next; empty for the other verdicts.
    rates: the lines of the rate table that hold for the company, one per part; none where the
    offer is excluded or suspended, has no table, or too little is known to tell the line.
    derivations: the arithmetic of each of them, in the same order.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    still_open: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    derivations: tuple[Derivation, ...] = ()

    @property
    def wording(self) -> str:
        """kommt in Betracht, Voraussetzung offen or ausgeschlossen."""
        return WORDING[self.verdict]

    @property
    def sentence(self) -> str:
        """The verdict with all its reasons in German; what is open besides is a second sentence."""
        if not self.reasons:
            return f"{self.wording}."
        if self.verdict is not Verdict.EXCLUDED:
            return f"{self.wording}: {'; '.join(self.reasons)}."
        because = say(" und weil ").join(self.reasons)
        return " ".join(
            filter(None, (say("{0}, weil {1}.").format(self.wording, because), self.open_sentence))
        )

    @property
    def open_sentence(self) -> str:
        """Außerdem offen: …; "" where nothing is open besides."""
        return (
            say("Außerdem offen: {0}.").format("; ".join(self.still_open))
            if self.still_open
            else ""
        )

    @property
    def rate_sentence(self) -> str:
        """In Ihrem Fall: bis zu 80 % …; "" where no line of the table is known to hold."""
        if not self.rates:
            return ""
        return say("In Ihrem Fall: {0}.").format("; ".join(rate_words(rate) for rate in self.rates))

    @property
    def points(self) -> tuple[str, ...]:
        """The reasons and what is open besides, each as a point of a list."""
        return (
            *self.reasons,
            *(say("außerdem offen: {0}").format(point) for point in self.still_open),
        )


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
        return Eligibility(Verdict.EXCLUDED, tuple(found.excluded), tuple(found.still_open))
    is_paid = offer.status in ("offen", "unklar")
    rates = tuple(rates_for(offer, company).values()) if is_paid else ()
    sums = tuple(rate_derivation(offer, rate, company) for rate in rates)
    if found.still_open:
        reasons = tuple(found.still_open)
        return Eligibility(Verdict.OPEN, reasons, rates=rates, derivations=sums)
    return Eligibility(Verdict.IN_QUESTION, tuple(found.met), rates=rates, derivations=sums)


def _status(offer: Offer, found: _Findings) -> None:
    if offer.status == "geschlossen":
        found.excluded.append(say("das Angebot geschlossen ist"))
    elif offer.status == "ausgesetzt":
        found.still_open.append(say("derzeit werden keine Anträge angenommen"))
    elif offer.status == "unklar":
        found.still_open.append(say("der heutige Stand ist zu bestätigen"))


def _validity(offer: Offer, today: date, found: _Findings) -> None:
    if offer.valid_to is not None and offer.valid_to < today:
        found.excluded.append(
            say("das Angebot am {0} ausgelaufen ist").format(short_date(offer.valid_to))
        )
    if offer.valid_from is not None and offer.valid_from > today:
        found.still_open.append(
            say("das Angebot gilt erst ab {0}").format(short_date(offer.valid_from))
        )


Examined = Iterator[tuple[Verdict, str]]


def _region(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not (wanted.counties or wanted.not_counties):
        return
    if not company.county:
        yield Verdict.OPEN, say("der Landkreis des Betriebs ist nicht erfasst")
        return
    name = county_name(company.county) or say("Kreis {0}").format(company.county)
    inside = not wanted.counties or company.county.startswith(wanted.counties)
    if not inside or (wanted.not_counties and company.county.startswith(wanted.not_counties)):
        yield Verdict.EXCLUDED, say("das Gebiet nicht passt ({0})").format(name)
    else:
        yield Verdict.IN_QUESTION, say("Gebiet passt ({0})").format(name)


def _size(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.size_classes:
        return
    if company.size is SizeClass.UNDETERMINED:
        yield Verdict.OPEN, say("die Größenklasse (KMU) ist nicht bestimmt")
    elif company.size in {SIZES[name] for name in wanted.size_classes}:
        yield Verdict.IN_QUESTION, say("Größe passt ({0})").format(say(company.size))
    else:
        yield Verdict.EXCLUDED, say("die Größe nicht passt ({0})").format(say(company.size))


def _branch(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.wz:
        return
    if not company.wz:
        yield Verdict.OPEN, say("der Wirtschaftszweig ist nicht erfasst")
    elif company.wz_edition != wanted.wz_edition:
        yield (
            Verdict.OPEN,
            say("der Wirtschaftszweig ist nach WZ {0} zu bestimmen").format(wanted.wz_edition),
        )
    elif company.wz.startswith(wanted.wz):
        yield Verdict.IN_QUESTION, say("Wirtschaftszweig passt ({0})").format(company.wz)
    else:
        yield Verdict.EXCLUDED, say("der Wirtschaftszweig nicht passt ({0})").format(company.wz)


def _staff(wanted: Conditions, company: CompanyFacts) -> Examined:
    if wanted.max_staff is None and wanted.min_staff is None:
        return
    exact = _exact_count(wanted, company)
    if exact is None and company.heads is None:
        yield Verdict.OPEN, say("die Zahl der Beschäftigten ist nicht erfasst")
        return
    if wanted.max_staff is not None:
        yield _at_most(wanted.max_staff, wanted, exact, company)
    if wanted.min_staff is not None:
        yield _at_least(wanted.min_staff, wanted, exact, company)


def _exact_count(wanted: Conditions, company: CompanyFacts) -> Decimal | None:
    """The count the condition is about; None where only the heads bound it from above."""
    if wanted.headcount == "heads" and company.heads is not None:
        return Decimal(company.heads)
    return company.staff_units if wanted.headcount == "staff_units" else None


def _at_most(
    limit: int, wanted: Conditions, exact: Decimal | None, company: CompanyFacts
) -> tuple[Verdict, str]:
    """The condition's own count decides; heads suffice below the limit, no count exceeds them.

    Programmes say "fewer than 250", the catalogue 249: 249.5 work units are still fewer.
    """
    if exact is not None and exact >= limit + 1:
        return Verdict.EXCLUDED, say("mehr als {0} Beschäftigte gezählt werden").format(limit)
    if exact is not None or (company.heads is not None and company.heads <= limit):
        return Verdict.IN_QUESTION, say("höchstens {0} Beschäftigte").format(limit)
    words = HEADCOUNT_WORDS[wanted.headcount]
    return Verdict.OPEN, say("maßgeblich sind {0}, höchstens {1}").format(words, limit)


def _at_least(
    limit: int, wanted: Conditions, exact: Decimal | None, company: CompanyFacts
) -> tuple[Verdict, str]:
    """Too few heads exclude whatever the count; whoever employs anybody meets a limit of one."""
    few = (exact is not None and exact < limit and limit > 1) or (
        company.heads is not None and company.heads < limit
    )
    least = say("eine beschäftigte Person") if limit == 1 else say("{0} Beschäftigte").format(limit)
    if few:
        return Verdict.EXCLUDED, say("mindestens {0} nötig {1}").format(
            least, say("ist") if limit == 1 else say("sind")
        )
    if exact is not None or limit <= 1:
        return Verdict.IN_QUESTION, say("mindestens {0}").format(least)
    words = HEADCOUNT_WORDS[wanted.headcount]
    return Verdict.OPEN, say("maßgeblich sind {0}, mindestens {1}").format(words, limit)


def _turnover(wanted: Conditions, company: CompanyFacts) -> Examined:
    limit = wanted.max_turnover_million
    if limit is None:
        return
    if company.turnover_million is None:
        yield Verdict.OPEN, say("der Umsatz ist nicht erfasst")
    elif company.turnover_million > limit:
        yield Verdict.EXCLUDED, say("der Umsatz über {0} Mio. Euro liegt").format(limit)
    else:
        words = say("eigener Umsatz bis {0} Mio. Euro; es zählt der Umsatz der Gruppe").format(
            limit
        )
        yield Verdict.IN_QUESTION, words


def _agreement(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.needs_agreement:
        return
    small = company.heads is not None and company.heads < wanted.agreement_from_staff
    if small:
        yield Verdict.OPEN, say("schriftliche Erklärung des Betriebs statt Betriebsvereinbarung")
    else:
        yield Verdict.OPEN, say("Betriebsvereinbarung oder betriebsbezogener Tarifvertrag")


def _works_council(wanted: Conditions, company: CompanyFacts) -> Examined:
    if not wanted.needs_works_council:
        return
    if company.has_works_council is None:
        yield Verdict.OPEN, say("ob ein Betriebsrat besteht, ist nicht erfasst")
    elif not company.has_works_council:
        yield Verdict.EXCLUDED, say("kein Betriebsrat besteht")
    else:
        yield Verdict.IN_QUESTION, say("Betriebsrat vorhanden")


def _learning(wanted: Conditions, company: CompanyFacts) -> Examined:
    """What only course and person tell; named in full, because each of them can block."""
    course = wanted.learning
    if course.affected_percent is not None:
        yield Verdict.OPEN, _affected(wanted, company)
    if course.more_than_hours is not None:
        yield Verdict.OPEN, say("Lehrgang mit mehr als {0} Stunden").format(course.more_than_hours)
    if course.min_hours is not None:
        yield Verdict.OPEN, say("Lehrgang mit mindestens {0} Stunden").format(course.min_hours)
    if course.approved:
        yield Verdict.OPEN, say("Lehrgang und Träger nach AZAV zugelassen")
    if course.beyond_adaptation:
        yield Verdict.OPEN, say("Inhalte über eine kurze Anpassung am Arbeitsplatz hinaus")
    if course.not_obligatory:
        yield Verdict.OPEN, say("keine gesetzlich vorgeschriebene Schulung")
    if course.degree_years is not None:
        yield (
            Verdict.OPEN,
            say("Berufsabschluss seit mindestens {0} Jahren").format(course.degree_years),
        )
    if course.pause_years is not None:
        pause = say("in den letzten {0} Jahren").format(course.pause_years)
        yield Verdict.OPEN, say("keine solche Förderung der Person {0}").format(pause)
    if course.min_age is not None:
        yield Verdict.OPEN, say("Alter der Person mindestens {0} Jahre").format(course.min_age)
    if course.max_age is not None:
        yield Verdict.OPEN, say("Alter der Person höchstens {0} Jahre").format(course.max_age)


def _affected(wanted: Conditions, company: CompanyFacts) -> str:
    """How many people must be affected; domain §5b vector: 180 staff → 18, 250 → 50."""
    course = wanted.learning
    percent, small = course.affected_percent or 0, course.small_affected_percent
    below = course.small_below or 0
    if company.heads is None:
        less = (
            say(", unter {0} Beschäftigten {1} %").format(below, small) if small is not None else ""
        )
        return say(
            "strukturwandelbedingter Bedarf bei mindestens {0} % der Beschäftigten{1}"
        ).format(percent, less)
    share = small if small is not None and company.heads < below else percent
    persons = -(-company.heads * share // 100)
    who = say("einer Person") if persons == 1 else say("{0} Beschäftigten").format(persons)
    return say("strukturwandelbedingter Bedarf bei mindestens {0} ({1} %)").format(who, share)


def _words(wanted: Conditions, company: CompanyFacts) -> Examined:
    del company  # no company file tells
    yield from ((Verdict.OPEN, words) for words in wanted.to_clarify)


_EXAMINATIONS: tuple[Callable[[Conditions, CompanyFacts], Examined], ...] = (
    _region,
    _size,
    _branch,
    _staff,
    _turnover,
    _agreement,
    _works_council,
    _words,
    _learning,
)

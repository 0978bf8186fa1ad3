"""Short German phrases from values, the same wherever they stand on a page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from desktop_advisor.assessment.scores import Verdict
from desktop_advisor.domain.german import (
    BERLIN,
    clock_time,
    decimal_mark,
    english_date,
    millions,
    one_digit,
    percent,
    short_date,
)
from desktop_advisor.domain.language import say
from desktop_advisor.report import wording
from desktop_advisor.report.model import Company, Dimension, Offer, ReportModel, Result

NOTHING = "–"


def figure(value: Decimal | None) -> str:
    """2,6, or a dash where nothing may be said."""
    return NOTHING if value is None else one_digit(value)


def share(value: Decimal | None) -> str:
    """71 %, or a dash."""
    return NOTHING if value is None else percent(value)


def interval(low: Decimal | None, high: Decimal | None) -> str:
    """1,9–3,3; "" where there is none or both ends print the same."""
    if low is None or high is None or one_digit(low) == one_digit(high):
        return ""
    return f"{one_digit(low)}–{one_digit(high)}"


def plain(value: Decimal) -> str:
    """The value without needless digits, decimal comma: 3, 0,5."""
    short = value.normalize()
    return decimal_mark(f"{short:f}")


def hours(value: Decimal) -> str:
    """Hours as the hour sheet has them, always two decimals: 2,50."""
    return decimal_mark(f"{value:.2f}")


def day(value: date | None) -> str:
    """24.11.2026, or "offen" while no date is set."""
    return say("offen") if value is None else short_date(value)


def moment(value: datetime | None) -> str:
    """24.11.2026, 11:42 Uhr on a German clock; "" without one."""
    return (
        ""
        if value is None
        else say("{0}, {1} Uhr").format(
            short_date(value.astimezone(BERLIN).date()), clock_time(value)
        )
    )


def result_line(result: Result | None) -> str:
    """What stands where a figure is expected: "2,6", or the words that replace it."""
    if result is None:
        return NOTHING
    if result.printable is None:
        return wording.VERDICTS[result.verdict]
    return one_digit(result.printable)


def shown_interval(result: Result | None) -> str:
    """The interval where the verdict asks for it, else ""."""
    if result is None or result.verdict is not Verdict.WITH_INTERVAL:
        return ""
    return interval(result.low, result.high)


def facts(dimension: Dimension, result: Result | None) -> str:
    """One line below a dimension: coverage, evidence, bottleneck."""
    if dimension.is_parked or result is None:
        return say(wording.NOT_LOOKED_AT)
    if result.verdict in (Verdict.NOT_APPLICABLE, Verdict.NOT_CONSIDERED):
        return wording.VERDICTS[result.verdict]
    parts = [
        say("Abdeckung {0} ({1} von {2})").format(
            share(result.coverage), result.answered, result.applicable
        ),
    ]
    if result.evidenced is not None:
        parts.append(say("belegt (E2/E3) {0}").format(share(result.evidenced)))
    if spread := shown_interval(result):
        parts.append(say("Spanne {0}").format(spread))
    return " · ".join(parts)


def leading_view(model: ReportModel) -> str:
    """Whose answers the values rest on."""
    who = wording.PERSPECTIVES[model.leading]
    return say("{0} und gemeinsam Festgelegtes").format(who) if has_joint_values(model) else who


def has_joint_values(model: ReportModel) -> bool:
    """Whether joint answers stand in place of the leading perspective's own."""
    return any(dimension.led is not None for dimension in model.dimensions)


def joint_answers(model: ReportModel) -> str:
    """How many Kennpunkte the table answered together; "" where none."""
    if not model.joint:
        return ""
    many = (
        say("1 Kennpunkt wurde")
        if model.joint == 1
        else say("{0} Kennpunkte wurden").format(model.joint)
    )
    tail = say("; dort zählt die gemeinsame Stufe.") if has_joint_values(model) else "."
    return say("{0} gemeinsam festgelegt{1}").format(many, tail)


def address(company: Company) -> str:
    """Street, postcode and town on one line."""
    town = " ".join(p for p in (company.postcode, company.town) if p)
    return ", ".join(p for p in (company.street, town) if p)


def million(value: Decimal | None) -> str:
    """14,2 Mio. €, or "nicht bekannt"."""
    return say("nicht bekannt") if value is None else millions(plain(value))


def caution(offer: Offer) -> str:
    """The warning without the date of its entry, which `validity` says beside it."""
    if offer.checked_on is None:
        return offer.warning
    german, english = short_date(offer.checked_on), english_date(offer.checked_on)
    plain = offer.warning.removesuffix(f" Stand der Förderinformation: {german}.")
    return plain.removesuffix(f" Information as of {english}.")


def validity(offer: Offer) -> str:
    """Stand line of an offer: status, validity, when and on what it was checked."""
    parts = [say("Status: {0}").format(say(offer.status))] if offer.status else []
    if offer.valid_from and offer.valid_to:
        parts.append(
            say("gültig {0} bis {1}").format(
                short_date(offer.valid_from), short_date(offer.valid_to)
            )
        )
    elif offer.valid_to:
        parts.append(say("gültig bis {0}").format(short_date(offer.valid_to)))
    elif offer.valid_from:
        parts.append(say("gültig seit {0}").format(short_date(offer.valid_from)))
    checked = short_date(offer.checked_on) if offer.checked_on else say("nicht geprüft")
    parts.append(say("Stand der Förderinformation: {0}").format(checked))
    if offer.legal_basis:
        parts.append(offer.legal_basis)
    return " · ".join(parts)

"""What is wrong with a catalogue, said at the cell: before it counts, not in front of a client."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from desktop_advisor.advice.offers import STALE_AFTER_DAYS, Catalogue
from desktop_advisor.domain.german import short_date
from desktop_advisor.domain.regions import COUNTIES
from desktop_advisor.questionnaire.authoring.findings import Finding
from desktop_advisor.usecases.catalogue.tables import Entry, Line, from_tables, to_tables

DIMENSIONS = frozenset(f"D{number:02}" for number in range(1, 13))
"""The twelve Handlungsfelder (domain §3)."""
_LANDS = frozenset(f"{number:02}" for number in range(1, 17))
"""The federal states as AGS prefixes (domain §7)."""
_PROMISE = re.compile(
    r"\b(sie erhalten|sie bekommen|erhalten sie|bekommen sie|garantier\w+|steh\w* ihnen zu"
    r"|wir zahlen|you will receive|guaranteed)\b",
    re.IGNORECASE,
)
_SPEAKING = (
    *("title", "title_en", "summary", "summary_en", "conditions", "conditions_en"),
    *("rates", "rates_en", "cumulation", "cumulation_en", "status_note", "status_note_en"),
)
_PAIRS = ("conditions", "rates", "cumulation", "status_note")
_WZ = re.compile(r"\d{2}(\.\d{1,2}(\.\d)?)?")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def check_entries(entries: Iterable[Entry], today: date) -> list[Finding]:
    """Every finding of entries that could be read, in the order of the rows."""
    return [
        finding
        for entry in entries
        for check in (_words, _dates, _places, _numbers, _rates)
        for finding in check(entry, today)
    ]


def check_catalogue(catalogue: Catalogue, today: date) -> list[Finding]:
    """The same of a catalogue file, addressed as in its exported table."""
    reading = from_tables(*to_tables(catalogue))
    return [*reading.findings, *check_entries(reading.entries, today)]


def _words(entry: Entry, today: date) -> Iterator[Finding]:
    del today
    offer, line = entry.offer, entry.line
    for path in _SPEAKING:
        if promise := _PROMISE.search(getattr(offer, path)):
            message = f"„{promise[0]}“ verspricht zu viel."
            yield line.finding(path, message, "„bis zu“, „kommt in Betracht“.")
    if offer.status != "offen" and not offer.status_note:
        message = f"Warum „{offer.status}“? Die Anmerkung fehlt."
        yield line.finding("status_note", message, "Sagen Sie, was nicht sicher ist.")
    for path in _PAIRS:
        german, english = getattr(offer, path), getattr(offer, f"{path}_en")
        if bool(german) != bool(english):
            missing = f"{path}_en" if german else path
            yield line.finding(missing, "Der Text fehlt in einer der beiden Sprachen.")
    if offer.kind == "funding" and not offer.legal_basis:
        yield line.finding("legal_basis", "Eine Förderung braucht ihre Rechtsgrundlage.")
    if offer.email and not _MAIL.fullmatch(offer.email):
        yield line.finding("email", f"„{offer.email}“ ist keine E-Mail-Adresse.")


def _dates(entry: Entry, today: date) -> Iterator[Finding]:
    offer, line = entry.offer, entry.line
    if offer.valid_from and offer.valid_to and offer.valid_to < offer.valid_from:
        message = f"Das Ende liegt vor dem Beginn am {short_date(offer.valid_from)}."
        yield line.finding("valid_to", message, "Prüfen Sie beide Tage.")
    if offer.checked_on > today:
        message = f"Der {short_date(offer.checked_on)} liegt in der Zukunft."
        yield line.finding("checked_on", message, f"Höchstens heute, der {short_date(today)}.")
    if (today - offer.checked_on).days > STALE_AFTER_DAYS:
        message = f"Vor mehr als {STALE_AFTER_DAYS} Tagen geprüft."
        yield line.finding("checked_on", message, "Prüfen Sie die Quelle neu.", is_warning=True)
    if offer.valid_to and offer.valid_to < today and offer.status == "offen":
        message = f"Ausgelaufen am {short_date(offer.valid_to)}, der Status ist noch offen."
        yield line.finding("status", message, "Nachfolge prüfen.", is_warning=True)


def _places(entry: Entry, today: date) -> Iterator[Finding]:
    del today
    offer, line = entry.offer, entry.line
    for path in ("counties", "not_counties"):
        prefixes = getattr(offer.eligibility, path)
        yield from _unknown_places(line, f"eligibility.{path}", prefixes)
    for code in offer.dimensions:
        if code not in DIMENSIONS:
            message = f"Das Handlungsfeld „{code}“ gibt es nicht."
            yield line.finding("dimensions", message, "D01 bis D12.")


def _unknown_places(line: Line, path: str, prefixes: Iterable[str]) -> Iterator[Finding]:
    for prefix in prefixes:
        if not is_known_place(prefix):
            message = f"Den Kreisschlüssel „{prefix}“ gibt es nicht."
            yield line.finding(path, message, "Zum Beispiel 14524 für Zwickau oder 14 für Sachsen.")


def is_known_place(prefix: str) -> bool:
    """Whether an AGS prefix names a federal state or a county the program knows."""
    return prefix in _LANDS or (
        len(prefix) in range(3, 6) and any(ags.startswith(prefix) for ags in COUNTIES)
    )


def _numbers(entry: Entry, today: date) -> Iterator[Finding]:
    del today
    line, wanted = entry.line, entry.offer.eligibility
    if _crossed(wanted.min_staff, wanted.max_staff):
        yield line.finding("eligibility.max_staff", "Höchstens weniger als mindestens.")
    if _crossed(wanted.learning.min_age, wanted.learning.max_age):
        yield line.finding("eligibility.learning.max_age", "Höchstens weniger als mindestens.")
    for code in wanted.wz:
        if not _WZ.fullmatch(code):
            yield line.finding("eligibility.wz", f"„{code}“ ist kein WZ-Code.", "Wie 29.32.")


def _crossed(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low > high


def _rates(entry: Entry, today: date) -> Iterator[Finding]:
    del today
    for rate, line in zip(entry.offer.rate_table, entry.rates, strict=True):
        if not 0 <= rate.share <= 100:
            yield line.finding("share", f"{rate.share} % gibt es nicht.", "0 bis 100.")
        for path in ("cost_cap", "day_cap", "max_days", "grant_cap"):
            cap = getattr(rate, path)
            if cap is not None and cap <= 0:
                yield line.finding(path, "Eine Obergrenze ist größer als null.", "Sonst leer.")
        for path in ("counties", "not_counties"):
            yield from _unknown_places(line, path, getattr(rate, path))
        if _crossed(rate.min_staff, rate.max_staff):
            yield line.finding("max_staff", "Höchstens weniger als mindestens.")
        for path in ("note", "note_en"):
            if promise := _PROMISE.search(getattr(rate, path)):
                yield line.finding(path, f"„{promise[0]}“ verspricht zu viel.", "„bis zu“.")

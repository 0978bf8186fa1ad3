"""The columns of the catalogue tables: German heading, what belongs there, where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop_advisor.advice.conditions import HEADCOUNT_WORDS
from desktop_advisor.advice.offers import INSTRUMENT_WORDS, KIND_WORDS

OFFERS, RATES = "Angebote", "Sätze"
EVERYWHERE = "alle"
"""Written where a rate holds in every region, so that a forgotten region does not pass for it."""
SIZE_WORDS = {"micro": "kleinst", "small": "klein", "medium": "mittel", "large": "groß"}


class Kind(Enum):
    """How the text of a cell is read; LINES: one entry per line, LIST: separated by blanks."""

    TEXT = auto()
    LINES = auto()
    LIST = auto()
    WORD = auto()
    WORDS = auto()
    REGIONS = auto()
    WHOLE = auto()
    DECIMAL = auto()
    DAY = auto()
    YES = auto()
    YES_NO = auto()


@dataclass(frozen=True)
class Column:
    """path: the field, dots lead into nested ones. words: what is kept → the German word.

    default: what an empty cell means, where that is more than nothing.
    """

    path: str
    header: str
    explanation: str
    kind: Kind = Kind.TEXT
    is_required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    default: object = ""


def _both(path: str, header: str, explanation: str) -> tuple[Column, Column]:
    """A text in both languages."""
    english = f"{header} (englisch)"
    return Column(path, header, explanation), Column(f"{path}_en", english, "Derselbe Text.")


_ELIGIBILITY = "eligibility"
_LEARNING = "eligibility.learning"
_AGS = "Kreisschlüssel (AGS) mit 2 bis 5 Ziffern, durch Leerzeichen getrennt"
_SIZES = "Größenklassen, durch Leerzeichen getrennt: kleinst klein mittel groß; leer = alle."

OFFER_COLUMNS = (
    Column("id", "Kennung", "Kleinbuchstaben, Ziffern, Bindestrich; nie ändern.", is_required=True),
    Column("kind", "Art", "Förderung, Weiterbildung oder Kontakt.", Kind.WORD, True, KIND_WORDS),
    Column(
        "instrument",
        "Instrument",
        "Zuschuss, Darlehen, steuerliche Förderung, Entgeltersatz, Lehrgang, Beratung, Werkzeug.",
        Kind.WORD,
        words=INSTRUMENT_WORDS,
    ),
    Column(
        "target",
        "Für",
        "Betrieb oder Beschäftigte.",
        Kind.WORD,
        True,
        {"company": "Betrieb", "employees": "Beschäftigte"},
    ),
    Column("title", "Titel", "Wie das Angebot heißt.", is_required=True),
    Column("title_en", "Titel (englisch)", "Derselbe Text.", is_required=True),
    Column("provider", "Träger", "Wer es anbietet oder bewilligt.", is_required=True),
    Column("summary", "Kurztext", "Ein Satz; „bis zu“, keine Zusage.", is_required=True),
    Column("summary_en", "Kurztext (englisch)", "Derselbe Text.", is_required=True),
    *_both("conditions", "Voraussetzungen", "In Worten; leer, wenn nicht bekannt."),
    *_both("rates", "Höhe", "In Worten mit „bis zu“; Zahlen stehen im Blatt Sätze."),
    *_both("cumulation", "Kumulierung", "Womit es sich verbinden lässt und womit nicht."),
    Column("legal_basis", "Rechtsgrundlage", "Gesetz oder Richtlinie mit Datum."),
    Column("legal_url", "Fundstelle", "Adresse der Rechtsgrundlage."),
    Column("source", "Quelle", "Woran der Eintrag geprüft wurde.", is_required=True),
    Column("reference", "Beleg", "Programm- und Quellenkürzel, zum Beispiel P06, F45."),
    Column("dimensions", "Handlungsfelder", "D01 bis D12, mit Leerzeichen.", Kind.LIST, True),
    Column(
        f"{_ELIGIBILITY}.headcount",
        "Zählweise",
        "Was „Beschäftigte ab/bis“ zählt; leer = Jahresarbeitseinheiten.",
        Kind.WORD,
        words=HEADCOUNT_WORDS,
        default="staff_units",
    ),
    Column(f"{_ELIGIBILITY}.min_staff", "Beschäftigte ab", "Einschließlich.", Kind.WHOLE),
    Column(f"{_ELIGIBILITY}.max_staff", "Beschäftigte bis", "Einschließlich.", Kind.WHOLE),
    Column(f"{_ELIGIBILITY}.size_classes", "Größenklassen", _SIZES, Kind.WORDS, words=SIZE_WORDS),
    Column(f"{_ELIGIBILITY}.counties", "Gebiet", f"{_AGS}; leer = überall.", Kind.LIST),
    Column(f"{_ELIGIBILITY}.not_counties", "Nicht im Gebiet", f"{_AGS}.", Kind.LIST),
    Column(f"{_ELIGIBILITY}.wz", "WZ-Codes", "Anfänge von WZ-Codes, mit Leerzeichen.", Kind.LIST),
    Column(
        f"{_ELIGIBILITY}.wz_edition",
        "WZ-Ausgabe",
        "2008 oder 2025; leer = 2008.",
        Kind.WORD,
        words={"2008": "2008", "2025": "2025"},
        default="2008",
    ),
    Column(f"{_ELIGIBILITY}.max_turnover_million", "Umsatz bis", "In Mio. Euro.", Kind.DECIMAL),
    Column(
        f"{_ELIGIBILITY}.needs_agreement",
        "Vereinbarung nötig",
        "ja: Betriebsvereinbarung oder Tarifvertrag.",
        Kind.YES,
    ),
    Column(
        f"{_ELIGIBILITY}.agreement_from_staff",
        "Vereinbarung ab",
        "Beschäftigte.",
        Kind.WHOLE,
        default=0,
    ),
    Column(f"{_ELIGIBILITY}.needs_works_council", "Betriebsrat nötig", "ja.", Kind.YES),
    Column(f"{_ELIGIBILITY}.to_clarify", "Zu klären", "Je Zeile eine Bedingung.", Kind.LINES),
    Column(f"{_LEARNING}.more_than_hours", "Mehr als Stunden", "Ausschließlich.", Kind.WHOLE),
    Column(f"{_LEARNING}.min_hours", "Stunden ab", "Einschließlich.", Kind.WHOLE),
    Column(f"{_LEARNING}.approved", "AZAV nötig", "ja: Lehrgang und Träger zugelassen.", Kind.YES),
    Column(f"{_LEARNING}.beyond_adaptation", "Über Anpassung", "ja.", Kind.YES),
    Column(f"{_LEARNING}.not_obligatory", "Keine Pflichtschulung", "ja.", Kind.YES),
    Column(f"{_LEARNING}.degree_years", "Jahre seit Abschluss", "Mindestens.", Kind.WHOLE),
    Column(f"{_LEARNING}.pause_years", "Jahre seit Förderung", "Mindestens.", Kind.WHOLE),
    Column(f"{_LEARNING}.min_age", "Alter ab", "Jahre der Person.", Kind.WHOLE),
    Column(f"{_LEARNING}.max_age", "Alter bis", "Jahre der Person.", Kind.WHOLE),
    Column(f"{_LEARNING}.affected_percent", "Betroffene in %", "Der Beschäftigten.", Kind.WHOLE),
    Column(f"{_LEARNING}.small_affected_percent", "Betroffene in % klein", "Darunter.", Kind.WHOLE),
    Column(f"{_LEARNING}.small_below", "Klein unter", "Beschäftigte.", Kind.WHOLE),
    Column("grant_cap", "Höchstens Euro", "Zuschuss insgesamt.", Kind.DECIMAL),
    Column("max_months", "Höchstens Monate", "Des Vorhabens.", Kind.WHOLE),
    Column("before_start", "Antrag vor Beginn", "ja, nein; leer = nicht bekannt.", Kind.YES_NO),
    Column("de_minimis", "De-minimis", "ja, nein; leer = nicht bekannt.", Kind.YES_NO),
    Column("is_helpdesk", "Helpdesk", "ja: nimmt Anliegen entgegen.", Kind.YES),
    Column("phone", "Telefon", "Nur geprüfte Nummern."),
    Column("email", "E-Mail", "Nur geprüfte Adressen."),
    Column("website", "Internet", "Adresse der Stelle."),
    Column(
        "status",
        "Status",
        "offen, ausgesetzt, geschlossen oder unklar.",
        Kind.WORD,
        True,
        {word: word for word in ("offen", "ausgesetzt", "geschlossen", "unklar")},
    ),
    *_both("status_note", "Anmerkung zum Status", "Was nicht sicher ist; Pflicht außer bei offen."),
    Column("valid_from", "Gültig ab", "Tag.Monat.Jahr.", Kind.DAY),
    Column("valid_to", "Gültig bis", "Letzter Tag, Tag.Monat.Jahr.", Kind.DAY),
    Column("checked_on", "Geprüft am", "Tag.Monat.Jahr, nicht in der Zukunft.", Kind.DAY, True),
    Column("checked_by", "Geprüft von", "Person oder Redaktion."),
    Column("version", "Fassung", "Fassung des Eintrags, zum Beispiel 2026.11.", is_required=True),
)

RATE_COLUMNS = (
    Column("offer", "Angebot", "Kennung aus dem Blatt Angebote.", is_required=True),
    Column("part", "Teil", "Wovon der Satz gilt, wenn es mehrere gibt, zum Beispiel course."),
    Column("share", "Satz in %", "0 bis 100, höchstens.", Kind.DECIMAL, True),
    Column("cost_cap", "Kosten bis Euro", "Förderfähige Kosten.", Kind.DECIMAL),
    Column("day_cap", "Tagessatz bis Euro", "Förderfähige Kosten je Tag.", Kind.DECIMAL),
    Column("max_days", "Tage bis", "Förderfähige Tage.", Kind.DECIMAL),
    Column("grant_cap", "Zuschuss bis Euro", "Der Zuschuss selbst.", Kind.DECIMAL),
    Column("size_classes", "Größenklassen", _SIZES, Kind.WORDS, words=SIZE_WORDS),
    Column("min_staff", "Beschäftigte ab", "Einschließlich.", Kind.WHOLE),
    Column("max_staff", "Beschäftigte bis", "Einschließlich.", Kind.WHOLE),
    Column("counties", "Gebiet", f"{_AGS}, oder „{EVERYWHERE}“; nie leer.", Kind.REGIONS, True),
    Column("not_counties", "Nicht im Gebiet", f"{_AGS}.", Kind.LIST),
    *_both("note", "Anmerkung", "Was sonst entscheidet, ein Satz."),
)

"""What seems odd about the answers of a case: it warns, it never blocks (domain §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from desktop_advisor.domain.answers import AnswerState, Evidence
from desktop_advisor.domain.german import THIN_SPACE, counted, one_digit, short_date

WHOLE = Decimal(100)
TOLERANCE = Decimal(1)
"""Shares sum up to 100 ± 1 (domain §3)."""
LEAST_TURNOVER, MOST_TURNOVER = Decimal(30_000), Decimal(1_000_000)
"""Euro per employee and year; outside somebody has mixed up thousands and millions (domain §3)."""
HIGH_LEVEL = Decimal(4)
"""From it on a critical indicator wants evidence (domain §3)."""
MOST_NOT_APPLICABLE = Decimal("0.40")
"""Share of a dimension's items (domain §3)."""
LEAST_SHARED = 10
"""With fewer shared answers, agreeing in all may be chance (our choice)."""
_MILLION = Decimal(1_000_000)

_ONLY_IN = {
    "2008": ("45", "25.7"),
    "2025": ("25.51", "25.52", "25.53"),
}
"""Codes that only one edition knows, of those an automotive supplier may have: Abteilung 45 is
gone, Oberfläche and Mechanik are no longer 25.61 and 25.62 but 25.51 to 25.53, Werkzeugbau is
no longer 25.7 (WZ 2025 as NACE Rev. 2.1, Delegated Regulation (EU) 2023/137). Most codes exist in
both editions, so silence proves nothing."""


@dataclass(frozen=True)
class Finding:
    """One thing to look at again.

    code: which check. sentence: German, for the advisor. questions: keys of the questions
    concerned, the first one to jump to; () where it is about the company file.
    """

    code: str
    sentence: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobRow:
    """One row of the job table; None where nothing is said. bands: every age band."""

    name: str
    heads: Decimal | None
    bands: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class ProductRow:
    """One row of the product table. eop: year of the end of production, None where not said."""

    name: str
    share: Decimal | None
    eop: int | None = None


@dataclass(frozen=True)
class Item:
    """One scored question as the checks see it. level: None unless answered with a figure."""

    question: str
    text: str
    dimension: str
    state: AnswerState
    level: Decimal | None = None
    evidence: Evidence = Evidence.CLAIMED
    is_critical: bool = False


def shares_sum(rows: Sequence[ProductRow], table: str) -> list[Finding]:
    """Product shares sum up to 100 ± 1, once somebody has said any."""
    shares = [row.share for row in rows if row.share is not None]
    rest = WHOLE - sum(shares, Decimal(0))
    if not shares or abs(rest) <= TOLERANCE:
        return []
    said = f"Die Umsatzanteile ergeben zusammen {_percent(WHOLE - rest)}"
    fate = (
        f"{_percent(rest)} sind noch keiner Produktgruppe zugeordnet."
        if rest > 0
        else f"das sind {_percent(-rest)} zu viel."
    )
    return [Finding("shares_sum", f"{said}: {fate}", (table,))]


def age_bands_sum(rows: Iterable[JobRow], table: str) -> list[Finding]:
    """The age bands of a job sum up to its heads, where both are said."""
    found = []
    for row in rows:
        bands = [band for band in row.bands if band is not None]
        if row.heads is None or not bands or sum(bands, Decimal(0)) == row.heads:
            continue
        said = f"{row.name or 'Eine Tätigkeit'}: Die Altersgruppen ergeben {_plain(sum(bands))}"
        found.append(
            Finding("age_bands_sum", f"{said}, angegeben sind {_plain(row.heads)}.", (table,))
        )
    return found


def apprentices_in_units(
    heads: int | None, staff_units: Decimal | None, apprentices: int | None, question: str
) -> list[Finding]:
    """Apprentices are no staff units (Jahresarbeitseinheiten; Art. 5 of 2003/361/EC, Annex)."""
    if heads is None or staff_units is None or not apprentices:
        return []
    most = heads - apprentices
    if staff_units <= most:
        return []
    return [
        Finding(
            "apprentices_in_units",
            f"In der Firmenakte stehen {_plain(staff_units)} Jahresarbeitseinheiten, ohne die"
            f" {counted(apprentices, 'Auszubildende', 'Auszubildenden')} sind es höchstens"
            f" {most}. Auszubildende zählen dabei nicht mit.",
            (question,) if question else (),
        )
    ]


def turnover_per_head(turnover_million: Decimal | None, heads: int | None) -> list[Finding]:
    """Turnover per employee lies between 30,000 and 1,000,000 euro."""
    if turnover_million is None or not heads:
        return []
    each = turnover_million * _MILLION / heads
    if LEAST_TURNOVER <= each <= MOST_TURNOVER:
        return []
    return [
        Finding(
            "turnover_per_head",
            f"Der Umsatz je Person wäre {_euro(each)}. Üblich sind {_euro(LEAST_TURNOVER)} bis"
            f" {_euro(MOST_TURNOVER)}: Stimmen Umsatz und Beschäftigte in der Firmenakte?",
        )
    ]


def energy_above_turnover(
    energy_euro: Decimal | None, turnover_million: Decimal | None, question: str
) -> list[Finding]:
    """Energy costs less than the company turns over."""
    if energy_euro is None or turnover_million is None:
        return []
    turnover = turnover_million * _MILLION
    if energy_euro <= turnover:
        return []
    return [
        Finding(
            "energy_above_turnover",
            f"Die Energiekosten ({_euro(energy_euro)}) sind höher als der Umsatz"
            f" ({_euro(turnover)}): Stimmt die Einheit?",
            (question,),
        )
    ]


def high_without_evidence(items: Iterable[Item]) -> list[Finding]:
    """A critical indicator at 4 or 5 that is only claimed."""
    return [
        Finding(
            "high_without_evidence",
            f"„{item.text}“ steht auf Stufe {_plain(item.level)}, bisher ohne Beleg."
            " Woran sehen wir das?",
            (item.question,),
        )
        for item in items
        if item.is_critical
        and item.level is not None
        and item.level >= HIGH_LEVEL
        and item.evidence is Evidence.CLAIMED
    ]


def many_not_applicable(items: Sequence[Item], names: Mapping[str, str]) -> list[Finding]:
    """More than 40 % of a dimension is said not to apply. names: code → name of a dimension."""
    found = []
    for code, name in names.items():
        mine = [item for item in items if item.dimension == code]
        out = [item for item in mine if item.state is AnswerState.NOT_APPLICABLE]
        if mine and Decimal(len(out)) / len(mine) > MOST_NOT_APPLICABLE:
            found.append(
                Finding(
                    "many_not_applicable",
                    f"{name}: {len(out)} von {len(mine)} Fragen gelten als nicht zutreffend."
                    " Passt das Handlungsfeld, oder fehlen nur Auskünfte?",
                    tuple(item.question for item in out),
                )
            )
    return found


def same_in_all(management: Mapping[str, str], council: Mapping[str, str]) -> list[Finding]:
    """Management and works council said the same everywhere. Both: question → form value."""
    shared = [question for question in management if question in council]
    if len(shared) < LEAST_SHARED or any(management[q] != council[q] for q in shared):
        return []
    return [
        Finding(
            "same_in_all",
            f"Geschäftsführung und Betriebsrat haben alle {len(shared)} gemeinsamen Fragen gleich"
            " beantwortet. Wurde wirklich getrennt gefragt?",
            (shared[0],),
        )
    ]


def ended_products(rows: Iterable[ProductRow], this_year: int, table: str) -> list[Finding]:
    """A product that is still sold should not have ended in a past year."""
    return [
        Finding(
            "ended_products",
            f"{row.name or 'Eine Produktgruppe'}: Das Serienende {row.eop} liegt in der"
            " Vergangenheit. Läuft die Serie noch?",
            (table,),
        )
        for row in rows
        if row.eop is not None and row.eop < this_year
    ]


def wz_edition_differs(code: str, edition: str) -> list[Finding]:
    """The company's WZ code does not exist in the edition it is given in."""
    for other, codes in _ONLY_IN.items():
        if edition != other and any(code == c or code.startswith(_next(c)) for c in codes):
            return [
                Finding(
                    "wz_edition_differs",
                    f"Den Wirtschaftszweig {code} gibt es nur in der WZ {other}, in der"
                    f" Firmenakte steht die WZ {edition or 'ohne Ausgabe'}.",
                )
            ]
    return []


def _next(code: str) -> str:
    """What every code below `code` begins with: 45 → 45., 25.7 → 25.7, 25.51 → 25.51."""
    return f"{code}." if len(code) == 2 else code


def report_before_visit(
    reports: Iterable[datetime | None], visits: Iterable[datetime | None]
) -> list[Finding]:
    """A sealed report cannot be older than the first visit it reports on; None is not known."""
    begun = min((moment for moment in visits if moment is not None), default=None)
    if begun is None:
        return []
    early = [m for m in reports if m is not None and m.date() < begun.date()]
    return [
        Finding(
            "report_before_visit",
            f"Ein Bericht vom {short_date(_day(moment))} ist älter als der erste Termin am"
            f" {short_date(_day(begun))}. Stimmt das Datum des Termins?",
        )
        for moment in early
    ]


def _day(moment: datetime) -> date:
    return moment.date()


def _percent(value: Decimal) -> str:
    return f"{one_digit(value)}{THIN_SPACE}%"


def _plain(value: Decimal | int | None) -> str:
    return "" if value is None else f"{Decimal(value).normalize():f}".replace(".", ",")


def _euro(value: Decimal) -> str:
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole:,}".replace(",", ".") + f"{THIN_SPACE}€"

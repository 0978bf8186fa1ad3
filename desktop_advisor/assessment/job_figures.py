"""The figures of job profiles, each with the arithmetic a reader can recompute (domain §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import THIN_SPACE, decimal_mark, percent
from desktop_advisor.domain.language import say

_GAP_SOURCE = "Eigenes Modell: Summe von max(0, Soll − Ist) · Köpfe, Stufen 0 bis 4"
_TABLE = "Tabelle der Tätigkeiten im Vollcheck"
_SHOWN_ONLY = "Tätigkeiten mit weniger als drei Personen oder ohne Personenzahl sind nicht dabei."
_TODAY = "Der Bedarf ist nach heutigem Auftragsbild geschätzt, keine Zusage und keine Planung."
UNIT = "Personen-Stufen"
"""One person who learns one level is one of them."""


@dataclass(frozen=True)
class Figure:
    """A number that is known, unrounded, and how it came about."""

    value: Decimal
    derivation: Derivation


Named = Sequence[tuple[str, Decimal]]
"""Name of the job → its number."""


def gap(
    job: str, heads: Decimal, steps: Sequence[tuple[str, Decimal | None, Decimal | None]]
) -> Figure | None:
    """Σ max(0, target − current) · heads; None while no competence has both levels.

    steps: name, current, target.
    """
    full = [(n, now, then) for n, now, then in steps if now is not None and then is not None]
    if not full:
        return None
    value = sum((max(Decimal(0), then - now) for _, now, then in full), Decimal(0)) * heads
    parts = " + ".join(
        say("max(0, {0} − {1})").format(plain(then), plain(now)) for _, now, then in full
    )
    missing = len(steps) - len(full)
    return _figure(
        say("Qualifizierungslücke {0}").format(job),
        value,
        f"{plain(value)} {say(UNIT)}",
        f"({parts}) · {plain(heads)} = {plain(value)}",
        [
            *(Term(n, f"{plain(now)} → {plain(then)}", say("Ist → Soll")) for n, now, then in full),
            Term(say("Köpfe"), plain(heads)),
        ],
        [
            say("Ist und Soll gelten im Mittel für alle Personen der Tätigkeit."),
            *([say("Können ohne Ist oder Soll ist nicht dabei.")] if missing else []),
        ],
        say(_GAP_SOURCE),
    )


def _persons(value: Decimal) -> str:
    """−1 → "−1 Person", 8 → "+8 Personen"."""
    return f"{signed(value)} {say('Person') if abs(value) == 1 else say('Personen')}"


def change(job: str, years: int, heads: Decimal, demand: Decimal | None) -> Figure | None:
    """Demand in that many years − heads today; None while no demand is known."""
    if demand is None:
        return None
    value = demand - heads
    return _figure(
        say("Bedarf in {0} Jahren, {1}").format(years, job),
        value,
        _persons(value),
        f"{plain(demand)} − {plain(heads)} = {signed(value)}",
        [
            Term(say("Bedarf in {0} Jahren").format(years), plain(demand)),
            Term(say("Köpfe heute"), plain(heads)),
        ],
        [say(_TODAY)],
        say(_TABLE),
    )


def need(job: str, heads: Decimal, demand: Decimal | None, exits: Decimal | None) -> Figure | None:
    """Demand − (heads − exits) in five years; None while demand or exits are not known."""
    if demand is None or exits is None:
        return None
    value = demand - (heads - exits)
    return _figure(
        say("Zu besetzen oder zu qualifizieren, {0}").format(job),
        value,
        _persons(value),
        f"{plain(demand)} − ({plain(heads)} − {plain(exits)}) = {signed(value)}",
        [
            Term(say("Bedarf in 5 Jahren"), plain(demand)),
            Term(say("Köpfe heute"), plain(heads)),
            Term(say("Abgänge in 5 Jahren"), plain(exits)),
        ],
        [
            say(_TODAY),
            say("Ein Wert unter null heißt: Es bleiben mehr Personen, als gebraucht werden."),
        ],
        say(_TABLE),
    )


def exits_share(job: str, heads: Decimal, exits: Decimal | None) -> Figure | None:
    """Exits within five years by heads, 0–1; None while nobody knows them."""
    if exits is None:
        return None
    value = exits / heads
    return _figure(
        say("Abgänge in 5 Jahren, {0}").format(job),
        value,
        percent(value),
        f"{plain(exits)} ÷ {plain(heads)} = {percent(value)}",
        [Term(say("Abgänge in 5 Jahren"), plain(exits)), Term(say("Köpfe heute"), plain(heads))],
        [say("Gezählt sind Renteneintritte und sicheres Ausscheiden, keine Kündigungen.")],
        say(_TABLE),
    )


def over_55(job: str, heads: Decimal, bands: Sequence[Decimal] | None) -> Figure | None:
    """Persons of 55 and more by those whose age is known, 0–1."""
    if bands is None:
        return None
    known = sum(bands, Decimal(0))
    assumed = []
    if known != heads:
        assumed = [
            say("Das Alter ist für {0} von {1} Personen angegeben.").format(
                plain(known), plain(heads)
            )
        ]
    return _share_over_55(say("55 Jahre und älter, {0}").format(job), bands[-2:], known, assumed)


def all_over_55(bands: Sequence[tuple[str, Sequence[Decimal]]]) -> Figure | None:
    """The same over all profiles whose ages are known; None where there is none."""
    if not bands:
        return None
    elder = [sum((b[n] for _, b in bands), Decimal(0)) for n in (-2, -1)]
    known = sum((sum(b, Decimal(0)) for _, b in bands), Decimal(0))
    return _share_over_55(
        say("55 Jahre und älter, gezeigte Tätigkeiten"), elder, known, [say(_SHOWN_ONLY)]
    )


def _share_over_55(
    title: str, elder: Sequence[Decimal], known: Decimal, assumed: Sequence[str]
) -> Figure:
    value = sum(elder, Decimal(0)) / known
    return _figure(
        title,
        value,
        percent(value),
        f"({plain(elder[0])} + {plain(elder[1])}) ÷ {plain(known)} = {percent(value)}",
        [
            Term(say("55 bis 59"), plain(elder[0])),
            Term(say("60 und älter"), plain(elder[1])),
            Term(say("Personen mit Altersangabe"), plain(known)),
        ],
        assumed,
        say(_TABLE),
    )


def substitution(job: str, value: Decimal | None, source: str) -> Figure | None:
    """The share of core tasks technology could replace, percent 0–100, as it was entered."""
    if value is None:
        return None
    shown = f"{plain(value)}{THIN_SPACE}%"
    return _figure(
        say("Technisch ersetzbare Kernaufgaben, {0}").format(job),
        value,
        shown,
        say("Übernommen, nicht gerechnet."),
        [Term(say("Eingetragen"), shown, source or say("Quelle und Datum nicht notiert"))],
        [
            say(
                "Das ist die technische Machbarkeit, keine Vorhersage: Ob ersetzt wird, "
                "entscheidet der Betrieb."
            )
        ],
        source or say("Quelle nicht notiert; üblich ist der Job-Futuromat des IAB"),
    )


def competence_gap(name: str, parts: Sequence[tuple[str, Decimal, Decimal]]) -> Figure:
    """Σ step · heads over the jobs that ask for it. parts: job, heads, step."""
    value = sum((heads * step for _, heads, step in parts), Decimal(0))
    sums = " + ".join(f"{plain(step)} · {plain(heads)}" for _, heads, step in parts)
    return _figure(
        say("Qualifizierungslücke {0}").format(name),
        value,
        f"{plain(value)} {say(UNIT)}",
        f"{sums} = {plain(value)}",
        [
            Term(
                job,
                plain(heads * step),
                say("{0} {1} · {2} Köpfe").format(
                    plain(step),
                    say("Stufe", "count") if step == 1 else say("Stufen", "count"),
                    plain(heads),
                ),
            )
            for job, heads, step in parts
        ],
        [say(_SHOWN_ONLY)],
        say(_GAP_SOURCE),
    )


def heads(parts: Named) -> Figure | None:
    """Persons in the shown profiles."""
    return _sum(say("Personen in den gezeigten Tätigkeiten"), parts, say("Personen"), say(_TABLE))


def total_gap(parts: Named) -> Figure | None:
    """The gap of all shown profiles."""
    return _sum(
        say("Qualifizierungslücke, gezeigte Tätigkeiten"), parts, say(UNIT), say(_GAP_SOURCE)
    )


def fall(changes: Named) -> Figure | None:
    """Persons fewer in five years, over the jobs whose demand falls."""
    less = [(job, max(Decimal(0), -value)) for job, value in changes]
    return _sum(say("Weniger Bedarf in 5 Jahren"), less, say("Personen"), say(_TABLE), say(_TODAY))


def rise(changes: Named) -> Figure | None:
    """Persons more in five years, over the jobs whose demand rises."""
    more = [(job, max(Decimal(0), value)) for job, value in changes]
    return _sum(say("Mehr Bedarf in 5 Jahren"), more, say("Personen"), say(_TABLE), say(_TODAY))


def recruit(needs: Named) -> Figure | None:
    """Persons to be found or trained within five years; what is too many elsewhere stays out."""
    wanted = [(job, max(Decimal(0), value)) for job, value in needs]
    title = say("Zu besetzen oder zu qualifizieren in 5 Jahren")
    return _sum(title, wanted, say("Personen"), say(_TABLE), say(_TODAY))


def _sum(title: str, parts: Named, unit: str, source: str, *assumed: str) -> Figure | None:
    if not parts:
        return None
    value = sum((part for _, part in parts), Decimal(0))
    counted = [(job, part) for job, part in parts if part]
    formula = " + ".join(plain(part) for _, part in counted) or "0"
    return _figure(
        title,
        value,
        f"{plain(value)} {unit}",
        f"{formula} = {plain(value)}",
        [Term(job, plain(part)) for job, part in counted],
        [*assumed, say(_SHOWN_ONLY)],
        source,
    )


def _figure(
    title: str,
    value: Decimal,
    result: str,
    formula: str,
    terms: Sequence[Term],
    assumptions: Sequence[str],
    source: str,
) -> Figure:
    about = Derivation(title, result, formula, tuple(terms), tuple(assumptions), source)
    return Figure(value, about)


def plain(value: Decimal) -> str:
    """Without needless digits, decimal comma: 12, 0,5."""
    return decimal_mark(f"{value.normalize():f}")


def signed(value: Decimal) -> str:
    """+3, −2, 0: with the sign of a change."""
    return plain(value) if value == 0 else f"{'+' if value > 0 else '−'}{plain(abs(value))}"

"""Prioritäten: which field of action comes first, and why, with every factor in the open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.assessment.priorities import Priority, Standing, Wish, prioritise
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import counted, one_digit
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.targets import wishes_of
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Priorities:
    """The order as it stands, and what it takes to compute it anew with another Soll.

    rows: every maturity dimension that is looked at; those without a value last.
    """

    case_id: uuid.UUID
    form_id: str
    rows: tuple[Priority, ...]
    standings: tuple[Standing, ...]
    wishes: Mapping[str, Wish]
    exposures: Mapping[str, Decimal]

    @property
    def values(self) -> dict[str, Decimal]:
        """Dimension code → P, for all that have one."""
        return {row.dimension: row.value for row in self.rows if row.value is not None}

    def with_targets(self, levels: Mapping[str, Decimal]) -> tuple[Priority, ...]:
        """What the order would be with these Soll levels; nothing is stored."""
        tried = dict(self.wishes)
        for code, level in levels.items():
            old = tried.get(code, Wish())
            tried[code] = Wish(level, old.relevance, old.rank, old.reason)
        return prioritise(self.standings, tried, self.exposures)


def show_priorities(
    place: Workplace, results: Results, exposures: Mapping[str, Decimal] | None = None
) -> Priorities:
    """The priorities of a case. exposures: E_rel by dimension; absent: not measured."""
    form_id = results.form.sidecar.form_id
    with place.store.read() as session:
        wishes = wishes_of(session, results.case_id, form_id)
    standings = tuple(
        Standing(row.dimension.code, row.short, row.led.printable if row.led else None)
        for row in results.maturity
        if not row.is_parked
    )
    measured = dict(exposures or {})
    rows = prioritise(standings, wishes, measured)
    return Priorities(results.case_id, form_id, rows, standings, wishes, measured)


def overall_derivation(results: Results, priorities: Priorities) -> Derivation | None:
    """How the overall maturity came about; None where there is none (domain §3)."""
    total = results.total
    known = [row for row in priorities.rows if row.actual is not None]
    if total is None or total.printable is None or not known:
        return None
    terms = " + ".join(f"{one_digit(r.actual or Decimal(0))}·{r.relevance}" for r in known)
    weight = sum(row.relevance for row in known)
    left_out = len(priorities.rows) - len(known)
    assumptions = ["Gerechnet wird mit ungerundeten Werten, gerundet erst das Ergebnis."]
    if any(row.wish.relevance is None for row in known):
        assumptions.append("Wo die Relevanz nicht erfragt wurde, zählt der mittlere Wert 3.")
    if left_out:
        words = counted(left_out, "Handlungsfeld", "Handlungsfelder")
        assumptions.append(f"Ohne belastbare Aussage und daher nicht dabei: {words}.")
    return Derivation(
        title="Reifegrad gesamt",
        result=f"{one_digit(total.printable)} von 5",
        formula=f"({terms}) ÷ {weight} = {one_digit(total.printable)}",
        terms=tuple(
            Term(row.label, one_digit(row.actual or Decimal(0)), f"Relevanz {row.relevance}")
            for row in known
        ),
        assumptions=tuple(assumptions),
        source="eigenes Modell des Transformationschecks: Mittel, gewichtet mit der Relevanz",
    )

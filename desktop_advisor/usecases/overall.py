"""How the overall maturity came about, and how well it is evidenced."""

from __future__ import annotations

from decimal import Decimal

from desktop_advisor.domain.answers import AnswerState, Evidence
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import counted, one_digit
from desktop_advisor.domain.language import say
from desktop_advisor.usecases.results import Results


def overall_derivation(results: Results) -> Derivation | None:
    """How the overall maturity came about; None where there is none (domain §3)."""
    total = results.total
    known = [row for row in results.priorities.rows if row.actual is not None]
    if total is None or total.printable is None or not known:
        return None
    terms = " + ".join(f"{one_digit(r.actual or Decimal(0))}·{r.relevance}" for r in known)
    weight = sum(row.relevance for row in known)
    left_out = len(results.priorities.rows) - len(known)
    assumptions = [say("Gerechnet wird mit ungerundeten Werten, gerundet erst das Ergebnis.")]
    if any(row.wish.relevance is None for row in known):
        assumptions.append(say("Wo die Relevanz nicht erfragt wurde, zählt der mittlere Wert 3."))
    if left_out:
        words = counted(left_out, say("Handlungsfeld", "count"), say("Handlungsfelder", "count"))
        assumptions.append(say("Ohne belastbare Aussage und daher nicht dabei: {0}.").format(words))
    return Derivation(
        title=say("Reifegrad gesamt"),
        result=say("{0} von 5").format(one_digit(total.printable)),
        formula=f"({terms}) ÷ {weight} = {one_digit(total.printable)}",
        terms=tuple(
            Term(
                row.label,
                one_digit(row.actual or Decimal(0)),
                say("Relevanz {0}").format(row.relevance),
            )
            for row in known
        ),
        assumptions=tuple(assumptions),
        source=say("eigenes Modell des Transformationschecks: Mittel, gewichtet mit der Relevanz"),
    )


def evidence_shares(results: Results) -> dict[str, Decimal]:
    """Shares of the leading maturity answers, 0–1; {} where nothing is answered.

    seen: on site or in a document (E2, E3); document: E3 alone; claimed: the rest.
    """
    levels = [
        item.led.evidence
        for row in results.maturity
        for item in row.indicators
        if item.led is not None and item.led.response.state is AnswerState.ANSWERED
    ]
    if not levels:
        return {}
    seen = Decimal(sum(e >= Evidence.SEEN for e in levels)) / len(levels)
    document = Decimal(sum(e is Evidence.DOCUMENT for e in levels)) / len(levels)
    return {"seen": seen, "document": document, "claimed": 1 - seen}

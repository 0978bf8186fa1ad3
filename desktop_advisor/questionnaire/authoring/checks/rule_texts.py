"""What a recommendation must say: steps, who, how much, how to measure it; and no promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Row
from desktop_advisor.questionnaire.authoring.scoring import steps_of

FEWEST_STEPS, MOST_STEPS = 3, 6
"""Domain §5b: instructions in three to six steps."""
_TEXTS = ("title", "text", "steps", "effort", "metric")
_NEEDED = {
    "owner": "wer sich darum kümmert",
    "effort": "welchen Aufwand sie macht",
    "metric": "woran sich der Erfolg zeigt",
}
_PROMISES = {
    "de": re.compile(
        r"\bSie (?:erhalten|bekommen)\b|\bgarantier\w*|\b(?:wird|werden) (?:\w+ )?gefördert\b"
        r"|\b(?:steht|stehen) Ihnen\b.{0,30}\bzu\b|\bhaben (?:Sie )?Anspruch\b"
        r"|\bRechtsanspruch\b|\b(?:sicher|bestimmt) (?:bewilligt|gefördert)\b"
    ),
    "en": re.compile(
        r"\byou (?:will )?(?:receive|get)\b|\bguarante\w*\b(?! bank)|\b(?:will be|is|are) funded\b"
        r"|\b(?:you are|is|are) entitled\b|\blegal right\b",
        re.IGNORECASE,
    ),
}
"""Words of a promise (domain §5: "kommt in Betracht", never "Sie erhalten")."""
_FUNDING = re.compile(r"\b(?:Förder(?!krei|band|tech)\w*|Zuschuss\w*|Zulage\w*|Fördermittel)\b")


def find(outline: Outline) -> Iterator[Finding]:
    """Findings in the texts of the sheet `recommendations`, all of them warnings."""
    for row in outline.recommendations.rows:
        yield from _steps(outline, row)
        yield from _missing(outline, row)
        yield from _promises(outline, row)
        yield from _funding(outline, row)


def _steps(outline: Outline, row: Row) -> Iterator[Finding]:
    table = outline.recommendations
    headers = table.languages("steps")
    counts = {code: len(steps_of(row.get(header)).splitlines()) for code, header in headers.items()}
    for code, header in headers.items():
        count = counts[code]
        suggestion = f"{FEWEST_STEPS} bis {MOST_STEPS} Schritte, getrennt durch „; “"
        if code == outline.default_language and not FEWEST_STEPS <= count <= MOST_STEPS:
            yield _warning(
                outline, row, header, f"Die Anleitung hat {_steps_words(count)}.", suggestion
            )
        elif count and count != counts.get(outline.default_language, count):
            message = f"Die Übersetzung hat {_steps_words(count)}, das Original nicht."
            yield _warning(outline, row, header, message, "die Schritte angleichen")
    if not headers and table.rows:
        yield _warning(outline, row, "steps", "Die Anleitung fehlt.", "Spalte „steps“ anlegen")


def _steps_words(count: int) -> str:
    return {0: "keinen Schritt", 1: "nur einen Schritt"}.get(count, f"{count} Schritte")


def _missing(outline: Outline, row: Row) -> Iterator[Finding]:
    table = outline.recommendations
    for base, what in _NEEDED.items():
        header = table.languages(base).get(outline.default_language, base)
        if not row.get(header):
            message = f"Die Empfehlung sagt nicht, {what}."
            yield _warning(outline, row, header, message, f"Spalte „{header}“ ausfüllen")


def _promises(outline: Outline, row: Row) -> Iterator[Finding]:
    for base in _TEXTS:
        for code, header in outline.recommendations.languages(base).items():
            promise = _PROMISES[code].search(row.get(header)) if code in _PROMISES else None
            if promise:
                message = f"„{promise[0]}“ verspricht etwas, das niemand zusagen kann."
                yield _warning(outline, row, header, message, "„kommt in Betracht“, „prüfen“")


def _funding(outline: Outline, row: Row) -> Iterator[Finding]:
    """A hint only: who reads of funding wants to see which."""
    table = outline.recommendations
    said = " ".join(table.text(row, base).get("de", "") for base in ("title", "text", "steps"))
    word = _FUNDING.search(said)
    if word and not row.get("offers"):
        message = f"Hinweis: Die Empfehlung spricht von „{word[0]}“ und nennt kein Angebot."
        yield _warning(outline, row, "offers", message, "Kennung aus dem Angebotskatalog")


def _warning(outline: Outline, row: Row, header: str, message: str, suggestion: str) -> Finding:
    table = outline.recommendations
    return at_cell(table, row, header, message, suggestion, Severity.WARNING)

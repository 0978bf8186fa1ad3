"""Rules: dimension, audience, offers, and a condition over facts that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from desktop_advisor.questionnaire.authoring.checks.expressions import judged
from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.checks.literals import wrong_literals
from desktop_advisor.questionnaire.authoring.expressions import bare_names, rule_cells
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Row
from desktop_advisor.questionnaire.authoring.scoring import AUDIENCES
from desktop_advisor.questionnaire.fact_names import COMPANY_FACTS, FIGURES

BESIDE = ("br_", "ber_", "gem_")
"""Before the name of a fact: works council, advisor, what the table agreed on together."""


def facts_of(outline: Outline) -> dict[str, Question | None]:
    """Every name a rule may read; the question behind it, None for a computed fact."""
    facts: dict[str, Question | None] = dict.fromkeys((*COMPANY_FACTS, *FIGURES))
    for row in outline.dimensions.rows:
        code = row.get("code").lower()
        for whose in ("", *BESIDE):
            facts[f"score_{whose}{code}"] = facts[f"coverage_{whose}{code}"] = None
    for question in outline.questions:
        if not question.is_container:
            facts[question.name] = question
            facts |= dict.fromkeys((f"{whose}{question.name}" for whose in BESIDE), question)
    return facts


def find(outline: Outline, offers: Collection[str] | None) -> Iterator[Finding]:
    """Findings of the sheet `recommendations`; offers: known ids, None if not to be checked."""
    facts = facts_of(outline)
    questions = {name: question for name, question in facts.items() if question is not None}
    for cell in rule_cells(outline):
        tree, findings = judged(cell, facts)
        yield from findings
        if tree is None:
            continue
        yield from wrong_literals(outline, cell, tree, questions)
        for name in sorted(set(bare_names(tree))):
            message = f"„{name}“ ohne „${{…}}“ steht für nichts."
            meant = name if name in facts else closest(name, facts)
            suggestion = f"„${{{meant}}}“" if meant else f"„'{name}'“ in Anführungszeichen"
            yield at_cell(cell.table, cell.row, cell.header, message, suggestion)
    for row in outline.recommendations.rows:
        yield from _fields(outline, row)
        yield from _offers(outline, row, offers)


def _fields(outline: Outline, row: Row) -> Iterator[Finding]:
    table = outline.recommendations
    if not row.get("relevant"):
        message = "Die Empfehlung hat keine Bedingung und erschiene immer."
        yield at_cell(table, row, "relevant", message, "Bedingung eintragen")
    elif "${" not in row.get("relevant"):
        message = "Die Bedingung liest keine Antwort: Sie gilt immer oder nie."
        suggestion = "eine Frage oder einen Wert lesen, etwa „${score_d01} < 2“"
        yield at_cell(table, row, "relevant", message, suggestion, Severity.WARNING)
    codes = [dimension.get("code") for dimension in outline.dimensions.rows]
    if row.get("dimension") not in codes:
        meant = closest(row.get("dimension"), codes, 0.5)
        message = f"Die Dimension „{row.get('dimension')}“ gibt es im Blatt „dimensions“ nicht."
        suggestion = f"„{meant}“" if meant else _one_of(codes) or "Dimension anlegen"
        yield at_cell(table, row, "dimension", message, suggestion)
    audience = row.get("audience")
    if audience and audience not in AUDIENCES:
        meant = closest(audience, AUDIENCES, 0.5)
        message = f"„{audience}“ ist keine Zielgruppe."
        yield at_cell(table, row, "audience", message, meant or ", ".join(AUDIENCES))


def _offers(outline: Outline, row: Row, offers: Collection[str] | None) -> Iterator[Finding]:
    if offers is None:
        return
    for offer in row.get("offers").split():
        if offer not in offers:
            meant = closest(offer, offers, 0.6)
            message = f"Das Angebot „{offer}“ gibt es im Katalog nicht."
            suggestion = f"„{meant}“" if meant else "Kennung aus dem Angebotskatalog"
            yield at_cell(outline.recommendations, row, "offers", message, suggestion)


def _one_of(codes: Collection[str]) -> str:
    return "eine von " + ", ".join(codes) if codes else ""

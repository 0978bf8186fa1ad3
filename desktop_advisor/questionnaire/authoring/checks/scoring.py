"""Scored questions: dimension, anchors, weight, pairs, and core questions per dimension."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import (
    LEVELS,
    LOCATION_LEVELS,
    Outline,
    Question,
)
from desktop_advisor.questionnaire.authoring.scoring import KINDS, PERSPECTIVES, ROLES, weight_of


def find(outline: Outline) -> Iterator[Finding]:
    """What would make a score wrong or impossible."""
    kinds = {row.get("code"): row.get("kind") or "R" for row in outline.dimensions.rows}
    names = Counter(question.name for question in outline.questions)
    for question in outline.scored:
        yield from _one_answer(outline, question, names)
        yield from _dimension(outline, question, kinds)
        yield from _anchors(outline, question)
        yield from _words(outline, question)
    yield from _unscored(outline)
    yield from _perspectives(outline)
    yield from _pairs(outline)
    yield from _per_dimension(outline)


def _one_answer(outline: Outline, question: Question, names: Counter[str]) -> Iterator[Finding]:
    """A score is found by the question's name and rests on one answer."""
    if question.repeats:
        message = f"Die bewertete Frage „{question.name}“ steht in einer Tabelle."
        suggestion = "aus der Wiederholung herausnehmen oder „score_dimension“ leeren"
        yield at_cell(outline.survey, question.row, "score_dimension", message, suggestion)
    if names[question.name] > 1:
        message = f"Den Namen der bewerteten Frage „{question.name}“ gibt es mehrmals."
        yield at_cell(outline.survey, question.row, "name", message, "einen eigenen Namen geben")


def _dimension(outline: Outline, question: Question, kinds: dict[str, str]) -> Iterator[Finding]:
    code = question.dimension
    if code not in kinds:
        meant = closest(code, kinds, 0.5)
        message = f"Die Dimension „{code}“ gibt es im Blatt „dimensions“ nicht."
        suggestion = f"„{meant}“" if meant else "Dimension anlegen"
        yield at_cell(outline.survey, question.row, "score_dimension", message, suggestion)
        return
    if (kinds[code] == "S") == (question.role == "level"):
        wanted = "importance oder satisfaction" if kinds[code] == "S" else "level"
        message = f"Die Dimension {code} hat die Art {kinds[code]}; dazu passt „score_role“ nicht."
        yield at_cell(outline.survey, question.row, "score_role", message, wanted)


def _anchors(outline: Outline, question: Question) -> Iterator[Finding]:
    table = outline.survey
    if question.kind != "select_one":
        message = "Eine bewertete Frage braucht eine Auswahl (select_one) mit Ankertexten."
        yield at_cell(table, question.row, "type", message, "„select_one LISTE“")
        return
    choices = outline.lists.get(question.list_name)
    if choices is None:
        return  # the missing list is a finding of its own
    wanted = LEVELS if question.role == "level" else LOCATION_LEVELS
    missing = [level for level in wanted if level not in choices]
    if missing:
        message = (
            f"Der Liste „{question.list_name}“ fehlen die Stufen {', '.join(missing)} "
            f"der bewerteten Frage „{question.name}“."
        )
        yield at_cell(table, question.row, "type", message, "Ankertexte im Blatt „choices“ anlegen")
    for level in wanted:
        if level in choices and not outline.choices.text(choices[level], "label"):
            message = f"Die Stufe {level} der Liste „{question.list_name}“ hat keinen Ankertext."
            header = outline.choices.languages("label").get(outline.default_language, "label")
            yield at_cell(outline.choices, choices[level], header, message, "Text ergänzen")


def _words(outline: Outline, question: Question) -> Iterator[Finding]:
    table, row = outline.survey, question.row
    if row.says_yes("optional"):
        message = f"Die bewertete Frage „{question.name}“ kann nicht freiwillig sein."
        yield at_cell(table, row, "optional", message, "die Zelle leeren")
    if question.role not in ROLES:
        meant = closest(question.role, ROLES, 0.5)
        message = f"„{question.role}“ ist keine Rolle."
        yield at_cell(table, row, "score_role", message, meant or ", ".join(ROLES))
    weight = weight_of(row.get("score_weight"))
    if weight is None:
        message = f"Das Gewicht „{row.get('score_weight')}“ ist keine Zahl größer als null."
        yield at_cell(table, row, "score_weight", message, "1")
    elif weight != 1 and not row.get("weight_reason"):
        message = f"Das Gewicht {row.get('score_weight')} hat keine Begründung."
        yield at_cell(table, row, "weight_reason", message, "begründen", Severity.WARNING)


def _perspectives(outline: Outline) -> Iterator[Finding]:
    """Scored or not: whom a row is for decides who sees it."""
    for question in outline.questions:
        for word in question.row.get("perspective").split():
            if word not in PERSPECTIVES:
                message = f"„{word}“ ist keine Sichtweise."
                yield at_cell(
                    outline.survey, question.row, "perspective", message, "gf, br oder ber"
                )


def _unscored(outline: Outline) -> Iterator[Finding]:
    """Scoring columns filled on a question that is not scored: probably a forgotten dimension."""
    for question in outline.questions:
        if question.dimension:
            continue
        for header in ("score_role", "score_factor", "score_weight", "critical"):
            if question.row.get(header):
                message = f"„{header}“ ist gefüllt, aber „score_dimension“ ist leer."
                yield at_cell(outline.survey, question.row, header, message, "Dimension eintragen")


def _pairs(outline: Outline) -> Iterator[Finding]:
    """A site factor needs importance and satisfaction, each once (domain §3, D12)."""
    factors: dict[str, list[Question]] = defaultdict(list)
    for question in outline.scored:
        if question.role in {"importance", "satisfaction"}:
            factors[question.row.get("score_factor")].append(question)
    for factor, questions in factors.items():
        first = questions[0].row
        if not factor:
            for question in questions:
                message = "Der Standortfaktor hat keinen Namen, der das Fragenpaar verbindet."
                yield at_cell(outline.survey, question.row, "score_factor", message, "Faktor")
        elif sorted(question.role for question in questions) != ["importance", "satisfaction"]:
            message = f"Der Faktor „{factor}“ braucht genau eine Frage je Rolle."
            wanted = "einmal importance, einmal satisfaction"
            yield at_cell(outline.survey, first, "score_factor", message, wanted)


def _per_dimension(outline: Outline) -> Iterator[Finding]:
    table = outline.dimensions
    for row in table.rows:
        code, kind = row.get("code"), row.get("kind")
        if kind not in KINDS:
            message = f"„{kind}“ ist keine Art einer Dimension."
            yield at_cell(table, row, "kind", message, "R (Reifegrad) oder S (Standort)")
        mine = [question for question in outline.scored if question.dimension == code]
        if not mine:
            message = f"Die Dimension {code} hat keine bewertete Frage."
            suggestion = f"bei einer Frage „score_dimension“ auf {code} setzen"
            yield at_cell(table, row, "code", message, suggestion, Severity.WARNING)
        elif not any(question.row.says_yes("core") for question in mine):
            message = f"Die Dimension {code} hat keine Kernfrage."
            suggestion = "bei mindestens einer Frage „core“ auf yes setzen"
            yield at_cell(table, row, "code", message, suggestion, Severity.WARNING)

"""The sidecar of a workbook: what is scored, by which weight, and which rules there are."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import get_args, get_type_hints

from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Row, Table
from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook
from desktop_advisor.questionnaire.sidecar import Dimension, Indicator, Rule, Sidecar

PERSPECTIVES = ("gf", "br", "ber")
KINDS: tuple[str, ...] = get_args(get_type_hints(Dimension)["kind"])
ROLES: tuple[str, ...] = get_args(get_type_hints(Indicator)["role"])
AUDIENCES: tuple[str, ...] = get_args(get_type_hints(Rule)["audience"])

_STEP_END = re.compile(r";\s+|\n")


def sidecar_of(outline: Outline, form_id: str, form_hash: str) -> Sidecar:
    """The sidecar; empty tables for a workbook without our columns and sheets.

    Raises:
        BrokenWorkbook: a weight is no positive number, or a word is none of those allowed.
    """
    asked = _asked_of(outline)
    scored = {question.name for question in outline.scored}
    title = outline.settings_table.text(Row(2, outline.settings), "form_title") or {
        outline.default_language: form_id
    }
    return Sidecar(
        form_id=form_id,
        version=outline.settings.get("version", ""),
        title=title,
        form_hash=form_hash,
        dimensions=tuple(_dimension(outline.dimensions, row) for row in outline.dimensions.rows),
        indicators=tuple(
            _indicator(outline.survey, question, asked.get(question.name, PERSPECTIVES))
            for question in outline.scored
        ),
        rules=tuple(_rule(outline.recommendations, row) for row in outline.recommendations.rows),
        rows={question.name: question.row.number for question in outline.questions},
        asked_of={name: of for name, of in asked.items() if name not in scored},
        renames={
            row.get("old"): row.get("new")
            for row in outline.renames.rows
            if row.get("old") and row.get("new")
        },
        optional=tuple(
            question.name
            for question in outline.questions
            if question.row.says_yes("optional") and question.name not in scored
        ),
    )


def weight_of(text: str) -> Decimal | None:
    """The weight, 1 for an empty cell, None when it is no positive number."""
    try:
        weight = Decimal(text.replace(",", ".") or "1")
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and weight > 0 else None


def steps_of(text: str) -> str:
    """One step per line, whether the editor separated them by line breaks or by "; "."""
    return "\n".join(step.strip() for step in _STEP_END.split(text) if step.strip())


def _dimension(table: Table, row: Row) -> Dimension:
    label = table.text(row, "label")
    return Dimension(
        code=row.get("code"),
        kind=_one_of(table, row, "kind", KINDS),  # type: ignore[arg-type]
        label=label,
        short=table.text(row, "short") or label,
    )


def _indicator(table: Table, question: Question, perspectives: tuple[str, ...]) -> Indicator:
    row = question.row
    weight = weight_of(row.get("score_weight"))
    if weight is None:
        raise _broken(table, row, "score_weight", "eine Zahl größer als null")
    return Indicator(
        question=question.name,
        dimension=question.dimension,
        role=_one_of(table, row, "score_role", ROLES),  # type: ignore[arg-type]
        factor=row.get("score_factor"),
        weight=weight,
        reason=row.get("weight_reason"),
        is_critical=row.says_yes("critical"),
        is_core=row.says_yes("core"),
        perspectives=perspectives,
        reference=row.get("reference"),
    )


def _perspectives(table: Table, row: Row) -> tuple[str, ...]:
    """The cell's perspectives, () when it is empty."""
    perspectives = tuple(row.get("perspective").split())
    if not set(perspectives) <= set(PERSPECTIVES):
        raise _broken(table, row, "perspective", "eine Auswahl aus gf, br, ber")
    return perspectives


def _asked_of(outline: Outline) -> dict[str, tuple[str, ...]]:
    """Whom a row is for; an empty cell follows the group around it, and all have no entry."""
    asked: dict[str, tuple[str, ...]] = {}
    for question in outline.questions:
        own = _perspectives(outline.survey, question.row)
        around = asked.get(question.parents[-1], ()) if question.parents else ()
        if own or around:
            asked[question.name] = own or around
    return asked


def _rule(table: Table, row: Row) -> Rule:
    steps = table.text(row, "steps")
    return Rule(
        name=row.get("name"),
        dimension=row.get("dimension"),
        relevant=row.get("relevant"),
        audience=_one_of(table, row, "audience", AUDIENCES),  # type: ignore[arg-type]
        title=table.text(row, "title"),
        text=table.text(row, "text"),
        steps={code: steps_of(text) for code, text in steps.items()},
        owner=table.text(row, "owner"),
        effort=table.text(row, "effort"),
        metric=table.text(row, "metric"),
        offers=tuple(row.get("offers").split()),
        is_growth=row.says_yes("growth"),
    )


def _one_of(table: Table, row: Row, header: str, allowed: tuple[str, ...]) -> str:
    """The cell's word; an empty cell means the first of those allowed."""
    word = row.get(header) or allowed[0]
    if word not in allowed:
        raise _broken(table, row, header, "eines von " + ", ".join(allowed))
    return word


def _broken(table: Table, row: Row, header: str, expected: str) -> BrokenWorkbook:
    return BrokenWorkbook(
        f"Blatt „{table.name}“, Zeile {row.number}, Spalte „{header}“: "
        f"„{row.get(header)}“ ist nicht {expected}.",
        todo="Berichtigen Sie die Zelle.",
        sheet=table.name,
        row=row.number,
    )

"""In which language the report of a case is made, and what is kept in German in that language."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import msgspec

from desktop_advisor.domain.language import ENGLISH, GERMAN, choose_of, say, say_all
from desktop_advisor.questionnaire.sidecar import Rule
from desktop_advisor.report.statements_model import Explanations, Statements, Term
from desktop_advisor.usecases.action_plan import PlanLine
from desktop_advisor.usecases.recommending import rule_text
from desktop_advisor.usecases.workplace import Workplace

ReportLanguage = Literal["de", "en"]


def report_language(place: Workplace, case_id: uuid.UUID) -> ReportLanguage:
    """The one chosen for the case; German until one is."""
    return "en" if place.store.setting(_name(case_id)) == ENGLISH else "de"


def choose_report_language(place: Workplace, case_id: uuid.UUID, code: ReportLanguage) -> None:
    """Remember it for every draft of the case. Raises BrokenResource, and remembers nothing."""
    place.resources.language(code)
    place.store.save_setting(_name(case_id), None if code == GERMAN else code)


def said_statements(statements: Statements) -> Statements:
    """The program's standing texts in the language spoken; a network's own stay as it wrote them.

    A text that is nobody's translation key is not changed.
    """
    paragraphs = {
        field: say_all(getattr(statements, field))
        for field in ("method", "liability", "privacy", "principles", "funding", "signatures")
    }
    explained = statements.explanations
    return msgspec.structs.replace(
        statements,
        **paragraphs,
        glossary=tuple(Term(term=say(t.term), meaning=say(t.meaning)) for t in statements.glossary),
        explanations=Explanations(
            **{field: say(getattr(explained, field)) for field in explained.__struct_fields__}
        ),
    )


def said_line(line: PlanLine, rules: Mapping[uuid.UUID, Rule]) -> PlanLine:
    """A measure in the language spoken, as far as its words are still those of its rule.

    rules: recommendation → rule.
    """
    rule = rules.get(line.row.recommendation_id) if line.row.recommendation_id else None
    if rule is None:
        return line
    draft = line.row.draft
    said = replace(
        draft,
        title=rule_text(rule, "title", draft.title),
        effort=rule_text(rule, "effort", draft.effort),
        metric=rule_text(rule, "metric", draft.metric),
        steps=_steps(rule, draft.steps),
    )
    return replace(line, row=replace(line.row, draft=said))


def _steps(rule: Rule, kept: str) -> str:
    """Step by step: the advisor may have changed one and kept the others."""
    german, spoken = rule.steps.get(GERMAN, "").splitlines(), choose_of(rule.steps).splitlines()
    if len(german) != len(spoken):
        return kept
    known = dict(zip(german, spoken, strict=True))
    return "\n".join(known.get(step, step) for step in kept.splitlines())


def _name(case_id: uuid.UUID) -> str:
    return f"report-language.{case_id}"

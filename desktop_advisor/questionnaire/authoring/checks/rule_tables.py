"""The test table beside the rules: facts → the recommendation appears or not.

Sheet `rule_tests`, one row per case: `rule`, `facts` as `name=value; name=value`, `fires` yes or
no, `why`. A fact that a row does not name is not known. A workbook without the sheet is not asked
for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.checks.literals import values_of
from desktop_advisor.questionnaire.authoring.checks.never import MOMENT
from desktop_advisor.questionnaire.authoring.checks.reach import Facts
from desktop_advisor.questionnaire.authoring.expressions import rule_cells, source_of
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Row
from desktop_advisor.questionnaire.expression import ExpressionError
from desktop_advisor.questionnaire.rules import Condition, compile_condition

WORDS = {"yes": True, "ja": True, "no": False, "nein": False}
"""What `fires` may say."""


@dataclass(frozen=True)
class Case:
    """One row that can be read. fires: whether the recommendation is to appear."""

    row: Row
    rule: str
    facts: dict[str, str]
    fires: bool


def find(outline: Outline, facts: Facts) -> Iterator[Finding]:
    """Rows that cannot be read or that do not come out, and rules that lack a row."""
    if not outline.rule_tests.rows:
        return
    conditions = dict(_conditions(outline, facts))
    tried: dict[str, set[bool]] = defaultdict(set)
    for row in outline.rule_tests.rows:
        findings = [*_unreadable(outline, row, facts)]
        yield from findings
        if not findings:
            case = _case(row)
            tried[case.rule].add(case.fires)
            yield from _failing(outline, case, conditions)
    yield from _untried(outline, tried)


def table_of(outline: Outline) -> list[Case]:
    """The rows of the sheet; for a workbook whose rows can all be read."""
    return [_case(row) for row in outline.rule_tests.rows]


def pairs_of(text: str) -> list[tuple[str, str]]:
    """`a=1; b=2` as pairs; a part without `=` has an empty name."""
    parts = [part.strip() for part in text.replace("\n", ";").split(";")]
    split = [part.partition("=") for part in parts if part]
    return [(name.strip(), value.strip()) if sign else ("", name) for name, sign, value in split]


def _case(row: Row) -> Case:
    facts = dict(pairs_of(row.get("facts")))
    return Case(row, row.get("rule"), facts, WORDS[row.get("fires").lower()])


def _conditions(outline: Outline, facts: Facts) -> Iterator[tuple[str, Condition]]:
    for cell in rule_cells(outline):
        try:
            yield cell.row.get("name"), compile_condition(source_of(cell), facts)
        except ExpressionError:
            continue  # a finding of its own


def _unreadable(outline: Outline, row: Row, facts: Facts) -> Iterator[Finding]:
    table = outline.rule_tests
    names = [rule.get("name") for rule in outline.recommendations.rows]
    if row.get("rule") not in names:
        meant = closest(row.get("rule"), names, 0.6)
        message = f"Die Empfehlung „{row.get('rule')}“ gibt es im Blatt „recommendations“ nicht."
        yield at_cell(table, row, "rule", message, f"„{meant}“" if meant else "Zeile löschen")
    if row.get("fires").lower() not in WORDS:
        message = f"„{row.get('fires')}“ sagt nicht, ob die Empfehlung erscheinen soll."
        yield at_cell(table, row, "fires", message, "„yes“ oder „no“")
    for name, value in pairs_of(row.get("facts")):
        yield from _wrong_fact(outline, row, name, value, facts)


def _wrong_fact(
    outline: Outline, row: Row, name: str, value: str, facts: Facts
) -> Iterator[Finding]:
    table = outline.rule_tests
    if not name:
        message = f"„{value}“ ist keine Angabe."
        yield at_cell(table, row, "facts", message, "„name=wert“, getrennt durch „; “")
        return
    if name not in facts:
        meant = closest(name, facts, 0.6)
        message = f"„{name}“ gibt es nicht."
        yield at_cell(table, row, "facts", message, f"„{meant}“" if meant else "Angabe streichen")
        return
    question = facts[name]
    known = values_of(outline, question) if question is not None else set()
    if value and known and question and question.kind == "select_one" and value not in known:
        message = f"Die Frage „{question.name}“ hat keine Antwort „{value}“."
        suggestion = "eine von " + ", ".join(sorted(known))
        yield at_cell(table, row, "facts", message, suggestion)


def _failing(
    outline: Outline, case: Case, conditions: Mapping[str, Condition]
) -> Iterator[Finding]:
    condition = conditions.get(case.rule)
    if condition is None or condition(case.facts, MOMENT) == case.fires:
        return
    told = "nicht erscheinen" if case.fires else "erscheinen"
    wanted = "soll aber" if case.fires else "soll es aber nicht"
    message = f"„{case.rule}“ würde mit diesen Angaben {told}, {wanted}."
    yield at_cell(
        outline.rule_tests, case.row, "fires", message, "Bedingung oder Zeile berichtigen"
    )


def _untried(outline: Outline, tried: Mapping[str, set[bool]]) -> Iterator[Finding]:
    table = outline.recommendations
    for row in table.rows:
        name = row.get("name")
        for fires, what in ((True, "sie erscheint"), (False, "sie ausbleibt")):
            if name and fires not in tried.get(name, set()):
                message = f"Im Blatt „rule_tests“ fehlt für „{name}“ eine Zeile, in der {what}."
                yield at_cell(table, row, "name", message, "Zeile ergänzen", Severity.WARNING)

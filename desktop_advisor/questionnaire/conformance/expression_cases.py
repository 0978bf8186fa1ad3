"""The suites of expressions: a document, a context node, an expression, a result."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desktop_advisor.questionnaire.conformance.case_documents import CaseDocument, path_of
from desktop_advisor.questionnaire.expression import (
    Context,
    ExpressionError,
    World,
    compile_expression,
    parse,
)
from desktop_advisor.questionnaire.expression.names import NAMESPACES
from desktop_advisor.questionnaire.expression.nodes import Node
from desktop_advisor.questionnaire.expression.values import (
    Value,
    to_boolean,
    to_number,
    to_string,
)

Case = dict[str, Any]

_NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def expression_passes(case: Case) -> bool:
    """Whether our result equals the recorded one (suites *-xpath)."""
    must_fail = case.get("type") == "error" or "error" in case
    try:
        value, zone = _evaluate(case)
    except ExpressionError:
        return must_fail
    return not must_fail and _is_expected(value, case, zone)


def parse_passes(case: Case) -> bool:
    """Whether we accept what the reference accepts (suite javarosa-parse)."""
    try:
        parse(case["expr"])
    except ExpressionError:
        return case["parse"] is None
    return case["parse"] is not None


def _evaluate(case: Case) -> tuple[Value, ZoneInfo]:
    document = CaseDocument(case["xml"])
    zone = ZoneInfo(case.get("tz", "UTC"))
    now = datetime.fromisoformat(case["now"]) if "now" in case else _NOW
    world = World(
        compile_text=compile_expression,
        now=lambda: now,
        zone=zone,
        root=document.root,
        form=document,
    )
    node = document.node_at(case["ctx"])
    is_form = document.root is not None
    default = {} if is_form else {"": ""}
    namespaces = {**NAMESPACES, **default, **case.get("ns", {})}
    run = compile_expression(case["expr"], namespaces=namespaces)
    return run(Context(world, node, node)), zone


def _is_expected(value: Value, case: Case, zone: ZoneInfo) -> bool:
    expected, kind = case["expected"], case["type"]
    if kind in ("nodes", "node-set"):
        return isinstance(value, list) and _paths(value) == list(expected)
    if kind == "number":
        return _is_close(to_number(value, zone), float(expected))
    if kind == "boolean":
        return to_boolean(value) is bool(expected)
    return to_string(value) == str(expected)


def _paths(nodes: list[Node]) -> list[list[Any]]:
    return [path_of(node) for node in nodes]


def _is_close(ours: float, theirs: float) -> bool:
    """Equal up to the last bits, in which mathematical libraries differ."""
    if math.isnan(theirs):
        return math.isnan(ours)
    return ours == theirs or math.isclose(ours, theirs, rel_tol=1e-13, abs_tol=1e-15)

"""Which cases count: those that are not set aside (`conformance/README.md`, "Not needed")."""

from __future__ import annotations

import re

from desktop_advisor.questionnaire.conformance.expression_cases import Case

_GEO_CALLS = re.compile(r"\b(area|distance|geofence)\s*\(")
_GEO_TYPES = re.compile(r"geo(point|trace|shape)", re.IGNORECASE)
_NOT_ELEMENTS = (2, 3, 4, 8)
"""DOM types of attributes, texts, CDATA sections and comments."""

_ATTACHED = 'src="jr://'
_REOPENED = re.compile(r"restor|seriali|\bedit|deprecatedID|instanceID", re.IGNORECASE)
"""Titles of cases that start from an instance the case does not carry."""


def counts(case: Case) -> bool:
    """Whether the case is about what we need.

    Aside are geography, the language of itext, contexts other than elements, and of whole forms
    those with attached files and those that reopen an instance.
    """
    if "form" in case:
        return not (
            case.get("edit")
            or _ATTACHED in case["form"]
            or _GEO_TYPES.search(case["form"])
            or _REOPENED.search(case["test"])
        )
    is_geo = _GEO_CALLS.search(case["expr"]) is not None
    return not (is_geo or "jr:itext" in case["expr"] or case.get("ctxType") in _NOT_ELEMENTS)

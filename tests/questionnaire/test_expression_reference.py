"""Expressions whose results were taken from getodk/web-forms 0.22, where its suites are silent."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop_advisor.questionnaire.expression import Context, World, compile_expression
from desktop_advisor.questionnaire.expression.values import to_string
from desktop_advisor.questionnaire.expression.xml_source import read_xml


def as_text(text: str) -> str:
    document = read_xml("<data><e/></data>")
    world = World(
        compile_text=compile_expression,
        now=lambda: datetime(2026, 11, 22, 13, 30, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
    )
    return to_string(compile_expression(text)(Context(world, document, document)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selected('', '')", "true"),
        ("selected(/data/e, '')", "true"),
        ("selected('a', '')", "false"),
        ("date(0.7)", "1970-01-01T17:48:00.000+01:00"),
        ("format-date(20500, '%Y')", ""),
        ("format-date('2026-1-2', '%Y-%m')", ""),
        ("format-date(date(20500), '%Y')", "2026"),
        ("format-date('2026-11-23', '%%Y')", "%2026"),
        ("decimal-time('10:30:00+01:00')", "0.4375"),
        ("decimal-time('10:30Z')", ""),
        ("decimal-time(now())", ""),
        ("round(0.49999999999999994)", "0"),
        ("round(5, 1.5)", "4.996398703066039"),
        ("regex('ä', '^\\w+$')", "false"),
        ("regex('٣', '^\\d$')", "false"),
        ("regex('[', '^[[&&]$')", "true"),
    ],
)
def test_a_result_is_the_one_of_the_reference(text: str, expected: str) -> None:
    assert as_text(text) == expected


def test_the_end_of_a_pattern_is_the_very_end() -> None:
    assert as_text("regex('a\n', 'a$')") == "false"


def test_no_pattern_makes_python_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert as_text("regex('~', '[[a~~||]')") == "true"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number('3,5') + 1", "4.5"),
        ("round('4,6')", "5"),
        ("number(',5')", "0.5"),
        ("number('1,2,3')", ""),
        ("0.1 + 0.2 = 0.3", "true"),
        ("0.1 + 0.2 != 0.3", "false"),
        ("1 = 1.000001", "false"),
        ("1 div 0 = 1 div 0", "true"),
        ("0 div 0 = 0 div 0", "false"),
    ],
)
def test_commas_are_read_and_the_last_bits_do_not_count(text: str, expected: str) -> None:
    """JavaRosa; the comma also in getodk/web-forms since #886."""
    assert as_text(text) == expected

"""Closures: what expressions are worth."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.questionnaire.expression import (
    Context,
    EvaluationError,
    World,
    WrongArity,
    compile_expression,
)
from desktop_advisor.questionnaire.expression.values import (
    Value,
    number_text,
    text_number,
    to_number,
    to_string,
)
from desktop_advisor.questionnaire.expression.xml_source import UnreadableXml, read_xml

BERLIN = ZoneInfo("Europe/Berlin")
DOCUMENT = """<data id="d">
  <a>1</a><b>2</b><empty/><list>red blue</list>
  <row><n>5</n></row><row><n>7</n></row><row><n/></row>
</data>"""


def evaluated(text: str, xml: str = DOCUMENT) -> Value:
    document = read_xml(xml)
    world = World(
        compile_text=compile_expression,
        now=lambda: datetime(2026, 11, 22, 13, 30, tzinfo=UTC),
        zone=BERLIN,
    )
    return compile_expression(text)(Context(world, document, document))


def as_text(text: str) -> str:
    return to_string(evaluated(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/data/a + /data/b", "3"),
        ("1 div 3", "0.3333333333333333"),
        ("/data/empty + 1", ""),
        ("1 div 0", "Infinity"),
        ("-5 mod 2", "-1"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(23.7825, 2)", "23.78"),
        ("int('-1.5')", "-1"),
        ("sum(/data/row/n[. != ''])", "12"),
        ("count(/data/row)", "3"),
        ("count-non-empty(/data/row/n)", "2"),
        ("max(3, 10, 2)", "10"),
        ("pow(2, 10)", "1024"),
        ("concat(/data/row/n, '!')", "57!"),
        ("join(', ', /data/row/n)", "5, 7, "),
        ("substr('hello', 1, 3)", "el"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a  b ')", "a b"),
        ("selected-at(/data/list, 1)", "blue"),
        ("count-selected(/data/list)", "2"),
        ("coalesce(/data/empty, 'x')", "x"),
        ("if(selected(/data/list, 'red'), 'yes', nonsense())", "yes"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("/data/row[2]/n", "7"),
        ("/data/row[last()]/preceding-sibling::row[1]/n", "7"),
        ("indexed-repeat(/data/row/n, /data/row, 2)", "7"),
        ("name((//*[. = '7'])[last()])", "n"),
    ],
)
def test_functions_and_paths(text: str, expected: str) -> None:
    assert as_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today()", "2026-11-22"),
        ("now()", "2026-11-22T14:30:00.000+01:00"),
        ("date(today() + 10)", "2026-12-02"),
        ("today() > '2026-11-21'", "true"),
        ("format-date('2026-03-05', '%d.%n.%Y %a')", "05.3.2026 Thu"),
        ("format-date-time('2026-03-05T07:08:09', '%H:%M:%S')", "07:08:09"),
        ("decimal-date-time('1970-01-02T00:00:00Z')", "1"),
        ("decimal-time('12:00')", "0.5"),
        ("date('nonsense')", "Invalid Date"),
    ],
)
def test_dates_count_in_days_and_print_as_dates(text: str, expected: str) -> None:
    assert as_text(text) == expected


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("/data/row/n = 7", True),
        ("/data/row/n != 7", True),
        ("/data/missing != 7", False),
        ("/data/empty < 2", False),
        ("/data/empty = ''", True),
        ("'1' = 1", True),
        ("true() = 'false'", True),
        ("1 < 2 = 3 > 2", True),
        ("selected('a b', 'b') and not(selected('a b', ''))", True),
    ],
)
def test_comparisons_follow_the_types(text: str, holds: bool) -> None:
    assert evaluated(text) is holds


def test_an_unknown_function_fails_only_when_it_is_reached() -> None:
    assert evaluated("true() or nonsense()") is True
    with pytest.raises(WrongArity):
        evaluated("true(1)")
    with pytest.raises(EvaluationError):
        evaluated("count(1)")


def test_what_is_not_relevant_reads_as_empty() -> None:
    document = read_xml(DOCUMENT)
    world = World(
        compile_text=compile_expression, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), zone=BERLIN
    )
    row = document.children[0].elements()[4]
    row.is_relevant = False
    row.elements()[0].is_relevant = False
    run = compile_expression("concat(/data/row/n, '|', /data/row[1])")
    assert to_string(run(Context(world, document, document))) == "7|"


def test_entities_and_depth_are_refused() -> None:
    with pytest.raises(UnreadableXml):
        read_xml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(UnreadableXml):
        read_xml("<a>" * 1_000)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_its_text(number: float) -> None:
    assert text_number(number_text(number), UTC) == number


@given(st.one_of(st.text(), st.booleans(), st.floats()))
def test_every_value_has_a_number_and_a_text(value: str | bool | float) -> None:
    assert isinstance(to_number(value, UTC), float)
    assert isinstance(to_string(value), str)
    assert not math.isnan(to_number(True, UTC))

"""Whatever a function is given, it answers or refuses: nothing an editor writes stops a form."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from desktop_advisor.questionnaire.expression import (
    Context,
    ExpressionError,
    World,
    compile_expression,
)
from desktop_advisor.questionnaire.expression.functions import FUNCTIONS
from desktop_advisor.questionnaire.expression.values import to_boolean, to_number, to_string
from desktop_advisor.questionnaire.expression.xml_source import read_xml

EXTREMES = (
    "1 div 0",
    "-1 div 0",
    "0 div 0",
    "-0.5",
    "1e300",
    "''",
    "'(['",
    "'2026-02-30T25:61:61'",
    "'9999-12-31'",
    "'50.7 12.5 0 0; 1 2'",
    "true()",
    "/data/a",
    "/data/none",
    "'%Q %a %'",
)
DOCUMENT = read_xml("<data><a>1</a><a>x</a></data>")


def calls(name: str) -> list[str]:
    function = FUNCTIONS[name]
    most = function.low + 1 if function.high is None else function.high
    found = []
    for count in range(function.low, min(most, 4) + 1):
        pool = EXTREMES if count < 3 else EXTREMES[:8:3] + EXTREMES[11:13]
        found += [f"{name}({', '.join(given)})" for given in product(pool, repeat=count)]
    return found


SPECIFIED = """
string concat join substr substring-before substring-after starts-with ends-with contains translate
string-length normalize-space regex uuid digest base64-decode pulldata property version
if coalesce once true false boolean boolean-from-string not checklist weighted-checklist
number random int sum max min round pow log log10 abs sin cos tan asin acos atan atan2 sqrt exp
exp10 pi floor ceiling count count-non-empty position instance current randomize
today now format-date format-date-time date decimal-date-time decimal-time
selected selected-at count-selected jr:choice-name jr:itext indexed-repeat area distance
"""
"""ODK XForms specification, "XPath Functions" (getodk.github.io/xforms-spec)."""


def test_every_function_of_the_specification_is_there() -> None:
    assert set(SPECIFIED.split()) <= set(FUNCTIONS)


def test_a_position_beyond_every_number_finds_nothing() -> None:
    world = World(compile_text=compile_expression, now=datetime.now, zone=UTC, root=DOCUMENT)
    run = compile_expression(f"count(/data/a[{'9' * 400}])")
    assert run(Context(world, DOCUMENT, DOCUMENT)) == 0


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_survives_every_extreme(name: str) -> None:
    world = World(
        compile_text=compile_expression,
        now=lambda: datetime(2026, 11, 22, 13, 30, tzinfo=UTC),
        zone=UTC,
        root=DOCUMENT,
    )
    for call in calls(name):
        try:
            value = compile_expression(call)(Context(world, DOCUMENT, DOCUMENT))
            to_string(value), to_number(value, UTC), to_boolean(value)
        except ExpressionError:
            continue
        except (ArithmeticError, ValueError, TypeError, LookupError, RecursionError) as fault:
            pytest.fail(f"{call}: {fault!r}")

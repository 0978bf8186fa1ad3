"""Text → tree: XPath 1.0 with its places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.questionnaire.expression import (
    ExpressionSyntaxError,
    UnknownFunction,
    WrongArity,
    check_calls,
    parse,
)
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Logic,
    Operation,
    Path,
    Reference,
    Union,
    walk,
)


@pytest.mark.parametrize(
    "text",
    ["div div div", "* * *", "4andfunc()", "5 divseparate-token", "a/.//../z", "@ns:*", ".5 - -.5"],
)
def test_operators_are_names_where_an_operand_is_due(text: str) -> None:
    assert parse(text) is not None


@pytest.mark.parametrize(
    ("text", "position"),
    [("1 +", 3), ("a ? b", 2), ("5/5", 2), ("selected(a,", 11), ("'open", 0), ("a:b:c", 3)],
)
def test_a_fault_names_its_place(text: str, position: int) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    assert caught.value.position == position


def test_or_binds_weaker_than_and() -> None:
    tree = parse("a = 1 or b = 2 and c = 3")
    assert isinstance(tree, Logic)
    assert tree.operator == "or"
    assert isinstance(tree.operands[1], Logic)


def test_a_step_abbreviation_is_written_out() -> None:
    tree = parse("../@id")
    assert isinstance(tree, Path)
    assert [step.axis for step in tree.steps] == ["parent", "attribute"]


def test_references_are_only_known_where_they_are_asked_for() -> None:
    tree = parse("${score_d01} < 2", references=True)
    assert [node.name for node in walk(tree) if isinstance(node, Reference)] == ["score_d01"]
    with pytest.raises(ExpressionSyntaxError):
        parse("${score_d01} < 2")


def test_every_wrong_call_is_found() -> None:
    faults = list(check_calls(parse("nonsense() + selected(a) + round(1.5)")))
    assert [type(fault) for fault in faults] == [UnknownFunction, WrongArity]
    assert [fault.position for fault in faults] == [0, 13]


def test_a_long_sum_is_flat_and_deep_nesting_is_refused() -> None:
    assert isinstance(parse(" + ".join(["1"] * 2_000)), Operation)
    with pytest.raises(ExpressionSyntaxError):
        parse("not(" * 500 + "1" + ")" * 500)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    position = 0
    try:
        starts = [node.start for node in walk(parse(text)) if isinstance(node, Call)]
    except ExpressionSyntaxError as fault:
        starts, position = [], fault.position
    assert all(0 <= start <= len(text) for start in [*starts, position])


NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,6}", fullmatch=True)


@given(st.lists(NAMES, min_size=1, max_size=5), st.sampled_from(["", " ", "\n\t"]))
def test_a_plain_path_is_read_without_the_grammar_as_with_it(names: list[str], gap: str) -> None:
    path = gap + "".join(f"/{name}" for name in names) + gap
    union = parse(f"{path}|b")
    assert isinstance(union, Union)
    assert parse(path) == union.operands[0]

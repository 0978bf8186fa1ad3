"""What holds for every form and every run of answers, checked on random ones."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import read_xform
from tests.questionnaire.lxml_oracle import Oracle
from tests.questionnaire.random_forms import VALUES, RandomForm, plain, random_forms

STEPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=14)


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def opened(form: RandomForm) -> FormSession:
    return FormSession(read_xform(form.xml), now=clock, seed=1)


def take(form: RandomForm, session: FormSession, step: tuple[int, int]) -> frozenset[str] | None:
    """Answer a question, or add or remove a row; what changed when it was an answer."""
    number, choice = step
    free = form.free_ranges(session)
    rows = [ref for ref in session.states() if ref.endswith("]") and ref.rpartition("[")[0] in free]
    if free and number % 4 == 0:
        if rows and choice % 3 == 0:
            session.remove_repeat(rows[choice % len(rows)])
        elif len(rows) < 6:
            session.add_repeat(free[choice % len(free)])
        return None
    refs = form.answerable(session)
    if not refs:
        return frozenset()
    ref = refs[number % len(refs)]
    values = VALUES[form.by_path[plain(ref)].type]
    return session.set_value(ref, values[choice % len(values)])


@settings(max_examples=100, deadline=None)
@given(random_forms(has_memory=True), STEPS)
def test_every_change_is_told_and_a_full_recalculation_changes_nothing(
    form: RandomForm, steps: list[tuple[int, int]]
) -> None:
    session = opened(form)
    for step in steps:
        before = session.states()
        changed = take(form, session, step)
        after = session.states()
        if changed is not None:
            assert {ref for ref in after if after[ref] != before.get(ref)} <= changed
        session.recalculate()
        assert session.states() == after


@settings(max_examples=80, deadline=None)
@given(random_forms(has_dates=False), STEPS)
def test_every_rule_gives_what_another_engine_gives_for_the_same_state(
    form: RandomForm, steps: list[tuple[int, int]]
) -> None:
    session = opened(form)
    assert list(Oracle(form, session.states()).objections()) == []
    for step in steps:
        take(form, session, step)
    assert list(Oracle(form, session.states()).objections()) == []


@settings(max_examples=60, deadline=None)
@given(random_forms(), STEPS)
def test_an_answer_given_twice_changes_nothing_the_second_time(
    form: RandomForm, steps: list[tuple[int, int]]
) -> None:
    session = opened(form)
    for step in steps:
        take(form, session, step)
    for ref in form.answerable(session):
        value = VALUES[form.by_path[plain(ref)].type][-2]
        if ref in session.refs():
            session.set_value(ref, value)
            assert not session.set_value(ref, value)


@settings(max_examples=60, deadline=None)
@given(random_forms(has_filters=False), st.data())
def test_the_order_of_answers_does_not_matter(form: RandomForm, data: st.DataObject) -> None:
    """Rows first; answers in rows with a count last, because a row that goes takes its answers."""
    sessions = [opened(form), opened(form)]
    for session in sessions:
        for depth in (2, 3, 4):
            for ref in form.free_ranges(session):
                if ref.count("/") == depth:
                    session.add_repeat(ref)
                    session.add_repeat(ref)
    counted = tuple(f"{node.path}/" for node in form.nodes if node.count)
    fixed = [ref for ref in form.answerable(sessions[0]) if not plain(ref).startswith(counted)]
    answers = {
        ref: data.draw(st.sampled_from(VALUES[form.by_path[plain(ref)].type])) for ref in fixed
    }
    for session, order in zip(sessions, (fixed, data.draw(st.permutations(fixed))), strict=True):
        for ref in order:
            session.set_value(ref, answers[ref])
    ours, theirs = sessions[0].states(), sessions[1].states()
    assert _without_ids(ours) == _without_ids(theirs)


@settings(max_examples=60, deadline=None)
@given(random_forms(has_filters=False), STEPS)
def test_a_session_continues_where_another_stopped(
    form: RandomForm, steps: list[tuple[int, int]]
) -> None:
    """What was hidden is not kept, so it may come back as its default and change what follows."""
    session = opened(form)
    for step in steps:
        take(form, session, step)
    again = FormSession(session.form, now=clock, values=session.values())
    once_more = FormSession(session.form, now=clock, values=again.values())
    assert once_more.states() == again.states()


def _without_ids(states: dict[str, object]) -> dict[str, object]:
    return {ref: state for ref, state in states.items() if "/meta" not in ref}

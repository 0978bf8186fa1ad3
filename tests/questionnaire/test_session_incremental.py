"""Whatever is answered in whatever order: the state is the one a full recalculation gives."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.xform import XForm, read_xform

NAMES = ("q0", "q1", "q2", "q3", "q4")
VALUES = st.sampled_from(["", "0", "1", "2", "a", "a b"])


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def path_of(name: str) -> str:
    return f"/data/g/{name}" if name in ("q3", "q4") else f"/data/{name}"


REFERENCE = st.sampled_from([path_of(name) for name in NAMES])
CONDITION = st.one_of(
    st.builds("{} = '1'".format, REFERENCE),
    st.builds("{} &gt;= {}".format, REFERENCE, REFERENCE),
    st.builds("selected({}, 'a')".format, REFERENCE),
    st.builds("count(/data/row) &gt; {}".format, st.integers(0, 2)),
    st.builds("not({} = '')".format, REFERENCE),
)
FORMULA = st.one_of(
    st.builds("coalesce({}, 0) + 1".format, REFERENCE),
    st.builds("concat({}, {})".format, REFERENCE, REFERENCE),
    st.builds("if({}, 1, {})".format, CONDITION, REFERENCE),
    st.just("join(' ', /data/row/v)"),
)


@st.composite
def forms(draw: st.DrawFn) -> XForm:
    """Five questions, two of them in a group, a repeat, and four sums that read each other."""
    binds = [f"<bind nodeset='/data/g' relevant=\"{draw(CONDITION)}\"/>"]
    for name in NAMES:
        aspect = draw(st.sampled_from(["relevant", "required", "readonly", "constraint"]))
        binds.append(f"<bind nodeset='{path_of(name)}' {aspect}=\"{draw(CONDITION)}\"/>")
    binds.append(f"<bind nodeset='/data/row/w' calculate=\"concat(../v, {draw(REFERENCE)})\"/>")
    binds.append(f"<bind nodeset='/data/row' relevant=\"{draw(CONDITION)}\"/>")
    everything = ", '|', ".join(path_of(name) for name in NAMES)
    binds.append(f"<bind nodeset='/data/all' calculate=\"concat({everything}, /data/row/w)\"/>")
    for number in range(4):
        formula = draw(FORMULA)
        above = f"concat({formula}, /data/c{number - 1})" if number else formula
        binds.append(f"<bind nodeset='/data/c{number}' calculate=\"{above}\"/>")
    return read_xform(
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'"
        " xmlns:jr='http://openrosa.org/javarosa'><h:head><h:title>T</h:title><model><instance>"
        "<data id='t'><all/><c3/><c2/><q0/><q1/><q2>1</q2><g><q3>1</q3><q4>a</q4></g>"
        "<row jr:template=''><v/><w/></row><c1/><c0/></data></instance>"
        f"{''.join(binds)}</model></h:head><h:body><repeat nodeset='/data/row'>"
        "<input ref='/data/row/v'/></repeat><select1 ref='/data/q2'><item><label>1</label>"
        "<value>1</value></item><item><label>a</label><value>a</value></item></select1></h:body>"
        "</h:html>"
    )


STEP = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(NAMES), VALUES),
    st.tuples(st.just("row"), st.just(""), VALUES),
    st.tuples(st.just("drop"), st.just(""), st.just("")),
)


def take(session: FormSession, step: tuple[str, str, str]) -> None:
    action, name, value = step
    rows = sum(ref.endswith("/v") for ref in session.refs())
    if action == "set":
        session.set_value(path_of(name), value)
    elif action == "row":
        session.add_repeat("/data/row")
        session.set_value(f"/data/row[{rows + 1}]/v", value)
    elif rows:
        session.remove_repeat(f"/data/row[{rows}]")


@settings(max_examples=60, deadline=None)
@given(forms(), st.lists(STEP, max_size=12))
def test_incremental_equals_full_recalculation(
    form: XForm, steps: list[tuple[str, str, str]]
) -> None:
    session = FormSession(form, now=clock, seed=1)
    for step in steps:
        before = session.states()
        changed: frozenset[str] = frozenset()
        if step[0] == "set":
            changed = session.set_value(path_of(step[1]), step[2])
            after = session.states()
            assert {ref for ref in after if after[ref] != before.get(ref)} <= changed
        else:
            take(session, step)
        incremental = session.states()
        session.recalculate()
        assert session.states() == incremental

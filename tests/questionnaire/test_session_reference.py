"""Where answers meet calculations, counts and bounds: as getodk/web-forms has it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.trace import run_steps
from desktop_advisor.questionnaire.xform import XForm, read_xform


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def form_of(instance: str, binds: str, body: str) -> XForm:
    return read_xform(
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'"
        " xmlns:jr='http://openrosa.org/javarosa'><h:head><h:title>T</h:title><model><instance>"
        f"<data id='t'>{instance}</data></instance>{binds}</model></h:head>"
        f"<h:body>{body}</h:body></h:html>"
    )


def session_of(instance: str, binds: str, body: str) -> FormSession:
    return FormSession(form_of(instance, binds, body), now=clock)


def test_an_answer_over_a_calculation_stays_until_the_calculation_gives_something_new() -> None:
    session = session_of(
        "<a/><b/>",
        "<bind nodeset='/data/b' calculate=\"if(/data/a > 5, 'much', 'little')\"/>",
        "<input ref='/data/a'/><input ref='/data/b'/>",
    )
    session.set_value("/data/b", "mine")
    session.set_value("/data/a", "3")
    session.recalculate()
    assert session.state("/data/b").value == "mine"
    session.set_value("/data/a", "6")
    assert session.state("/data/b").value == "much"


def test_a_count_that_is_cleared_keeps_its_rows() -> None:
    session = session_of(
        "<n/><row><v>eins</v></row><row><v>zwei</v></row>",
        "<bind nodeset='/data/n' type='int'/>",
        "<input ref='/data/n'/><repeat nodeset='/data/row' jr:count='/data/n'>"
        "<input ref='/data/row/v'/></repeat>",
    )
    assert "/data/row[1]/v" not in session.refs()
    session.set_value("/data/n", "3")
    assert [session.state(f"/data/row[{n}]/v").value for n in (1, 2, 3)] == ["eins", "zwei", ""]
    session.set_value("/data/n", "")
    assert "/data/row[3]/v" in session.refs()
    session.set_value("/data/n", "1")
    assert "/data/row[2]/v" not in session.refs()


@pytest.mark.parametrize(
    ("type_name", "answer", "value"),
    [
        ("int", "4", "4"),
        ("int", "6", ""),
        ("int", "2.5", "2"),
        ("decimal", "2.5", "2.5"),
        ("decimal", "0.5", ""),
        ("decimal", "x", ""),
    ],
)
def test_a_range_is_empty_outside_its_bounds(type_name: str, answer: str, value: str) -> None:
    session = session_of(
        "<r>11</r>",
        f"<bind nodeset='/data/r' type='{type_name}'/>",
        "<range ref='/data/r' start='1' end='5' step='0.5'/>",
    )
    assert session.state("/data/r").value == ""
    session.set_value("/data/r", "5")
    session.set_value("/data/r", answer)
    assert session.state("/data/r").value == value


@pytest.mark.parametrize(
    ("type_name", "written", "value"),
    [
        ("time", "10:20:30", "10:20:30"),
        ("time", "23:59:59.000+01:00", "23:59:59.000+01:00"),
        ("time", "10:20", ""),
        ("time", "10:20:30+15:00", ""),
        ("dateTime", "2026-01-31T10:20:30Z", "2026-01-31T10:20:30Z"),
        ("dateTime", "2026-01-31", ""),
        ("dateTime", "2026-02-30T10:20:30", ""),
        ("date", "2026-05-05T10", "2026-05-05"),
        ("date", "2026-05-05T10:20:30Z", ""),
    ],
)
def test_dates_and_times_are_whole_or_nothing(type_name: str, written: str, value: str) -> None:
    bind = f"<bind nodeset='/data/d' type='{type_name}'/>"
    session = session_of("<d/>", bind, "<input ref='/data/d'/>")
    session.set_value("/data/d", written)
    assert session.state("/data/d").value == value


def test_what_a_node_is_at_the_start_does_not_fire_the_actions_on_its_change() -> None:
    session = session_of(
        "<g><a>1</a></g><b/><c/>",
        "<bind nodeset='/data/g' relevant=\"/data/b != 'off'\"/>",
        "<group ref='/data/g'><input ref='/data/g/a'>"
        "<setvalue event='xforms-value-changed' ref='/data/c' value=\"concat(/data/g/a, '!')\"/>"
        "</input></group><input ref='/data/b'/>",
    )
    assert session.state("/data/c").value == ""
    session.set_value("/data/b", "off")
    assert session.state("/data/c").value == "!"
    session.set_value("/data/b", "")
    assert session.state("/data/c").value == "1!"


@pytest.mark.parametrize(
    ("written", "value"),
    [("10", "10.0"), ("1e3", "1000.0"), ("-2.50", "-2.5"), ("0.0000001", "0.0000001"), ("x", "")],
)
def test_decimals_are_written_out_with_a_decimal_point(written: str, value: str) -> None:
    bind = "<bind nodeset='/data/d' type='decimal'/>"
    session = session_of("<d/>", bind, "<input ref='/data/d'/>")
    session.set_value("/data/d", written)
    assert session.state("/data/d").value == value


def test_the_sum_of_no_rows_is_empty() -> None:
    session = session_of(
        "<row jr:template=''><v/></row><s/>",
        "<bind nodeset='/data/s' calculate='sum(/data/row/v)'/>",
        "<repeat nodeset='/data/row'><input ref='/data/row/v'/></repeat>",
    )
    assert session.state("/data/s").value == ""
    session.add_repeat("/data/row")
    session.set_value("/data/row[1]/v", "2")
    assert session.state("/data/s").value == "2"


def test_a_choice_that_is_not_offered_is_not_taken() -> None:
    body = (
        "<select1 ref='/data/q'><item><label>A</label><value>a</value></item></select1>"
        "<select ref='/data/m'><item><label>A</label><value>a</value></item></select>"
    )
    session = session_of("<q/><m/>", "", body)
    session.set_value("/data/q", "z")
    session.set_value("/data/m", "z a")
    assert (session.state("/data/q").value, session.state("/data/m").value) == ("", "a")


def test_a_step_leaves_what_is_read_only_alone_but_the_program_may_write_it() -> None:
    parts = ("<a>1</a>", "<bind nodeset='/data/a' readonly='true()'/>", "<input ref='/data/a'/>")
    states = run_steps(form_of(*parts), [{"ref": "/data/a", "value": "2"}], clock)
    assert states[1]["/data/a"]["v"] == "1"
    session = session_of(*parts)
    session.set_value("/data/a", "2")
    assert session.state("/data/a").value == "2"


def test_a_calculation_runs_again_on_its_own_result() -> None:
    session = session_of(
        "<c/>", "<bind nodeset='/data/c' calculate=\"if(once('a') = 'a', 'xy', 'z')\"/>", ""
    )
    assert session.state("/data/c").value == "z"


NESTED = (
    "<site{}><name>Aue</name><person><age>7</age></person></site>",
    "",
    "<repeat nodeset='/data/site'><setvalue event='odk-new-repeat' ref='/data/site/person/age'"
    " value='40 + 2'/><input ref='/data/site/name'/><repeat nodeset='/data/site/person'>"
    "<input ref='/data/site/person/age'/></repeat></repeat>",
)


def test_a_new_row_without_a_template_is_blank_and_with_one_has_its_values() -> None:
    instance, binds, body = NESTED
    session = session_of(instance.format(""), binds, body)
    session.add_repeat("/data/site")
    assert session.state("/data/site[1]/name").value == "Aue"
    assert session.state("/data/site[2]/name").value == ""
    session = session_of(instance.format(" jr:template=''"), binds, body)
    session.add_repeat("/data/site")
    assert session.state("/data/site[1]/name").value == "Aue"


def test_rows_within_a_new_row_are_new_and_those_of_the_form_are_not() -> None:
    instance, binds, body = NESTED
    session = session_of(instance.format(""), binds, body)
    session.add_repeat("/data/site")
    assert session.state("/data/site[1]/person[1]/age").value == "7"
    assert session.state("/data/site[2]/person[1]/age").value == "42"


def test_fixed_rows_are_as_many_in_every_row_around_them() -> None:
    session = session_of(
        "<site><cell/><cell/></site><site><cell/><cell/><cell/></site>",
        "",
        "<repeat nodeset='/data/site'><repeat nodeset='/data/site/cell' jr:noAddRemove='true()'>"
        "</repeat></repeat>",
    )
    session.add_repeat("/data/site")
    rows = [ref for ref in session.states() if "/cell[" in ref]
    assert rows == [f"/data/site[{n}]/cell[{m}]" for n in (1, 2, 3) for m in (1, 2)]


def test_a_default_that_is_not_offered_is_not_there() -> None:
    session = session_of(
        "<m>z a</m>",
        "",
        "<select ref='/data/m'><item><label>A</label><value>a</value></item></select>",
    )
    assert session.state("/data/m").value == "a"


def test_what_a_new_row_is_given_does_not_fire_the_actions_on_its_change() -> None:
    session = session_of(
        "<row jr:template=''><a/><b/></row>",
        "",
        "<repeat nodeset='/data/row'>"
        "<setvalue event='odk-new-repeat' ref='/data/row/a'>1</setvalue>"
        "<input ref='/data/row/a'><setvalue event='xforms-value-changed' ref='/data/row/b'"
        " value=\"concat(/data/row/a, '!')\"/></input><input ref='/data/row/b'/></repeat>",
    )
    session.add_repeat("/data/row")
    assert session.state("/data/row[1]/a").value == "1"
    assert session.state("/data/row[1]/b").value == ""
    session.set_value("/data/row[1]/a", "2")
    assert session.state("/data/row[1]/b").value == "2!"

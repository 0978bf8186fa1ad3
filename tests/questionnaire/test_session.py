"""A form while it is being filled in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.trace import UnknownStep, run_steps
from desktop_advisor.questionnaire.xform import XForm, read_xform

HEAD = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>"""


def clock() -> datetime:
    return datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


def form_of(model: str, body: str) -> XForm:
    return read_xform(f"{HEAD}{model}</model></h:head><h:body>{body}</h:body></h:html>")


def session_of(model: str, body: str, **more: dict[str, str]) -> FormSession:
    return FormSession(form_of(model, body), now=clock, seed=1, values=more.get("values"))


BASIC = (
    "<instance><data id='t'><a/><g><b/><c>7</c></g><sum/></data></instance>"
    "<bind nodeset='/data/g' relevant=\"/data/a = 'x'\"/>"
    "<bind nodeset='/data/g/b' type='int' constraint='. &lt; 10' required='true()'"
    " jr:constraintMsg='Zu groß'/>"
    "<bind nodeset='/data/sum' calculate='coalesce(/data/g/b, 0) + coalesce(/data/g/c, 0)'/>",
    "<input ref='/data/a'/><group ref='/data/g'><input ref='/data/g/b'>"
    "<label>Zu <output value='/data/a'/></label></input><input ref='/data/g/c'/></group>",
)


def test_what_is_not_relevant_reads_as_empty_and_comes_back() -> None:
    session = session_of(*BASIC)
    assert session.state("/data/g/c").value == ""
    assert session.state("/data/sum").value == "0"
    session.set_value("/data/a", "x")
    assert session.state("/data/g/c").value == "7"
    assert session.state("/data/sum").value == "7"
    session.set_value("/data/a", "y")
    assert (session.state("/data/g/c").relevant, session.state("/data/sum").value) == (False, "0")


def test_setting_a_value_tells_what_changed() -> None:
    session = session_of(*BASIC)
    changed = session.set_value("/data/a", "x")
    assert {"/data/a", "/data/g", "/data/g/b", "/data/g/c", "/data/sum"} <= changed
    assert session.set_value("/data/a", "x") == frozenset()
    assert session.state("/data/g/b").label == "Zu x"


def test_empty_is_required_but_never_against_a_constraint() -> None:
    session = session_of(*BASIC)
    session.set_value("/data/a", "x")
    assert session.state("/data/g/b").violation == "required"
    session.set_value("/data/g/b", "12")
    state = session.state("/data/g/b")
    assert (state.violation, state.constraint_message) == ("constraint", "Zu groß")
    session.set_value("/data/g/b", "9.7")
    assert (session.state("/data/g/b").valid, session.state("/data/g/b").value) == (True, "9")


FILTER = (
    "<instance><data id='t'><kind/><place/></data></instance><instance id='places'><root>"
    "<item><name>p1</name><label>Aue</label><kind>a</kind></item>"
    "<item><name>p2</name><label>Zwickau</label><kind>b</kind></item></root></instance>",
    "<input ref='/data/kind'/><select1 ref='/data/place'>"
    "<itemset nodeset=\"instance('places')/root/item[kind = current()/../kind]\">"
    "<value ref='name'/><label ref='label'/></itemset></select1>",
)


def test_an_answer_that_is_filtered_out_is_cleared() -> None:
    session = session_of(*FILTER)
    session.set_value("/data/kind", "a")
    session.set_value("/data/place", "p1")
    assert [c.label for c in session.state("/data/place").choices] == ["Aue"]
    assert "/data/place" in session.set_value("/data/kind", "b")
    assert session.state("/data/place").value == ""


REPEAT = (
    "<instance><data id='t'><site jr:template=''><name/><place/></site><n/><all/></data></instance>"
    "<bind nodeset='/data/site/place' calculate='position(..)'/>"
    "<bind nodeset='/data/n' calculate='count(/data/site)'/>"
    "<bind nodeset='/data/all' calculate=\"join('-', /data/site/name)\"/>",
    "<repeat nodeset='/data/site'><input ref='/data/site/name'/></repeat>",
)


def test_rows_are_counted_named_and_renumbered() -> None:
    session = session_of(*REPEAT)
    for number, name in enumerate(("Aue", "Zwickau", "Plauen"), start=1):
        session.add_repeat("/data/site")
        session.set_value(f"/data/site[{number}]/name", name)
    session.remove_repeat("/data/site[2]")
    assert session.state("/data/all").value == "Aue-Plauen"
    assert session.state("/data/n").value == "2"
    assert session.state("/data/site[2]/place").value == "2"
    with pytest.raises(KeyError):
        session.state("/data/site[3]/name")


def test_a_count_makes_and_takes_rows() -> None:
    body = "<input ref='/data/wanted'/><repeat nodeset='/data/row' jr:count='/data/wanted'/>"
    session = session_of("<instance><data id='t'><wanted/><row><v/></row></data></instance>", body)
    session.set_value("/data/wanted", "3")
    assert "/data/row[3]/v" in session.refs()
    session.set_value("/data/wanted", "1")
    assert [ref for ref in session.refs() if ref.startswith("/data/row")] == ["/data/row[1]/v"]


def test_actions_run_on_their_events() -> None:
    model = (
        "<instance><data id='t'><a/><b/><c/></data></instance>"
        "<setvalue event='odk-instance-first-load' ref='/data/c'>erst</setvalue>"
    )
    body = (
        "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/b'"
        " value=\"concat(/data/a, '!')\"/></input>"
    )
    session = session_of(model, body)
    assert session.state("/data/c").value == "erst"
    session.set_value("/data/a", "neu")
    assert session.state("/data/b").value == "neu!"


def test_a_session_continues_from_the_values_of_another() -> None:
    session = session_of(*REPEAT)
    session.add_repeat("/data/site")
    session.add_repeat("/data/site")
    session.set_value("/data/site[2]/name", "Aue")
    again = FormSession(session.form, now=clock, values=session.values())
    assert again.states() == session.states()


def test_old_refs_the_form_no_longer_has_are_passed_over() -> None:
    values = {"/data/gone": "1", "/data/site[x]/name": "2", "/data/site[1]/name": "Aue"}
    session = session_of(*REPEAT, values=values)
    assert session.state("/data/all").value == "Aue"


def test_a_cleared_default_stays_cleared() -> None:
    session = session_of(
        "<instance><data id='t'><a>7</a></data></instance>", "<input ref='/data/a'/>"
    )
    session.set_value("/data/a", "")
    again = FormSession(session.form, now=clock, values=session.values())
    assert again.state("/data/a").value == ""


def test_texts_come_in_any_language_without_switching() -> None:
    model = (
        "<itext><translation lang='Deutsch (de)'><text id='a'><value>Zahl <output"
        " value='/data/a'/></value></text></translation><translation lang='English (en)'>"
        "<text id='a'><value>Number <output value='/data/a'/></value></text></translation></itext>"
        "<instance><data id='t'><a>3</a></data></instance>"
    )
    session = session_of(model, "<input ref='/data/a'><label ref=\"jr:itext('a')\"/></input>")
    assert session.text("/data/a", "label", "en") == "Number 3"
    assert session.state("/data/a").label == "Zahl 3"
    session.set_language("en")
    assert session.state("/data/a").label == "Number 3"


def test_a_cycle_comes_to_an_end() -> None:
    session = session_of(
        "<instance><data id='t'><a>1</a><b/></data></instance>"
        "<bind nodeset='/data/a' calculate='/data/b + 1'/>"
        "<bind nodeset='/data/b' calculate='coalesce(/data/a, 0) + 1'/>",
        "",
    )
    assert session.state("/data/a").value != ""


def test_a_node_tells_why_it_is_as_it_is() -> None:
    session = session_of(*BASIC)
    session.set_value("/data/a", "y")
    reasons = session.why("/data/g/c")
    assert [(r.ref, r.aspect, r.values) for r in reasons] == [
        ("/data/g", "relevant", {"/data/a": "y"})
    ]


def test_a_node_tells_who_reads_it() -> None:
    session = session_of(*BASIC)
    assert session.readers("/data/a") == ("/data/g",)
    assert session.readers("/data/g/c") == ("/data/sum",)
    assert session.readers("/data/sum") == ()


def test_rules_in_rows_read_their_own_row_or_all_of_them() -> None:
    model = (
        "<instance><data id='t'><row><v/><own/><all/><other/></row><row><v/><own/><all/><other/>"
        "</row><n/><c><x/></c></data></instance>"
        "<bind nodeset='/data/row/own' calculate='../v + 1'/>"
        "<bind nodeset='/data/row/all' calculate='sum(/data/row/v)'/>"
        "<bind nodeset='/data/row/other' calculate='count(../../row[v = 1])'/>"
    )
    session = session_of(
        model,
        "<repeat nodeset='/data/row'/><repeat nodeset='/data/c' jr:count='count(/data/row/v)'/>",
    )
    assert session.readers("/data/row[2]/v") == (
        "/data/row[1]/all",
        "/data/row[1]/other",
        "/data/row[2]/own",
        "/data/row[2]/all",
        "/data/row[2]/other",
        "/data/c",
    )


def test_a_calculation_that_reads_itself_keeps_its_first_value() -> None:
    model = (
        "<instance><data id='t'><a/><first/></data></instance>"
        "<bind nodeset='/data/first' calculate='once(/data/a)'/>"
    )
    session = session_of(model, "<input ref='/data/a'/>")
    for value in ("eins", "zwei"):
        session.set_value("/data/a", value)
    assert session.state("/data/first").value == "eins"


def test_a_calculation_never_overwrites_a_group() -> None:
    session = session_of(
        "<instance><data id='t'><g><a>1</a></g></data></instance>"
        "<bind nodeset='/data/g' calculate=\"'x'\"/>",
        "<group ref='/data/g'><input ref='/data/g/a'/></group>",
    )
    assert session.state("/data/g/a").value == "1"


def test_a_step_that_the_form_does_not_have_is_named() -> None:
    with pytest.raises(UnknownStep, match="Schritt 1: »/data/zz«"):
        run_steps(form_of(*BASIC), [{"ref": "/data/zz", "value": "x"}], clock)


def test_a_question_is_found_by_its_name() -> None:
    session = session_of(*BASIC)
    assert session.ref_of("b") == "/data/g/b"
    with pytest.raises(KeyError):
        session.ref_of("nobody")


def test_a_trace_has_the_first_state_and_one_per_step() -> None:
    states = run_steps(form_of(*BASIC), [{"ref": "/data/a", "value": "x"}], clock)
    assert [state["/data/g/c"]["v"] for state in states] == ["", "7"]
    assert states[1]["/data/g/b"] == {
        "t": "input",
        "rel": True,
        "ro": False,
        "req": True,
        "v": "",
        "ok": False,
        "viol": "required",
        "label": "Zu x",
    }
    assert states[0]["/data/g"] == {"t": "group", "rel": False, "ro": False}

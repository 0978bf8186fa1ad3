"""What a later session needs of an earlier one, and how it starts from that."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from desktop_advisor.questionnaire.session import FormSession
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


CALCULATED = form_of(
    "<a k='1'/><hidden>7</hidden><off/><sum/><first/><drawn/><meta><instanceID/></meta>",
    "<bind nodeset='/data/off' relevant=\"/data/a = 'x'\"/>"
    "<bind nodeset='/data/sum' calculate='/data/hidden + 1'/>"
    "<bind nodeset='/data/first' calculate='once(/data/a)'/>"
    "<bind nodeset='/data/drawn' calculate=\"if(. = '', random(), .)\"/>",
    "<input ref='/data/a'/><input ref='/data/off'/>",
)

ROWS = form_of(
    "<site><name/><person><age/></person></site><n/><row><v/></row>",
    "",
    "<repeat nodeset='/data/site'><input ref='/data/site/name'/>"
    "<repeat nodeset='/data/site/person'><input ref='/data/site/person/age'/></repeat></repeat>"
    "<input ref='/data/n'/><repeat nodeset='/data/row' jr:count='/data/n'>"
    "<input ref='/data/row/v'/></repeat>",
)


def opened(values: Mapping[str, str], *, empty_repeats: bool = False) -> FormSession:
    return FormSession(ROWS, now=clock, values=values, empty_repeats=empty_repeats)


def leaves(session: FormSession) -> list[str]:
    return [ref for ref in session.refs() if "meta" not in ref]


def test_what_can_be_computed_anew_is_not_kept() -> None:
    session = FormSession(CALCULATED, now=clock, seed=1)
    session.set_value("/data/a", "eins")
    kept = session.kept()
    assert kept.pop("/data/drawn") != ""
    assert kept == {"/data/a": "eins", "/data/hidden": "7", "/data/first": "eins"}
    session.set_value("/data/a", "x")
    assert session.kept()["/data/off"] == ""


def test_a_session_opened_with_what_was_kept_is_the_same() -> None:
    session = opened({})
    session.add_repeat("/data/site")
    session.add_repeat("/data/site[2]/person")
    session.set_value("/data/n", "2")
    session.set_value("/data/row[2]/v", "w")
    session.remove_repeat("/data/site[1]/person[1]")
    again = opened(session.kept(), empty_repeats=True)
    assert leaves(again) == leaves(session)
    assert again.kept() == session.kept()


def test_the_values_name_exactly_the_rows_there_are() -> None:
    written = form_of(
        "<site><name>a</name></site><site><name>b</name></site>",
        "",
        "<repeat nodeset='/data/site'><input ref='/data/site/name'/></repeat>",
    )
    session = FormSession(written, now=clock, values={"/data/site[1]/name": "c"})
    assert leaves(session) == ["/data/site[1]/name"]
    session = FormSession(written, now=clock, values={"/data/site[3]/name": "c"})
    assert session.state("/data/site[2]/name").value == "b"
    assert session.state("/data/site[3]/name").value == "c"


def test_repeats_start_without_rows_where_that_is_asked_for() -> None:
    assert leaves(opened({})) == ["/data/site[1]/name", "/data/site[1]/person[1]/age", "/data/n"]
    assert leaves(opened({}, empty_repeats=True)) == ["/data/n"]
    session = opened({"/data/site[1]/name": "Aue", "/data/n": "1"}, empty_repeats=True)
    assert leaves(session) == ["/data/site[1]/name", "/data/n", "/data/row[1]/v"]


def test_150_answers_are_gathered_in_a_third_of_a_millisecond() -> None:
    names = [f"q{number}" for number in range(150)]
    form = form_of("".join(f"<{name}/>" for name in names), "", "")
    session = FormSession(form, now=clock)
    session.kept()
    took = []
    for _ in range(20):
        start = time.perf_counter()
        session.kept()
        took.append(time.perf_counter() - start)
    assert min(took) < 0.0003

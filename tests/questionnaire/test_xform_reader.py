"""ODK XForm XML → form."""

from __future__ import annotations

import pytest

from desktop_advisor.questionnaire.xform import BrokenForm, Choice, read_xform

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Kurzcheck</h:title><model>
 <itext><translation lang="English (en)"><text id="q:label"><value>How many?</value></text>
 <text id="yes"><value>Yes</value></text></translation>
 <translation lang="Deutsch (de)" default="true()"><text id="q:label"><value>Wie viele?</value>
 <value form="image">jr://images/a.png</value>
 <value form="guidance">Zählen Sie Köpfe.</value></text>
 <text id="yes"><value>Ja</value></text></translation></itext>
 <instance><data id="check" version="7"><company><q/></company><s/><site><name/></site></data>
 </instance><instance id="places" src="jr://file-csv/places.csv"/>
 <bind nodeset="/data/company/q" type="int" constraint=". &gt; 0" jr:constraintMsg="Mehr als 0"/>
 <bind nodeset="/data/s" required="true()"/></model></h:head><h:body>
 <group ref="/data/company"><label>Betrieb</label>
 <input ref="q"><label ref="jr:itext('q:label')"/><hint>Hinweis</hint></input></group>
 <select1 ref="/data/s" appearance="minimal"><label>S</label>
 <item><label ref="jr:itext('yes')"/><value>yes</value></item>
 <item><label>Nein</label><value>no</value></item></select1>
 <group ref="/data/site"><label>Standorte</label><repeat nodeset="/data/site">
 <input ref="/data/site/name"><label>Name</label></input></repeat></group></h:body></h:html>"""


def test_the_head_is_read() -> None:
    form = read_xform(FORM)
    assert (form.form_id, form.version, form.title) == ("check", "7", "Kurzcheck")
    assert form.languages == ("English (en)", "Deutsch (de)")
    assert form.default_language == "Deutsch (de)"


def test_questions_stand_in_the_order_they_are_asked() -> None:
    questions = read_xform(FORM).questions
    assert [q.ref for q in questions] == ["/data/company/q", "/data/s", "/data/site/name"]
    assert [q.kind for q in questions] == ["input", "select1", "input"]
    assert [q.group for q in questions] == ["/data/company", "", "/data/site"]
    assert [q.is_in_repeat for q in questions] == [False, False, True]
    assert questions[1].appearance == "minimal"


def test_texts_are_there_in_every_language_without_a_session() -> None:
    form = read_xform(FORM)
    assert form.text("/data/company/q", "label") == "Wie viele?"
    assert form.text("/data/company/q", "label", "en") == "How many?"
    assert form.text("/data/company/q", "hint", "en") == "Hinweis"
    assert form.text("/data/company/q", "guidance") == ""
    assert form.text("/data/company", "label", "de") == "Betrieb"
    assert form.text("/data/company/q", "constraint") == "Mehr als 0"
    assert form.choices("/data/s", "en") == (Choice("yes", "Yes"), Choice("no", "Nein"))


def test_a_list_kept_beside_the_form_becomes_an_instance() -> None:
    form = read_xform(FORM, attachments={"places.csv": b"name;label\np1;Zwickau\np2;Aue\n"})
    rows = form.instances["places"].elements()[0].elements()
    assert [row.elements()[1].children[0].value for row in rows] == ["Zwickau", "Aue"]


def test_what_is_missing_is_a_notice_not_an_error() -> None:
    assert read_xform(FORM).notices == ("Die Anlage places.csv fehlt",)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("kein XML", "Zeile 1"),
        ("<a/>", "<model>"),
        ("<model><instance/></model>", "Hauptinstanz"),
        (FORM.replace(". &gt; 0", ". &gt;"), "/data/company/q, constraint"),
        (FORM.replace(". &gt; 0", "$x"), "$x"),
        (
            FORM.replace(
                '<repeat nodeset="/data/site">', '<repeat nodeset="/data/site" jr:count="(">'
            ),
            "jr:count",
        ),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + FORM, "Entitäten"),
    ],
)
def test_a_broken_form_says_why(source: str, reason: str) -> None:
    with pytest.raises(BrokenForm) as caught:
        read_xform(source)
    assert reason in caught.value.reason
    assert caught.value.todo

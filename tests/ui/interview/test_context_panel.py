"""The panel at the right: who answers, what stays covered, what the sides said, why, files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.ui.interview.context_panel import ContextPanel
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import DARK, LIGHT, Tokens
from desktop_advisor.usecases.question_views import (
    Comparison,
    Effect,
    Kind,
    QuestionView,
    SideView,
)
from tests.ui.consultation import visible_words
from tests.ui.test_every_screen import clipped, pressed_height, unnamed

GF, BR, ADVISOR, JOINT = Perspective
FOUR = Response(AnswerState.ANSWERED, "4")
ONE = Response(AnswerState.ANSWERED, "1")
VIEW = QuestionView(
    name="d07_matrix",
    dimension="D07",
    dimension_label="Qualifizierung & Weiterbildung",
    number=2,
    of=3,
    text="Wie gut wissen Sie, welche Fähigkeiten heute vorhanden sind?",
    help="",
    role="level",
    is_critical=True,
    options=(),
    response=Response(),
    evidence=Evidence.EXPLAINED,
    note="Excel des Meisters",
    answered_elsewhere=(BR,),
)
LONG = (
    "Die Meister wissen es, geschrieben ist nichts, und geht einer, ist das Wissen für immer fort."
)
SIDES = (
    SideView(GF, FOUR, "Betriebsweite Matrix; Lücken werden jährlich mit Kennzahlen verfolgt."),
    SideView(BR, ONE, LONG),
)
DISSENT = Comparison(sides=SIDES, is_dissent=True, note="Nachtschicht sieht es anders")
COVERED = Comparison(hidden=(BR,), can_reveal=True)


@pytest.fixture
def panel(qtbot: QtBot) -> ContextPanel:
    made = ContextPanel()
    qtbot.addWidget(made)
    made.resize(312, 708)
    made.show()
    qtbot.waitExposed(made)
    made.show_question(VIEW, GF)
    return made


def answered(view: QuestionView = VIEW) -> QuestionView:
    return replace(view, response=FOUR)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def lowest(part: QWidget, panel: QWidget) -> int:
    return part.mapTo(panel, part.rect().bottomLeft()).y()


def highest(part: QWidget, panel: QWidget) -> int:
    return part.mapTo(panel, part.rect().topLeft()).y()


def test_each_of_the_four_sides_is_one_tap_away(qtbot: QtBot, panel: ContextPanel) -> None:
    buttons = panel.perspective.findChildren(QPushButton)
    assert [b.text() for b in buttons] == ["GF", "BR", "Beratung", "Gemeinsam"]
    for button, perspective in zip(buttons, Perspective, strict=True):
        with qtbot.waitSignal(panel.perspective_chosen) as chosen:
            click(button)
        assert chosen.args == [perspective]


def test_a_covered_answer_says_who_and_never_what(panel: ContextPanel) -> None:
    panel.show_comparison(COVERED)
    assert "Der Betriebsrat hat verdeckt geantwortet." in visible_words(panel)
    assert not panel.sides.isVisible()


def test_several_covered_sides_are_named_in_one_sentence(panel: ContextPanel) -> None:
    panel.show_comparison(Comparison(hidden=(GF, BR), can_reveal=True))
    words = "Geschäftsführung und Betriebsrat haben verdeckt geantwortet."
    assert words in visible_words(panel)


def test_who_has_answered_may_look_without_being_asked(qtbot: QtBot, panel: ContextPanel) -> None:
    panel.show_question(answered(), GF)
    panel.show_comparison(COVERED)
    assert panel.cover.button.text() == "Aufdecken"
    with qtbot.waitSignal(panel.reveal):
        click(panel.cover.button)


def test_an_advisor_who_answered_still_spoils_it_for_the_works_council(
    qtbot: QtBot, panel: ContextPanel
) -> None:
    panel.show_question(answered(), ADVISOR)
    panel.show_comparison(Comparison(hidden=(GF,), can_reveal=True))
    assert panel.cover.button.text() == "Vorzeitig aufdecken"
    with qtbot.assertNotEmitted(panel.reveal):
        click(panel.cover.button)


def test_looking_before_answering_takes_a_second_press(qtbot: QtBot, panel: ContextPanel) -> None:
    panel.show_comparison(COVERED)
    assert panel.cover.button.text() == "Vor der Antwort aufdecken"
    with qtbot.assertNotEmitted(panel.reveal):
        click(panel.cover.button)
    assert "niemand mehr verdeckt" in visible_words(panel)
    with qtbot.waitSignal(panel.reveal):
        click(panel.cover.button)


def test_one_may_think_better_of_looking(qtbot: QtBot, panel: ContextPanel) -> None:
    panel.show_comparison(COVERED)
    click(panel.cover.button)
    click(panel.cover.keep)
    with qtbot.assertNotEmitted(panel.reveal):
        click(panel.cover.button)


def test_another_question_asks_anew(qtbot: QtBot, panel: ContextPanel) -> None:
    panel.show_comparison(COVERED)
    click(panel.cover.button)
    panel.show_question(replace(VIEW, name="d07_plan"), GF)
    panel.show_comparison(COVERED)
    with qtbot.assertNotEmitted(panel.reveal):
        click(panel.cover.button)


def test_the_sides_stand_beside_each_other_and_are_never_averaged(panel: ContextPanel) -> None:
    panel.show_question(answered(), GF)
    panel.show_comparison(DISSENT)
    words = visible_words(panel.sides).splitlines()
    assert [w for w in words if w.isdigit()] == ["4", "1"]
    assert "GF: Betriebsweite Matrix; Lücken werden jährlich mit Kennzahlen verfolgt." in words
    assert "Gesprächsanlass: 3 Stufen auseinander" in words
    assert "2,5" not in visible_words(panel.sides)
    assert not panel.cover.isVisible()


def test_a_long_anchor_is_cut_after_a_word_and_whole_in_the_tool_tip(panel: ContextPanel) -> None:
    panel.show_comparison(DISSENT)
    line = next(w for w in visible_words(panel.sides).splitlines() if w.startswith("BR:"))
    assert line.endswith("für immer\u00a0…")
    assert any(w.toolTip() == LONG for w in panel.sides.findChildren(QWidget))


def test_a_state_is_said_in_words(panel: ContextPanel) -> None:
    unknown = SideView(BR, Response(AnswerState.UNKNOWN), "")
    none = SideView(ADVISOR, Response(AnswerState.NOT_APPLICABLE, "", "Betrieb zu klein"), "")
    panel.show_comparison(Comparison(sides=(SIDES[0], unknown, none)))
    words = visible_words(panel.sides)
    assert "BR: weiß nicht" in words
    assert "Beratung: nicht zutreffend (Betrieb zu klein)" in words
    assert "Gesprächsanlass" not in words


def test_without_dissent_there_is_no_note_for_it(panel: ContextPanel) -> None:
    panel.show_comparison(Comparison(sides=(SIDES[0], SideView(BR, FOUR, "dasselbe"))))
    assert not panel.sides.note.isVisible()
    panel.show_comparison(Comparison(sides=SIDES, note="Darüber wurde gesprochen"))
    assert panel.sides.note.toPlainText() == "Darüber wurde gesprochen"


def test_the_note_to_a_dissent_is_handed_over_and_digits_in_it_stay_text(
    qtbot: QtBot, panel: ContextPanel
) -> None:
    panel.show_comparison(DISSENT)
    panel.sides.note.setFocus()
    panel.sides.note.selectAll()
    with qtbot.waitSignal(panel.dissent_typed):
        QTest.keyClicks(panel.sides.note, "N 3 wk")
    with qtbot.waitSignal(panel.dissent_settled) as settled:
        assert panel.settle()
    assert settled.args == ["N 3 wk"]


def test_a_note_that_could_not_be_saved_holds_the_panel_back(panel: ContextPanel) -> None:
    panel.show_comparison(DISSENT)
    panel.dissent_settled.connect(lambda _words: panel.sides.note.unsettle())
    panel.sides.note.setPlainText("wichtig")
    assert not panel.settle()


def test_the_table_can_set_a_value_together(qtbot: QtBot, panel: ContextPanel) -> None:
    panel.show_comparison(DISSENT)
    with qtbot.waitSignal(panel.settle_jointly):
        click(panel.sides.joint)
    panel.show_question(VIEW, JOINT)
    panel.show_comparison(DISSENT)
    assert not panel.sides.joint.isVisible()


def test_words_that_are_no_level_get_no_tile(panel: ContextPanel) -> None:
    panel.show_question(replace(VIEW, kind=Kind.CHOICE, is_scored=False), GF)
    chosen = SideView(GF, Response(AnswerState.ANSWERED, "b"), "Bremssättel")
    panel.show_comparison(Comparison(sides=(chosen,)))
    assert "GF: Bremssättel" in visible_words(panel.sides)
    assert "b" not in visible_words(panel.sides).splitlines()


def test_an_unscored_question_has_no_evidence_and_no_comparison_by_itself(
    panel: ContextPanel,
) -> None:
    panel.show_question(replace(VIEW, is_scored=False, answered_elsewhere=()), GF)
    panel.show_comparison(Comparison())
    for part in (panel.evidence, panel.cover, panel.sides):
        assert not part.isVisible()
    panel.show_question(VIEW, GF)
    assert panel.evidence.isVisible()


def test_an_answer_that_counts_nowhere_says_so(panel: ContextPanel) -> None:
    panel.show_effect(Effect("q", "", "", None, None, ("Neue Regel",), datetime.now(UTC)))
    words = visible_words(panel)
    assert "Zählt in keinen Reifegrad." in words
    assert "Neu: „Neue Regel“" in words
    panel.show_standing("", None)
    assert "Neue Regel" not in visible_words(panel)


def test_files_stand_below_the_note_and_tab_comes_by(qtbot: QtBot, panel: ContextPanel) -> None:
    files = QPushButton("Datei")
    panel.put_files(files)
    files.show()
    qtbot.waitUntil(lambda: lowest(panel.note, panel) < highest(files, panel))
    panel.note.setFocus()
    QTest.keyClick(panel.note, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is files
    QTest.keyClick(files, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is panel.why
    with qtbot.waitSignal(panel.why_wanted):
        QTest.keyClick(panel.why, Qt.Key.Key_Return)


def test_tab_goes_through_the_panel_from_top_to_bottom(panel: ContextPanel) -> None:
    panel.show_comparison(DISSENT)
    panel.perspective.findChildren(QPushButton)[3].setFocus(Qt.FocusReason.TabFocusReason)
    way: list[QWidget | None] = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        way.append(QApplication.focusWidget())
    one_of_the_segments = way.pop(2)
    assert one_of_the_segments in panel.evidence.findChildren(QPushButton)
    assert way == [panel.sides.note, panel.sides.joint, panel.note, panel.why]


def test_the_keyboard_goes_back_to_the_question_when_the_cover_vanishes(
    qtbot: QtBot, panel: ContextPanel
) -> None:
    panel.show_question(answered(), GF)
    panel.show_comparison(COVERED)
    panel.cover.button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(panel.left):
        panel.show_comparison(DISSENT)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_clipped_unnamed_or_too_small(
    qtbot: QtBot, qapp: QApplication, panel: ContextPanel, tokens: Tokens, scale: float
) -> None:
    apply_theme(qapp, tokens, scale)
    panel.show_question(VIEW, GF)
    every = (*SIDES, SideView(ADVISOR, FOUR, LONG), SideView(JOINT, FOUR, LONG))
    panel.show_comparison(replace(DISSENT, sides=every, hidden=(BR,), can_reveal=True))
    click(panel.cover.button)
    qtbot.waitUntil(lambda: clipped(panel) == [], timeout=2000)
    assert unnamed(panel) == []
    buttons = [b for b in panel.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons if pressed_height(b) < TARGET] == []


def test_a_note_that_could_not_be_saved_waits_at_its_question(panel: ContextPanel) -> None:
    panel.note_settled.connect(lambda _words: panel.note.unsettle())
    panel.note.setPlainText("Bank im Januar")
    assert not panel.settle()
    panel.show_question(replace(VIEW, name="d07_plan", note=""), GF)
    assert panel.note.toPlainText() == ""
    assert not panel.settle()
    panel.note_settled.disconnect()
    panel.show_question(VIEW, GF)
    assert panel.note.toPlainText() == "Bank im Januar"
    assert panel.settle()


def test_the_same_question_shown_anew_keeps_what_is_being_typed(panel: ContextPanel) -> None:
    panel.note.setPlainText("halb getippt")
    panel.show_question(answered(), GF)
    assert panel.note.toPlainText() == "halb getippt"

"""The interview by keys, mouse and touch, against the real store and the real Kurzcheck."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.widgets.field_form import PAUSE_MS
from desktop_advisor.usecases.notes import list_notes
from tests.ui.consultation import Consultation, close, settle, visible_words, window_at
from tests.ui.interview.answering import FIRST, press, questions, stored


def test_a_digit_is_on_the_disk_at_once_and_the_question_stays(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("3")
    assert stored(visit) == (AnswerState.ANSWERED, "3", "")
    assert screen.conduct.current == FIRST
    assert [option.isChecked() for option in screen.panel.options].index(True) == 3
    assert "gespeichert" in screen.saved.text()


def test_digits_and_enter_answer_a_whole_dimension(
    screen: InterviewScreen, visit: Consultation
) -> None:
    for digit in "204":
        press(digit)
        press(Qt.Key.Key_Return)
    values = [visit.interview().question(q).response.value for q in questions(screen)[:3]]
    assert values == ["2", "0", "4"]
    assert screen.conduct.current == questions(screen)[3]


def test_the_whole_kurzcheck_can_be_answered_by_keys_alone(
    screen: InterviewScreen, visit: Consultation, window: MainWindow, qtbot: QtBot
) -> None:
    asked = [key for key in questions(screen) if key != "products"]
    count = len(asked)
    for number, key in enumerate(asked):
        if screen.conduct.current != key:  # the table, which may stay empty
            press(Qt.Key.Key_Right)
        press("0WK3215"[number % 7] if number < count - 6 else "12345"[number % 5])
        press(Qt.Key.Key_Return)
    assert visit.interview().progress() == (count, count)
    assert screen.end.isVisible()
    assert screen.end.results.isVisible()
    with qtbot.waitSignal(screen.navigate) as gone:
        press(Qt.Key.Key_Return)
    assert gone.args == [
        Destination(Where.RESULTS, company_id=visit.company_id, case_id=visit.case_id)
    ]
    settle(qtbot)


def test_site_conditions_take_one_to_five_and_no_zero(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.show("d12_energy_importance")
    press("0")
    assert stored(visit, "d12_energy_importance")[0] is AnswerState.OPEN
    press("5")
    assert stored(visit, "d12_energy_importance")[1] == "5"
    assert "Wichtigkeit" in visible_words(screen)


def test_w_and_k_record_their_states(screen: InterviewScreen, visit: Consultation) -> None:
    press("w")
    assert stored(visit)[0] is AnswerState.UNKNOWN
    press("k")
    assert stored(visit)[0] is AnswerState.CONFIDENTIAL


def test_not_applicable_asks_for_a_reason_before_it_counts(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("n")
    assert stored(visit)[0] is AnswerState.OPEN
    assert screen.panel.reason.isVisible()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert stored(visit) == (AnswerState.NOT_APPLICABLE, "", "Betrieb zu klein")
    assert not screen.panel.reason.isVisible()


def test_a_reason_of_ones_own_is_taken_and_digits_in_it_answer_nothing(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("n")
    press(Qt.Key.Key_Down)
    for letter in "seit 2019 im Werk 3":
        press(letter)
    press(Qt.Key.Key_Return)
    assert stored(visit) == (AnswerState.NOT_APPLICABLE, "", "seit 2019 im Werk 3")
    assert screen.conduct.current == FIRST


def test_escape_closes_the_reasons_and_leaves_the_answer(
    screen: InterviewScreen, visit: Consultation, window: MainWindow
) -> None:
    press("4")
    press("n")
    press(Qt.Key.Key_Escape)
    assert stored(visit)[1] == "4"
    assert window.screen_shown is screen
    assert screen.panel.next.isVisible()


def test_left_and_right_move_between_questions(screen: InterviewScreen) -> None:
    first, second, *_ = questions(screen)
    press(Qt.Key.Key_Right)
    assert screen.conduct.current == second
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert screen.conduct.current == first


def test_down_and_enter_choose_a_level_and_enter_again_goes_on(
    screen: InterviewScreen, visit: Consultation
) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Down)
    assert stored(visit)[0] is AnswerState.OPEN
    press(Qt.Key.Key_Return)
    assert stored(visit)[1] == "2"
    assert screen.conduct.current == FIRST
    press(Qt.Key.Key_Return)
    assert screen.conduct.current == questions(screen)[1]


def test_a_click_on_a_level_answers_and_keys_go_on_working(
    screen: InterviewScreen, visit: Consultation
) -> None:
    QTest.mouseClick(screen.panel.options[5], Qt.MouseButton.LeftButton, pos=QPoint(400, 20))
    assert stored(visit)[1] == "5"
    press("1")
    assert stored(visit)[1] == "1"


def test_a_finger_on_a_level_answers(screen: InterviewScreen, visit: Consultation) -> None:
    finger = QTest.createTouchDevice(
        QInputDevice.DeviceType.TouchScreen, QPointingDevice.Capability.Position
    )
    option = screen.panel.options[2]
    touch = QTest.touchEvent(option, finger)
    touch.press(0, QPoint(60, 20), option).commit()
    QTest.touchEvent(option, finger).release(0, QPoint(60, 20), option).commit()
    assert stored(visit)[1] == "2"


def test_typing_a_note_answers_nothing_and_is_saved_in_the_pause(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.context.note.setFocus()
    for letter in "3 Angebote, wk 5":
        press(letter)
    assert stored(visit)[0] is AnswerState.OPEN
    qtbot.waitUntil(
        lambda: visit.interview().question(FIRST).note == "3 Angebote, wk 5",
        timeout=4 * PAUSE_MS,
    )


def test_a_note_is_saved_when_the_question_is_left(
    screen: InterviewScreen, visit: Consultation
) -> None:
    screen.context.note.setFocus()
    for letter in "Matrix":
        press(letter)
    screen.conduct.step(1)
    assert visit.interview().question(FIRST).note == "Matrix"
    assert screen.context.note.toPlainText() == ""


def test_a_note_is_saved_when_the_screen_is_left(
    window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.context.note.setFocus()
    press("x")
    assert window.open(Destination(Where.COMPANIES))
    assert visit.interview().question(FIRST).note == "x"


def test_evidence_is_saved_and_the_keys_stay_with_the_question(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("3")
    button = screen.context.evidence.layout().itemAt(6).widget()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert visit.interview().question(FIRST).evidence is Evidence.DOCUMENT
    press(Qt.Key.Key_Right)
    assert screen.conduct.current == questions(screen)[1]


def test_ctrl_z_takes_the_last_answer_back(screen: InterviewScreen, visit: Consultation) -> None:
    press("3")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(visit)[0] is AnswerState.OPEN
    assert screen.conduct.current == FIRST
    assert not any(option.isChecked() for option in screen.panel.options)


def test_delete_opens_the_question_again(screen: InterviewScreen, visit: Consultation) -> None:
    press("3")
    press(Qt.Key.Key_Delete)
    assert stored(visit)[0] is AnswerState.OPEN


def test_ctrl_f_finds_a_question_by_a_word(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.finder.isVisible()
    for letter in "wann erfahren":
        press(letter)
    press(Qt.Key.Key_Return)
    assert screen.conduct.current == "d11_council"
    assert not screen.finder.isVisible()
    press("4")
    assert stored(visit, "d11_council")[1] == "4"


def test_one_escape_closes_the_search(window: MainWindow, screen: InterviewScreen) -> None:
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    press("b")
    press(Qt.Key.Key_Escape)
    assert not screen.finder.isVisible()
    assert window.screen_shown is screen


def test_ctrl_n_keeps_one_note_while_it_is_being_written(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert screen.notes.free_note.isVisible()
    for letter in "Bank im Januar":
        press(letter)

    def texts() -> list[str]:
        return [note.text for note in list_notes(visit.place, visit.case_id)]

    qtbot.waitUntil(lambda: texts() == ["Bank im Januar"], timeout=4 * PAUSE_MS)
    press("!")
    press(Qt.Key.Key_Escape)
    assert texts() == ["Bank im Januar!"]
    assert stored(visit)[0] is AnswerState.OPEN
    assert not screen.notes.free_note.isVisible()


def test_what_the_works_council_has_noted_goes_away_with_it(
    screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press("x")
    screen.conduct.switch(Perspective.MANAGEMENT)
    assert not screen.notes.free_note.isVisible()
    assert list_notes(visit.place, visit.case_id) == []
    screen.notes.sort()
    assert screen.notes.inbox.rows == []
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    assert not screen.notes.inbox.isVisible()
    screen.notes.sort()
    assert len(screen.notes.inbox.rows) == 1


def test_the_free_note_can_be_put_to_the_dimension(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press("x")
    screen.notes.free_note.belongs.click()
    (note,) = list_notes(visit.place, visit.case_id)
    assert (note.text, note.dimension) == ("x", "D01")


def test_the_interview_resumes_at_the_first_open_question(
    qtbot: QtBot, visit: Consultation
) -> None:
    names = visit.interview().questions()
    writing = visit.interview()
    for name in (names[0], names[2]):
        writing.answer(name, "2")
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW))
    assert isinstance(window.screen_shown, InterviewScreen)
    assert window.screen_shown.conduct.current == names[1]
    close(window)


def test_a_wished_question_is_shown_instead(qtbot: QtBot, visit: Consultation) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, "d07_matrix"))
    assert isinstance(window.screen_shown, InterviewScreen)
    assert window.screen_shown.conduct.current == "d07_matrix"
    close(window)


def test_the_other_side_answers_without_seeing_the_first(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("4")
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    assert screen.conduct.current == FIRST
    assert not any(option.isChecked() for option in screen.panel.options)
    assert "verdeckt geantwortet" in visible_words(screen.context)
    press("1")
    assert stored(visit)[1] == "4"
    council = visit.interview(Perspective.WORKS_COUNCIL)
    assert council.question(FIRST).response.value == "1"


def test_a_question_the_other_side_is_not_asked_gives_way_to_an_open_one(
    screen: InterviewScreen,
) -> None:
    screen.conduct.show("d01_liquidity")
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    assert screen.conduct.current == questions(screen)[0]


def test_the_strip_says_what_an_answer_changed(screen: InterviewScreen) -> None:
    for digit in "22":
        press(digit)
        press(Qt.Key.Key_Return)
    press("5")
    words = visible_words(screen.context)
    assert "Geschäftsfelder" in words
    assert "Abdeckung 100\u202f%" in words


def test_an_answer_that_cannot_be_saved_is_said_and_not_shown_as_given(
    screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KnownError("Der Datenträger ist voll.", todo="Bitte Platz schaffen.")

    monkeypatch.setattr(screen.interview, "answer", full)
    press("3")
    assert "nicht gespeichert" in screen.saved.text()
    assert "Der Datenträger ist voll." in visible_words(screen)
    assert not any(option.isChecked() for option in screen.panel.options)


def test_a_note_that_cannot_be_saved_keeps_the_advisor_on_the_screen(
    window: MainWindow, screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KnownError("Der Datenträger ist voll.")

    monkeypatch.setattr(screen.interview, "write_note", full)
    screen.context.note.setFocus()
    press("x")
    assert not window.open(Destination(Where.COMPANIES))
    assert screen.context.note.toPlainText() == "x"
    monkeypatch.undo()
    assert window.open(Destination(Where.COMPANIES))


def test_the_dimension_list_follows_and_leads(screen: InterviewScreen, visit: Consultation) -> None:
    press("3")
    row = screen.dimensions.buttons["D01"]
    assert row.accessibleName() == "Geschäftsfelder, 1 von 3 beantwortet"
    QTest.mouseClick(screen.dimensions.buttons["D07"], Qt.MouseButton.LeftButton)
    assert screen.conduct.current == "d07_plan"
    assert screen.dimensions.buttons["D07"].isChecked()
    assert not row.isChecked()


def test_the_levels_are_radio_buttons_that_say_their_words(screen: InterviewScreen) -> None:
    press("2")
    spoken = QAccessible.queryAccessibleInterface(screen.panel.options[2])
    assert spoken.role() is QAccessible.Role.RadioButton
    assert spoken.text(QAccessible.Text.Name).startswith("2: ")
    assert spoken.state().checked


@pytest.mark.parametrize("key", ["w", "k"])
def test_a_state_is_seen_on_its_button_and_no_level_looks_chosen(
    screen: InterviewScreen, key: str
) -> None:
    press("2")
    state = AnswerState.UNKNOWN if key == "w" else AnswerState.CONFIDENTIAL
    button = screen.panel.states[state]
    before = button.grab().toImage()
    press(key)
    assert button.isChecked()
    assert button.grab().toImage() != before
    assert not any(option.hasFocus() or option.isChecked() for option in screen.panel.options)


def test_behind_the_last_question_the_other_side_begins_with_its_own(
    screen: InterviewScreen,
) -> None:
    screen.conduct.show(questions(screen)[-1])
    screen.conduct.end()
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    assert screen.interview is not None
    assert screen.conduct.current == screen.interview.first_open()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_way_on_stays_in_sight_right_below_the_answers(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, screen: InterviewScreen, scale: float
) -> None:
    window.resize(1366, 768)
    apply_theme(qapp, LIGHT, scale)
    panel = screen.panel
    for _ in range(4):
        screen.conduct.step(1)
        qtbot.waitUntil(lambda: (panel.overflow() > 0) == (scale > 1))
        onwards = panel.next.mapTo(panel, panel.next.rect().bottomRight())
        last = panel.options[-1].mapTo(panel, panel.options[-1].rect().bottomRight())
        assert panel.rect().contains(onwards)
        assert scale > 1 or 0 < onwards.y() - last.y() < 80

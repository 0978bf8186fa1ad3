"""Advisors without a mouse, without keys, with nothing but a pen: a whole talk in the real window.

Whatever they do arrives as the event their device makes, at whatever is under it or has the
keyboard; what they did is read from the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.results.screen import ResultsScreen
from tests.journeys.hands import Finger, Pen, Talk, press, tab_to_name, write
from tests.ui.conftest import OFFSCREEN_NOISE
from tests.ui.consultation import SLOW_MS, close, settle
from tests.ui.sample import RESOURCES, empty_workplace

pytestmark = pytest.mark.qt_log_ignore(
    OFFSCREEN_NOISE, r"This plugin does not support (raise|grabbing)"
)
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, SPACE, ESC = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
COUNCIL = "d11_council"
"""Found by the words „wann erfahren“."""
PRODUCTS = "products"
"""The table these advisors have no list for; it is optional and leaves nothing open."""


@pytest.fixture
def talk(qtbot: QtBot, tmp_path: Path) -> Iterator[Talk]:
    create_application(RESOURCES, "light")
    place = empty_workplace(tmp_path / "store")
    made = Talk(qtbot, place)
    yield made
    close(made.window)
    QThreadPool.globalInstance().waitForDone(SLOW_MS)
    place.close()


# -- keys ------------------------------------------------------------------------------------


def open_company_by_keys(talk: Talk) -> None:
    press(Qt.Key.Key_2, CONTROL)
    press(Qt.Key.Key_F, CONTROL)
    write("mulden")
    press(ENTER)
    press(Qt.Key.Key_Down)
    press(ENTER)
    talk.wait_for(CompanyFileScreen)
    tab_to_name("Gespräch beginnen")
    press(ENTER)
    talk.wait_for_questions()


def walk_to_the_end(talk: Talk, levels: str = "34215") -> None:
    """Answer what is open, go on from what is answered."""
    for number in range(60):
        if talk.screen.conduct.is_over:
            return
        view = talk.screen.conduct.shown()
        assert view is not None
        if view.response.state is AnswerState.OPEN and view.name != PRODUCTS:
            press(levels[number % len(levels)])
        press(ENTER)
    pytest.fail("there is no end")


def test_a_whole_talk_by_keys_alone(talk: Talk) -> None:
    open_company_by_keys(talk)
    names = talk.stored().questions()
    states_by_keys(talk)
    undo_and_note_by_keys(talk)
    jump_by_keys(talk)
    past_the_products_by_keys(talk)
    other_side_by_keys(talk)
    park_by_keys(talk)
    list_and_hall_by_keys(talk)
    key_sheet_by_keys(talk)
    walk_to_the_end(talk)

    assert PRODUCTS in names
    assert talk.stored().progress() == (len(names) - 1, len(names) - 1) == (39, 39)
    assert talk.state(names[0])[2] == "seit 2019 im Werk 3"
    assert talk.state(names[1])[0] is AnswerState.UNKNOWN
    assert talk.state(names[2])[0] is AnswerState.CONFIDENTIAL
    assert talk.state(COUNCIL) == (AnswerState.ANSWERED, "4", "")
    assert talk.notes() == ["Bank im Januar"]
    assert talk.screen.end.isVisible()
    press(ENTER)
    talk.wait_for(ResultsScreen)
    settle(talk.qtbot)


def states_by_keys(talk: Talk) -> None:
    """Not applicable for a reason of one's own, unknown, confidential."""
    press("n")
    press(Qt.Key.Key_Down)
    write("seit 2019 im Werk 3")
    press(ENTER)
    press(ENTER)
    press("w")
    press(ENTER)
    press("k")
    press(ENTER)


def undo_and_note_by_keys(talk: Talk) -> None:
    here = talk.current
    press("5")
    press(Qt.Key.Key_Z, CONTROL)
    assert talk.current == here
    assert talk.state(here)[0] is AnswerState.OPEN
    press(Qt.Key.Key_N, CONTROL)
    write("Bank im Januar")
    press(ESC)
    assert talk.state(here)[0] is AnswerState.OPEN
    press("2")
    assert talk.state(here)[1] == "2"
    press(ENTER)


def jump_by_keys(talk: Talk) -> None:
    """To a question by its words and back by other words."""
    back = talk.current
    words = [word for word in talk.stored().question(back).text.split() if word.isascii()]
    for wanted, there in (("wann erfahren", COUNCIL), (" ".join(words), back)):
        press(Qt.Key.Key_F, CONTROL)
        write(wanted)
        press(ENTER)
        assert talk.current == there
        if there == COUNCIL:
            press("4")


def past_the_products_by_keys(talk: Talk) -> None:
    """Answers up to the table, and over it without a row."""
    while talk.current != PRODUCTS:
        press("3")
        press(ENTER)
    press(Qt.Key.Key_Right)
    assert talk.state(PRODUCTS)[0] is AnswerState.OPEN


def other_side_by_keys(talk: Talk) -> None:
    """The works council answers three questions covertly and reveals what it said to each."""
    asked = []
    for _ in range(3):
        press("5")
        asked.append(talk.current)
        press(ENTER)
    for _ in range(3):
        press(Qt.Key.Key_Left)
    assert talk.current == asked[0]
    press(Qt.Key.Key_2, ALT)
    panel = talk.screen.context
    assert "verdeckt geantwortet" in talk.words(panel)
    for number, level in enumerate("124"):
        press(level)
        assert talk.state(asked[number], Perspective.WORKS_COUNCIL)[1] == level
        assert not panel.sides.isVisible(), "nothing is shown before the works council reveals it"
        tab_to_name("Aufdecken")
        press(SPACE)
        assert panel.sides.isVisible()
        if number < 2:
            press(Qt.Key.Key_Right)
    assert "Gesprächsanlass" not in talk.words(panel)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert "Gesprächsanlass: 4 Stufen auseinander" in talk.words(panel)
    press(Qt.Key.Key_1, ALT)
    assert [talk.state(question)[1] for question in asked] == ["5", "5", "5"]
    look_early_by_keys(talk)


def look_early_by_keys(talk: Talk) -> None:
    """The works council would rather talk about one question than answer it covertly."""
    while talk.state(talk.current)[0] is not AnswerState.OPEN:
        press(Qt.Key.Key_Right)
    press("3")
    press(Qt.Key.Key_2, ALT)
    sides = talk.screen.context.sides
    assert not sides.isVisible()
    tab_to_name("Vor der Antwort aufdecken")
    press(SPACE)
    assert not sides.isVisible()
    press(SPACE)
    assert sides.isVisible()
    press("2")
    assert talk.state(talk.current, Perspective.WORKS_COUNCIL)[1] == "2"
    press(Qt.Key.Key_1, ALT)


def park_by_keys(talk: Talk) -> None:
    """P puts the section aside; its row in the list takes it up again."""
    here = talk.current
    code = talk.stored().question(here).dimension
    total = talk.stored().progress()[1]
    press("p")
    assert talk.stored().progress()[1] < total
    assert talk.current != here
    tab_to_name("wieder aufnehmen")
    press(SPACE)
    assert talk.stored().progress()[1] == total
    assert talk.stored().question(talk.current).dimension == code


def list_and_hall_by_keys(talk: Talk) -> None:
    """Five answers in the list, three in the hall."""
    first_open_by_keys(talk)
    press(Qt.Key.Key_F3)
    answered = talk.stored().progress()[0]
    for level in "12345":
        while talk.state(talk.current)[0] is not AnswerState.OPEN:
            press(Qt.Key.Key_Down)
        press(level)
    assert talk.stored().progress()[0] == answered + 5
    assert talk.screen.conduct.view is View.LIST
    press(Qt.Key.Key_F4)
    for level in "321":
        while talk.state(talk.current)[0] is not AnswerState.OPEN:
            press(ENTER)
        press(level)
    assert talk.stored().progress()[0] == answered + 8
    assert talk.screen.hall.isVisible()
    press(Qt.Key.Key_F2)


def first_open_by_keys(talk: Talk) -> None:
    while talk.state(talk.current)[0] is not AnswerState.OPEN:
        press(Qt.Key.Key_Right)


def key_sheet_by_keys(talk: Talk) -> None:
    here = talk.current
    press(Qt.Key.Key_F1)
    talk.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), KeySheet))
    press(ESC)
    talk.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    talk.window.activateWindow()  # which the offscreen platform leaves to us
    talk.qtbot.waitUntil(talk.window.isActiveWindow)
    assert talk.current == here


# -- a finger --------------------------------------------------------------------------------


@pytest.fixture
def finger(talk: Talk) -> Finger:
    """In the smallest window, where not everything fits."""
    talk.window.resize(1024, 640)
    return Finger(talk)


def test_a_whole_kurzcheck_by_touch_alone(talk: Talk, finger: Finger) -> None:
    assert talk.window.header.primary is not None
    finger.tap(talk.window.header.primary)
    talk.wait_for_questions()
    settle(talk.qtbot)
    screen, names = talk.screen, talk.stored().questions()
    finger.tap(screen.panel.states[AnswerState.NOT_APPLICABLE])
    finger.tap(screen.panel.reason.chips[1])
    assert talk.state(names[0]) == (AnswerState.NOT_APPLICABLE, "", "Betrieb zu klein")
    finger.tap(screen.panel.next)
    other_side_by_touch(talk, finger)
    section_by_touch(talk, finger)
    list_by_touch(talk, finger)
    hall_by_touch(talk, finger)
    to_the_end_by_touch(talk, finger)

    assert talk.stored().progress() == (39, 39)
    settle(talk.qtbot)  # what seems odd in the case comes in from a worker
    finger.tap(screen.end.results)
    talk.wait_for(ResultsScreen)
    settle(talk.qtbot)


def segment(part: QWidget, words: str) -> QWidget:
    return next(b for b in part.findChildren(QPushButton) if b.accessibleName().endswith(words))


def other_side_by_touch(talk: Talk, finger: Finger) -> None:
    screen, here = talk.screen, talk.current
    finger.tap(screen.panel.options[4])
    finger.tap(segment(screen.context.perspective, "Betriebsrat"))
    finger.tap(screen.panel.options[1])
    finger.tap(segment(screen.context.perspective, "Geschäftsführung"))
    assert talk.state(here)[1] == "4"
    assert talk.state(here, Perspective.WORKS_COUNCIL)[1] == "1"
    assert "Gesprächsanlass" not in talk.words(screen.context)
    finger.tap(screen.context.cover.button)
    assert "Gesprächsanlass: 3 Stufen auseinander" in talk.words(screen.context)


def section_by_touch(talk: Talk, finger: Finger) -> None:
    """There, put aside, taken up again."""
    screen = talk.screen
    total = talk.stored().progress()[1]
    row = screen.dimensions.buttons["D07"]
    finger.tap(row)
    assert talk.stored().question(talk.current).dimension == "D07"
    finger.choose_held(row)
    assert talk.stored().progress()[1] < total
    finger.tap(screen.dimensions.buttons["D07"])
    finger.tap(screen.notices.parking.button)
    assert talk.stored().progress()[1] == total


def list_by_touch(talk: Talk, finger: Finger) -> None:
    screen = talk.screen
    finger.tap(screen.dimensions.views.buttons[View.LIST])
    done = talk.stored().progress()[0]
    for level in (1, 2):
        settle(talk.qtbot)
        for row in list(screen.list.rows.values()):
            finger.tap(row.keys[level])
        finger.tap(screen.list.onwards)
    assert talk.stored().progress()[0] >= done + 5


def hall_by_touch(talk: Talk, finger: Finger) -> None:
    screen = talk.screen
    finger.tap(screen.dimensions.views.buttons[View.HALL])
    done = talk.stored().progress()[0]
    for level in (3, 0, 5):
        settle(talk.qtbot)
        finger.tap(screen.hall.options[level])
        finger.tap(screen.hall.next)
    assert talk.stored().progress()[0] == done + 3
    finger.tap(screen.hall.leave)
    assert screen.panel.isVisible()


def to_the_end_by_touch(talk: Talk, finger: Finger) -> None:
    """Answer what is open; from the last question back to the first that was left out."""
    screen, conduct = talk.screen, talk.screen.conduct
    for _ in range(90):
        if conduct.is_over:
            if conduct.is_complete():
                return
            finger.tap(screen.end.first_open)
        view = conduct.shown()
        assert view is not None
        if view.response.state is AnswerState.OPEN and view.name != PRODUCTS:
            finger.tap(screen.panel.options[2])
        finger.tap(screen.panel.next)
    pytest.fail("there is no end")


# -- a pen -----------------------------------------------------------------------------------


def test_three_questions_with_a_pen(talk: Talk) -> None:
    pen = Pen(talk.window)
    assert talk.window.header.primary is not None
    pen.tap(talk.window.header.primary)
    talk.wait_for_questions()
    settle(talk.qtbot)
    screen, names = talk.screen, talk.stored().questions()
    for level in (3, 1):
        pen.tap(screen.panel.options[level])
        pen.tap(screen.panel.next)
    pen.tap(screen.panel.states[AnswerState.NOT_APPLICABLE])
    settle(talk.qtbot)  # the reasons have made room for themselves
    pen.tap(screen.panel.reason.chips[0])

    assert [talk.state(name)[1] for name in names[:2]] == ["3", "1"]
    assert talk.state(names[2]) == (AnswerState.NOT_APPLICABLE, "", "Gibt es hier nicht")

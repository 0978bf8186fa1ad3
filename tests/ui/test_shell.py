"""The window: places, the way back, keys, and what the frame says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.routes import make_screen
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import SaveState
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

Open = Callable[..., MainWindow]


class TalkScreen(Screen):
    """A stand-in that fills the window."""

    FULL_SCREEN: ClassVar[bool] = True

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self.state = SaveState()
        self.is_ready_to_leave = True
        self.presses: list[str] = []

    def title(self) -> str:
        return "Gießerei Muldental GmbH"

    def pills(self) -> Sequence[StatePill | QWidget]:
        return (self.state, StatePill("noch ca. 18 min"))

    def secondary(self) -> Sequence[Action]:
        return (Action("Notiz", lambda: self.presses.append("note"), key="Ctrl+N"),)

    def leave(self) -> bool:
        return self.is_ready_to_leave


def make(place: Workplace, destination: Destination) -> Screen:
    if destination.where is Where.INTERVIEW:
        return TalkScreen(place, destination)
    return make_screen(place, destination)


@pytest.fixture
def window(qtbot: QtBot, place: Workplace) -> Iterator[MainWindow]:
    made = MainWindow(place, make=make)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    screen = made.screen_shown
    if isinstance(screen, TalkScreen):
        screen.is_ready_to_leave = True
    made.close()


def titles(window: MainWindow) -> str:
    return window.header.title.text()


def test_it_opens_on_the_day_with_the_next_step_as_its_one_primary_button(
    window: MainWindow,
) -> None:
    assert titles(window) == "Heute"
    assert window.header.primary is not None
    assert window.header.primary.text() == "Gespräch fortsetzen"
    primaries = [b for b in window.findChildren(QPushButton) if b.property("kind") == "primary"]
    assert [b for b in primaries if b.isVisible()] == [window.header.primary]


def test_ctrl_and_a_digit_goes_to_each_place(qtbot: QtBot, window: MainWindow) -> None:
    names = ["Heute", "Unternehmen", "Wissen & Angebote", "Synchronisieren", "Einstellungen"]
    for number, name in enumerate(names):
        key = Qt.Key(Qt.Key.Key_1 + number)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert titles(window) == name


def test_the_rail_shows_where_one_is(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.buttons[Where.KNOWLEDGE].click()
    assert window.rail.buttons[Where.KNOWLEDGE].isChecked()
    window.open(Destination(Where.COMPANY, company_id=foundry(window.place)))
    assert window.rail.buttons[Where.COMPANIES].isChecked()


def test_the_subtitle_is_cut_short_before_the_name_of_the_company(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1366, 768)
    window.open(Destination(Where.COMPANY, company_id=foundry(window.place)))
    screen, header = window.screen_shown, window.header
    assert isinstance(screen, CompanyFileScreen)
    screen.save_state.saved(window.place.clock())
    qtbot.waitUntil(lambda: bool(header.subtitle.toolTip()) and not header.title.toolTip())
    window.resize(1920, 768)
    qtbot.waitUntil(lambda: not header.subtitle.toolTip())


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Left])
def test_the_way_back_leads_where_one_came_from(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    window.open(Destination(Where.COMPANIES))
    window.open(Destination(Where.COMPANY, company_id=foundry(window.place)))
    assert window.header.back.isVisible()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, key, alt if key == Qt.Key.Key_Left else Qt.KeyboardModifier.NoModifier)
    assert titles(window) == "Unternehmen"
    assert not window.header.back.isVisible()


def test_the_interview_takes_the_whole_window(window: MainWindow) -> None:
    window.open(Destination(Where.INTERVIEW))
    assert not window.rail.isVisible()
    window.go_back()
    assert window.rail.isVisible()


def test_out_of_an_interview_opened_first_one_gets_to_the_day(
    qtbot: QtBot, place: Workplace
) -> None:
    window = MainWindow(place, start=Destination(Where.INTERVIEW), make=make)
    qtbot.addWidget(window)
    window.show()
    assert window.header.back.isVisible()
    window.header.back.click()
    assert titles(window) == "Heute"
    window.close()


def test_a_screen_that_is_not_ready_keeps_the_advisor(window: MainWindow) -> None:
    window.open(Destination(Where.INTERVIEW))
    screen = window.screen_shown
    assert isinstance(screen, TalkScreen)
    screen.is_ready_to_leave = False
    assert not window.open(Destination(Where.TODAY))
    assert not window.go_back()
    assert not window.close()
    assert window.screen_shown is screen


def test_a_screen_that_cannot_open_says_why_and_can_be_tried_again(
    qtbot: QtBot, place: Workplace
) -> None:
    broken = [KnownError("Der Katalog ist beschädigt.", safe="Ihre Daten sind unverändert.")]

    def make_or_fail(place: Workplace, destination: Destination) -> Screen:
        if destination.where is Where.KNOWLEDGE and broken:
            raise broken.pop()
        return make_screen(place, destination)

    window = MainWindow(place, make=make_or_fail)
    qtbot.addWidget(window)
    window.show()
    window.open(Destination(Where.KNOWLEDGE))
    assert titles(window) == "Das hat nicht geklappt"
    said = [label.text() for label in window.stack.currentWidget().findChildren(QLabel)]
    assert {"Der Katalog ist beschädigt.", "Ihre Daten sind unverändert."} <= set(said)
    window.stack.currentWidget().findChildren(QPushButton)[0].click()
    assert titles(window) == "Wissen & Angebote"
    window.close()


def test_a_lent_save_state_survives_that_the_header_is_drawn_anew(window: MainWindow) -> None:
    window.open(Destination(Where.INTERVIEW))
    screen = window.screen_shown
    assert isinstance(screen, TalkScreen)
    for _ in range(3):
        screen.header_changed.emit()
    screen.state.saved(window.place.clock())
    assert screen.state.isVisible()
    assert screen.state.text().startswith("✓ gespeichert 09:0")


def test_a_secondary_action_listens_to_its_key(qtbot: QtBot, window: MainWindow) -> None:
    window.open(Destination(Where.INTERVIEW))
    screen = window.screen_shown
    assert isinstance(screen, TalkScreen)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert screen.presses == ["note"]


def test_what_is_unsent_is_counted_anew_after_a_commit(qtbot: QtBot, window: MainWindow) -> None:
    before = window.rail.foot.unsent.text()
    assert "Eingaben noch nicht am Server gesichert, älteste " in before
    create_company(window.place, CompanyDraft(name="Neue GmbH"))
    assert window.screen_shown is not None
    window.screen_shown.committed.emit()
    qtbot.waitUntil(lambda: window.rail.foot.unsent.text() != before, timeout=2000)
    assert "Eingaben noch nicht am Server gesichert" in window.rail.foot.unsent.text()


def test_ctrl_f_leads_into_the_search_from_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert titles(window) == "Unternehmen"
    assert isinstance(window.focusWidget(), QLineEdit)


def test_the_keyboard_waits_where_a_screen_wants_it_and_rings_nothing_else(
    window: MainWindow,
) -> None:
    window.open(Destination(Where.COMPANIES, create=True))
    focused = window.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.accessibleName() == "Name des Unternehmens"
    window.open(Destination(Where.COMPANY, company_id=foundry(window.place)))
    assert window.focusWidget() is window.stack


def test_f1_shows_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    assert sheet.isVisible()
    sheet.accept()


def test_ctrl_plus_makes_everything_larger_and_remembers(qtbot: QtBot, window: MainWindow) -> None:
    from desktop_advisor.usecases.settings import show_settings

    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme().scale == 1.25
    assert show_settings(window.place).scale_percent == 125
    qtbot.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme().scale == 1.0


def test_news_that_come_after_closing_no_longer_touch_the_store(window: MainWindow) -> None:
    said = [label.text() for label in window.rail.findChildren(QLabel)]
    window.close()
    window.place.close()
    window.network.changed.emit()
    window.show_state()
    assert [label.text() for label in window.rail.findChildren(QLabel)] == said


def test_it_fits_a_small_laptop(window: MainWindow) -> None:
    assert window.minimumSize().width() <= 1024
    for where in (Where.TODAY, Where.COMPANIES, Where.KNOWLEDGE, Where.SYNCHRONISE, Where.SETTINGS):
        window.open(Destination(where))
        window.resize(1024, 700)
        assert window.minimumSizeHint().width() <= 1024, where


def test_a_part_that_vanishes_with_the_keyboard_leaves_it_on_the_screen(
    qtbot: QtBot, window: MainWindow
) -> None:
    screen = window.screen_shown
    assert screen is not None
    late = QLineEdit(screen)
    late.show()
    late.setFocus()
    late.hide()
    assert window.focusWidget() is window.stack
    late.deleteLater()


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    entry = next(b for b in window.rail.findChildren(QPushButton) if "Unternehmen" in b.text())
    entry.setFocus()
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert titles(window) == "Unternehmen"
    assert window.header.primary is not None
    window.header.primary.setFocus()
    qtbot.keyClick(window.header.primary, Qt.Key.Key_Return)
    assert titles(window) == "Neues Unternehmen"


def test_a_window_that_comes_to_the_front_does_not_ring_its_rail(window: MainWindow) -> None:
    focused = window.focusWidget()
    assert focused is not None
    focused.clearFocus()
    assert window.focusWidget() is None
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert window.focusWidget() is window.stack

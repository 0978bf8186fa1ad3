"""Einstellungen, first start and unlocking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.storage.errors import WrongPassphrase
from desktop_advisor.ui.app import Entrance
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.settings.screen import SettingsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.first_start import FirstStart, FirstStartPage, NetworkChoice
from desktop_advisor.ui.start.passphrase_rule import LEAST_LENGTH, strength
from desktop_advisor.ui.start.unlock import UnlockPage
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import FieldForm
from desktop_advisor.usecases.settings import show_settings
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import RESOURCES
from tests.workplaces import PASSPHRASE

GOOD = "vier blaue Wagen im Regen"
NETWORKS = [
    NetworkChoice("itas", "ITAS", "Südwestsachsen", "Vor dem Einsatz bestätigen."),
    NetworkChoice("molewa", "MoLeWa", "Leipzig"),
]


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


# -- settings ----------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot, bare_place: Workplace) -> Iterator[MainWindow]:
    made = MainWindow(bare_place, start=Destination(Where.SETTINGS))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def settings_of(window: MainWindow) -> SettingsScreen:
    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen)
    return screen


def segment(widget: QWidget, name: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == name)


def test_dark_colours_apply_at_once_and_are_kept(window: MainWindow) -> None:
    segment(settings_of(window), "Farben: Dunkel").click()
    assert theme().tokens.is_dark
    assert show_settings(window.place).palette == "dark"


def test_a_larger_font_applies_at_once_and_is_kept(window: MainWindow) -> None:
    segment(settings_of(window), "Schriftgröße: 150\u202f%").click()
    assert theme().scale == 1.5
    assert show_settings(window.place).scale_percent == 150


def test_a_name_is_saved_when_the_field_is_left(qtbot: QtBot, window: MainWindow) -> None:
    screen = settings_of(window)
    name = screen.person.form.edit("author")
    assert isinstance(name, QLineEdit)
    name.selectAll()
    qtbot.keyClicks(name, "Jana Vogel")
    assert screen.leave()
    assert window.place.store.setting("author") == "Jana Vogel"


def test_an_empty_name_is_not_saved(qtbot: QtBot, window: MainWindow) -> None:
    screen = settings_of(window)
    name = screen.person.form.edit("author")
    assert isinstance(name, QLineEdit)
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    screen.leave()
    assert window.place.store.setting("author") == "Jana Richter"


def test_the_certificate_says_whose_it_is_and_how_long_it_holds(
    qtbot: QtBot, window: MainWindow
) -> None:
    card = settings_of(window).certificate
    qtbot.waitUntil(lambda: "Jana Richter" in texts(card), timeout=5000)
    assert card.state.text().startswith("✓ gültig bis")
    assert "auf diesem Gerät erstellt" in texts(card)


def test_a_certificate_that_has_run_out_is_said_to_be_of_no_use(
    qtbot: QtBot, window: MainWindow, bare_place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = settings_of(window).certificate
    qtbot.waitUntil(lambda: "Jana Richter" in texts(card), timeout=5000)
    late = bare_place.clock() + timedelta(days=40 * 365)
    monkeypatch.setattr(bare_place.clock, "now", late)
    card.read()
    qtbot.waitUntil(lambda: "abgelaufen" in texts(card), timeout=5000)
    assert "Jana Richter" in texts(card)


def test_a_file_that_is_no_certificate_is_refused_in_german(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    card = settings_of(window).certificate
    qtbot.waitUntil(lambda: "Jana Richter" in texts(card), timeout=5000)
    wrong = tmp_path / "urlaub.p12"
    wrong.write_bytes(b"kein Zertifikat")
    card.ask_password(wrong)
    segment(card, "Einlesen").click()
    qtbot.waitUntil(card.trouble.isVisible, timeout=5000)
    assert "Das Programm hat einen Fehler" not in " ".join(texts(card.trouble))


def test_the_passphrase_changes_only_with_the_right_old_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    card = settings_of(window).passphrase
    card.form.put({"old": "falsch", "new": GOOD, "again": GOOD})
    card.change()
    qtbot.waitUntil(card.message.isVisible, timeout=5000)
    assert "Die Passphrase ist nicht richtig." in texts(card.message)
    card.form.put({"old": PASSPHRASE})
    with qtbot.waitSignal(card.changed, timeout=10_000):
        card.change()
    assert "Die neue Passphrase gilt ab sofort." in texts(card.message)
    assert set(card.form.texts().values()) == {""}


# -- the rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passphrase", "is_enough"),
    [
        ("", False),
        ("kurz", False),
        ("a" * LEAST_LENGTH, False),
        ("abababababab", False),
        ("Muldental 2026", True),
        (GOOD, True),
    ],
)
def test_length_and_variety_decide(passphrase: str, is_enough: bool) -> None:
    assert strength(passphrase).is_enough is is_enough


def test_a_short_passphrase_says_how_much_is_missing() -> None:
    assert strength("Mulde").words == "noch 7 Zeichen"
    assert strength(GOOD).tone is Tone.GOOD


# -- first start -------------------------------------------------------------------------------


def first_start(qtbot: QtBot, created: list[FirstStart]) -> FirstStartPage:
    def create(wanted: FirstStart) -> object:
        created.append(wanted)
        return wanted

    page = FirstStartPage(NETWORKS, create)
    qtbot.addWidget(page)
    page.show()
    return page


def test_first_start_collects_name_network_and_passphrase(qtbot: QtBot) -> None:
    created: list[FirstStart] = []
    page = first_start(qtbot, created)
    page.form.put({"name": " Jana Richter ", "profile": "molewa"})
    page.form.put({"passphrase": GOOD, "again": GOOD})
    with qtbot.waitSignal(page.created):
        page.create_workplace()
    assert created == [FirstStart("Jana Richter", "molewa", GOOD)]
    page.close()


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"name": ""}, "name", "Bitte ausfüllen."),
        ({"passphrase": "kurz", "again": "kurz"}, "passphrase", "Zu schwach: noch 8 Zeichen."),
        ({"again": GOOD + "!"}, "again", "Die beiden Eingaben sind verschieden."),
    ],
)
def test_first_start_creates_nothing_while_something_is_missing(
    qtbot: QtBot, values: dict[str, str], key: str, words: str
) -> None:
    created: list[FirstStart] = []
    page = first_start(qtbot, created)
    page.form.put({"name": "Jana Richter", "passphrase": GOOD, "again": GOOD, **values})
    page.create_workplace()
    assert page.form.lines[key].error.text() == words
    assert created == []
    page.close()


def test_how_good_the_passphrase_is_stands_at_the_passphrase_not_at_the_pin(qtbot: QtBot) -> None:
    page = first_start(qtbot, [])
    assert page.form.lines["passphrase"].isAncestorOf(page.strength)
    page.close()


def test_a_wrong_passphrase_is_said_and_can_be_typed_anew(qtbot: QtBot) -> None:
    def open_store(typed: str) -> object:
        if typed != GOOD:
            raise WrongPassphrase
        return typed

    page = UnlockPage(open_store)
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClicks(page.passphrase, "falsch")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(page.trouble.isVisible)
    assert "Die Passphrase ist nicht richtig." in texts(page.trouble)
    assert page.passphrase.selectedText()
    qtbot.keyClicks(page.passphrase, GOOD)
    with qtbot.waitSignal(page.unlocked):
        page.button.click()
    assert page.passphrase.text() == ""
    page.close()


def test_from_the_first_start_to_the_window_and_back_in_by_the_passphrase(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "laptop"
    first = Entrance(qapp, RESOURCES, folder)
    first.show()
    assert first.door is not None
    page = first.door.centralWidget()
    assert isinstance(page, FirstStartPage)
    page.form.put({"name": "Jana Richter", "profile": "itas", "passphrase": GOOD, "again": GOOD})
    page.create_workplace()
    qtbot.waitUntil(lambda: first.window is not None, timeout=20_000)
    assert first.window is not None
    assert first.window.header.title.text() == "Heute"
    with qtbot.waitSignal(first.window.closed):
        first.window.close()
    QThreadPool.globalInstance().waitForDone(10_000)

    second = Entrance(qapp, RESOURCES, folder)
    second.show()
    assert second.door is not None
    gate = second.door.centralWidget()
    assert isinstance(gate, UnlockPage)
    gate.passphrase.setText(GOOD)
    gate.unlock()
    qtbot.waitUntil(lambda: second.window is not None, timeout=20_000)
    assert second.window is not None
    assert second.window.place.author == "Jana Richter"
    with qtbot.waitSignal(second.window.closed):
        second.window.close()


def test_what_has_to_be_confirmed_about_a_network_stands_under_its_field(qtbot: QtBot) -> None:
    page = first_start(qtbot, [])
    below = page.form.edit("passphrase")
    note = page.network_note
    page.form.lines["profile"].grab()
    assert note.text()
    bottom = note.mapTo(page, note.rect().bottomLeft()).y()
    assert page.form.edit("profile").mapTo(page, note.rect().topLeft()).y() < bottom
    assert bottom < below.mapTo(page, below.rect().topLeft()).y()
    page.close()


def test_a_refused_pin_stays_in_its_form_and_says_that_the_old_one_holds(
    qtbot: QtBot, window: MainWindow
) -> None:
    card = settings_of(window).certificate
    card.pin.click()
    (form,) = card.findChildren(FieldForm)
    form.put({"old": "999999", "pin": "135790", "again": "135790"})
    buttons = [b for b in card.findChildren(QPushButton) if b.text() == card.pin.text()]
    next(b for b in buttons if b is not card.pin).click()
    safe = "Die bisherige PIN gilt weiter."
    qtbot.waitUntil(lambda: safe in "".join(texts(card.trouble)), timeout=20_000)
    assert card.findChildren(FieldForm) == [form]

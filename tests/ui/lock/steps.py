"""Locking and unlocking as the tests do it, and what can be read meanwhile."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_advisor.storage.store import Store
from desktop_advisor.ui.lock.page import LockPage
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.notes import list_notes
from tests.ui.consultation import Consultation
from tests.workplaces import PASSPHRASE


def lock(qtbot: QtBot, window: MainWindow) -> LockPage:
    """Locked, and the keys gone."""
    window.lock.lock()
    qtbot.waitUntil(lambda: window.place.store.is_locked)
    assert window.lock.page is not None
    return window.lock.page


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    page = window.lock.page
    assert page is not None
    page.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(window.lock.lifted, timeout=10_000):
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)


def words_on_screen() -> str:
    """Everything that can be read in any window of the program."""
    parts: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            parts.append(top.windowTitle())
            parts += [text_of(part) for part in top.findChildren(QWidget) if part.isVisible()]
    return "\n".join(part for part in parts if part)


def text_of(part: QWidget) -> str:
    if isinstance(part, (QLabel, QPushButton, QLineEdit)):
        return part.text()
    return part.toPlainText() if isinstance(part, QPlainTextEdit) else ""


def notes_of(visit: Consultation) -> list[str]:
    return [note.text for note in list_notes(visit.place, visit.case_id)]


def notes_after_a_crash(visit: Consultation, copy: Path) -> list[str]:
    """What the next start finds if the program dies now."""
    shutil.copytree(visit.place.folder, copy)
    store = Store.open(copy, PASSPHRASE, clock=visit.place.clock)
    found = list_notes(replace(visit.place, store=store), visit.case_id)
    store.close()
    return [note.text for note in found]

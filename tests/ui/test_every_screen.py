"""What holds for all screens: no clipped word, nothing unnamed, nothing too small to press."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.first_start import FirstStartPage, NetworkChoice
from desktop_advisor.ui.start.unlock import UnlockPage
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import DARK
from desktop_advisor.ui.widgets.labels import ElidedLabel
from desktop_advisor.usecases.settings import save_settings, show_settings
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import RESOURCES, foundry

LOOKS = [(1366, 768, 1.0), (1024, 700, 1.0), (1366, 768, 1.5)]
PLACES = (
    Destination(Where.TODAY),
    Destination(Where.TODAY, create=True),
    Destination(Where.COMPANIES),
    Destination(Where.COMPANIES, create=True),
    Destination(Where.COMPANY),
    Destination(Where.KNOWLEDGE),
    Destination(Where.CALCULATORS, focus="82"),
    Destination(Where.SYNCHRONISE),
    Destination(Where.CONFLICTS),
    Destination(Where.DUPLICATES),
    Destination(Where.SETTINGS),
)


def shown_at(
    qtbot: QtBot, place: Workplace, destination: Destination, size: tuple[int, int]
) -> MainWindow:
    if destination.where is Where.COMPANY:
        destination = Destination(Where.COMPANY, company_id=foundry(place))
    window = MainWindow(place, start=destination)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    QThreadPool.globalInstance().waitForDone(10_000)
    qtbot.wait(20)
    return window


def clipped(root: QWidget) -> list[str]:
    """Texts of labels and buttons that are wider or higher than their widget."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisible() or not label.text() or isinstance(label, ElidedLabel):
            continue
        needed = (
            label.heightForWidth(label.width()) - label.height()
            if label.wordWrap()
            else label.sizeHint().width() - label.width()
        )
        if needed > 1:
            found.append(label.text())
    found.extend(
        button.text()
        for button in root.findChildren(QPushButton)
        if button.isVisible() and button.minimumSizeHint().width() > button.width() + 1
    )
    return found


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader would be silent about."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    return [
        f"{type(control).__name__} in {type(control.parent()).__name__}"
        for kind in kinds
        for control in root.findChildren(kind)
        if control.isVisible()
        and not control.accessibleName()
        and not (isinstance(control, QAbstractButton) and control.text())
        and not isinstance(control.parent(), QLineEdit | QComboBox)
    ]


def pressed_height(button: QAbstractButton) -> int:
    """A segment fills its frame but for the edge of one pixel."""
    frame = button.parentWidget()
    is_segment = button.property("kind") == "segment" and frame is not None
    return frame.height() if is_segment else button.height()


@pytest.mark.parametrize("destination", PLACES, ids=lambda d: f"{d.where}{'-new' * d.create}")
def test_every_control_is_named_and_large_enough_and_no_word_is_clipped(
    qtbot: QtBot, place: Workplace, destination: Destination
) -> None:
    """One window goes through the looks, as with Ctrl +: what grows in place clips first."""
    window = shown_at(qtbot, place, destination, LOOKS[0][:2])
    assert unnamed(window) == []
    assert too_low(window) == {}
    for width, height, scale in LOOKS:
        grow(place, scale)
        window.restyle()
        window.resize(width, height)

        def nothing_is_clipped() -> None:
            assert clipped(window) == []

        qtbot.waitUntil(nothing_is_clipped, timeout=2000)
        assert window.size().toTuple() == (width, height)
    window.close()


def grow(place: Workplace, scale: float) -> None:
    """Save another size of type."""
    save_settings(place, replace(show_settings(place), scale_percent=round(100 * scale)))


def too_low(window: QWidget) -> dict[str, int]:
    """Buttons no finger hits, by what they say."""
    return {
        button.text() or button.accessibleName(): button.height()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and pressed_height(button) < TARGET
    }


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_is_clipped_before_unlocking(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    apply_theme(qapp, DARK, scale)
    networks = [NetworkChoice(p.id, p.name, p.region, p.note) for p in RESOURCES.profiles()]
    for page in (FirstStartPage(networks, lambda wanted: wanted), UnlockPage(lambda words: words)):
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        qtbot.waitExposed(page)
        assert clipped(page) == []
        assert unnamed(page) == []
        page.close()


@pytest.mark.parametrize("where", [Where.TODAY, Where.COMPANIES, Where.SYNCHRONISE])
def test_an_empty_store_says_so_and_offers_one_next_step(
    qtbot: QtBot, bare_place: Workplace, where: Where
) -> None:
    window = shown_at(qtbot, bare_place, Destination(where), (1366, 768))
    words = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "Noch ist keine Firmenakte auf diesem Gerät" in words
    assert window.header.primary is not None
    assert window.header.primary.isEnabled()
    assert clipped(window) == []
    window.close()

"""A themed application, a furnished store, and no window left behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtWidgets import QApplication

from desktop_advisor.ui.app import create_application
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.usecases.setting_up import unlock
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import RESOURCES, empty_workplace, furnished_workplace
from tests.workplaces import PASSPHRASE, SteppingClock

HERE = Path(__file__).parent
OFFSCREEN_NOISE = "This plugin does not support propagateSizeHints"
"""The offscreen platform says so of every window with a least size; it says nothing about us."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_NOISE))


@pytest.fixture(autouse=True)
def themed_application(qapp: QApplication) -> Iterator[None]:
    """Our fonts and palette; afterwards no task runs and no window is open."""
    create_application(RESOURCES, "light")
    yield
    QThreadPool.globalInstance().waitForDone(10_000)
    left = [type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()]
    for widget in QApplication.topLevelWidgets():
        widget.close()
        if widget.parent() is None:
            widget.deleteLater()  # else every later change of the theme restyles it too
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    apply_theme(qapp, LIGHT)
    assert not left, f"windows left open: {left}"


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A closed store with four company files, and the time when it was left: made once a run."""
    folder = tmp_path_factory.mktemp("furnished") / "store"
    made = furnished_workplace(folder)
    left_at = made.clock()
    made.close()
    return folder, left_at


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A closed store without a company, and the time when it was left: made once a run."""
    folder = tmp_path_factory.mktemp("bare") / "store"
    made = empty_workplace(folder)
    left_at = made.clock()
    made.close()
    return folder, left_at


@pytest.fixture
def place(tmp_path: Path, furnished: tuple[Path, datetime]) -> Iterator[Workplace]:
    """Four company files: a copy of the furnished store, as it was left."""
    yield from opened_copy(furnished, tmp_path / "store")


@pytest.fixture
def bare_place(tmp_path: Path, set_up_once: tuple[Path, datetime]) -> Iterator[Workplace]:
    """No company yet."""
    yield from opened_copy(set_up_once, tmp_path / "bare")


def opened_copy(left: tuple[Path, datetime], folder: Path) -> Iterator[Workplace]:
    """A copy of a closed store, until no task runs any more."""
    shutil.copytree(left[0], folder)
    made = unlock(RESOURCES, folder, PASSPHRASE, clock=SteppingClock(left[1]))
    yield made
    QThreadPool.globalInstance().waitForDone(10_000)
    made.close()

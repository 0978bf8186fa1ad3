"""A fault nobody caught is said in German and written down without values."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.errors import StoreLocked
from desktop_advisor.ui.faults import LOG, FaultReporter


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:  # noqa: BLE001 - the traceback is what the test is about
        return caught


@pytest.fixture
def reporter(qapp: object, tmp_path: Path) -> FaultReporter:
    return FaultReporter(tmp_path)


def told(qtbot: QtBot, reporter: FaultReporter, error: Exception) -> str:
    caught = raised(error)
    reporter.report(type(caught), caught, caught.__traceback__)
    qtbot.waitUntil(lambda: reporter.box is not None and reporter.box.isVisible())
    assert reporter.box is not None
    words = f"{reporter.box.text()} {reporter.box.informativeText()}"
    reporter.box.close()
    return words


def test_a_fault_is_said_and_logged_without_what_was_typed(
    qtbot: QtBot, reporter: FaultReporter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = told(qtbot, reporter, ValueError("Umsatz 21,4 Mio."))
    assert "Im Programm ist ein Fehler aufgetreten." in words
    assert "ist gespeichert" in words
    log = (tmp_path / LOG).read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_faults.py" in log
    assert "21,4" not in log


def test_a_known_error_says_its_own_words(
    qtbot: QtBot, reporter: FaultReporter, capsys: pytest.CaptureFixture[str]
) -> None:
    error = KnownError("Das Laufwerk ist voll.", todo="Bitte schaffen Sie Platz.")
    assert told(qtbot, reporter, error) == "Das Laufwerk ist voll. Bitte schaffen Sie Platz."


def test_a_timer_that_comes_late_says_nothing_before_the_lock(
    qtbot: QtBot, reporter: FaultReporter, tmp_path: Path
) -> None:
    caught = raised(StoreLocked())
    reporter.report(StoreLocked, caught, caught.__traceback__)
    QApplication.processEvents()
    assert reporter.box is None
    assert not (tmp_path / LOG).exists()


def test_installing_takes_over_the_hook(
    reporter: FaultReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reporter.install()
    assert sys.excepthook == reporter.report

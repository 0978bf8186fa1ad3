"""The check screen: progress, stopping, the verdict in words, reasons to open and close."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_advisor.signing.isolated import CheckCancelled
from desktop_advisor.signing.verdict import Level, Outcome, Point, Verdict, not_checkable
from desktop_advisor.ui.reporting import verify_screen
from desktop_advisor.ui.reporting.verify_screen import VerifyPanel
from desktop_advisor.usecases.checking import AboutReport, Cancelled, Checked
from tests.ui.consultation import SLOW_MS, visible_words

_POINT = Point("Siegel", True, "Das Siegel ist unversehrt.")
_GOOD = Checked(
    Verdict(Outcome.VALID, (_POINT,), "Mareike Sonntag", "ab" * 32, level=Level.BASIC),
    AboutReport("Guss GmbH", 2, "cd" * 32, True),
)


@pytest.fixture
def panel(qtbot: QtBot) -> VerifyPanel:
    made = VerifyPanel(None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    return made


def _shown(qtbot: QtBot, panel: VerifyPanel, name: str, checked: Checked) -> None:
    panel.show_verdict(name, checked)
    qtbot.waitUntil(lambda: name in visible_words(panel), timeout=SLOW_MS)


def test_the_verdict_says_outcome_report_and_seal_and_reasons_fold(
    qtbot: QtBot, panel: VerifyPanel
) -> None:
    _shown(qtbot, panel, "bericht.pdf", _GOOD)
    words = visible_words(panel)
    for said in ("unverändert", "Bericht für Guss GmbH, Fassung 2", "Gesiegelt von Mareike"):
        assert said in words
    assert "Siegel: erfüllt" in words
    assert "Gezeichnete Unterschriften sind Bilder" in words
    card = panel.findChild(verify_screen.VerdictCard)
    card.why.click()
    assert "Siegel: erfüllt" not in visible_words(panel)
    card.why.click()
    assert "Siegel: erfüllt" in visible_words(panel)


def test_of_a_file_that_cannot_be_checked_nothing_else_is_claimed(
    qtbot: QtBot, panel: VerifyPanel
) -> None:
    _shown(qtbot, panel, "x.pdf", Checked(not_checkable("Prüfung", "Zu groß."), None))
    words = visible_words(panel)
    assert "nicht prüfbar" in words
    assert "Gesiegelt" not in words
    assert "Gezeichnete" not in words


def test_a_running_check_can_be_stopped(
    qtbot: QtBot, panel: VerifyPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()

    def endless(_place: object, _path: Path, cancelled: Cancelled) -> Checked:
        while not cancelled():
            asked.wait(0.01)
        raise CheckCancelled

    monkeypatch.setattr(verify_screen, "check_file", endless)
    panel.check_file(Path("bericht.pdf"))
    assert "bericht.pdf wird geprüft." in visible_words(panel)
    panel.progress.stop.click()
    qtbot.waitUntil(
        lambda: "Die Prüfung wurde abgebrochen." in visible_words(panel), timeout=SLOW_MS
    )
    assert not panel.progress.isVisible()
    assert panel.verdict is None


def test_the_latest_file_wins_over_one_still_being_checked(
    qtbot: QtBot, panel: VerifyPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(_place: object, path: Path, cancelled: Cancelled) -> Checked:
        pause = threading.Event()
        while path.name == "erst.pdf" and not cancelled():
            pause.wait(0.01)
        return _GOOD if path.name == "dann.pdf" else Checked(not_checkable("x", "x"), None)

    monkeypatch.setattr(verify_screen, "check_file", check)
    panel.check_file(Path("erst.pdf"))
    panel.check_file(Path("dann.pdf"))
    qtbot.waitUntil(lambda: "dann.pdf" in visible_words(panel), timeout=SLOW_MS)
    qtbot.waitUntil(lambda: panel.verdict is not None, timeout=SLOW_MS)
    assert panel.verdict is _GOOD.verdict

"""The command as an editor starts and stops it in a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.questionnaire.authoring.sample import written


def test_an_interrupted_preview_leaves_nothing_behind(qtbot: QtBot, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop_advisor", "form", "preview", str(written(tmp_path))],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(room)},
    )
    try:
        qtbot.waitUntil(lambda: any(room.glob("*/forms-1/*.json")), timeout=60_000)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()

    assert process.returncode == 0, complaints
    assert "Traceback" not in complaints, complaints
    assert list(room.glob("fragebogen-vorschau-*")) == []

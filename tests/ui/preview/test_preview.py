"""The preview follows the file an editor saves, and never shows a broken form."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.authoring.workbook import read_workbook, write_workbook
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.preview.window import PreviewWindow
from tests.questionnaire.authoring.sample import written
from tests.ui.consultation import visible_words
from tests.ui.sample import RESOURCES

Change = tuple[str, str]
# Without a condition, so that the second question can be asked at once.
ALWAYS: Change = ("${has_works_council} = 'yes' and ${heads} >= 5", "")
OTHER_TEXT: Change = ("Kunden?", "Abnehmer?")
BROKEN: Change = ("| D01 |  |  |  |  |  |  |  |", "| D09 |  |  |  |  |  |  |  |")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return written(tmp_path, ALWAYS)


@pytest.fixture
def preview(qtbot: QtBot, workbook: Path) -> Iterator[PreviewWindow]:
    with opened(qtbot, workbook) as window:
        yield window


@contextmanager
def opened(qtbot: QtBot, file: Path) -> Iterator[PreviewWindow]:
    window = PreviewWindow(RESOURCES, file)
    try:
        with qtbot.waitSignal(window.loaded, timeout=20_000):
            window.show()
        yield window
    finally:
        window.close()
        QThreadPool.globalInstance().waitForDone(10_000)
        shiboken6.delete(window)


def save(qtbot: QtBot, window: PreviewWindow, *changes: Change, file: Path) -> float:
    """Write the workbook anew as an editor does and wait for the preview; seconds it took."""
    fresh = written(file.parent, *changes, name="fresh.md")
    start = time.perf_counter()
    with qtbot.waitSignal(window.loaded, timeout=20_000):
        fresh.replace(file)
    return time.perf_counter() - start


def question_shown(window: PreviewWindow) -> str:
    assert window.shown is not None
    assert window.shown.interview is not None
    text: str = window.shown.interview.question(window.shown.conduct.current).text
    return text


def test_the_real_interview_opens_on_a_workbook(preview: PreviewWindow) -> None:
    assert preview.shown is not None
    assert preview.shown.conduct.current == "q1"
    assert "Strategie?" in visible_words(preview)


def test_a_change_is_seen_with_answers_and_place_kept(
    qtbot: QtBot, preview: PreviewWindow, workbook: Path
) -> None:
    screen = preview.shown
    assert screen is not None
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    screen.conduct.show("q1")
    screen.conduct.answer("3")
    screen.conduct.switch(Perspective.MANAGEMENT)
    screen.conduct.show("q1")
    screen.conduct.answer("2")
    screen.conduct.show("q2")

    save(qtbot, preview, ALWAYS, OTHER_TEXT, file=workbook)

    assert preview.shown is not screen
    assert question_shown(preview) == "Abnehmer?"
    assert "Abnehmer?" in visible_words(preview)
    interview = preview.shown.interview if preview.shown else None
    assert interview is not None
    assert interview.question("q1").response.value == "2"
    interview.switch(Perspective.WORKS_COUNCIL)
    assert interview.question("q1").response.value == "3"


def test_a_change_is_seen_soon(qtbot: QtBot, preview: PreviewWindow, workbook: Path) -> None:
    texts = [("Kunden?", f"Kunden {n}?") for n in range(3)]

    seconds = min(save(qtbot, preview, ALWAYS, text, file=workbook) for text in texts)

    assert seconds < 1.5, seconds


def test_a_file_written_in_place_is_followed_too(
    qtbot: QtBot, preview: PreviewWindow, workbook: Path
) -> None:
    text = workbook.read_text(encoding="utf-8").replace("Strategie?", "Plan?")
    with qtbot.waitSignal(preview.loaded, timeout=20_000):
        workbook.write_text(text, encoding="utf-8")

    assert question_shown(preview).startswith("Plan?")


def test_a_broken_change_leaves_the_form_and_says_where_until_it_is_mended(
    qtbot: QtBot, preview: PreviewWindow, workbook: Path
) -> None:
    screen = preview.shown

    save(qtbot, preview, ALWAYS, BROKEN, file=workbook)

    assert preview.shown is screen
    assert preview.banner.isVisible()
    assert "survey, Zeile 8, Spalte I (score_dimension)" in visible_words(preview.banner)
    assert "„D01“" in visible_words(preview.banner)

    save(qtbot, preview, ALWAYS, OTHER_TEXT, file=workbook)

    assert not preview.banner.isVisible()
    assert preview.shown is not screen


def test_a_file_that_is_no_workbook_for_a_moment_leaves_the_form(
    qtbot: QtBot, preview: PreviewWindow, workbook: Path
) -> None:
    with qtbot.waitSignal(preview.loaded, timeout=20_000):
        workbook.write_text("half a fi", encoding="utf-8")

    assert preview.banner.isVisible()
    assert "keine Tabelle" in visible_words(preview.banner)
    assert question_shown(preview).startswith("Strategie?")


def test_a_removed_file_is_waited_for(qtbot: QtBot, preview: PreviewWindow, workbook: Path) -> None:
    workbook.unlink()
    qtbot.wait(300)
    assert not preview.banner.isVisible()

    save(qtbot, preview, ALWAYS, OTHER_TEXT, file=workbook)

    assert preview.shown is not None
    preview.shown.conduct.show("q2")
    assert question_shown(preview) == "Abnehmer?"


def test_a_file_broken_from_the_start_shows_all_findings_and_opens_when_mended(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = written(tmp_path, ALWAYS, BROKEN, ("| 2 | weil |", "| zwei | weil |"))
    with opened(qtbot, file) as window:
        words = visible_words(window)
        assert window.shown is None
        assert "survey, Zeile 7, Spalte L (score_weight)" in words
        assert "survey, Zeile 8, Spalte I (score_dimension)" in words

        save(qtbot, window, ALWAYS, file=file)

        assert question_shown(window).startswith("Strategie?")


def test_a_spreadsheet_is_followed_as_well(qtbot: QtBot, tmp_path: Path, workbook: Path) -> None:
    file = tmp_path / "form.xlsx"
    write_workbook(read_workbook(workbook), file)
    with opened(qtbot, file) as window:
        changed = read_workbook(written(tmp_path, ALWAYS, ("Strategie?<br>Und wie?", "Neu?")))
        with qtbot.waitSignal(window.loaded, timeout=20_000):
            write_workbook(changed, file)

        assert question_shown(window) == "Neu?"


PLAIN = """
| survey |
| | type | name | label | calculation |
| | text | who | Wer? | |
| | select_multiple fruit | likes | Was? | |
| | begin_repeat | part | Teil | |
| | text | part_name | Name? | |
| | integer | pieces | Stück? | |
| | end_repeat | | | |
| | note | all | Zusammen {0} | |
| choices |
| | list_name | name | label |
| | fruit | a | Apfel |
| | fruit | b | Birne |
"""


def test_any_form_is_asked_with_its_tables_and_keeps_the_view(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "plain.md"
    file.write_text(PLAIN.format("?"), encoding="utf-8")
    with opened(qtbot, file) as window:
        assert window.shown is not None
        conduct = window.shown.conduct
        conduct.show_view(View.LIST)
        interview = conduct.running
        interview.answer("who", "Uwe")
        interview.answer("likes", "a b")
        interview.fill_rows("part", [{"part_name": "Welle", "pieces": "12"}])
        conduct.show("likes")

        with qtbot.waitSignal(window.loaded, timeout=20_000):
            file.write_text(PLAIN.format("${who}").replace("Was?", "Was noch?"), encoding="utf-8")

        conduct = window.shown.conduct
        assert (conduct.view, conduct.current) == (View.LIST, "likes")
        assert conduct.running.question("likes").text == "Was noch?"
        assert conduct.running.question("likes").response.value == "a b"
        assert conduct.running.question("all").text.strip() == "Zusammen Uwe"
        (row,) = conduct.running.table("part").rows
        assert [cell.value for cell in row.cells] == ["Welle", "12"]


def test_nothing_stays_behind(
    qtbot: QtBot, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    with opened(qtbot, workbook):
        assert os.listdir(room)  # noqa: PTH208  the trial is under way

    assert list(room.iterdir()) == []

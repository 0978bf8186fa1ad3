"""Ranges of Excel and personnel lists become rows, and nobody is named in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.interview.table_steps import (
    NAME,
    SHARE,
    THIN,
    at,
    begun,
    copy,
    filled,
    open_cell,
    opened,
    values,
)

PASTED = (
    "Bezeichnung\tUmsatz %\tMA\tKunde\tEOP\n"
    "Wellen\t60,5 %\t12\tNordwerk\t31.12.2029\n"
    "Guss\tca. 20\t1.200\tSüdwerk\t2031\n"
)
STAFF = "Name\tTätigkeit\tGeb.-Datum\n" + "".join(
    f"{name}\t{job}\t{day}\n"
    for name, job, day in (
        ("Quastenflosser", "Zerspanung", "01.05.1960"),
        ("Zwölfender", "Zerspanung", "01.05.1980"),
        ("Morgenröte", "Zerspanung", "01.05.2001"),
        ("Abendstern", "Einkauf", "01.05.1970"),
    )
)


@pytest.fixture
def interview(bare_place: Workplace) -> Interview:
    return begun(bare_place)


@pytest.fixture
def editor(qtbot: QtBot, interview: Interview) -> TableEditor:
    return filled(qtbot, interview)


def test_a_pasted_range_is_mapped_shown_and_taken_as_one_edit(
    editor: TableEditor, interview: Interview
) -> None:
    copy(PASTED)
    editor.page.grid.setFocus()
    QTest.keyClick(editor.page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    page = editor.pasting
    assert editor.current is page
    names = ["product_name", "product_share", "product_heads", "", "product_eop"]
    assert page.mapping == names
    assert page.shares.text() == (
        f"Summe Umsatzanteil 60,5{THIN}%: 39,5{THIN}% bleiben nicht zugeordnet."
    )
    assert page.unmapped.text() == "Nicht übernommen: Kunde."
    assert page.misfits.text().startswith("Zeile 3, Umsatzanteil in %: „ca. 20“ bleibt leer.")
    assert page.take.text() == "2 Zeilen übernehmen"

    QTest.mouseClick(page.take, Qt.MouseButton.LeftButton)

    assert editor.model.rowCount() == 5
    assert values(interview, 3) == {
        "product_name": "Wellen",
        "product_share": "60.5",
        "product_heads": "12",
        "product_eop": "2029",
    }
    QTest.mouseClick(editor.page.notice.button, Qt.MouseButton.LeftButton)
    assert editor.model.rowCount() == 3


def test_another_target_takes_the_column_from_the_first(editor: TableEditor) -> None:
    copy(PASTED)
    editor.paste()
    page = editor.pasting

    page.lines[3].box.set_value("product_name")
    page.lines[3].box.chosen.emit("product_name")

    assert page.mapping[0] == ""
    assert page.mapping[3] == "product_name"
    assert page.lines[0].box.value() == ""
    assert page.unmapped.text() == "Nicht übernommen: Bezeichnung."


def test_the_header_can_be_taken_as_a_row(editor: TableEditor) -> None:
    copy(PASTED)
    editor.paste()

    editor.pasting.has_header.setChecked(False)

    assert editor.pasting.found.text().startswith("3 Zeilen und 5 Spalten")


def test_a_range_pasted_into_an_open_cell_is_mapped_too(qtbot: QtBot, editor: TableEditor) -> None:
    copy(PASTED)
    line = open_cell(qtbot, editor, 1, NAME)

    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert editor.current is editor.pasting
    assert at(editor, 1, NAME).data() == "Bremskolben"


def test_a_single_value_goes_into_the_cell(editor: TableEditor, interview: Interview) -> None:
    copy("33,5 %\r\n")
    editor.page.grid.setCurrentIndex(at(editor, 1, SHARE))

    QTest.keyClick(editor.page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert values(interview, 1)["product_share"] == "33.5"


@pytest.mark.parametrize("act", [TableEditor.paste, TableEditor.read_staff])
def test_an_empty_clipboard_is_said_above_the_table(
    editor: TableEditor, act: Callable[[TableEditor], None]
) -> None:
    copy("")

    act(editor)

    assert editor.current is editor.page
    assert "keine Tabelle" in editor.banner.accessibleName()


def test_rows_that_cannot_be_saved_stay_on_the_page(
    qtbot: QtBot, editor: TableEditor, interview: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KnownError("Die Festplatte ist voll.")

    copy(PASTED)
    editor.paste()
    with monkeypatch.context() as broken:
        broken.setattr(interview, "fill_rows", fail)
        with qtbot.waitSignal(editor.failed):
            editor.pasting.take.click()

    assert editor.current is editor.pasting
    assert editor.banner.isVisible()

    editor.pasting.take.click()

    assert editor.model.rowCount() == 5
    assert not editor.banner.isVisible()


def test_an_empty_row_makes_room_for_what_is_pasted(qtbot: QtBot, interview: Interview) -> None:
    editor = opened(qtbot, interview, "products")
    editor.add_row()
    copy(PASTED)
    editor.paste()

    editor.pasting.take.click()

    assert [at(editor, row, NAME).data() for row in range(2)] == ["Wellen", "Guss"]
    assert editor.model.rowCount() == 2


# -- personnel list --------------------------------------------------------------------------


def test_only_a_table_with_age_bands_offers_the_personnel_list(
    qtbot: QtBot, interview: Interview
) -> None:
    editor = opened(qtbot, interview, "products")
    assert not editor.page.staff.isVisible()

    editor.show_table(interview, "jobs")

    assert editor.page.staff.isVisible()


def test_a_personnel_list_becomes_counts_and_no_name_is_stored(
    qtbot: QtBot, interview: Interview, bare_place: Workplace
) -> None:
    editor = opened(qtbot, interview, "jobs")
    copy(STAFF)
    editor.read_staff()
    page = editor.staff
    assert page.outcome.text() == "4 Personen in 2 Tätigkeiten."
    assert page.small.isVisible()

    page.take.click()

    assert values(interview, 0, "jobs") == {
        "job_name": "Zerspanung",
        "job_heads": "3",
        "job_under30": "1",
        "job_30to44": "0",
        "job_45to54": "1",
        "job_55to59": "0",
        "job_60plus": "1",
        "job_exits5": "1",
    }
    assert values(interview, 1, "jobs")["job_name"] == "übrige"
    everything = repr(interview.table("jobs")) + repr(page.__dict__)
    names = ("Quastenflosser", "Zwölfender", "Morgenröte", "Abendstern", "1970")
    assert [name for name in names if name in everything] == []
    assert page.summary() is None

    editor.page.notice.button.click()
    assert QGuiApplication.clipboard().text() == ""


def test_a_personnel_list_of_one_kind_of_work_is_counted_in_the_singular(
    qtbot: QtBot, interview: Interview
) -> None:
    editor = opened(qtbot, interview, "jobs")
    copy("Tätigkeit\tJahrgang\n" + "Zerspanung\t1970\n" * 3)
    editor.read_staff()
    assert editor.staff.outcome.text() == "3 Personen in einer Tätigkeit."
    assert editor.staff.take.text() == "1 Zeile übernehmen"


@pytest.mark.parametrize(("width", "scale"), [(774, 1.0), (460, 1.0), (760, 2.0)])
def test_both_pastings_fit_into_a_narrow_window(
    qtbot: QtBot, interview: Interview, width: int, scale: float
) -> None:
    app = QGuiApplication.instance()
    apply_theme(app, LIGHT, scale)  # type: ignore[arg-type]
    editor = opened(qtbot, interview, "jobs", width)
    copy(STAFF)
    for act in (editor.read_staff, editor.paste):
        act()
        qtbot.waitUntil(lambda: editor.current.width() <= width)
        assert editor.minimumSizeHint().width() <= width


def test_a_column_of_names_is_not_taken_for_jobs(qtbot: QtBot, interview: Interview) -> None:
    editor = opened(qtbot, interview, "jobs")
    more = "".join(f"Person{n}\tGuss\t01.01.198{n}\n" for n in range(6))
    copy(STAFF + more)
    editor.read_staff()
    page = editor.staff
    page.merge.setChecked(False)

    page.job.set_value("0")
    page.job.chosen.emit("0")

    assert not page.take.isEnabled()
    assert "sieht nach Namen aus" in page.small.accessibleName()

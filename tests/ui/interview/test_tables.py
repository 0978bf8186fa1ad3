"""Repeats as tables over the real interview: cells, rows, room, what cannot be saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.ui.interview.tables.cell_editors import text_of
from desktop_advisor.ui.interview.tables.column_widths import PADDING
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font
from desktop_advisor.ui.widgets import ChoiceBox, column
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.interview.table_steps import (
    CATI,
    EOP,
    HEADS,
    NAME,
    ROWS,
    SHARE,
    SINCE,
    THIN,
    TOPICS,
    at,
    begun,
    copy,
    filled,
    line_of,
    open_cell,
    opened,
    type_over,
    values,
)


@pytest.fixture
def interview(bare_place: Workplace) -> Interview:
    return begun(bare_place)


@pytest.fixture
def editor(qtbot: QtBot, interview: Interview) -> TableEditor:
    return filled(qtbot, interview)


# -- cells -----------------------------------------------------------------------------------


def test_an_empty_table_says_what_to_do(qtbot: QtBot, interview: Interview) -> None:
    editor = opened(qtbot, interview, "products")

    assert editor.page.empty.isVisible()
    assert editor.page.empty.sentence.text() == (
        "Noch keine Zeile. Fügen Sie die Liste aus Excel ein oder legen Sie die erste an."
    )
    one_line = editor.page.empty.sentence.fontMetrics().height()
    assert editor.page.empty.sentence.height() < 3 * one_line

    QTest.mouseClick(editor.page.add, Qt.MouseButton.LeftButton)

    assert not editor.page.empty.isVisible()
    assert line_of(qtbot, editor).accessibleName() == "Produktgruppe, Zeile 1"


def test_figures_are_shown_in_german_and_choices_in_words(editor: TableEditor) -> None:
    assert at(editor, 1, SHARE).data() == "25,5"
    assert at(editor, 0, CATI).data() == "5 – Motorguss, Kurbelwellen"
    right = at(editor, 1, SHARE).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_what_is_typed_is_committed_as_a_form_value(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    with qtbot.waitSignal(editor.changed):
        type_over(open_cell(qtbot, editor, 1, SHARE), "12,5")
    assert values(interview, 1)["product_share"] == "12.5"

    assert line_of(qtbot, editor).accessibleName() == "Köpfe, Zeile 2"
    type_over(line_of(qtbot, editor), "1.200")
    assert values(interview, 1)["product_heads"] == "1200"

    type_over(open_cell(qtbot, editor, 1, SINCE), "3.4.19", Qt.Key.Key_Return)
    assert values(interview, 1)["product_since"] == "2019-04-03"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_choice_is_committed_when_it_is_chosen(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    grid = editor.page.grid
    grid.edit_cell(at(editor, 1, CATI))
    (box,) = grid.viewport().findChildren(ChoiceBox)
    qtbot.waitUntil(lambda: box.view().isVisible())

    box.hidePopup()
    box.setCurrentIndex(2)
    box.chosen.emit(box.value())

    assert values(interview, 1)["product_cati"] == "g3"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_choice_made_by_keys_leads_on_to_the_next_cell(
    qtbot: QtBot, editor: TableEditor, interview: Interview, key: Qt.Key
) -> None:
    grid = editor.page.grid
    grid.edit_cell(at(editor, 1, CATI))
    (box,) = grid.viewport().findChildren(ChoiceBox)
    qtbot.waitUntil(lambda: box.view().isVisible())

    QTest.keyClick(box.view(), Qt.Key.Key_Home)
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), key)

    qtbot.waitUntil(lambda: grid.currentIndex().column() > CATI)
    assert values(interview, 1)["product_cati"] == "g3"


def test_what_cannot_be_read_stays_in_the_cell_with_a_sentence(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    type_over(open_cell(qtbot, editor, 1, SHARE), "ca. 12")

    assert at(editor, 1, SHARE).data() == "ca. 12"
    assert values(interview, 1)["product_share"] == "25.5"
    sentence = "Zeile 2, Umsatzanteil in %: Bitte eine Zahl eingeben, zum Beispiel 12,5."
    assert sentence in editor.page.problems.sentences
    assert not editor.settle()

    type_over(open_cell(qtbot, editor, 1, SHARE), "25,5")

    assert sentence not in editor.page.problems.sentences
    assert editor.settle()


def test_what_is_being_typed_is_committed_when_the_place_is_left(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    QTest.keyClicks(open_cell(qtbot, editor, 1, HEADS), "31")

    assert editor.settle()

    assert values(interview, 1)["product_heads"] == "31"

    editor.open_row(1, "product_heads")
    field = editor.form.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "7")
    assert editor.settle()
    assert values(interview, 1)["product_heads"] == "7"


def test_what_breaks_a_rule_of_the_form_is_saved_and_named(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    type_over(open_cell(qtbot, editor, 0, SHARE), "158")

    assert values(interview, 0)["product_share"] == "158"
    assert "Zeile 1, Umsatzanteil in %: Höchstens 100 %." in editor.page.problems.sentences


def test_a_cell_that_is_not_asked_cannot_be_edited(editor: TableEditor) -> None:
    assert not editor.model.is_editable(at(editor, 2, EOP))
    assert editor.model.is_editable(at(editor, 1, EOP))


def test_every_cell_has_a_name_of_its_own(editor: TableEditor) -> None:
    spoken = QAccessible.queryAccessibleInterface(editor.page.grid)
    assert spoken is not None
    name = at(editor, 1, SHARE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert name == "Umsatzanteil in %, Zeile 2: 25,5"
    remove = at(editor, 1, editor.model.remove_column)
    assert remove.data(Qt.ItemDataRole.AccessibleTextRole) == "Zeile 2 entfernen"


def test_a_hint_is_shown_while_its_column_has_the_keyboard(editor: TableEditor) -> None:
    editor.page.grid.setCurrentIndex(at(editor, 0, SHARE))

    assert editor.page.hint.text() == "Umsatzanteil in %: Anteil am Jahresumsatz."


def test_sums_stand_below_and_the_rest_is_named(editor: TableEditor) -> None:
    assert editor.page.foot.sums == {SHARE: (f"98,0{THIN}%", False)}
    said = f"Summe Umsatzanteil 98,0{THIN}%: 2,0{THIN}% bleiben nicht zugeordnet."
    assert said in editor.page.problems.sentences


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_column_of_shares_has_room_for_a_sum_beyond_100(
    qtbot: QtBot, interview: Interview, scale: float
) -> None:
    app = QGuiApplication.instance()
    apply_theme(app, LIGHT, scale)  # type: ignore[arg-type]
    interview.fill_rows("products", ROWS)
    editor = opened(qtbot, interview, "products", 900)

    metrics = QFontMetrics(font(Size.TEXT, SEMIBOLD, scale))
    room = editor.page.grid.fitting.widths[SHARE] - 2 * PADDING
    assert metrics.horizontalAdvance(f"110,0{THIN}%") <= room


# -- rows and keyboard -----------------------------------------------------------------------


def test_enter_behind_the_last_cell_adds_a_row_but_not_a_second_empty_one(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    QTest.keyClick(open_cell(qtbot, editor, 2, SINCE), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: editor.model.rowCount() == 4)
    assert line_of(qtbot, editor).accessibleName() == "Produktgruppe, Zeile 4"

    QTest.keyClick(open_cell(qtbot, editor, 3, SINCE), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: editor.page.grid.currentIndex().column() == NAME)
    assert len(interview.table("products").rows) == 4


def test_delete_clears_a_cell(editor: TableEditor, interview: Interview) -> None:
    editor.page.grid.setCurrentIndex(at(editor, 0, SHARE))

    QTest.keyClick(editor.page.grid, Qt.Key.Key_Delete)

    assert "product_share" not in values(interview, 0)


def test_control_delete_removes_the_row_and_undo_brings_it_back(
    editor: TableEditor, interview: Interview
) -> None:
    editor.page.grid.setCurrentIndex(at(editor, 0, SHARE))

    QTest.keyClick(editor.page.grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)

    assert editor.model.rowCount() == 2
    assert editor.page.notice.words.text() == "Zeile „Kurbelwellen“ entfernt."

    QTest.mouseClick(editor.page.notice.button, Qt.MouseButton.LeftButton)

    assert values(interview, 0)["product_name"] == "Kurbelwellen"
    assert not editor.page.notice.isVisible()


def test_the_undo_of_a_row_is_gone_after_another_edit(qtbot: QtBot, editor: TableEditor) -> None:
    editor.remove_row(0)

    type_over(open_cell(qtbot, editor, 0, SHARE), "30")

    assert not editor.page.notice.isVisible()


def test_the_remove_button_of_a_row_is_large_enough_and_works(editor: TableEditor) -> None:
    grid = editor.page.grid
    target = grid.visualRect(at(editor, 1, editor.model.remove_column))
    assert min(target.width(), target.height()) >= 44

    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=target.center())

    assert [at(editor, row, NAME).data() for row in range(2)] == ["Kurbelwellen", "Gehäuse"]


def test_a_click_opens_the_cell(qtbot: QtBot, editor: TableEditor) -> None:
    grid = editor.page.grid

    QTest.mouseClick(
        grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=grid.visualRect(at(editor, 1, NAME)).center(),
    )

    assert line_of(qtbot, editor).text() == "Bremskolben"


def test_the_undo_is_gone_once_something_else_has_the_keyboard(
    qtbot: QtBot, interview: Interview
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    editor, other = TableEditor(), QLineEdit()
    around.setLayout(column(editor, other))
    around.resize(1000, 700)
    around.show()
    qtbot.waitExposed(around)
    around.activateWindow()
    interview.fill_rows("products", ROWS)
    editor.show_table(interview, "products")
    editor.remove_row(0)
    assert editor.page.notice.isVisible()

    other.setFocus()

    qtbot.waitUntil(lambda: not editor.page.notice.isVisible())


def test_a_table_that_the_form_counts_keeps_its_rows(qtbot: QtBot, interview: Interview) -> None:
    interview.answer("shifts", "2")
    editor = opened(qtbot, interview, "shift")

    assert editor.model.rowCount() == 2
    assert not editor.page.add.isVisible()
    assert not editor.page.paste.isVisible()
    assert editor.page.grid.isColumnHidden(editor.model.remove_column)
    editor.remove_row(0)
    QTest.keyClick(open_cell(qtbot, editor, 1, 0), Qt.Key.Key_Return)
    copy("Früh\tSpät\nNacht\t\n")
    editor.paste()

    assert editor.current is editor.page
    assert len(interview.table("shift").rows) == 2


# -- room and the row's form -----------------------------------------------------------------


@pytest.mark.parametrize(("width", "scale"), [(1200, 1.0), (774, 1.0), (460, 1.0), (774, 2.0)])
def test_nothing_sticks_out_and_what_does_not_fit_is_in_the_row(
    qtbot: QtBot, interview: Interview, width: int, scale: float
) -> None:
    app = QGuiApplication.instance()
    apply_theme(app, LIGHT, scale)  # type: ignore[arg-type]
    interview.fill_rows("products", ROWS)
    editor = opened(qtbot, interview, "products", width)

    grid = editor.page.grid
    shown = set(grid.fitting.widths)
    assert NAME in shown
    assert shown | set(grid.fitting.hidden) == set(range(7))
    assert grid.horizontalHeader().length() <= grid.viewport().width()
    assert editor.page.more.isVisible() == bool(grid.fitting.hidden)
    assert editor.minimumSizeHint().width() <= width


def test_the_form_of_a_row_has_every_field_and_commits(
    qtbot: QtBot, editor: TableEditor, interview: Interview
) -> None:
    with qtbot.waitSignal(editor.covered):
        editor.open_row(1)

    names = [field.accessibleName() for field in editor.form.findChildren(QLineEdit)]
    assert "Serienende, Zeile 2" in names
    assert editor.form.title.text() == "Zeile 2 von 3: Bremskolben"
    field = next(
        f for f in editor.form.findChildren(QLineEdit) if f.accessibleName() == "Köpfe, Zeile 2"
    )
    field.setFocus()
    QTest.keyClicks(field, "31")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert values(interview, 1)["product_heads"] == "31"

    QTest.mouseClick(editor.form.next, Qt.MouseButton.LeftButton)
    assert editor.form.title.text() == "Zeile 3 von 3: Gehäuse"

    QTest.keyClick(editor.form, Qt.Key.Key_Escape)
    assert editor.current is editor.page


def test_several_choices_are_answered_in_the_form_of_the_row(
    editor: TableEditor, interview: Interview
) -> None:
    editor.open_row(0)
    answer = next(f for f in editor.form.fields if f.accessibleName() == "Themen")

    answer.answered.emit("a b")  # type: ignore[union-attr]

    assert values(interview, 0)["product_topics"] == "a b"
    assert at(editor, 0, TOPICS).data() == "Guss, Montage"


def test_a_problem_leads_to_its_cell_even_where_that_is_hidden(
    qtbot: QtBot, interview: Interview
) -> None:
    interview.fill_rows("products", ROWS)
    editor = opened(qtbot, interview, "products", 460)
    assert EOP in editor.page.grid.fitting.hidden
    editor.model.take_text(at(editor, 1, EOP), "bald")
    (problem,) = editor.model.problems()

    editor.go_to(problem.row_key, problem.column.name)

    assert editor.current is editor.form
    focused = editor.form.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Serienende, Zeile 2"
    assert text_of(focused) == "bald"


# -- failing ---------------------------------------------------------------------------------


class Lost(KnownError):
    """The disk is full."""


def test_what_cannot_be_saved_stays_in_the_cell(
    qtbot: QtBot, editor: TableEditor, interview: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Lost("Die Festplatte ist voll.")

    with monkeypatch.context() as broken:
        broken.setattr(interview, "answer", fail)
        with qtbot.waitSignal(editor.failed) as told:
            type_over(open_cell(qtbot, editor, 1, NAME), "Sattel")

    assert told.args is not None
    assert isinstance(told.args[0], Lost)
    assert at(editor, 1, NAME).data() == "Sattel"
    assert "Zeile 2, Produktgruppe: Noch nicht gespeichert." in editor.page.problems.sentences
    assert editor.banner.isVisible()

    type_over(open_cell(qtbot, editor, 1, NAME), "Sattel neu")

    assert values(interview, 1)["product_name"] == "Sattel neu"
    assert not editor.banner.isVisible()

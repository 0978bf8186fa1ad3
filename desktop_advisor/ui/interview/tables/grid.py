"""The table itself: cells, keyboard, sums at its foot."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktop_advisor.ui.interview.tables.cell_delegate import CellDelegate, is_tabular, row_height
from desktop_advisor.ui.interview.tables.column_widths import PADDING, Fitting, fit, head_height
from desktop_advisor.ui.interview.tables.row_model import RowModel
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import control_height
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font

_FEW_ROWS = 6
"""So many are seen at once wherever the table stands; more of them scroll within it."""
_CONTROL = Qt.KeyboardModifier.ControlModifier


class TableGrid(QTableView):
    """One row per entry; as many columns as there is room for.

    Signals:
        row_opened, row_removed: number of the row, from 0.
        row_wanted: a new last row.
        table_pasted: a range of cells was pasted.
        cell_entered: another cell has the keyboard.
        laid_out: columns or widths have changed.
    """

    row_opened = Signal(int)
    row_removed = Signal(int)
    row_wanted = Signal()
    table_pasted = Signal()
    cell_entered = Signal()
    laid_out = Signal()

    def __init__(self, model: RowModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.fitting = Fitting({}, ())
        self.setModel(model)
        self._delegate = CellDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self._delegate.moved.connect(self._on_moved)
        self._delegate.pasted.connect(self.table_pasted)
        self._behave()
        self._look()
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self.lay_out)

    def _behave(self) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _look(self) -> None:
        self.setProperty("kind", "bare")
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(8)

    # -- room --------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Choose the columns that fit and give them their widths."""
        columns, model = self._model.columns, self._model
        if not columns:
            return
        button = control_height(theme().scale) + 2
        can_remove = model.view.can_change_rows
        room = self.viewport().width() - button * can_remove
        fitting = fit(columns, room)
        has_more = bool(fitting.hidden) or any(
            not self._is_in_cell(number) for number in fitting.widths
        )
        if has_more:
            fitting = fit(columns, room - button)
        self.fitting = fitting
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in fitting.widths)
            self.setColumnWidth(number, fitting.widths.get(number, 0))
        self.setColumnHidden(model.open_column, not has_more)
        self.setColumnHidden(model.remove_column, not can_remove)
        for number in (model.open_column, model.remove_column):
            self.setColumnWidth(number, button)
        self.horizontalHeader().setFixedHeight(head_height(columns, fitting.widths))
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.updateGeometry()
        self.laid_out.emit()

    def _is_in_cell(self, number: int) -> bool:
        return any(
            self._model.is_editable(self._model.index(row, number))
            or self._model.columns[number].is_readonly
            or not self._model.cell(self._model.index(row, number)).is_asked
            for row in range(self._model.rowCount())
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.lay_out()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), self._height(self._model.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self._height(min(self._model.rowCount(), _FEW_ROWS)))

    def _height(self, rows: int) -> int:
        return self.horizontalHeader().height() + rows * row_height() + 2 * self.frameWidth() + 2

    # -- pointer and keyboard ----------------------------------------------------------------

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._model.is_action(index):
            self._press(index)
        elif self._model.is_editable(index):
            self.edit(index)
        elif self._model.cell(index).is_asked and not self._model.cell(index).is_readonly:
            self.row_opened.emit(index.row())

    def _press(self, index: QModelIndex) -> None:
        if index.column() == self._model.open_column:
            self.row_opened.emit(index.row())
        else:
            self.row_removed.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event, self.currentIndex()):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent, index: QModelIndex) -> bool:
        key, has_control = event.key(), bool(event.modifiers() & _CONTROL)
        is_enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(index)
        elif key == Qt.Key.Key_Insert and not event.modifiers():
            self.row_wanted.emit()
        elif not index.isValid():
            return False
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
        elif is_enter and has_control:
            self.row_opened.emit(index.row())
        elif key == Qt.Key.Key_Delete and has_control:
            self.row_removed.emit(index.row())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._model.setData(index, "")
        elif is_enter or (key == Qt.Key.Key_Space and self._model.is_action(index)):
            self._on_clicked(index)
        else:
            return False
        return True

    def _paste(self, index: QModelIndex) -> None:
        text = QGuiApplication.clipboard().text()
        if is_tabular(text) or not index.isValid():
            self.table_pasted.emit()
        elif self._model.is_editable(index):
            self._model.setData(index, text.strip())

    def _on_moved(self, step: int) -> None:
        """Deferred, since the editor that was left is still being taken down."""
        QTimer.singleShot(0, self, lambda: self.go(step))

    def go(self, step: int) -> None:
        """Edit the next cell or the one before; behind the last one a new row is wanted."""
        here = self.currentIndex()
        columns = list(self.fitting.widths)
        row, place = here.row(), 0
        if here.column() in columns:
            place = columns.index(here.column())
        while True:
            place += step
            if not 0 <= place < len(columns):
                row, place = row + step, 0 if step > 0 else len(columns) - 1
            if row >= self._model.rowCount():
                self.row_wanted.emit()
                return
            if row < 0:
                return
            index = self._model.index(row, columns[place])
            if self._model.is_editable(index):
                self.edit_cell(index)
                return

    def edit_cell(self, index: QModelIndex) -> None:
        """Keyboard into a cell, ready to type."""
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def commit_open(self) -> None:
        """Save what is typed in an open cell, and close it."""
        editor = QApplication.focusWidget()
        if editor is not None and editor.parentWidget() is self.viewport():
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def edit_row(self, row: int) -> None:
        """Keyboard into the first cell of a row that can be edited."""
        for number in self.fitting.widths:
            index = self._model.index(row, number)
            if self._model.is_editable(index):
                self.edit_cell(index)
                return

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.cell_entered.emit()


class FootRow(QWidget):
    """Sums under the columns they belong to; it follows the widths of the grid."""

    def __init__(self, grid: TableGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.sums: dict[int, tuple[str, bool]] = {}
        grid.laid_out.connect(self.update)

    def show_sums(self, sums: dict[int, tuple[str, bool]]) -> None:
        """Column number → (sum in German, whether it is as it should be)."""
        self.sums = sums
        self.setVisible(bool(sums))
        self.setAccessibleName(self.tr("Summen"))
        self.setAccessibleDescription("; ".join(text for text, _ in sums.values()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, row_height() - 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.paper))
        painter.setPen(QPen(QColor(colours.control_line), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(font(Size.TEXT, SEMIBOLD, theme().scale))
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, (number, width) in enumerate(self._grid.fitting.widths.items()):
            left = self._grid.columnViewportPosition(number) + self._grid.frameWidth()
            room = self.rect().adjusted(left + PADDING, 0, 0, 0)
            room.setWidth(width - 2 * PADDING)
            if number in self.sums:
                text, is_right = self.sums[number]
                painter.setPen(QColor(colours.ink if is_right else colours.attention))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | middle), text)
            elif place == 0:
                painter.setPen(QColor(colours.soft))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | middle), self.tr("Summe"))

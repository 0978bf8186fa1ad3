"""How a cell looks, and its editor."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_advisor.ui.interview.tables.cell_editors import make_editor, put_text, text_of
from desktop_advisor.ui.interview.tables.column_widths import PADDING
from desktop_advisor.ui.interview.tables.list_keys import ListKeys
from desktop_advisor.ui.interview.tables.row_model import Index, RowModel
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import control_height
from desktop_advisor.ui.theme.typography import Size, font
from desktop_advisor.ui.widgets import ChoiceBox
from desktop_advisor.ui.widgets.icons import pixmap

_NEXT = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
NOT_ASKED = "–"


def row_height() -> int:
    """Room for an editor that can be hit with a glove."""
    return control_height(theme().scale) + 4


def is_tabular(text: str) -> bool:
    """Whether a copied text is more than one cell."""
    return "\t" in text.strip("\r\n") or "\n" in text.strip("\r\n")


class CellDelegate(QStyledItemDelegate):
    """Paints cells by the tokens and makes their editors.

    Signals:
        moved: the editor was closed by a key; +1 for the next cell, -1 for the one before.
        pasted: more than one cell was pasted into an editor.
    """

    moved = Signal(int)
    pasted = Signal()

    def __init__(self, model: RowModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    # -- editor ------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell, column = self._model.cell(index), self._model.column(index)
        editor = make_editor(column, cell, parent, in_form=False)
        editor.setAccessibleName(self._model.name(index))
        editor.setAccessibleDescription(self._model.problem(index) or column.hint)
        editor.setProperty("wrong", bool(self._model.problem(index)))
        if isinstance(editor, ChoiceBox):
            editor.chosen.connect(lambda _: self._close(editor, 0))
            ListKeys(editor).chosen.connect(lambda step: self._close(editor, step))
            QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        put_text(editor, self._model.cell(index), self._model.text(index))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        self._model.setData(index, text_of(editor))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect
        wide = max(rect.width() - 2, theme().px(168) if isinstance(editor, ChoiceBox) else 0)
        parent = editor.parentWidget()
        room = parent.width() if parent is not None else wide
        left = min(rect.left() + 1, max(0, room - wide - 1))
        editor.setGeometry(QRect(left, rect.top() + 2, wide, rect.height() - 4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        is_taken = isinstance(watched, QWidget) and self._takes(watched, event)
        return is_taken or super().eventFilter(watched, event)

    def _takes(self, editor: QWidget, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        plain = not modifiers & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT)
        if event.matches(QKeySequence.StandardKey.Paste):
            if is_tabular(QGuiApplication.clipboard().text()):
                self.closeEditor.emit(editor, _AS_IT_WAS)
                self.pasted.emit()
                return True
            return False
        if plain and (key in _NEXT or key == Qt.Key.Key_Backtab):
            back = key == Qt.Key.Key_Backtab or bool(modifiers & _SHIFT)
            self._close(editor, -1 if back else 1)
            return True
        return False

    def _close(self, editor: QWidget, step: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if step:
            self.moved.emit(step)

    # -- look --------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(60), row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._model.is_action(index):
            self._paint_action(painter, rect, index)
        else:
            self._paint_cell(painter, rect, index)
        if has_focus:
            painter.setPen(QPen(QColor(tokens().main), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), 6, 6)
        painter.restore()

    def _paint_action(self, painter: QPainter, rect: QRect, index: Index) -> None:
        name = "pen" if index.column() == self._model.open_column else "close"
        side = theme().px(18)
        left = rect.left() + (rect.width() - side) // 2
        top = rect.top() + (rect.height() - side) // 2
        painter.drawPixmap(left, top, pixmap(name, tokens().soft, side))

    def _paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        cell, colours = self._model.cell(index), tokens()
        if not cell.is_asked or cell.is_readonly:
            painter.fillRect(rect.adjusted(0, 0, -1, -1), QColor(colours.paper))
        text = self._model.text(index) if cell.is_asked else NOT_ASKED
        problem = self._model.problem(index)
        soft = not cell.is_asked or cell.is_readonly
        painter.setPen(QColor(colours.soft if soft else colours.ink))
        painter.setFont(font(Size.TEXT, scale=theme().scale))
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        flat = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, room.width())
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(room, int(alignment), shown)
        if problem:
            painter.setPen(QPen(QColor(colours.danger), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -3, -3), 6, 6)


_SHIFT = Qt.KeyboardModifier.ShiftModifier
_AS_IT_WAS = QStyledItemDelegate.EndEditHint.RevertModelCache

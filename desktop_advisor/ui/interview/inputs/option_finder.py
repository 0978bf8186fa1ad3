"""Very many options: a search field above a list that only draws what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.interview.inputs.answer_input import (
    LARGE_TARGET,
    answer_font,
    enlarge,
)
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET, M, S
from desktop_advisor.ui.theme.typography import SEMIBOLD
from desktop_advisor.ui.widgets import SearchField, SmallText, column
from desktop_advisor.ui.widgets.icons import pixmap
from desktop_advisor.usecases.question_views import Option

Index = QModelIndex | QPersistentModelIndex
VALUE = Qt.ItemDataRole.UserRole
ROWS_SEEN = 7
ROWS_SEEN_COMPACT = 3
TICK = 20


class _Options(QAbstractListModel):
    """The options with a tick on the chosen ones."""

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[Option, ...] = ()
        self.chosen: frozenset[str] = frozenset()

    def put(self, options: Sequence[Option], chosen: Sequence[str]) -> None:
        """Other options, or only other ticks, which leave the scrolling alone."""
        if tuple(options) != self.options:
            self.beginResetModel()
            self.options, self.chosen = tuple(options), frozenset(chosen)
            self.endResetModel()
        elif frozenset(chosen) != self.chosen:
            self.chosen = frozenset(chosen)
            self.dataChanged.emit(self.index(0), self.index(len(self.options) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.text
        if role == VALUE:
            return option.value
        if role == Qt.ItemDataRole.CheckStateRole:
            is_chosen = option.value in self.chosen
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        return None


class _Rows(QStyledItemDelegate):
    """One line per option, as high as a finger needs."""

    is_large = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        least = theme().px(LARGE_TARGET) if self.is_large else max(TARGET, theme().px(TARGET - 6))
        return QSize(theme().px(120), least)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.save()
        if is_chosen:
            painter.fillRect(rect, QColor(colours.main_tint))
            side = theme().px(TICK)
            tick = pixmap("check", colours.main, side)
            painter.drawPixmap(rect.x() + M, rect.center().y() - side // 2, tick)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.main), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        font = answer_font(self.is_large, SEMIBOLD) if is_chosen else answer_font(self.is_large)
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        words = rect.adjusted(M + theme().px(TICK) + S, 0, -M, 0)
        shown = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class _List(QListView):
    """Leaves letters, digits and the sideways arrows to the screen."""

    entered_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_sideways = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.entered_up.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.clicked.emit(self.currentIndex())
        elif is_sideways or event.text().strip() or event.key() == Qt.Key.Key_Return:
            event.ignore()
        else:
            super().keyPressEvent(event)


class OptionFinder(QWidget):
    """Search, list, and a line that says what is chosen even while the list shows other things.

    Signals:
        pressed: the value of the option.
    """

    pressed = Signal(str)

    def __init__(self, *, is_single: bool, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_single = is_single
        self._large = False
        self._compact = False
        self._readonly = False
        self.search = SearchField(self.tr("Suchen"))
        self.model = _Options()
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._rows = _Rows(self)
        self.list = self._made_list(name)
        self.says = SmallText("")
        self.search.searched.connect(self._filter)
        self.search.left_down.connect(lambda: self.move_focus(1))
        self.search.returnPressed.connect(self._take_the_only_one)
        self.setLayout(column(self.search, self.list, self.says, gap=S))
        self._measure()

    def _made_list(self, name: str) -> _List:
        made = _List()
        made.setModel(self.found)
        made.setItemDelegate(self._rows)
        made.setUniformItemSizes(True)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(name)
        made.clicked.connect(self._on_clicked)
        made.entered_up.connect(lambda: self.search.setFocus(Qt.FocusReason.TabFocusReason))
        return made

    def put(self, options: Sequence[Option], chosen: Sequence[str], *, is_readonly: bool) -> None:
        """Show these options with a tick on the chosen ones; the search stays."""
        self._readonly = is_readonly
        kept = self._current_value()
        is_other = tuple(options) != self.model.options
        self.model.put(options, chosen)
        if is_other:
            wanted = kept if kept in {o.value for o in options} else next(iter(chosen), "")
            self._show_value(wanted or "")
        self._say(chosen)

    def _say(self, chosen: Sequence[str]) -> None:
        words = [o.text for o in self.model.options if o.value in chosen]
        found = counted(self.found.rowCount(), self.tr("Treffer"), self.tr("Treffer"))
        if self.found.rowCount() == 0:
            text = self.tr("Nichts gefunden. Bitte kürzer suchen.")
        elif words:
            text = self.tr("Gewählt: {0}").format(", ".join(words))
        elif self.search.text():
            text = found
        else:
            text = self.tr("{0} zur Auswahl").format(self.found.rowCount())
        self.says.setText(text)

    def set_size(self, *, large: bool, compact: bool) -> None:
        """How much room there is."""
        self._large, self._compact = large, compact
        self._measure()

    def _measure(self) -> None:
        self._rows.is_large = self._large
        enlarge(self.search, self._large)
        line = theme().px(LARGE_TARGET) if self._large else max(TARGET, theme().px(TARGET - 6))
        rows = ROWS_SEEN_COMPACT if self._compact else ROWS_SEEN
        self.list.setFixedHeight(line * rows + 4)
        self.list.doItemsLayout()

    def focused(self) -> str | None:
        """The value the keyboard is on."""
        return self._current_value() if self.list.hasFocus() else None

    def focus_chosen(self) -> bool:
        """Keyboard to the chosen option in the list, to the search where none is."""
        chosen = next((o.value for o in self.model.options if o.value in self.model.chosen), "")
        if chosen and self._show_value(chosen):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.search.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def move_focus(self, step: int) -> None:
        """Into the list and along it."""
        here = self.list.currentIndex().row() if self.list.hasFocus() else None
        there = max(self.list.currentIndex().row(), 0) if here is None else here + step
        there = max(0, min(self.found.rowCount() - 1, there))
        self.list.setCurrentIndex(self.found.index(there, 0))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _filter(self, words: str) -> None:
        self.found.setFilterFixedString(words)
        self._say(tuple(self.model.chosen))

    def _take_the_only_one(self) -> None:
        self._filter(self.search.text().strip())
        if self.search.text().strip() and self.found.rowCount() == 1:
            self._on_clicked(self.found.index(0, 0))

    def _on_clicked(self, index: Index) -> None:
        if index.isValid() and not self._readonly:
            self.pressed.emit(str(index.data(VALUE)))

    def _current_value(self) -> str | None:
        index = self.list.currentIndex()
        return str(index.data(VALUE)) if index.isValid() else None

    def _show_value(self, value: str) -> bool:
        for row in range(self.found.rowCount()):
            index = self.found.index(row, 0)
            if index.data(VALUE) == value:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return True
        return False

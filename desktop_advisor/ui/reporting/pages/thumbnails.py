"""The pages small, two beside each other; drawn only where one looks."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_advisor.ui.reporting.pages.paper import Paper
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import XS, S
from desktop_advisor.ui.theme.tokens import SHEET, Tone
from desktop_advisor.ui.widgets.finger_scroll import follow_finger

WIDTH = 82
"""Pixels of a thumbnail at 100 %: two fit beside each other in the card."""
NUMBER_HEIGHT = 24
PAUSE_MS = 40
ROUNDING = 8
"""Pixels beside the last column; Qt takes its bar for wider than ours and would wrap early."""
_Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """Page numbers and, as far as they are drawn, pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self.images: dict[int, QImage] = {}
        self.stale: set[int] = set()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() or self.paper is None else len(self.paper.sizes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Seite {0} von {1}").format(index.row() + 1, self.rowCount())
        return None


class _Drawn(QStyledItemDelegate):
    """The page, its number below; the current one in the main colour."""

    def __init__(self, parent: Thumbnails) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._list.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours, page = tokens(), index.row()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = self._page_rect(option.rect, page)
        painter.save()
        image = self._list.image(page)
        if image is None:
            painter.fillRect(rect, QColor(SHEET))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, image)
        painter.setPen(QPen(QColor(colours.main if chosen else colours.line), 3 if chosen else 1))
        painter.drawRect(rect.adjusted(-1, -1, 0, 0) if chosen else rect)
        below = QRect(option.rect)
        below.setTop(below.bottom() - theme().px(NUMBER_HEIGHT) + 1)
        if chosen:
            pill = QRect(0, 0, theme().px(34), theme().px(NUMBER_HEIGHT) - 3)
            pill.moveCenter(below.center())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.main_tint))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(colours.text_on_tint(Tone.MAIN) if chosen else colours.soft))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))
        painter.restore()

    def _page_rect(self, cell: QRect, page: int) -> QRect:
        width = theme().px(WIDTH)
        height = round(width * self._list.ratio(page))
        left = cell.left() + (cell.width() - width) // 2
        room = cell.height() - theme().px(NUMBER_HEIGHT) - S
        return QRect(left, cell.top() + XS + max(0, room - height), width, height)


class Thumbnails(QListView):
    """One picture a page; the one being read is chosen.

    Signals:
        wanted: pages from 0 to be drawn, and the pixels of their width.
        page_chosen: the page the advisor went to.
    """

    wanted = Signal(list, int)
    page_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._pages = _Pages(self)
        self._is_following = False
        self.setProperty("kind", "bare")
        self.setAccessibleName(self.tr("Seiten"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setWrapping(True)
        self.setSpacing(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Drawn(self))
        self.setModel(self._pages)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._pause.start())
        self.selectionModel().currentChanged.connect(self._on_current)
        follow_finger(self)

    def show_paper(self, paper: Paper, *, is_same: bool = False) -> None:
        """These pages; old pictures stay until the new ones are drawn where it `is_same`."""
        self._pages.beginResetModel()
        self._pages.paper = paper
        if not is_same:
            self._pages.images.clear()
        self._pages.stale = set(range(len(paper.sizes)))
        self._pages.endResetModel()
        self.setGridSize(self.cell())
        self._pause.start()

    def take_image(self, page: int, image: QImage) -> None:
        """A thumbnail as it was wanted."""
        self._pages.images[page] = image
        self._pages.stale.discard(page)
        self.update(self._pages.index(page))

    def mark_page(self, page: int) -> None:
        """Show which page is being read, without going there."""
        index = self._pages.index(page)
        if index.isValid() and index.row() != self.currentIndex().row():
            self._is_following = True
            self.setCurrentIndex(index)
            self._is_following = False

    def count(self) -> int:
        """How many pages there are."""
        return self._pages.rowCount()

    def image(self, page: int) -> QImage | None:
        """The picture as far as it is drawn."""
        return self._pages.images.get(page)

    def ratio(self, page: int) -> float:
        """Height by width of a page."""
        paper = self._pages.paper
        return paper.sizes[page].ratio if paper is not None else 1.0

    def cell(self) -> QSize:
        """The room of one page and its number."""
        width, tall = theme().px(WIDTH), self.ratio(0) if self.count() else 1.0
        bar = self.verticalScrollBar().sizeHint().width()  # room for it before it comes
        room = self.width() - bar - ROUNDING
        across = room // max(1, room // (width + XS))
        return QSize(across, round(width * tall) + theme().px(NUMBER_HEIGHT) + S + XS)

    def _ask(self) -> None:
        if not self.isVisible():
            return
        view = self.viewport().rect().adjusted(0, -self.height() // 2, 0, self.height() // 2)
        seen = [n for n in range(self.count()) if self._rect(n).intersects(view)]
        lacking = [n for n in seen if n in self._pages.stale]
        if lacking:
            self.wanted.emit(lacking, round(theme().px(WIDTH) * self.devicePixelRatioF()))

    def _rect(self, page: int) -> QRect:
        return self.visualRect(self._pages.index(page))

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and not self._is_following:
            self.page_chosen.emit(now.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setGridSize(self.cell())
        self._pause.start()

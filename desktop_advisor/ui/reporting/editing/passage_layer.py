"""Over the pages: which passages can be edited, pressed by mouse or chosen by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.reporting.editing.passage_boxes import PassageBox
from desktop_advisor.ui.reporting.pages.view import PageView
from desktop_advisor.ui.theme.tokens import LIGHT

AIR = 4
"""Pixels between the words and the edges at their sides; lines above and below are close."""
REACH = 16
"""Pixels beside a passage at which a press still means it: a line of small type is thin."""
MARK = 3
"""Pixels of the bar beside an edited passage."""


class PassageLayer(QWidget):
    """Transparent but for the passages; scrolls with the pages beneath it.

    Signals:
        pressed: the key of the passage to edit.
    """

    pressed = Signal(str)

    def __init__(self, view: PageView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._boxes: Sequence[PassageBox] = ()
        self._names: Mapping[str, str] = {}
        self._edited: frozenset[str] = frozenset()
        self._chosen = ""
        self._at = -1
        self._under = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Passagen des Berichts"))
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        view.zoomed.connect(self.update)
        self.resize(view.viewport().size())
        self.hide()

    # -- what can be pressed -----------------------------------------------------------------

    def show_boxes(
        self, boxes: Sequence[PassageBox], names: Mapping[str, str], edited: frozenset[str]
    ) -> None:
        """These passages; the one the keyboard is on stays the same.

        What was added just now is brought into view, once it has found its page.
        """
        key, before = self.key(), {box.key for box in self._boxes}
        self._boxes, self._names, self._edited = boxes, names, edited
        self._at = next((n for n, box in enumerate(boxes) if box.key == key), -1)
        if before and self._chosen not in before:
            self.choose(self._chosen)
        self.update()

    def choose(self, key: str) -> None:
        """The passage that is being edited, "" for none; it is brought into view."""
        self._chosen = key
        for number, box in enumerate(self._boxes):
            if box.key == key:
                self._go_to(number)
                break
        self.update()

    def key(self) -> str:
        """The passage the keyboard is on, "" for none."""
        return self._boxes[self._at].key if 0 <= self._at < len(self._boxes) else ""

    def rect_of(self, key: str) -> QRectF:
        """Where a passage begins in the view; empty where it is on no page."""
        return next((self._on_view(b) for b in self._boxes if b.key == key), QRectF())

    def key_at(self, at: QPoint) -> str:
        """The passage under a point or just beside it, "" for none; of several the nearest."""
        point = QPointF(at)
        near = [(_distance(self._on_view(box), point), box.key) for box in self._boxes]
        distance, key = min(near, default=(REACH + 1.0, ""))
        return key if distance <= REACH else ""

    # -- moving about ------------------------------------------------------------------------

    def _go_to(self, number: int) -> None:
        self._at = number
        box = self._boxes[number]
        self.setAccessibleDescription(
            self.tr("{0}, Passage {1} von {2}").format(
                self._names.get(box.key, ""), number + 1, len(self._boxes)
            )
        )
        rect, view = self._on_view(box), self._view.viewport().rect()
        if rect.top() < 0 or rect.bottom() > view.height():
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + round(rect.top()) - view.height() // 4)
        self.update()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes from passage to passage, and on to the panel after the last."""
        number = self._at + (1 if is_next else -1)
        if self._at < 0:
            number = self._first_in_view() if is_next else -1
        if 0 <= number < len(self._boxes):
            self._go_to(number)
            return True
        return super().focusNextPrevChild(is_next)

    def _first_in_view(self) -> int:
        tops = (self._on_view(box).top() for box in self._boxes)
        return next((n for n, top in enumerate(tops) if top >= 0), 0)

    # -- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        for number, box in enumerate(self._boxes):
            rect = self._on_view(box)
            if rect.intersects(room):
                is_current = self.hasFocus() and number == self._at
                self._paint(painter, box.key, rect, is_current=is_current)

    def _paint(self, painter: QPainter, key: str, rect: QRectF, *, is_current: bool) -> None:
        """The page is white in every palette, and so are its marks those of the light one."""
        tint = QColor(LIGHT.main)
        is_chosen = key == self._chosen
        tint.setAlpha(40 if is_chosen else 26 if key == self._under else 0)
        edge = QColor(LIGHT.main)
        edge.setAlpha(255 if is_chosen or is_current else 110)
        pen = QPen(edge, 2 if is_chosen or is_current else 1)
        if not (is_chosen or is_current):
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(tint)
        painter.drawRoundedRect(rect, 4, 4)
        if key in self._edited:
            bar = QRectF(rect.left() - MARK - 3, rect.top() + 1, MARK, rect.height() - 2)
            painter.fillRect(bar, QColor(LIGHT.attention))

    def _on_view(self, box: PassageBox) -> QRectF:
        page = QRectF(self._view.shown_rect(box.page))
        return QRectF(
            page.left() + box.box.left * page.width(),
            page.top() + box.box.top * page.height(),
            (box.box.right - box.box.left) * page.width(),
            (box.box.bottom - box.box.top) * page.height(),
        ).adjusted(-AIR, 0, AIR, 0)

    # -- Qt ----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self.key_at(event.position().toPoint())
        self.setToolTip(self._names.get(self._under, ""))
        shape = Qt.CursorShape.PointingHandCursor if self._under else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position().toPoint())
        if key and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = ""
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in enter and self.key():
            self.pressed.emit(self.key())
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._at < 0 and self._boxes and event.reason() is Qt.FocusReason.TabFocusReason:
            self._go_to(self._first_in_view())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            size: QSize = self._view.viewport().size()
            self.resize(size)
        return super().eventFilter(watched, event)


def _distance(rect: QRectF, point: QPointF) -> float:
    """How far a point is beside a rectangle, 0 within."""
    across = max(rect.left() - point.x(), 0.0, point.x() - rect.right())
    down = max(rect.top() - point.y(), 0.0, point.y() - rect.bottom())
    return max(across, down)

"""The report's pages below each other, to be scrolled and zoomed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_advisor.ui.reporting.page_images import Pages
from desktop_advisor.ui.theme.current import tokens
from desktop_advisor.ui.theme.spacing import XL, L, M

LEAST_WIDTH, MOST_WIDTH = 320, 1600
FIRST_WIDTH = 680
"""Widest page before anybody zooms: a comfortable reading size."""
ZOOM_STEP = 1.2
REDRAW_PAUSE_MS = 180


class Page(QWidget):
    """One page, scaled to its width until it is drawn anew at that width."""

    def __init__(self, image: QImage, number: int, of: int) -> None:
        super().__init__()
        self._image = image
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Seite {0} von {1}").format(number, of))

    def show_image(self, image: QImage) -> None:
        """A sharper picture of the same page."""
        self._image = image
        self.update()

    def set_width(self, width: int) -> None:
        """Take that width; the height follows."""
        ratio = self._image.height() / max(1, self._image.width())
        self.setFixedSize(width, round(width * ratio))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PageView(QScrollArea):
    """All pages of one document.

    Signals:
        redraw_wanted: pixels; the pages should be drawn at this width.
        page_changed: the page a third down the view, from 0.
        pages_shown: there are pages now, perhaps other ones.
    """

    redraw_wanted = Signal(int)
    page_changed = Signal(int)
    pages_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(self.tr("Seitenvorschau"))
        self._zoom = 1.0
        self._pages: list[Page] = []
        self._drawn_at = 0
        inside = QWidget()
        inside.setProperty("kind", "clear")
        self.viewport().setProperty("kind", "clear")
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(L)
        self._column.setContentsMargins(M, 0, M, XL)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)
        self._pause = QTimer(self, singleShot=True, interval=REDRAW_PAUSE_MS)
        self._pause.timeout.connect(self._ask_redraw)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._tell_page())

    def page_width(self) -> int:
        """Logical pixels of a page at the present zoom."""
        room = self.viewport().width() - 2 * M
        fitting = min(FIRST_WIDTH, max(room, LEAST_WIDTH))
        return max(LEAST_WIDTH, min(MOST_WIDTH, round(fitting * self._zoom)))

    def wanted_pixels(self) -> int:
        """Physical pixels of a page, so that it is sharp on every screen."""
        return round(self.page_width() * self.devicePixelRatioF())

    def show_pages(self, pages: Pages) -> None:
        """These pages; the place one was reading is kept."""
        self._drawn_at = pages.width_px
        if len(pages.images) == len(self._pages):
            for page, image in zip(self._pages, pages.images, strict=True):
                page.show_image(image)
        else:
            self._rebuild(pages.images)
        self._fit()
        QTimer.singleShot(0, self, self.pages_shown.emit)

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def _rebuild(self, images: Sequence[QImage]) -> None:
        for page in self._pages:
            self._column.removeWidget(page)
            page.deleteLater()
        count = len(images)
        self._pages = [Page(image, n, count) for n, image in enumerate(images, start=1)]
        for page in self._pages:
            self._column.addWidget(page)

    def _fit(self) -> None:
        width = self.page_width()
        for page in self._pages:
            page.set_width(width)
        if self._pages and self.wanted_pixels() != self._drawn_at:
            self._pause.start()

    def _ask_redraw(self) -> None:
        if self.wanted_pixels() != self._drawn_at:
            self.redraw_wanted.emit(self.wanted_pixels())

    # -- moving about ------------------------------------------------------------------------

    def go_to(self, page: int) -> None:
        """Scroll so that this page begins at the top."""
        if 0 <= page < len(self._pages):
            self.verticalScrollBar().setValue(self._pages[page].y())

    def current_page(self) -> int:
        """The page a third down the view, from 0."""
        mark = self.verticalScrollBar().value() + self.viewport().height() // 3
        here = [n for n, page in enumerate(self._pages) if page.y() <= mark]
        return here[-1] if here else 0

    def _tell_page(self) -> None:
        self.page_changed.emit(self.current_page())

    def zoom(self, factor: float) -> None:
        """Larger or smaller around what is being read."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._zoom = max(0.5, min(3.0, self._zoom * factor))
        self._fit()
        QTimer.singleShot(0, self, lambda: bar.setValue(round(share * bar.maximum())))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoom(ZOOM_STEP if event.key() == Qt.Key.Key_Plus else 1 / ZOOM_STEP)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)
        return super().viewportEvent(event)

    def shown_rect(self, page: int) -> QRect:
        """Where a page stands, for tests."""
        return self._pages[page].geometry()

"""The pages of a document below each other, to be scrolled and zoomed.

Only pages near the view are drawn; what is farther away is forgotten again, so that a report of
sixty pages takes no more memory than one of six.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_advisor.report.preview import PageSize
from desktop_advisor.report.text_search import Box, Hit
from desktop_advisor.ui.reporting.pages.layout import PageLayout, Spot
from desktop_advisor.ui.reporting.pages.marks import draw_mark
from desktop_advisor.ui.reporting.pages.paper import Paper
from desktop_advisor.ui.reporting.pages.pinch import follow_pinch
from desktop_advisor.ui.reporting.pages.zoom import STEP, Fit, Zoom
from desktop_advisor.ui.theme.current import tokens
from desktop_advisor.ui.theme.spacing import XXL, L, M
from desktop_advisor.ui.theme.tokens import SHEET
from desktop_advisor.ui.widgets.finger_scroll import follow_finger

MOST_PIXELS = 2400
"""Widest a page is drawn; 33 MB. Beyond it is stretched."""
REDRAW_PAUSE_MS = 120
"""Quiet time after zooming before the pages are drawn at the new width."""
LINE_STEP = 48


class PageView(QAbstractScrollArea):
    """All pages of one document.

    Signals:
        pages_wanted: pages from 0, the most important first, and the pixels of their width.
        page_changed: the page a third down the view, from 0.
        moved: another part of the pages is in view.
        pages_shown: there is a document now, perhaps another one.
        zoomed: the size of the pages differs.
    """

    pages_wanted = Signal(list, int)
    page_changed = Signal(int)
    moved = Signal()
    pages_shown = Signal()
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "clear")
        self.viewport().setProperty("kind", "clear")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Seitenvorschau"))
        self.zoom_state = Zoom()
        self._sizes: tuple[PageSize, ...] = ()
        self._layout = PageLayout((), 1, L)
        self._images: dict[int, QImage] = {}
        self._stale: set[int] = set()
        self._marks: dict[int, list[Box]] = {}
        self._marked: Hit | None = None
        self._told = -1
        self._pause = QTimer(self, singleShot=True, interval=REDRAW_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.verticalScrollBar().setSingleStep(LINE_STEP)
        follow_finger(self)
        follow_pinch(self.viewport(), self.zoom)

    # -- what is shown -----------------------------------------------------------------------

    def show_paper(self, paper: Paper, spot: Spot | None = None, *, is_same: bool = False) -> None:
        """These pages from `spot` on; where it `is_same` document the old ones stay until drawn."""
        if not is_same:
            self._images.clear()
        self._sizes = paper.sizes
        self._stale = set(range(len(paper.sizes)))
        self._images = {n: image for n, image in self._images.items() if n in self._stale}
        self.show_hits((), None)
        self._arrange(spot or Spot(0, 0.0), 0)
        self._told = -1
        self._ask()
        self._tell_page()
        self.pages_shown.emit()

    def take_image(self, page: int, image: QImage) -> None:
        """A page as it was wanted."""
        if page < len(self._sizes):
            self._images[page] = image
            self._stale.discard(page)
            self.viewport().update(self.shown_rect(page))

    def show_hits(self, hits: Sequence[Hit], chosen: Hit | None) -> None:
        """Mark where the words stand; `chosen` more than the others."""
        self._marks = {}
        for hit in hits:
            self._marks.setdefault(hit.page, []).extend(hit.boxes)
        self._marked = chosen
        self.viewport().update()

    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def points(self) -> float:
        """How wide the page that is read is on paper, in points; 0 without a document."""
        return self._sizes[self.current_page()].width if self._sizes else 0.0

    def drawn(self) -> dict[int, QImage]:
        """The pages held in memory at this moment."""
        return dict(self._images)

    def is_sharp(self) -> bool:
        """Whether every page in view is drawn as it is now, at its width."""
        return not self._missing(self._visible())

    # -- size --------------------------------------------------------------------------------

    def page_width(self) -> int:
        """Logical pixels of a page at the present zoom."""
        room = self.viewport().size()
        ratio = self._sizes[self.current_page()].ratio if self._sizes else 1.414
        wide, high = room.width() - 2 * M, room.height() - M
        return self.zoom_state.page_width((wide, high), ratio)

    def wanted_pixels(self) -> int:
        """Physical pixels of a page, so that it is sharp on every screen."""
        return min(MOST_PIXELS, round(self._layout.width * self.devicePixelRatioF()))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller around `at`, or the middle of the view."""
        self._resize(self.zoom_state.changed(factor, self._layout.width), at)

    def fit(self, fit: Fit) -> None:
        """Let the size follow the view."""
        self._resize(Zoom(fit), QPointF(0, 0))

    def _resize(self, zoom: Zoom, at: QPointF | None) -> None:
        y = at.y() if at is not None else self.viewport().height() / 2
        spot = self._layout.spot(self.verticalScrollBar().value() + y)
        self.zoom_state = zoom
        self._arrange(spot, y)
        self._pause.start()
        self.zoomed.emit()

    def _arrange(self, spot: Spot, y: float) -> None:
        """Lay the pages out anew with `spot` at that height of the view."""
        self._layout = PageLayout(self._sizes, self.page_width(), L)
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        wide = self._layout.width + 2 * M
        down.setRange(0, max(0, self._layout.height + XXL - view.height()))
        down.setPageStep(max(1, view.height() - LINE_STEP))
        across.setRange(0, max(0, wide - view.width()))
        across.setPageStep(view.width())
        down.setValue(round(self._layout.y_of(spot) - y))
        self.viewport().update()

    # -- moving about ------------------------------------------------------------------------

    def spot(self) -> Spot:
        """What lies at the top of the view."""
        return self._layout.spot(self.verticalScrollBar().value())

    def go_to(self, page: int) -> None:
        """Scroll so that this page begins at the top."""
        if 0 <= page < len(self._sizes):
            self.verticalScrollBar().setValue(self._layout.tops[page])

    def go_to_spot(self, spot: Spot) -> None:
        """Scroll so that this place is at the top, a little below the edge."""
        if 0 <= spot.page < len(self._sizes):
            self.verticalScrollBar().setValue(self._layout.y_of(spot) - M)

    def read_spot(self) -> Spot:
        """What is being read: a third down the view."""
        y = self.verticalScrollBar().value() + self.viewport().height() / 3
        return self._layout.spot(y)

    def go_to_hit(self, hit: Hit) -> None:
        """Bring it into the upper third, unless it is in full view."""
        if hit.page >= len(self._sizes) or not hit.boxes:
            return
        box = self._on_view(hit.page, hit.boxes[0])
        if self.viewport().rect().contains(box.toAlignedRect()):
            return
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setValue(down.value() + round(box.top()) - self.viewport().height() // 3)
        across.setValue(across.value() + round(box.center().x()) - self.viewport().width() // 2)

    def current_page(self) -> int:
        """The page a third down the view, from 0."""
        mark = self.verticalScrollBar().value() + self.viewport().height() // 3
        return min(self._layout.page_at(mark), max(0, len(self._sizes) - 1))

    def page_at(self, at: QPoint) -> int | None:
        """The page under a point of the view; None between pages."""
        return next((n for n in self._visible() if self.shown_rect(n).contains(at)), None)

    def shown_rect(self, page: int) -> QRect:
        """Where a page stands in the view."""
        room, width = self.viewport().width(), self._layout.width
        fits = width + 2 * M <= room
        left = (room - width) // 2 if fits else M - self.horizontalScrollBar().value()
        top = self._layout.tops[page] - self.verticalScrollBar().value()
        return QRect(left, top, width, self._layout.heights[page])

    def _tell_page(self) -> None:
        page = self.current_page()
        if page != self._told:
            self._told = page
            self.page_changed.emit(page)

    # -- which pages are drawn ---------------------------------------------------------------

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.pages_between(top, top + self.viewport().height())

    def _near(self) -> list[int]:
        """In view first, then one before and one after."""
        seen = self._visible()
        around = (seen.stop, seen.start - 1)
        return [*seen, *(n for n in around if 0 <= n < len(self._sizes))]

    def _missing(self, pages: Sequence[int]) -> list[int]:
        width = self.wanted_pixels()
        sharp = {n for n, image in self._images.items() if image.width() == width}
        return [n for n in pages if n not in sharp or n in self._stale]

    def _ask(self) -> None:
        near = self._near()
        self._images = {n: image for n, image in self._images.items() if n in near}
        self.pages_wanted.emit(self._missing(near), self.wanted_pixels())

    # -- Qt ----------------------------------------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._tell_page()
        self.moved.emit()
        if not self._pause.isActive():
            self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._layout.spot(self.verticalScrollBar().value()), 0)
        self._pause.start()
        self.zoomed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._visible():
            self._paint_page(painter, page)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().main), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self.shown_rect(page)
        image = self._images.get(page)
        if image is None:
            painter.fillRect(rect, QColor(SHEET))
        else:
            painter.drawImage(rect, image)
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        chosen = self._marked.boxes if self._marked and self._marked.page == page else ()
        for box in self._marks.get(page, ()):
            draw_mark(painter, self._on_view(page, box), is_chosen=box in chosen)

    def _on_view(self, page: int, box: Box) -> QRectF:
        rect = QRectF(self.shown_rect(page))
        top_left = rect.topLeft() + QPointF(box.left * rect.width(), box.top * rect.height())
        end = rect.topLeft() + QPointF(box.right * rect.width(), box.bottom * rect.height())
        return QRectF(top_left, end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            up = event.angleDelta().y() or event.pixelDelta().y()
            if up:
                self.zoom(STEP if up > 0 else 1 / STEP, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoom(STEP if key == Qt.Key.Key_Plus else 1 / STEP)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        elif key == Qt.Key.Key_Space:
            bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()

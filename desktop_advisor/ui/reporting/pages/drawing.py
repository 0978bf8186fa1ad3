"""Pages drawn one at a time on a worker's thread, always what is looked at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop_advisor.ui.reporting.pages.paper import page_image
from desktop_advisor.ui.tasks import Control, run_task


@dataclass(frozen=True)
class _Order:
    page: int
    width_px: int
    is_thumbnail: bool


class PageDrawing(QObject):
    """Draws what is wanted now; what was wanted before and is not any more is never drawn.

    Signals:
        page_drawn: page from 0 and its QImage.
        thumbnail_drawn: the same, small.
        failed: the exception.
    """

    page_drawn = Signal(int, QImage)
    thumbnail_drawn = Signal(int, QImage)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._pages: list[_Order] = []
        self._thumbnails: list[_Order] = []
        self._is_drawing = False

    def take(self, pdf: bytes) -> None:
        """Another document; nothing of the last one arrives any more."""
        self._pdf = pdf
        self._pages, self._thumbnails = [], []

    def want_pages(self, pages: Sequence[int], width_px: int) -> None:
        """These, the most important first, instead of those wanted so far."""
        self._pages = [_Order(page, width_px, is_thumbnail=False) for page in pages]
        self._go_on()

    def want_thumbnails(self, pages: Sequence[int], width_px: int) -> None:
        """These, once the pages are drawn."""
        self._thumbnails = [_Order(page, width_px, is_thumbnail=True) for page in pages]
        self._go_on()

    def _go_on(self) -> None:
        waiting = self._pages or self._thumbnails
        if self._is_drawing or not waiting or not self._pdf:
            return
        self._is_drawing = True
        order, pdf = waiting.pop(0), self._pdf

        def work(_control: Control) -> QImage:
            return page_image(pdf, order.page, order.width_px)

        run_task(self, work, on_done=self._deliver(order, pdf), on_failed=self._fail)

    def _deliver(self, order: _Order, pdf: bytes) -> Callable[[QImage], None]:
        def deliver(image: QImage) -> None:
            self._is_drawing = False
            if pdf is self._pdf:
                told = self.thumbnail_drawn if order.is_thumbnail else self.page_drawn
                told.emit(order.page, image)
            self._go_on()

        return deliver

    def _fail(self, error: Exception) -> None:
        self._is_drawing = False
        self._pages, self._thumbnails = [], []
        self.failed.emit(error)

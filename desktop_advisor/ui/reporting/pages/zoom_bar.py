"""Below the pages: which page, how large, and the way to the search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_advisor.ui.reporting.pages.view import PageView
from desktop_advisor.ui.reporting.pages.zoom import STEP, Fit, percent
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, XS
from desktop_advisor.ui.widgets import Option, QuietButton, Segmented, SmallText, row

FITS_FROM = 500
"""Pixels at 100 % from which there is room for the two fits; they are in the menu as well."""
SIGN_WIDTH = 26
SIZES = (50, 75, 100, 150, 200)
"""Percent of the paper's size."""


class ZoomBar(QWidget):
    """One line.

    Signals:
        search_wanted: the magnifier was pressed.
    """

    search_wanted = Signal()

    def __init__(self, pages: PageView) -> None:
        super().__init__()
        self._pages = pages
        self._is_drawing = False
        self.page = SmallText("", wrap=False)
        self.percent = QuietButton("")
        self.search = self._button("", "search", self.tr("Im Dokument suchen (Strg+F)"))
        self.smaller = self._button("−", "", self.tr("Verkleinern"))
        self.larger = self._button("+", "", self.tr("Vergrößern"))
        self.fits = Segmented(
            self.tr("Größe"),
            (
                Option(Fit.WIDTH, self.tr("Seitenbreite")),
                Option(Fit.PAGE, self.tr("Ganze Seite")),
            ),
        )
        self.search.clicked.connect(self.search_wanted)
        self.smaller.clicked.connect(lambda: pages.zoom(1 / STEP))
        self.larger.clicked.connect(lambda: pages.zoom(STEP))
        self.percent.clicked.connect(self._open_menu)
        self.fits.chosen.connect(lambda key: pages.fit(Fit(key)))
        pages.page_changed.connect(lambda _: self._say())
        pages.pages_shown.connect(self._say)
        pages.zoomed.connect(self._say)
        self._lay_out()

    def _lay_out(self) -> None:
        line = row(gap=XS)
        line.addWidget(self.page, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        for part in (self.search, self.smaller, self.percent, self.larger, self.fits):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    def _button(self, words: str, icon: str, name: str) -> QuietButton:
        made = QuietButton(words, icon)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setMinimumWidth(max(TARGET, theme().px(SIGN_WIDTH)))
        return made

    def show_drawing(self, is_drawing: bool) -> None:
        """Whether the pages shown are about to be replaced by newer ones; nothing moves for it."""
        self._is_drawing = is_drawing
        self._say()

    def _say(self) -> None:
        paper_width = self._pages.points()
        if not paper_width:
            return
        words = self.tr("Seite {0} von {1}")
        words = words.format(self._pages.current_page() + 1, self._pages.count())
        self.page.setText(self.tr("Wird gezeichnet …") if self._is_drawing else words)
        shown = percent(self._pages.page_width(), paper_width)
        self.percent.setText(f"{shown}\u202f%")
        self.percent.setAccessibleName(self.tr("Größe {0} %, ändern").format(shown))
        fit = self._pages.zoom_state.fit
        self.fits.set_value(fit if fit in {Fit.WIDTH, Fit.PAGE} else "")

    def menu(self) -> QMenu:
        """Every size by name."""
        made, pages = QMenu(self), self._pages
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addAction(self.tr("Seitenbreite")).triggered.connect(lambda: pages.fit(Fit.WIDTH))
        made.addAction(self.tr("Ganze Seite")).triggered.connect(lambda: pages.fit(Fit.PAGE))
        made.addSeparator()
        for size in SIZES:
            entry = made.addAction(f"{size}\u202f%")
            entry.triggered.connect(lambda _=False, size=size: self._take(size))
        return made

    def _open_menu(self) -> None:
        menu = self.menu()
        above = self.percent.mapToGlobal(self.percent.rect().topLeft())
        above.setY(above.y() - menu.sizeHint().height())
        menu.popup(above)

    def _take(self, percentage: int) -> None:
        now = percent(self._pages.page_width(), self._pages.points())
        self._pages.zoom(percentage / now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fits.setVisible(self.width() >= theme().px(FITS_FROM))

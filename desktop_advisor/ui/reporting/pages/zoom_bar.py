"""Below the pages: which page, how large, and the way to the search."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.reporting.pages.view import PageView
from desktop_advisor.ui.reporting.pages.zoom import STEP, Fit, percent
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, XS
from desktop_advisor.ui.widgets import Option, QuietButton, Segmented, SmallText, row

FITS_FROM = 560
"""Pixels at 100 % from which there is room for the two fits."""
PERCENT_FROM = 400


class ZoomBar(QWidget):
    """One line.

    Signals:
        search_wanted: the magnifier was pressed.
    """

    search_wanted = Signal()

    def __init__(self, pages: PageView) -> None:
        super().__init__()
        self._pages = pages
        self.page = SmallText("", wrap=False)
        self.percent = SmallText("", wrap=False)
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
        self.fits.chosen.connect(lambda key: pages.fit(Fit(key)))
        pages.page_changed.connect(lambda _: self._say())
        pages.pages_shown.connect(self._say)
        pages.zoomed.connect(self._say)
        self._lay_out()

    def _lay_out(self) -> None:
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
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
        made.setFixedWidth(theme().px(TARGET))
        return made

    def _say(self) -> None:
        paper_width = self._pages.points()
        if not paper_width:
            return
        words = self.tr("Seite {0} von {1}")
        self.page.setText(words.format(self._pages.current_page() + 1, self._pages.count()))
        shown = percent(self._pages.page_width(), paper_width)
        self.percent.setText(f"{shown}\u202f%")
        fit = self._pages.zoom_state.fit
        self.fits.set_value(fit if fit in {Fit.WIDTH, Fit.PAGE} else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fits.setVisible(self.width() >= theme().px(FITS_FROM))
        self.percent.setVisible(self.width() >= theme().px(PERCENT_FROM))

"""The exposure on the overview: one number, what ends without a successor, the way to the rest."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_advisor.assessment.exposure import Exposure
from desktop_advisor.assessment.exposure_facts import MIDDLE_YEAR
from desktop_advisor.assessment.exposure_figures import ending_figure, turnover_figure
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import M
from desktop_advisor.ui.widgets import Card, FigureButton, QuietButton, SoftText, clear, row
from desktop_advisor.usecases.exposure import ExposureView, show_exposure

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class ExposureCard(Card):
    """Hidden until there is a product list; it is read in a worker and nothing waits for it.

    Attributes:
        figure: the number, None until it is read and where it may not be said. more: the way on.

    Signals:
        wanted: the tab with the products.
    """

    wanted = Signal()

    def __init__(self, place: Workplace, case_id: uuid.UUID) -> None:
        self.more = QuietButton("")
        super().__init__("", self.more)
        self.set_title(self.tr("Produktexposition Verbrenner"))
        self.more.setText(self.tr("Produkte ›"))
        self.more.clicked.connect(lambda _checked: self.wanted.emit())
        self.figure: FigureButton | None = None
        self.hide()

        def work(_control: Control) -> ExposureView:
            return show_exposure(place, case_id)

        run_task(self, work, on_done=self.show_view, on_failed=self._complain)

    def show_view(self, view: ExposureView) -> None:
        """Show it where there are rows."""
        clear(self.body)
        if view.exposure is not None:
            self._show(view.exposure)
        self.setVisible(view.exposure is not None)

    def _show(self, exposure: Exposure) -> None:
        found = turnover_figure(exposure)
        if found is None:
            self.add(SoftText(self.tr("Keine belastbare Aussage: zu viel nicht zugeordnet.")))
            return
        self.figure = FigureButton(found.text, found.derivation, kind="big-figure")
        line = row(self.figure, SoftText(self.tr("vom Umsatz"), wrap=False), gap=M)
        ending = ending_figure(exposure, exposure.ending(MIDDLE_YEAR))
        words = SoftText(self.tr("Serienenden sind noch nicht erfasst."))
        if ending is not None:
            line.addWidget(FigureButton(ending.text, ending.derivation))
            words.setText(self.tr("mit Auslauf bis {0} ohne Folgeauftrag").format(MIDDLE_YEAR))
        line.addWidget(words, 1)
        self.add(line)

    def _complain(self, error: Exception) -> None:
        raise error

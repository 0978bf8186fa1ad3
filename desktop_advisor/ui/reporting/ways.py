"""Which ways a document may leave the screen: everything for the report, less for the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_advisor.ui.reporting.hand_over_card import Way
from desktop_advisor.usecases.exporting_report import EXPORTS

if TYPE_CHECKING:
    from desktop_advisor.ui.reporting.handing_over import HandingOver
    from desktop_advisor.ui.reporting.mailing import Mailing
    from desktop_advisor.ui.reporting.opened_report import OpenedReport

_ICONS = {"docx": "note", "xlsx": "chart", "json": "list"}


class Ways(QObject):
    """Makes the rows of the card.

    Signals:
        copy_wanted: save what is shown as PDF.
        print_wanted: print what is shown.
    """

    copy_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, handing_over: HandingOver, mailing: Mailing, parent: QObject) -> None:
        super().__init__(parent)
        self._over = handing_over
        self._mailing = mailing

    def of(self, opened: OpenedReport | None, *, is_report: bool) -> list[Way]:
        """For the report, or for another document of the same company."""
        is_draft = opened is not None and opened.is_draft and is_report
        what = self.tr("Entwurf als PDF") if is_draft else self.tr("Kopie als PDF")
        key = self.tr("Strg + P")
        ways = [
            Way("copy", what, "", "document", self.copy_wanted.emit),
            Way("print", self.tr("Drucken"), key, "printer", self.print_wanted.emit),
        ]
        if is_report and opened is not None:
            ways += [*self._sealed(opened), *self._exports(opened)]
        return ways

    def _sealed(self, opened: OpenedReport) -> list[Way]:
        """What only a sealed report is good for."""
        report_id = opened.report_id
        if report_id is None:
            return []
        return [
            Way(
                "stick",
                self.tr("Auf USB-Stick mit Beleg"),
                self.tr("PDF und ein Beleg, wie man sie prüft"),
                "folder",
                partial(self._over.copy_to_stick, report_id),
            ),
            Way(
                "mail",
                self.tr("E-Mail vormerken"),
                self.tr("wartet unter Synchronisieren"),
                "mail",
                partial(self._mailing.ask, report_id),
            ),
        ]

    def _exports(self, opened: OpenedReport) -> list[Way]:
        return [
            Way(
                export.id,
                export.title,
                export.purpose,
                _ICONS.get(export.id, "document"),
                partial(self._over.export, opened.model, export, is_draft=opened.is_draft),
            )
            for export in EXPORTS
        ]

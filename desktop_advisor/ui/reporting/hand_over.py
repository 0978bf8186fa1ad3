"""Everything that leaves the report screen, in one hand: card, header button and keys ask here."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.reporting.handing_over import HandingOver
from desktop_advisor.ui.reporting.mailing import Mailing
from desktop_advisor.ui.reporting.ways import Ways
from desktop_advisor.usecases.documents.listing import file_name

if TYPE_CHECKING:
    from desktop_advisor.ui.reporting.desk import ReportDesk
    from desktop_advisor.ui.reporting.opened_report import OpenedReport
    from desktop_advisor.ui.reporting.shelf import Shelf
    from desktop_advisor.usecases.workplace import Workplace


class HandOver(QObject):
    """Knows what is on the desk and lets it leave in every way there is.

    Signals:
        done: what happened, and what is certain about it ("" for nothing more).
        failed: the exception.
        committed: something was saved in the store.
    """

    done = Signal(str, str)
    failed = Signal(object)
    committed = Signal()

    def __init__(
        self, screen: QWidget, place: Workplace, case_id: uuid.UUID, desk: ReportDesk, shelf: Shelf
    ) -> None:
        super().__init__(screen)
        self._desk = desk
        self._shelf = shelf
        self._opened: OpenedReport | None = None
        self.work = HandingOver(screen, place)
        self.mailing = Mailing(screen, place, case_id)
        self._ways = Ways(self.work, self.mailing, self)
        self._ways.copy_wanted.connect(self.save_copy)
        self._ways.print_wanted.connect(self.print_shown)
        self.mailing.changed.connect(self.committed)
        for part in (self.work, self.mailing):
            part.done.connect(self.done)
            part.failed.connect(self.failed)

    def show_ways(self, opened: OpenedReport | None) -> None:
        """The ways of what is on the desk; `opened` is the report, even while another is shown."""
        self._opened = opened
        self._desk.hand_over.show_ways(self._ways.of(opened, is_report=self._shelf.is_report))

    def save_copy(self) -> None:
        """The sealed report byte for byte; anything else as it is on the screen."""
        opened, paper = self._opened, self._desk.preview.paper
        if opened is None or paper is None:
            return
        if self._shelf.is_report and opened.report_id is not None:
            self.work.save_sealed(opened.report_id)
        else:
            name = file_name(self._shelf.shown, opened.model.company.name)
            self.work.save_shown(paper.pdf, name)

    def print_shown(self) -> None:
        """The document on the screen, on paper."""
        opened, paper = self._opened, self._desk.preview.paper
        if opened is not None and paper is not None:
            self.work.ask_print(paper.pdf, f"{self._shelf.shown.title} {opened.model.company.name}")

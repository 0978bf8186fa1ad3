"""In den Kalender: one line that asks what to write, then where."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    CheckBox,
    IconLabel,
    Option,
    QuietButton,
    SecondaryButton,
    Segmented,
    SmallText,
    Strong,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.calendar_export import CalendarWish, write_calendar

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class CalendarLine(QFrame):
    """Writes due measures and talks as a calendar file; hidden until it is asked.

    Signals:
        written: a sentence that says how many entries lie where.
        failed: the error.
    """

    written = Signal(str)
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID | None = None) -> None:
        super().__init__()
        self._place = place
        self._case_id = case_id
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(Tone.MAIN))
        self.whose = Segmented(
            self.tr("Umfang"),
            (
                Option("case", self.tr("dieser Beratungsfall")),
                Option("all", self.tr("alle Beratungsfälle")),
            ),
            "case",
        )
        show_if(self.whose, case_id is not None)
        self.names = CheckBox(self.tr("mit Titel und Unternehmen"))
        self.save = SecondaryButton(self.tr("Speichern …"), "calendar")
        self.cancel = QuietButton(self.tr("Abbrechen"))
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.hide)
        note = SmallText(
            self.tr(
                "Kalender werden oft mit anderen geteilt. Ohne Haken steht darin nur "
                "„Maßnahme fällig“ oder „Wiedervorlage“."
            )
        )
        parts = (self.whose, self.names, self.save, self.cancel)
        choices = FlowLayout(*(part for part in parts if part is not self.whose or case_id), gap=S)
        title = Strong(self.tr("Fällige Maßnahmen und Gespräche als Kalenderdatei"), wrap=True)
        line = row(IconLabel("calendar", Tone.MAIN, 22), gap=M, margins=(L, M, L, M))
        line.addLayout(column(title, note, choices, gap=S), 1)
        self.setLayout(line)
        self.hide()

    def ask(self) -> None:
        """Show it, with the keyboard on the button."""
        self.show()
        self.save.setFocus()

    def wish(self) -> CalendarWish:
        """What is chosen now; names are left out unless ticked."""
        case_id = self._case_id if self.whose.value() == "case" else None
        return CalendarWish(case_id, with_names=self.names.isChecked())

    def _ask_where(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Kalenderdatei speichern"),
            "wiedervorlage.ics",
            self.tr("Kalenderdateien (*.ics)"),
        )
        if found:
            self.write(Path(found))

    def write(self, target: Path) -> None:
        """Write it there, off the GUI thread."""
        place, wish = self._place, self.wish()

        def work(_control: Control) -> int:
            return write_calendar(place, wish, target)

        def done(count: int) -> None:
            self.hide()
            entries = counted(count, self.tr("Eintrag"), self.tr("Einträge"))
            self.written.emit(self.tr("{0} in {1} gespeichert.").format(entries, str(target)))

        run_task(self, work, on_done=done, on_failed=self.failed.emit)

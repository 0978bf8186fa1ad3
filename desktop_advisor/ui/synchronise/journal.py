"""The journal: what each synchronisation did, newest first, and a way to take it along."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.reporting.saving import ask_target
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    QuietButton,
    SmallText,
    SoftText,
    Text,
    clear,
    column,
)
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.sync_journal import JournalLine, export_journal, read_journal
from desktop_advisor.usecases.workplace import Workplace

FIRST_LINES = 6
MORE_LINES = 200


class Journal(Card):
    """The newest lines; more on demand."""

    def __init__(self, place: Workplace) -> None:
        self._save = QuietButton("", "document")
        super().__init__("", self._save)
        self.heading.setText(self.tr("Verlauf"))
        self.heading.show()
        self.setAccessibleName(self.tr("Verlauf"))
        self._save.setText(self.tr("Speichern …"))
        self._save.setAccessibleName(self.tr("Verlauf speichern"))
        self._save.clicked.connect(self._ask_where)
        self._place = place
        self._most = FIRST_LINES
        self.said = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(spacing.S)
        self._more = QuietButton(self.tr("Frühere zeigen"))
        self._more.clicked.connect(self._show_more)
        self.add(self.said, self._list)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest lines again."""
        lines = read_journal(self._place, self._most + 1)
        clear(self._list)
        for line in lines[: self._most]:
            self._list.addWidget(self._line(line))
        if not lines:
            words = self.tr("Noch keine Synchronisierung.")
            self._list.addWidget(SoftText(words))
        self._save.setVisible(bool(lines))
        self._more.setVisible(len(lines) > self._most and self._most < MORE_LINES)

    def _line(self, line: JournalLine) -> QWidget:
        made = QWidget()
        head = SmallText(joined(day_and_time(line.at), line.title, line.company))
        made.setLayout(column(head, Text(line.text), gap=0))
        return made

    def _show_more(self) -> None:
        self._most = MORE_LINES
        self.refresh()

    def _ask_where(self) -> None:
        kinds = self.tr("Tabelle (*.csv);;Text (*.txt)")
        name = self.tr("Sync-Verlauf.csv")
        target = ask_target(self, self._place, self.tr("Verlauf speichern"), name, kinds)
        if target is not None:
            self.save(target)

    def save(self, target: Path) -> None:
        """Write all lines there, off the GUI thread."""
        place = self._place

        def work(_control: Control) -> Path:
            return export_journal(place, target)

        def done(path: Path) -> None:
            words = self.tr("Der Verlauf liegt in „{0}“.").format(path.name)
            self.said.say(words, tone=Tone.GOOD)

        run_task(self, work, on_done=done, on_failed=self.said.say_error)

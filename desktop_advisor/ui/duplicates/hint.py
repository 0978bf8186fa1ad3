"""Calm words about files that look alike: how many there are, and while one is created."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import ListRow, SoftText, clear, column
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.companies import CompanyDraft
from desktop_advisor.usecases.duplicates import lookalikes, proposals
from desktop_advisor.usecases.workplace import Workplace

MOST_NAMED = 3
"""Our choice: whoever sees three known ones looks before creating a fourth."""


class DuplicatesHint(QWidget):
    """One line above the list; hidden while nothing looks alike, and until that is known.

    With 5,000 files finding out takes about a second, so it is done beside the GUI thread.

    Signals:
        wanted: look at the pairs.
    """

    wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._task: Task[int] | None = None
        self._is_stale = False
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def refresh(self) -> None:
        """Count again; what was found before stays until then."""
        if self._task is not None:
            self._is_stale = True
            return
        place = self._place

        def work(_control: Control) -> int:
            return len(proposals(place))

        self._task = run_task(
            self, work, on_done=self._show, on_failed=lambda _error: self._show(0)
        )

    def _show(self, count: int) -> None:
        self._task = None
        clear(self._line)
        if count:
            pairs = counted(count, self.tr("Paar"), self.tr("Paare"))
            words = self.tr("Vielleicht doppelt: {0} von Firmenakten")
            made = ListRow(words.format(pairs), inset=spacing.S)
            made.pressed.connect(self.wanted)
            self._line.addWidget(made)
        self.setVisible(bool(count))
        if self._is_stale:  # something was saved while it was being counted
            self._is_stale = False
            self.refresh()


class AlreadyThere(QWidget):
    """Names the files a new company may have already; nothing is blocked.

    Signals:
        opened: id of a file to go to instead.
    """

    opened = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        words = self.tr("Vielleicht gibt es die Akte schon:")
        self.setLayout(column(SoftText(words), self._found, gap=spacing.XS))
        self.hide()

    def look(self, draft: CompanyDraft) -> None:
        """Which files this draft looks like."""
        clear(self._found)
        found = lookalikes(self._place, draft) if draft.name.strip() or draft.vat_id else []
        for proposal in found[:MOST_NAMED]:
            known = proposal.second
            line = ListRow(joined(known.name, known.town), " ".join(proposal.reasons))
            line.pressed.connect(lambda key=known.company_id: self.opened.emit(key))
            self._found.addWidget(line)
        self.setVisible(bool(found))

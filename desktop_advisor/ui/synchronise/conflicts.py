"""What stands in several versions, in one line that leads to where it is decided."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, SecondaryButton, SoftText, Strong, column, row
from desktop_advisor.usecases.workplace import Workplace


class Conflicts(Card):
    """Hidden while there is none.

    Signals:
        wanted: look at them and decide.
    """

    wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.count = Strong(wrap=True)
        explanation = self.tr(
            "Auf mehreren Geräten verschieden ausgefüllt. Alle Fassungen sind aufbewahrt; bis Sie"
            " entscheiden, gilt die spätere vorläufig, und die Arbeit geht weiter."
        )
        self.button = SecondaryButton(self.tr("Ansehen und entscheiden"))
        self.button.clicked.connect(lambda _checked: self.wanted.emit())
        line = row(gap=spacing.L)
        line.addLayout(column(self.count, SoftText(explanation), gap=2), 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(line)

    def refresh(self) -> None:
        """Count again."""
        with self._place.store.read() as session:
            found = list_conflicts(session)
        fields = counted(len(found), self.tr("Angabe"), self.tr("Angaben"))
        count = len({conflict.company_id for conflict in found})
        files = counted(count, self.tr("Firmenakte"), self.tr("Firmenakten"))
        self.count.setText(self.tr("{0} in mehreren Fassungen, in {1}").format(fields, files))
        self.setVisible(bool(found))

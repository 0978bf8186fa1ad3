"""What stands in several versions, in one line that leads to where it is decided."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.conflicts import list_conflicts
from desktop_advisor.ui.synchronise.wording import late_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    IconLabel,
    SecondaryButton,
    SoftText,
    Strong,
    column,
    row,
)
from desktop_advisor.ui.widgets.labels import restyle, show_if
from desktop_advisor.ui.words import day_and_time
from desktop_advisor.usecases.kept_decisions import last_decision
from desktop_advisor.usecases.workplace import Workplace


class Conflicts(Card):
    """Hidden while there is none and nothing to be taken back.

    Signals:
        wanted: look at them and decide.
    """

    wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.count = Strong(wrap=True)
        self._explanation = SoftText("")
        self.button = SecondaryButton("")
        self.button.clicked.connect(lambda _checked: self.wanted.emit())
        self._mark = IconLabel("warning", Tone.ATTENTION, 22)
        line = row(gap=spacing.M)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(self.count, self._explanation, gap=2), 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(line)

    def refresh(self) -> None:
        """Count again."""
        with self._place.store.read() as session:
            found = list_conflicts(session)
        todo = [conflict for conflict in found if not conflict.is_sealed]
        late = late_words(len(found) - len(todo))
        self._call(is_due=bool(todo))
        if todo:
            fields = counted(len(todo), self.tr("Angabe"), self.tr("Angaben"))
            count = len({conflict.company_id for conflict in todo})
            files = counted(count, self.tr("Firmenakte"), self.tr("Firmenakten"))
            self.count.setText(self.tr("{0} in mehreren Fassungen, in {1}").format(fields, files))
            self._explanation.setText(" ".join((self._how(), f"{late}." if late else "")).strip())
            self.button.setText(self.tr("Ansehen und entscheiden"))
        elif late:
            self.count.setText(late)
            self._explanation.setText(self.tr("Hier ist nichts zu entscheiden."))
            self.button.setText(self.tr("Ansehen"))
        elif kept := last_decision(self._place):
            fields = counted(len(kept.names), self.tr("Angabe"), self.tr("Angaben"))
            words = self.tr("Zuletzt entschieden: {0}, {1}")
            self.count.setText(words.format(fields, day_and_time(kept.moment)))
            self._explanation.setText(self.tr("Das lässt sich noch zurücknehmen."))
            self.button.setText(self.tr("Ansehen"))
        else:
            self.hide()
            return
        self.show()

    def _call(self, *, is_due: bool) -> None:
        """What waits for a decision looks as it does in the company file."""
        show_if(self._mark, is_due)
        self.setProperty("kind", "banner" if is_due else "card")
        self.setProperty("tone", str(Tone.ATTENTION if is_due else Tone.NEUTRAL))
        restyle(self)

    def _how(self) -> str:
        return self.tr(
            "Auf mehreren Geräten verschieden ausgefüllt. Alle Fassungen sind aufbewahrt; bis Sie"
            " entscheiden, gilt die spätere vorläufig, und die Arbeit geht weiter."
        )

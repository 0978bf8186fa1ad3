"""The works council lets its view be seen, or keeps it: who decides, on what, and back again."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Pill,
    SecondaryButton,
    SmallText,
    Text,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.council_part import CouncilPart
from desktop_advisor.usecases.releasing import release_view, withdraw_release

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class ReleaseCard(Card):
    """What is released to whom, by whom; nothing is released before the button is pressed.

    Attributes:
        name: who of the works council decides.

    Signals:
        decided: the release was given or taken back; the results differ now.
        postponed: the works council does not release its view for now.
    """

    decided = Signal()
    postponed = Signal()

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        self._state = Pill("")
        super().__init__("", self._state, parent=parent)
        self.set_title(self.tr("Freigabe durch den Betriebsrat"))
        self._place = place
        self._case_id: uuid.UUID | None = None
        self._trouble = Banner()
        self._trouble.say_nothing()
        self._what = Text()
        self._consequence = SmallText()
        self._name_label = SmallText(self.tr("Für den Betriebsrat entscheidet"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Vor- und Nachname"))
        self.name.setAccessibleName(self.tr("Wer für den Betriebsrat entscheidet"))
        self.release = SecondaryButton(self.tr("Freigeben"))
        self.later = SecondaryButton(self.tr("Noch nicht freigeben"))
        self.withdraw = SecondaryButton(self.tr("Freigabe zurückziehen"))
        self.release.clicked.connect(lambda _checked: self._decide(is_released=True))
        self.withdraw.clicked.connect(lambda _checked: self._decide(is_released=False))
        self.later.clicked.connect(lambda _checked: self._postpone())
        buttons = QWidget()
        buttons.setLayout(FlowLayout(self.release, self.later, self.withdraw))
        self.add(self._trouble, self._what, self._consequence, self._name_label, self.name, buttons)

    def show_part(self, case_id: uuid.UUID, part: CouncilPart) -> None:
        """The release of a case as it stands; a name half typed stays."""
        self._case_id = case_id
        if not self.name.text().strip():
            self.name.setText(part.release.by or part.speaker)
        is_released = part.release.is_released
        self._what.setText(self._released_words(part) if is_released else self._open_words(part))
        self._consequence.setText(self._after(is_released=is_released))
        words = self.tr("freigegeben") if is_released else self.tr("noch nicht freigegeben")
        if part.release.is_withdrawn:
            words = self.tr("Freigabe zurückgezogen")
        self._state.say(words, Tone.GOOD if is_released else Tone.ATTENTION)
        show_if(self.release, not is_released)
        show_if(self.later, not is_released)
        show_if(self.withdraw, is_released)

    def _open_words(self, part: CouncilPart) -> str:
        return self.tr(
            "Mit der Freigabe stehen die Antworten des Betriebsrats mit Notizen und Belegen in "
            "Auswertung, Empfehlungen und Bericht; die Geschäftsführung sieht sie dort. "
            "Beantwortet sind {0} von {1} Fragen."
        ).format(part.answered, part.asked)

    def _released_words(self, part: CouncilPart) -> str:
        moment = part.release.at.astimezone(BERLIN) if part.release.at else None
        when = f"{short_date(moment.date())}, {clock_time(moment)} Uhr" if moment else ""
        return self.tr(
            "{0} hat die Sichtweise des Betriebsrats am {1} freigegeben. Die Geschäftsführung "
            "sieht sie in Auswertung, Empfehlungen und Bericht."
        ).format(part.release.by, when)

    def _after(self, *, is_released: bool) -> str:
        if is_released:
            return self.tr(
                "Die Freigabe lässt sich zurückziehen. Ein gesiegelter Bericht bleibt, wie er ist; "
                "auch eine vereinbarte Maßnahme bleibt."
            )
        return self.tr(
            "Darüber entscheidet allein der Betriebsrat. Die Freigabe gilt auch für spätere "
            "Antworten und lässt sich zurückziehen; ein gesiegelter Bericht bleibt dann "
            "unverändert."
        )

    def _postpone(self) -> None:
        self._trouble.say(
            self.tr("Nichts wurde freigegeben."),
            todo=self.tr("Das geht später in der Auswertung, Reiter „Sichtweisen“."),
            tone=Tone.GOOD,
        )
        self.postponed.emit()

    def _decide(self, *, is_released: bool) -> None:
        if self._case_id is None:
            return
        decide = release_view if is_released else withdraw_release
        try:
            decide(self._place, self._case_id, self.name.text())
        except KnownError as error:
            self._trouble.say(error.what, safe=error.safe, tone=Tone.ATTENTION)
            self.name.setFocus()
            return
        self._trouble.say_nothing()
        self.decided.emit()

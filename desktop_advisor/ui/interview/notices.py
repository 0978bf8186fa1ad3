"""What has to be said above the question: an error, a section put aside. No dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.interview.conduct import Conduct
from desktop_advisor.ui.theme.spacing import XL, L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, column
from desktop_advisor.ui.widgets.labels import show_if


class ParkingNotice(Banner):
    """Stands above the question until the talk goes on."""

    def __init__(self, conduct: Conduct) -> None:
        super().__init__(tone=Tone.GOOD)
        self._conduct = conduct
        self._code = ""
        self._is_new = False
        self.action_pressed.connect(self._back)
        conduct.parked.connect(self._on_parked)
        conduct.refused.connect(self.offer)
        conduct.question_changed.connect(lambda _view: self.say_nothing())
        conduct.answered.connect(lambda _effect: self.say_nothing())

    def offer(self, code: str) -> None:
        """A section put aside was pressed: it has no question to show."""
        self._code, self._is_new = code, False
        self.say(
            self.tr("„{0}“ ist zurückgestellt.").format(self._conduct.short(code)),
            safe=self.tr("Das Feld wird nicht betrachtet; gegebene Antworten bleiben erhalten."),
            tone=Tone.NEUTRAL,
        )
        self._show_action(self.tr("Wieder aufnehmen"))

    def _on_parked(self, code: str, is_parked: bool) -> None:
        if not is_parked:
            self.say_nothing()
            return
        self._code, self._is_new = code, True
        self.say(
            self.tr("„{0}“ wird nicht betrachtet.").format(self._conduct.short(code)),
            safe=self.tr("Die Fragen werden nicht gestellt und zählen nirgends mit."),
            tone=Tone.GOOD,
        )
        self._show_action(self.tr("Rückgängig"))

    def _show_action(self, words: str) -> None:
        self.button.setText(words)
        show_if(self.button, True)

    def _back(self) -> None:
        if self._is_new:
            self._conduct.undo()
        else:
            self._conduct.take_up(self._code)


class Notices(QWidget):
    """Takes room only while it says something.

    Attributes:
        trouble: what kept something from being saved.
        parking: a section put aside, with the way back.
    """

    def __init__(self, conduct: Conduct, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = Banner()
        self.parking = ParkingNotice(conduct)
        self.setLayout(column(self.trouble, self.parking, gap=S, margins=(XL, L, XL, 0)))
        self.trouble.say_nothing()
        conduct.began.connect(self.all_is_well)
        conduct.saved.connect(self.all_is_well)
        conduct.failed.connect(self.say_error)
        for signal in (conduct.parked, conduct.refused, conduct.question_changed):
            signal.connect(self._make_room)
        for signal in (conduct.answered, conduct.ended):
            signal.connect(self._make_room)
        self._make_room()

    def say_error(self, error: Exception) -> None:
        """Something could not be done; it stays until the next thing is saved."""
        self.trouble.say_error(error)
        self._make_room()

    def all_is_well(self) -> None:
        """Something was saved."""
        self.trouble.say_nothing()
        self._make_room()

    def _make_room(self) -> None:
        self.setVisible(any(not banner.isHidden() for banner in (self.trouble, self.parking)))

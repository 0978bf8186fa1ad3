"""The end of a laptop's life in a network: what was erased, and what was not."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.start.stage import Stage
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, Heading, PrimaryButton, SoftText, Text
from desktop_advisor.usecases.wiping import Wiped


class WipedPage(Stage):
    """Says honestly what is gone, what may be left, and who knows of it.

    Signals:
        quit_pressed: there is nothing more to do here.
    """

    quit_pressed = Signal()

    def __init__(self, wiped: Wiped) -> None:
        super().__init__()
        said = Banner()
        safe = self.tr("Der Schlüssel ist zerstört; was hier lag, kann niemand mehr lesen.")
        said.say(self.tr("Dieses Gerät ist gelöscht."), safe=safe, tone=Tone.GOOD)
        self.button = PrimaryButton(self.tr("Programm beenden"))
        self.button.clicked.connect(self.quit_pressed)
        lost = counted(wiped.unsent, self.tr("Eingabe"), self.tr("Eingaben"))
        facts = [self._report(wiped)]
        if wiped.unsent:
            words = self.tr("Verloren sind {0}, die kein Server hat.")
            if wiped.unsent == 1:
                words = self.tr("Verloren ist {0}, die kein Server hat.")
            facts.append(words.format(lost))
        if wiped.left:
            left = self.tr("Unlesbare Reste ließen sich nicht entfernen: {0}.")
            facts.append(left.format(", ".join(wiped.left)))
        self.card.add(Heading(self.tr("Gelöscht")), said, *(Text(fact) for fact in facts))
        copies = self.tr(
            "Kopien, die Sie selbst anderswo gespeichert haben (USB-Stick, Ausdrucke,"
            " E\u2011Mails), löscht das Programm nicht. Bitte geben Sie sie Ihrem Netzwerk zurück."
        )
        self.card.add(SoftText(copies), spacing.S, self.button)

    def _report(self, wiped: Wiped) -> str:
        if wiped.is_reported:
            return self.tr("{0} weiß, dass es gelöscht ist.").format(wiped.network)
        words = self.tr(
            "Die Meldung darüber kam bei {0} nicht an; bitte sagen Sie dort Bescheid, dass das"
            " Gerät gelöscht ist."
        )
        return words.format(wiped.network)

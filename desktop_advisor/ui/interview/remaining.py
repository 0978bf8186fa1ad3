"""'noch ca. 18 min': how long the open questions will take, at the pace observed so far."""

from __future__ import annotations

from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Pill


class RemainingPill(Pill):
    """Stands in the header while the interview runs."""

    def __init__(self) -> None:
        super().__init__("")

    def show_remaining(self, done: int, total: int, minutes: int) -> None:
        """Minutes for what is open; words where there is nothing left or hardly anything."""
        words = self.tr("noch ca. {0} min").format(minutes)
        if done == total:
            words = self.tr("vollständig")
        elif minutes < 1:
            words = self.tr("noch unter 1 min")
        self.say(words, Tone.NEUTRAL)

"""After how long without a touch the program locks itself."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.ui.widgets import Card, Label, Option, Segmented, SmallText
from desktop_advisor.usecases.locking import LOCK_AFTER_MINUTES, lock_minutes, save_lock_minutes
from desktop_advisor.usecases.workplace import Workplace

NEVER = "never"


class LockCard(Card):
    """One segmented control; it counts from the next minute on.

    Signals:
        changed: it was saved.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.set_title(self.tr("Sperre"))
        name = self.tr("Minuten ohne Eingabe, bis gesperrt wird")
        never = Option(NEVER, self.tr("nie"), self.tr("nie von selbst"))
        minutes = [Option(str(n), str(n)) for n in LOCK_AFTER_MINUTES]
        self.minutes = Segmented(name, (*minutes, never))
        self.add(
            Label(name, "label", wrap=True),
            self.minutes,
            SmallText(
                self.tr(
                    "Mit Strg L sofort, und immer nach dem Ruhezustand des Geräts. Offen bleibt,"
                    " woran Sie gerade arbeiten; gespeichert ist es vorher."
                )
            ),
        )
        saved = lock_minutes(place)
        self.minutes.set_value(NEVER if saved is None else str(saved))
        self.minutes.chosen.connect(self._save)

    def _save(self, chosen: str) -> None:
        save_lock_minutes(self._place, None if chosen == NEVER else int(chosen))
        self.changed.emit()

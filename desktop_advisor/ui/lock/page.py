"""The page that stands before everything while the program is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_advisor.ui.start.unlock import SECOND_MS, UnlockPage
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.palette import palette
from desktop_advisor.ui.theme.stylesheet import stylesheet
from desktop_advisor.ui.theme.tokens import SUN, Tone
from desktop_advisor.ui.widgets import Banner, Heading, IconLabel, SmallText


class LockPage(UnlockPage):
    """Asks for the passphrase; says nothing about whom or what.

    open_store: checks the passphrase and opens the store again.
    """

    def __init__(
        self,
        open_store: Callable[[str], object],
        *,
        is_all_saved: bool,
        second_ms: int = SECOND_MS,
        parent: QWidget | None = None,
    ) -> None:
        self._is_all_saved = is_all_saved
        super().__init__(open_store, second_ms=second_ms)
        self.setParent(parent)
        self.unsaved = Banner(tone=Tone.ATTENTION)
        self.still_busy = SmallText(
            self.tr("Eine laufende Arbeit endet noch, dann wird auch der Schlüssel vergessen.")
        )
        self.still_busy.hide()
        self.card.body.insertWidget(self.card.body.indexOf(self.form), self.unsaved)
        self.card.add(self.still_busy)
        if not is_all_saved:
            self.unsaved.say(
                self.tr("Eine Eingabe ist noch nicht gespeichert."),
                todo=self.tr(
                    "Sie bleibt im Fenster stehen. Bitte entsperren Sie, bevor Sie es schließen."
                ),
                tone=Tone.ATTENTION,
            )
        self.setFocusProxy(self.passphrase)
        if theme().tokens == SUN:
            self._shine()

    def head(self) -> Sequence[QWidget]:
        heading = Heading(self.tr("Gesperrt"))
        heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return (IconLabel("lock", Tone.MAIN, 22), heading)

    def words(self) -> str:
        onwards = self.tr("Nach der Passphrase geht es genau dort weiter, wo Sie waren.")
        if not self._is_all_saved:
            return onwards
        return self.tr("Alles Eingegebene ist gespeichert.") + " " + onwards

    def say_busy(self, is_busy: bool) -> None:
        """Whether something still runs that needs the keys."""
        self.still_busy.setVisible(is_busy)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab stays here: the window's own order may lead through what is hidden."""
        held = part = QApplication.focusWidget()
        while part is not None:
            part = part.nextInFocusChain() if is_next else part.previousInFocusChain()
            if part is None or part is held:
                return False
            if self._takes_tab(part):
                reasons = Qt.FocusReason
                part.setFocus(reasons.TabFocusReason if is_next else reasons.BacktabFocusReason)
                return True
        return False

    def _takes_tab(self, part: QWidget) -> bool:
        is_stop = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.isEnabled()
        return is_stop and part.isVisible() and self.isAncestorOf(part)

    def _shine(self) -> None:
        """As bright as the hall it hides."""
        self.setPalette(palette(SUN))
        self.setStyleSheet(stylesheet(theme()))

"""The left rail: where am I; at its foot, always: network state and what is unsent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.frame.foot import Foot
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import HairLine, Label, column, icon, spacer

GROWTH = 150
"""Pixels the rail gains until 200 %: what its longest entry needs."""
ENTRIES: tuple[tuple[Where, str], ...] = (
    (Where.TODAY, "home"),
    (Where.COMPANIES, "company"),
    (Where.KNOWLEDGE, "book"),
    (Where.SYNCHRONISE, "sync"),
    (Where.SETTINGS, "gear"),
)
"""Screen → its icon, in the order of Ctrl+1 to Ctrl+5."""


class RailButton(QPushButton):
    """One place; the icon takes the colour of its words."""

    def __init__(self, words: str, icon_name: str, key: str) -> None:
        super().__init__(f" {words}")
        self._icon_name = icon_name
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words.replace("&&", "&"))
        self.setToolTip(key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self._tint)
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        colours = tokens()
        colour = colours.text_on_tint(Tone.MAIN) if self.isChecked() else colours.soft
        self.setIcon(icon(self._icon_name, colour))
        side = theme().px(20)
        self.setIconSize(QSize(side, side))


class Rail(QFrame):
    """Brand, five places, and the foot.

    Signals:
        chosen: the Where of the entry pressed.
        lock_pressed: hide everything behind the passphrase.
    """

    chosen = Signal(object)
    lock_pressed = Signal()

    def __init__(self, network: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Hauptnavigation"))
        self._group = QButtonGroup(self)
        self.buttons: dict[Where, RailButton] = {}
        words = self._words()
        for number, (where, icon_name) in enumerate(ENTRIES, start=1):
            button = RailButton(words[where], icon_name, self.tr("Strg") + f"+{number}")
            button.clicked.connect(lambda _checked, where=where: self.chosen.emit(where))
            self._group.addButton(button)
            self.buttons[where] = button
        self.lock = RailButton(self.tr("Sperren"), "lock", self.tr("Strg") + "+L")
        self.lock.setCheckable(False)
        self.lock.clicked.connect(self.lock_pressed)
        self.network = Label(network, "small", wrap=True)
        places = column(*self.buttons.values(), gap=2, margins=(12, 12, 12, 0))
        locking = column(self.lock, margins=(12, 0, 12, spacing.S))
        below = (0, 0, 0, 20)
        self.setLayout(
            column(self._brand(), places, spacer(), locking, self._foot(), gap=0, margins=below)
        )
        self.measure()

    def measure(self) -> None:
        """Take the width the font scale asks for."""
        self.setFixedWidth(spacing.RAIL_WIDTH + round((theme().scale - 1) * GROWTH))

    def _words(self) -> dict[Where, str]:
        return {
            Where.TODAY: self.tr("Heute"),
            Where.COMPANIES: self.tr("Unternehmen"),
            Where.KNOWLEDGE: self.tr("Wissen && Angebote"),
            Where.SYNCHRONISE: self.tr("Synchronisieren"),
            Where.SETTINGS: self.tr("Einstellungen"),
        }

    def _brand(self) -> QWidget:
        brand = QWidget()
        brand.setLayout(
            column(Label("Desktop Advisor", "brand"), self.network, gap=0, margins=(22, 18, 12, 0))
        )
        return brand

    def _foot(self) -> QWidget:
        self.foot = Foot()
        self.foot.pressed.connect(lambda: self.chosen.emit(Where.SYNCHRONISE))
        box = QWidget()
        box.setLayout(column(HairLine(), self.foot, gap=0, margins=(12, 0, 12, 0)))
        return box

    def light(self, where: Where) -> None:
        """Show where one is."""
        self.buttons[where].setChecked(True)

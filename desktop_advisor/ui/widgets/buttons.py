"""Buttons: one primary per screen, the others step back; all at least 44 px high."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.widgets.icons import icon
from desktop_advisor.ui.widgets.labels import KeyHint, restyle


class Button(QPushButton):
    """A button of a kind, with an optional line icon tinted like its text."""

    KIND = "secondary"

    def __init__(self, text: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self.setProperty("kind", self.KIND)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._tint()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as it does everywhere else."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def set_kind(self, kind: str) -> None:
        """Another kind from now on ("primary", "secondary", "quiet", "danger")."""
        self.setProperty("kind", kind)
        restyle(self)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        if not self._icon_name:
            return
        colours = tokens()
        kind = self.property("kind")
        own = {"primary": colours.on_main, "quiet": colours.main, "danger": colours.danger}
        colour = own.get(kind, colours.ink)
        self.setIcon(icon(self._icon_name, colour))
        side = theme().px(18)
        self.setIconSize(QSize(side, side))


class PrimaryButton(Button):
    """What comes next; at most one per screen."""

    KIND = "primary"


class SecondaryButton(Button):
    """Anything else one may do here."""


class QuietButton(Button):
    """A minor way onwards inside a card, without an edge."""

    KIND = "quiet"


class KeyButton(SecondaryButton):
    """A secondary button that shows its key on a small cap at the right."""

    def __init__(self, text: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setProperty("keyed", True)
        self._hint = KeyHint(key, self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleDescription(self._hint.accessibleName())

    def sizeHint(self) -> QSize:
        base = super().sizeHint()
        return QSize(base.width() + self._hint.sizeHint().width() + 8, base.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - 20,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

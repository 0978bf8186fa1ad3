"""The header: whose file, which step, what is saved, what is next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import KeyButton, Pill, PrimaryButton, SecondaryButton, row
from desktop_advisor.ui.widgets.buttons import Button
from desktop_advisor.ui.widgets.labels import ElidedLabel


class BareButton(Button):
    """An icon that takes little of the title's room."""

    KIND = "back"


class PillButton(Button):
    """A state that leads to where something is done about it."""

    KIND = "pill"

    def __init__(self, text: str, tone: Tone) -> None:
        super().__init__(text)
        self.setProperty("tone", str(tone))


class Header(QFrame):
    """Title and subtitle left; pills, secondary buttons and the one primary button right.

    Signals:
        back_pressed: to where one came from.
        lock_pressed: hide everything behind the passphrase; only where there is no rail.
    """

    back_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "header")
        self.back = BareButton("", "back")
        self.back.setAccessibleName(self.tr("Zurück"))
        self.back.setToolTip(self.tr("Zurück") + " (Alt+←)")
        self.back.clicked.connect(self.back_pressed)
        self.lock = BareButton("", "lock")
        self.lock.setAccessibleName(self.tr("Sperren"))
        self.lock.setToolTip(self.tr("Sperren") + " (" + self.tr("Strg") + "+L)")
        self.lock.clicked.connect(self.lock_pressed)
        self.title = ElidedLabel("", "title")
        self.subtitle = ElidedLabel("", "subtitle")
        self.primary: PrimaryButton | None = None
        self._made: list[QWidget] = []
        self._minor: list[QWidget] = []
        self._right = QHBoxLayout()
        self._right.setSpacing(spacing.M + 2)
        line = row(self.back, gap=14, margins=(spacing.XXL, 0, spacing.XXL, 0))
        line.addWidget(self.title, 0)
        line.addWidget(self.subtitle, 0)
        line.addStretch(1)
        line.addLayout(self._right)
        line.addWidget(self.lock)
        self.setLayout(line)
        self.measure()

    def measure(self) -> None:
        """Take the height the font scale asks for."""
        from desktop_advisor.ui.theme.current import theme

        extra = spacing.control_height(theme().scale) - spacing.CONTROL_HEIGHT
        self.setFixedHeight(spacing.HEADER_HEIGHT + extra)

    def show_screen(self, screen: Screen, *, with_back: bool) -> None:
        """Words and actions of a screen."""
        self.back.setVisible(with_back)
        self.lock.setVisible(screen.FULL_SCREEN)
        self.title.setText(screen.title())
        self.subtitle.setText(screen.subtitle())
        self._clear()
        self._minor = []
        for number, pill in enumerate(screen.pills()):
            self._put(_pill(pill))
            if number:
                self._minor.append(self._made[-1])
        self._put_actions(screen.secondary())
        action = screen.primary()
        self.primary = None
        if action is not None:
            self.primary = PrimaryButton(action.label, action.icon)
            self._wire(self.primary, action)
            self._put(self.primary)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def event(self, event: QEvent) -> bool:
        """A state that says more than before takes its room from the subtitle."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._spare_title()
        return super().event(event)

    def _give_way(self) -> None:
        """Large type in a small window: all pills but the first, then the subtitle go."""
        for part in (*self._minor, self.subtitle):
            part.setVisible(part is not self.subtitle or bool(self.subtitle.text()))
        for part in (*reversed(self._minor), self.subtitle):
            if self._needed() <= self.width():
                break
            part.hide()
        self._spare_title()

    def _spare_title(self) -> None:
        """Where both do not fit, the subtitle is cut short before whose file it is."""
        least, title = self.subtitle.minimumSizeHint().width(), self.title
        rest = title.sizeHint().width() - title.minimumSizeHint().width()
        self.subtitle.setMaximumWidth(max(least, least + self.width() - self._needed() - rest))

    def _needed(self) -> int:
        """Pixels of everything shown, the title as short as it may be."""
        parts = [self.back, self.title, self.subtitle, self.lock, *self._made]
        shown = [part for part in parts if not part.isHidden()]
        gaps = self._right.spacing() * len(shown)
        return 2 * spacing.XXL + gaps + sum(part.minimumSizeHint().width() for part in shown)

    def _put_actions(self, actions: Sequence[Action]) -> None:
        for action in actions:
            key = QKeySequence(action.key).toString(QKeySequence.SequenceFormat.NativeText)
            plain = SecondaryButton(action.label, action.icon)
            button = KeyButton(action.label, key.replace("+", " ")) if action.key else plain
            self._wire(button, action)
            self._put(button)

    def _wire(self, button: QPushButton, action: Action) -> None:
        button.setEnabled(action.enabled)
        button.setToolTip(action.tip)
        if action.key:
            # A shortcut of the button itself would click 100 ms later, maybe after it is gone.
            key = QShortcut(QKeySequence(action.key), button)
            key.activated.connect(lambda: action.run() if button.isEnabled() else None)
        button.clicked.connect(lambda _checked: action.run())

    def _put(self, widget: QWidget) -> None:
        self._right.addWidget(widget)
        self._made.append(widget)
        widget.show()

    def _clear(self) -> None:
        """Take the last screen's parts away; those it lent (its SaveState) go back to nobody."""
        for widget in self._made:
            self._right.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
            if not widget.property("lent"):
                widget.deleteLater()
        self._made.clear()


def _pill(pill: StatePill | QWidget) -> QWidget:
    if isinstance(pill, StatePill):
        if pill.run is None:
            return Pill(pill.text, pill.tone)
        run, button = pill.run, PillButton(pill.text, pill.tone)
        button.clicked.connect(lambda _checked: run())
        return button
    pill.setProperty("lent", True)
    return pill

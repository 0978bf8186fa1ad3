"""Words: labels by kind, pills that say a state, key hints."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.ui.theme.tokens import Tone


def restyle(widget: QWidget) -> None:
    """Make the stylesheet look at changed properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def show_if(widget: QWidget, is_shown: bool) -> None:
    """Show or hide a part; one without a parent is never shown, as it would be a window."""
    if is_shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setVisible(is_shown)


class Label(QLabel):
    """Plain text (never markup, since it may hold what somebody typed) of a kind.

    wrap: the text may take several lines and gives way in width.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_kind(self, kind: str) -> None:
        """Look like another kind from now on."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            restyle(self)


class ElidedLabel(Label):
    """One line that gives way: what does not fit ends in "…" and stands in the tool tip."""

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setVisible(bool(text))
        self._explain()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, super().sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, self.width())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(align), shown)

    def _explain(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())


class Text(Label):
    """Running text, wraps."""

    def __init__(self, text: str = "", *, wrap: bool = True) -> None:
        super().__init__(text, "text", wrap=wrap)


class Strong(Label):
    """The name of a thing in a list."""

    def __init__(self, text: str = "", *, wrap: bool = False) -> None:
        super().__init__(text, "strong", wrap=wrap)


class SoftText(Label):
    """Running text that steps back, wraps."""

    def __init__(self, text: str = "", *, wrap: bool = True) -> None:
        super().__init__(text, "soft", wrap=wrap)


class SmallText(Label):
    """The second line of a row, wraps."""

    def __init__(self, text: str = "", *, wrap: bool = True) -> None:
        super().__init__(text, "small", wrap=wrap)


class Heading(Label):
    """Heading of a card."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, "heading")


class Pill(Label):
    """A state in one or two words; the tone only repeats what the word says."""

    def __init__(
        self, text: str, tone: Tone = Tone.NEUTRAL, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, "pill", parent=parent)
        self.setProperty("tone", str(tone))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def say(self, text: str, tone: Tone) -> None:
        """Another state."""
        self.setText(text)
        self.setAccessibleName(text)
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            restyle(self)


class SaveState(Pill):
    """'✓ gespeichert 09:14:07': what is safe on the disk, to the second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", Tone.NEUTRAL, parent=parent)
        self.saved()

    def saving(self) -> None:
        """Typed, not yet committed."""
        self.say(self.tr("… wird gespeichert"), Tone.NEUTRAL)

    def saved(self, moment: datetime | None = None) -> None:
        """Committed; without a moment only the fact is shown."""
        time = f" {moment.astimezone(BERLIN):%H:%M:%S}" if moment else ""
        self.say(self.tr("✓ gespeichert") + time, Tone.GOOD)

    def failed(self) -> None:
        """Typed but not committed: the text is still in the field."""
        self.say(self.tr("! nicht gespeichert"), Tone.DANGER)


class KeyHint(Label):
    """The key that does the same, as a small key cap."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, "key", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Taste") + f" {key}")

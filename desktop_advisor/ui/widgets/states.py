"""The designed states beside the normal one: empty, loading, known error, progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets.buttons import PrimaryButton, SecondaryButton
from desktop_advisor.ui.widgets.icons import IconLabel
from desktop_advisor.ui.widgets.labels import Label, SoftText, Strong, show_if
from desktop_advisor.ui.widgets.layout import column, row, spacer

SENTENCE_WIDTH = 440


class EmptyState(QWidget):
    """One sentence and at most one action, in the middle of the room that would hold the list."""

    def __init__(
        self,
        sentence: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        primary: bool = False,
    ) -> None:
        super().__init__()
        self.sentence = SoftText(sentence)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(theme().px(SENTENCE_WIDTH))
        self.button = (PrimaryButton if primary else SecondaryButton)(action)
        show_if(self.button, bool(action))
        if on_action is not None:
            self.button.clicked.connect(lambda _checked: on_action())
        icon = IconLabel(icon_name, side=32) if icon_name else None
        middle = column(gap=spacing.M, margins=(spacing.XL, spacing.XL, spacing.XL, spacing.XL))
        for part in (icon, self.sentence, self.button):
            if part is not None:
                # Not by alignment: an aligned label would not get the height its lines need.
                middle.addLayout(row(spacer(), part, spacer(), gap=0))
        self.setLayout(column(spacer(), middle, spacer()))


class LoadingState(QWidget):
    """One sentence and a moving bar, for what takes longer than a blink."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(240)
        bar.setAccessibleName(sentence)
        text = SoftText(sentence)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = column(text, gap=spacing.M)
        middle.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(spacer(), middle, spacer()))


class Banner(QFrame):
    """A known error where it matters: what happened, what is safe, what to do.

    Signals:
        action_pressed: the one button it may carry.
    """

    action_pressed = Signal()

    def __init__(
        self,
        what: str = "",
        *,
        safe: str = "",
        todo: str = "",
        tone: Tone = Tone.DANGER,
        action: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.setProperty("tone", str(tone))
        self._icon = IconLabel("warning", tone, 22)
        self._what = Strong(wrap=True)
        self._safe = Label(kind="text", wrap=True)
        self._todo = Label(kind="text", wrap=True)
        self.button = SecondaryButton(action)
        show_if(self.button, bool(action))
        self.button.clicked.connect(self.action_pressed)
        words = column(self._what, self._safe, self._todo, gap=2)
        line = row(gap=spacing.M, margins=(spacing.L, spacing.M, spacing.L, spacing.M))
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self._line = line
        self.say(what, safe=safe, todo=todo, tone=tone)

    def say(self, what: str, *, safe: str = "", todo: str = "", tone: Tone = Tone.DANGER) -> None:
        """Other words; hides itself when there is nothing to say."""
        for label, text in ((self._what, what), (self._safe, safe), (self._todo, todo)):
            label.setText(text)
            show_if(label, bool(text))
        self.setProperty("tone", str(tone))
        self._icon.show_icon("check" if tone is Tone.GOOD else "warning", tone)
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self._icon, top if safe or todo else middle)  # beside a button
        self.setAccessibleName(" ".join(part for part in (what, safe, todo) if part))
        show_if(self, bool(what))
        self.style().unpolish(self)
        self.style().polish(self)

    def say_error(self, error: BaseException) -> None:
        """The words of a known error; an unknown one is owned up to as our fault."""
        if isinstance(error, KnownError):
            self.say(error.what, safe=error.safe, todo=error.todo)
            return
        self.say(
            self.tr("Das Programm hat einen Fehler gemacht ({0}).").format(type(error).__name__),
            safe=self.tr("Alles bisher Gespeicherte ist sicher."),
            todo=self.tr("Bitte erneut versuchen; tritt es wieder auf, bitte melden."),
        )

    def say_nothing(self) -> None:
        """All is well."""
        self.say("")


class ProgressLine(QWidget):
    """A bar, what is being done, and a way to stop it.

    Signals:
        cancelled: the advisor asked to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Fortschritt"))
        self._words = Label(kind="text")
        self.stop = SecondaryButton(self.tr("Abbrechen"))
        self.stop.clicked.connect(self.cancelled)
        left = column(self._words, self._bar, gap=spacing.S)
        line = row(gap=spacing.L)
        line.addLayout(left, 1)
        line.addWidget(self.stop)
        self.setLayout(line)

    def advance(self, share: float | None, words: str) -> None:
        """0 to 1, or None while nobody knows how much there is."""
        self._bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self._bar.setValue(round(share * 1000))
        self._words.setText(words)

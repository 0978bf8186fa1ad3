"""'Warum diese Frage?': each rule as a sentence, what it reads, and how the editor wrote it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XS, L, M, S
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    HairLine,
    Heading,
    Label,
    QuietButton,
    SmallText,
    SoftText,
    Strong,
    Text,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.question_views import QuestionView, WhyView

WIDTH, HEIGHT = 640, 460
"""At 100 %: sentences of about 80 characters, three rules without scrolling."""
_MONO = 'QLabel {{ font-family: "{0}"; font-size: {1}px; }}'


class WhySheet(QFrame):
    """A sheet over the screen, to be read and put away.

    Signals:
        closed: the keyboard goes back to the question.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Warum diese Frage?"))
        self.setProperty("holds_tab", True)
        self._question = SmallText("")
        self.done = QuietButton("", "close")
        self.done.setAccessibleName(self.tr("Schließen"))
        self.done.setToolTip(self.tr("Schließen (Esc)"))
        self.done.clicked.connect(self.close_sheet)
        self._rules = QVBoxLayout()
        self._rules.setSpacing(L)
        self._inside = column(self._rules, spacer(), margins=(0, 0, M, 0))
        inside = QWidget()
        inside.setLayout(self._inside)
        head = row(Heading(self.tr("Warum diese Frage?")), spacer(), self.done, gap=S)
        whole = column(head, self._question, HairLine(), gap=S, margins=(XL, M, M, L))
        whole.addWidget(scrolling(inside), 1)
        self.setLayout(whole)

    def show_reasons(self, view: QuestionView, reasons: tuple[WhyView, ...]) -> None:
        """The rules about a question; without any it is always asked."""
        self._question.setText(view.text)
        clear(self._rules)
        for number, reason in enumerate(reasons):
            if number:
                self._rules.addWidget(HairLine())
            self._rules.addLayout(self._rule(reason))
        if not reasons:
            self._rules.addWidget(SoftText(self.tr("Diese Frage wird immer gestellt.")))
        self.place_itself()
        self.show()
        self.raise_()
        # Parts just made count in the height only once they are shown, after this event.
        QTimer.singleShot(0, self, self.place_itself)
        self.done.setFocus(Qt.FocusReason.PopupFocusReason)

    def _rule(self, reason: WhyView) -> QVBoxLayout:
        parts = column(Text(reason.sentence), gap=S)
        for question, answer in reason.reads:
            parts.addLayout(
                column(
                    SmallText(question), Strong(answer or self.tr("noch offen"), wrap=True), gap=0
                )
            )
        if reason.rule:
            rule = Label(reason.rule, "small", wrap=True)
            family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
            rule.setStyleSheet(_MONO.format(family, theme().px(Size.SMALL)))
            rule.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            parts.addSpacing(XS)
            parts.addWidget(rule)
        return parts

    def place_itself(self) -> None:
        """Upper middle of the parent, no higher than its words, so that the question is seen."""
        room = self.parentWidget()
        if room is not None:
            width = min(theme().px(WIDTH), room.width() - 2 * M)
            inner = width - XL - M
            head = self.done.sizeHint().height() + self._question.heightForWidth(inner)
            needed = head + self._inside.totalHeightForWidth(inner - L) + 2 * XL + 2 * L
            height = min(needed, theme().px(HEIGHT), room.height() - 2 * M)
            self.setGeometry((room.width() - width) // 2, M, width, height)

    def close_sheet(self) -> None:
        """Put it away."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        # Everything else stays here: a key pressed over this sheet must not answer the question.

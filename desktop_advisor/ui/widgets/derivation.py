"""A number that opens its arithmetic: pressed, a sheet shows inputs, formula and source."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, XL, L, M, S
from desktop_advisor.ui.widgets.buttons import QuietButton
from desktop_advisor.ui.widgets.card import HairLine
from desktop_advisor.ui.widgets.labels import Heading, SmallText, Strong, Text
from desktop_advisor.ui.widgets.layout import column, row, scrolling, spacer

WIDTH, HEIGHT = 600, 660
"""At 100 %: a formula of 70 characters on one line, eleven inputs without scrolling."""


class DerivationSheet(QFrame):
    """The arithmetic of one number over the screen; Escape or the cross puts it away.

    Signals:
        closed: the keyboard goes back to the number.
    """

    closed = Signal()

    def __init__(self, derivation: Derivation, room: QWidget) -> None:
        super().__init__(room)
        self.derivation = derivation
        self.setProperty("kind", "menu")
        self.setProperty("holds_tab", True)
        self.setAccessibleName(self.tr("Rechenweg: {0}").format(derivation.title))
        self.done = QuietButton("", "close")
        self.done.setAccessibleName(self.tr("Schließen"))
        self.done.setToolTip(self.tr("Schließen (Esc)"))
        self.done.clicked.connect(self.close_sheet)
        self._inside = column(*self._parts(), spacer(), gap=M, margins=(0, 0, M, 0))
        inside = QWidget()
        inside.setLayout(self._inside)
        title = Heading(derivation.title)
        title.setWordWrap(True)
        head = row(title, self.done, gap=S)
        head.setStretch(0, 1)
        self._head = column(head, HairLine(), gap=S)
        whole = column(self._head, gap=S, margins=(XL, M, M, L))
        whole.addWidget(scrolling(inside), 1)
        self.setLayout(whole)
        room.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep inside a window made smaller; Escape beside the sheet is meant for it too."""
        if watched is self.parent() and self.isVisible():
            if event.type() is QEvent.Type.Resize:
                self.place_itself()
            elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self.close_sheet()
                return True
        return super().eventFilter(watched, event)

    def _parts(self) -> list[QWidget]:
        about = self.derivation
        parts: list[QWidget] = [Strong(f"= {about.result}", wrap=True)]
        if about.terms:
            parts.append(_Terms(about.terms))
        parts += [SmallText(self.tr("So gerechnet")), Text(about.formula)]
        if about.assumptions:
            parts.append(SmallText(self.tr("Dabei angenommen")))
            parts += [Text(f"– {sentence}") for sentence in about.assumptions]
        if about.source:
            parts.append(SmallText(self.tr("Quelle: {0}").format(about.source)))
        return parts

    def open_sheet(self) -> None:
        """Show it over the room; the keyboard goes to the cross."""
        self.place_itself()
        self.show()
        self.raise_()
        # Wrapped lines know their height only once they are shown, after this event.
        QTimer.singleShot(0, self, self.place_itself)
        self.done.setFocus(Qt.FocusReason.PopupFocusReason)

    def place_itself(self) -> None:
        """Upper middle of the room, no higher than its words."""
        room = self.parentWidget()
        if room is not None:
            width = min(theme().px(WIDTH), room.width() - 2 * M)
            inner = width - XL - M
            head = self._head.totalHeightForWidth(inner)
            needed = head + self._inside.totalHeightForWidth(inner - L) + M + 2 * L + S
            height = min(needed, theme().px(HEIGHT), room.height() - 2 * M)
            self.setGeometry((room.width() - width) // 2, M, width, height)

    def close_sheet(self) -> None:
        """Put it away for good."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        # Everything else stays here: a key over this sheet must not reach the screen below.


class _Terms(QWidget):
    """What went in: label, note beneath it, value at the right."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        for line, term in enumerate(terms):
            words: list[QWidget] = [Text(term.label)]
            words += [SmallText(term.note)] if term.note else []
            grid.addLayout(column(*words, gap=0), line, 0)
            value = Strong(term.value)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        self.setLayout(grid)


class FigureButton(QPushButton):
    """A number one can press: it opens its arithmetic over its screen.

    right: it stands in a column of figures that end in one line.
    """

    def __init__(
        self, text: str, derivation: Derivation, *, kind: str = "figure", right: bool = False
    ) -> None:
        super().__init__(text)
        self.setMinimumWidth(TARGET)
        self.setProperty("align", "right" if right else "left")
        self._derivation = derivation
        self.sheet: DerivationSheet | None = None
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Rechenweg zeigen"))
        self.setAccessibleName(
            self.tr("{0}: {1}. Rechenweg zeigen").format(derivation.title, derivation.result)
        )
        self.clicked.connect(self.open_arithmetic)

    def open_arithmetic(self) -> None:
        """Show how the number came about."""
        if self.sheet is None:
            room = _room(self)
            for other in room.findChildren(DerivationSheet):
                if other.isVisible():
                    other.close_sheet()
            self.sheet = DerivationSheet(self._derivation, room)
            self.sheet.closed.connect(self._closed)
            self.sheet.open_sheet()

    def hideEvent(self, event: QHideEvent) -> None:
        """A number that leaves takes its arithmetic along; another tab would stand under it."""
        super().hideEvent(event)
        if self.sheet is not None and not event.spontaneous():
            sheet, self.sheet = self.sheet, None
            sheet.closed.disconnect(self._closed)
            sheet.close_sheet()

    def _closed(self) -> None:
        self.sheet = None
        self.setFocus(Qt.FocusReason.PopupFocusReason)


def _room(widget: QWidget) -> QWidget:
    """The screen the number stands on: a sheet over the window would outlive a change of screen."""
    room = widget
    while not isinstance(room, Screen) and (above := room.parentWidget()) is not None:
        room = above
    return room

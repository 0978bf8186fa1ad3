"""The card at the right: what is chosen, or where to begin while nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets import (
    Card,
    Heading,
    Label,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.searching import OwnNote

READABLE = 640
"""Width of running text at 100 %: about 80 characters of our font."""


class Detail(Card):
    """One thing at a time, with a way back to what led there.

    Signals:
        went_back: the advisor wants to see again what was shown before.
    """

    went_back = Signal()

    def __init__(self) -> None:
        super().__init__(fill=True)
        self.back = QuietButton("‹ " + self.tr("Zurück"))
        self.back.clicked.connect(lambda _checked: self.went_back.emit())
        self._content = QVBoxLayout()
        self._content.setContentsMargins(0, 0, spacing.S, 0)
        self._room = QWidget()
        self._room.setLayout(self._content)
        line = row(gap=0)
        line.addWidget(self._room, 1)
        page = QWidget()
        page.setLayout(line)
        self._area = scrolling(page)
        self._head = QWidget()
        self._head.setLayout(row(self.back, spacer()))
        self.body.addWidget(self._head)
        self.body.addWidget(self._area)

    def show_part(self, part: QWidget, *, back_to: str = "") -> None:
        """This part from its beginning; back_to: title of what led there, "" for nothing."""
        self._room.hide()  # else every part that appears would lay out all the others again
        clear(self._content)
        self._room.setMaximumWidth(theme().px(READABLE))
        self._content.addWidget(part)
        self._content.addStretch(1)
        self._room.show()
        self._area.verticalScrollBar().setValue(0)
        self.back.setAccessibleName(self.tr("Zurück zu: {0}").format(back_to))
        self.back.setToolTip(self.back.accessibleName())
        show_if(self._head, bool(back_to))


class Beginning(QWidget):
    """Nothing is chosen yet: what can be found here, and the Handlungsfelder to begin with.

    Signals:
        chosen: code of the dimension to look at.
    """

    chosen = Signal(str)

    def __init__(self, dimensions: Sequence[tuple[str, str]], *, found_nothing: bool) -> None:
        super().__init__()
        title = self.tr("Nichts gefunden?") if found_nothing else self.tr("Wonach suchen Sie?")
        tried = self.tr(
            "Ein kürzeres Wort hilft oft: „förderung“ findet auch „Qualifizierungsförderung“. "
            "Oder sehen Sie nach, was es zu einem Handlungsfeld gibt."
        )
        fresh = self.tr(
            "Ein Wort genügt, auch ein Teil davon. Umlaute, Bindestriche und ein vertippter "
            "Buchstabe sind kein Hindernis. Oder beginnen Sie mit einem Handlungsfeld."
        )
        self.buttons = [self._button(code, name) for code, name in dimensions]
        flow = QWidget()
        flow.setLayout(FlowLayout(*self.buttons))
        hint = self.tr(
            "Eigene Notizen zeigt die Liste erst auf Wunsch, denn sie nennen andere Betriebe."
        )
        self.setLayout(
            column(
                Heading(title),
                SoftText(tried if found_nothing else fresh),
                flow,
                SmallText(hint),
                gap=spacing.L,
            )
        )

    def _button(self, code: str, name: str) -> SecondaryButton:
        made = SecondaryButton(name.replace("&", "&&"))
        made.setAccessibleName(self.tr("Handlungsfeld {0}").format(name))
        made.clicked.connect(lambda _checked: self.chosen.emit(code))
        return made


class NoteView(QWidget):
    """A note of one's own, whose it is, and the way to it.

    Signals:
        wanted: open the company file at this note.
    """

    wanted = Signal()

    def __init__(self, note: OwnNote, dimension: str) -> None:
        super().__init__()
        pills = [Pill(self.tr("Notiz"))]
        if dimension:
            pills.append(Pill(dimension))
        top = QWidget()
        top.setLayout(FlowLayout(*pills))
        words = Label(note.text, "text", wrap=True)
        self.open = SecondaryButton(self.tr("In der Firmenakte öffnen"))
        self.open.clicked.connect(lambda _checked: self.wanted.emit())
        self.setLayout(
            column(
                top,
                Label(note.company or self.tr("Unternehmen ohne Namen"), "title", wrap=True),
                words,
                row(self.open, spacer()),
                gap=spacing.M,
            )
        )

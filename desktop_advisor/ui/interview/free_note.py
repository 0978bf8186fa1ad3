"""Ctrl+N: a note that belongs to no question yet, always at hand, sorted now or later."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.interview.grips import Grip
from desktop_advisor.ui.interview.sides import shortened
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    Heading,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import QuestionView

Save = Callable[[uuid.UUID | None, str, str, str], uuid.UUID]
"""(note, text, dimension, question) → the note's id; None makes a new one, "" tags it to none."""
WIDTH, HEIGHT = 304, 330
"""At 100 %: as wide as the panel it covers, so that question and buttons stay free."""
ABOVE = 96
"""What stays free below at 100 %: what the answer changes goes on being seen."""
_PLACE = "advisor_note_place"
"""Property of the window: where the note was left, for as long as the program runs."""
_CHIP = "QPushButton {{ font-size: {0}px; padding: 0 11px; }}"


class FreeNote(QFrame):
    """A small sheet over the screen that stays while the talk goes on; moved and sized at will.

    Signals:
        saved: something was committed.
        failed: the error that kept it from being saved.
        closed: the keyboard goes back to the question.
    """

    saved = Signal()
    failed = Signal(object)
    closed = Signal()

    def __init__(self, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._note_id: uuid.UUID | None = None
        self._dimension = ""
        self._question: QuestionView | None = None
        self._dragged_from: QPoint | None = None
        self._corner = 0
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Notiz zum Gespräch"))
        self.text = AutosavedNote(3)
        self.text.setAccessibleName(self.tr("Notiz zum Gespräch"))
        self.text.setPlaceholderText(self.tr("Frei mitschreiben; zuordnen geht später"))
        self.text.settled.connect(self._store)
        self.text.escaped.connect(self.close_note)
        self._make_chips()
        self._make_grips()
        self._lay_out()

    def _make_chips(self) -> None:
        self.asked = _chip(self.tr("zu dieser Frage"))
        self.belongs = _chip("")
        self.later = _chip(self.tr("später zuordnen"))
        self._chips = QButtonGroup(self)
        for chip in (self.asked, self.belongs, self.later):
            self._chips.addButton(chip)
        self.later.setChecked(True)
        self._chips.buttonClicked.connect(lambda _chip: self._store(self.text.toPlainText()))

    def _make_grips(self) -> None:
        self.move_grip = Grip(self.tr("Verschieben"), Qt.CursorShape.SizeAllCursor)
        self.move_grip.setToolTip(self.tr("Ziehen, Pfeiltasten oder in die nächste Ecke drücken"))
        self.move_grip.dragged.connect(self._move_by)
        self.move_grip.clicked.connect(self._to_next_corner)
        self.size_grip = Grip(self.tr("Größe"), Qt.CursorShape.SizeBDiagCursor)
        self.size_grip.setToolTip(self.tr("Ziehen oder Pfeiltasten"))
        self.size_grip.setAccessibleName(self.tr("Größe ändern mit den Pfeiltasten"))
        self.size_grip.dragged.connect(self._grow_by)
        self.done = QuietButton("", "close")
        self.done.setAccessibleName(self.tr("Notiz schließen"))
        self.done.setToolTip(self.tr("Schließen (Esc)"))
        self.done.clicked.connect(self.close_note)

    def _lay_out(self) -> None:
        hint = SmallText(self.tr("Wird beim Schreiben gespeichert. Strg N: die nächste."))
        head = row(Heading(self.tr("Notiz")), spacer(), self.move_grip, self.done, gap=0)
        foot = row(self.size_grip, gap=S)
        foot.addWidget(hint, 1)
        body = column(head, gap=S, margins=(M, 6, M, 6))
        body.addWidget(self.text, 1)
        body.addLayout(FlowLayout(self.asked, self.later, self.belongs))
        body.addLayout(foot)
        self.setLayout(body)

    def open(self, dimension: str, short: str, view: QuestionView | None = None) -> None:
        """A new note, or the next one if this one is written.

        dimension, short: the field of action talked about; view: the question asked, None where
        there is none.
        """
        self.settle()
        if self.text.is_pending():
            self.text.setFocus()
            return
        if not self.isVisible() or self.text.toPlainText().strip():
            self._note_id = None
            self.text.put("")
            self.later.setChecked(True)
        self.follow(dimension, short, view)
        if not self.isVisible():
            self.place_itself()
            self.show()
        self.raise_()
        self.text.setFocus()

    def follow(self, dimension: str, short: str, view: QuestionView | None = None) -> None:
        """Another question is asked now; what the note was put to stays what it was."""
        if not self.asked.isChecked():
            self._question = view
        if not self.belongs.isChecked():
            self._dimension = dimension
            self.belongs.setText(self.tr("zu {0}").format(short).replace("&", "&&"))
            self.belongs.setAccessibleName(self.tr("zum Handlungsfeld {0}").format(short))
        kept = self._question
        is_here = kept is None or (view is not None and kept.name == view.name)
        there = self.tr("zu „{0}“").format(shortened(kept.text, 24)) if kept is not None else ""
        self.asked.setText((self.tr("zu dieser Frage") if is_here else there).replace("&", "&&"))
        self.asked.setVisible(kept is not None)
        self.belongs.setVisible(bool(self._dimension))
        if self.isVisible():
            self._put(self.geometry())  # longer words may take another line

    def settle(self) -> None:
        """Save what is pending."""
        self.text.settle()

    def close_note(self) -> None:
        """Save and put the sheet away; it stays where its text could not be saved."""
        self.settle()
        if self.isVisible() and not self.text.is_pending():
            self.hide()
            self.closed.emit()

    def _store(self, words: str) -> None:
        if not words.strip() and self._note_id is None:
            return
        try:
            self._note_id = self._save(self._note_id, words, *self._tag())
        except Exception as error:  # noqa: BLE001  shown; the text stays in the field
            self.text.unsettle()
            self.failed.emit(error)
        else:
            self.text.keep(words)
            self.saved.emit()

    def _tag(self) -> tuple[str, str]:
        """Dimension and question the note belongs to."""
        if self.asked.isChecked() and self._question is not None:
            return self._question.dimension, self._question.name
        return (self._dimension if self.belongs.isChecked() else ""), ""

    # -- where it stands ---------------------------------------------------------------------

    def place_itself(self) -> None:
        """Where it was left, within the screen; at first over the lower part of the right panel."""
        for chip in (self.asked, self.belongs, self.later):
            chip.setStyleSheet(_CHIP.format(theme().px(Size.SMALL)))
        self.move_grip.measure()
        self.size_grip.measure()
        room = self.parentWidget()
        if room is None:
            return
        left = self.window().property(_PLACE)
        width = min(theme().px(WIDTH), 512)
        size = QRect(0, 0, width, theme().px(HEIGHT)).size()
        first = QRect(QPoint(room.width() - size.width() - 4, 0), size)
        first.moveBottom(room.height() - theme().px(ABOVE))
        self._put(left if isinstance(left, QRect) else first)

    def _put(self, wanted: QRect) -> None:
        """Show it there, cut and moved so far that all of it can be reached."""
        room = self.parentWidget()
        if room is None:
            return
        width = min(max(wanted.width(), self.minimumSizeHint().width()), room.width() - 2 * S)
        layout = self.layout()
        least = layout.totalMinimumHeightForWidth(width) if layout is not None else 0
        height = min(max(wanted.height(), least), room.height() - 2 * S)
        x = max(4, min(wanted.x(), room.width() - width - 4))
        y = max(4, min(wanted.y(), room.height() - height - 4))
        self.setGeometry(x, y, width, height)

    def _leave(self, wanted: QRect) -> None:
        """Put it there, and there it opens next time."""
        self._put(wanted)
        self.window().setProperty(_PLACE, self.geometry())

    def _move_by(self, way: QPoint) -> None:
        self._leave(self.geometry().translated(way))

    def _grow_by(self, way: QPoint) -> None:
        """Left and down, because it usually stands at the right."""
        self._leave(self.geometry().adjusted(way.x(), 0, 0, way.y()))

    def _to_next_corner(self) -> None:
        room = self.parentWidget()
        if room is None:
            return
        self._corner = (self._corner + 1) % 4
        far_right, far_down = room.width(), room.height()
        x, y = ((far_right, far_down), (0, far_down), (0, 0), (far_right, 0))[self._corner]
        self._leave(QRect(QPoint(x, y), self.size()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        now = event.globalPosition().toPoint()
        if self._dragged_from is not None:
            self._move_by(now - self._dragged_from)
        self._dragged_from = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        # Everything else stays here: a key typed on this sheet must not answer the question.


def _chip(text: str) -> SecondaryButton:
    made = SecondaryButton(text)
    made.setCheckable(True)
    made.setProperty("keyed", True)
    return made

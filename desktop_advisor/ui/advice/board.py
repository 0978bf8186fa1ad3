"""The plan as a board: a column per state; cards move by buttons, keys or the mouse."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop_advisor.domain.german import counted, short_date
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Heading,
    Label,
    Pill,
    SecondaryButton,
    SmallText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.words import joined, measure_state
from desktop_advisor.usecases.action_plan import ActionPlan, PlanLine
from desktop_advisor.usecases.measures import STATES

MIME = "application/x-desktop-advisor-measure"
NARROWEST = 210
"""Pixels of a column at 100 %; where four do not fit, the board has two rows of two."""
_ORDER = tuple(STATES)


class BoardCard(QFrame):
    """One measure. Enter opens it, Ctrl and an arrow key move it to the next column.

    Signals:
        opened: the measure's id.
        moved: the measure's id and the state it is to have.
    """

    opened = Signal(object)
    moved = Signal(object, str)

    def __init__(self, line: PlanLine, *, is_late: bool) -> None:
        super().__init__()
        self.measure_id: uuid.UUID = line.row.measure_id
        self.state = line.row.draft.state
        self._title = line.row.draft.title
        self._pressed_at: QPoint | None = None
        self.steps: dict[int, SecondaryButton] = {}
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayout(self._content(line, is_late=is_late))
        self.setAccessibleName(self._spoken(line, is_late=is_late))

    def _content(self, line: PlanLine, *, is_late: bool) -> QVBoxLayout:
        draft = line.row.draft
        due = self.tr("bis {0}").format(short_date(draft.due_on)) if draft.due_on else ""
        words = column(Label(draft.title, "strong", wrap=True), gap=XS, margins=(M, M, M, S))
        who = joined(draft.owner or self.tr("noch niemand zuständig"), due)
        words.addWidget(SmallText(who))
        if line.base_title:
            words.addWidget(SmallText(self.tr("nach: {0}").format(line.base_title)))
        pills = [Pill(self.tr("überfällig"), Tone.DANGER)] if is_late else []
        if line.warnings:
            pills.append(Pill(_hints(line), Tone.ATTENTION))
        if pills:
            words.addLayout(FlowLayout(*pills, gap=XS))
        words.addLayout(row(self._step(-1), spacer(), self._step(1)))
        return words

    def _step(self, by: int) -> SecondaryButton | None:
        """The button to the neighbouring column; None beyond the last."""
        target = self.neighbour(by)
        if not target:
            return None
        button = SecondaryButton("", "back" if by < 0 else "next")
        button.setAccessibleName(self.tr("{0}: nach „{1}“").format(self._title, STATES[target]))
        button.setToolTip(self.tr("nach „{0}“").format(STATES[target]))
        button.clicked.connect(lambda: self.moved.emit(self.measure_id, target))
        self.steps[by] = button
        return button

    def neighbour(self, by: int) -> str:
        """The state one column to the left (-1) or right (1); "" beyond the last."""
        place = _ORDER.index(self.state) + by if self.state in _ORDER else -1
        return _ORDER[place] if 0 <= place < len(_ORDER) else ""

    def _spoken(self, line: PlanLine, *, is_late: bool) -> str:
        parts = [self._title, measure_state(self.state)[0], line.row.draft.owner]
        parts += [self.tr("überfällig")] if is_late else []
        return ", ".join(part for part in (*parts, *line.warnings) if part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self.measure_id)
        elif by and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if target := self.neighbour(by):
                self.moved.emit(self.measure_id, target)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        way = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed_at = None
            drag = QDrag(self)
            drag.setMimeData(carried(self.measure_id))
            drag.setPixmap(self.grab())
            drag.exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and self.rect().contains(event.position().toPoint()):
            self._pressed_at = None
            self.opened.emit(self.measure_id)
        self._pressed_at = None
        super().mouseReleaseEvent(event)


def carried(measure_id: uuid.UUID) -> QMimeData:
    """What is dragged: the id and nothing readable, so that nothing lands in another program."""
    data = QMimeData()
    data.setData(MIME, str(measure_id).encode())
    return data


def _hints(line: PlanLine) -> str:
    return counted(len(line.warnings), "Hinweis", "Hinweise")


class Lane(QFrame):
    """A column: one state and its cards; cards can be dropped on it.

    Signals:
        dropped: the id of the measure that was let go here.
    """

    dropped = Signal(object, str)

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state
        self._heading = Heading(STATES[state])
        self._count = Pill("0")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(S)
        inside = column(row(self._heading, spacer(), self._count), self._cards, gap=S)
        inside.addStretch(1)
        self.setLayout(inside)
        self.setAcceptDrops(True)
        self.cards: list[BoardCard] = []

    def show_cards(self, cards: Sequence[BoardCard]) -> None:
        """These cards, top to bottom."""
        clear(self._cards)
        self.cards = list(cards)
        self._count.say(str(len(cards)), Tone.NEUTRAL)
        self.setAccessibleName(
            f"{STATES[self.state]}: {counted(len(cards), 'Maßnahme', 'Maßnahmen')}"
        )
        for card in cards:
            self._cards.addWidget(card)
            card.show()  # now, so that it can take the keyboard from the one it replaces
        if not cards:
            self._cards.addWidget(SmallText(self.tr("Keine Maßnahme.")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        key = bytes(event.mimeData().data(MIME).data()).decode()
        event.acceptProposedAction()
        self.dropped.emit(uuid.UUID(key), self.state)


class Board(QWidget):
    """Four lanes beside each other, or two by two where the window is narrow.

    Signals:
        opened: the id of a measure.
        moved: the id of a measure and the state it is to have.
    """

    opened = Signal(object)
    moved = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.lanes = {state: Lane(state) for state in _ORDER}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(M)
        self._columns = 0
        for lane in self.lanes.values():
            lane.dropped.connect(self._on_dropped)
        self._arrange(len(_ORDER))

    def show_plan(self, plan: ActionPlan) -> None:
        """The measures in their columns; the card that had the keyboard keeps it."""
        focused: QWidget | None = self.focusWidget()
        while focused is not None and not isinstance(focused, BoardCard):
            focused = focused.parentWidget()
        kept = focused.measure_id if isinstance(focused, BoardCard) else None
        for state, lane in self.lanes.items():
            lines = [line for line in plan.lines if line.row.draft.state == state]
            lane.show_cards([self._card(line, plan) for line in lines])
        if kept is not None and (card := self.card(kept)) is not None:
            card.setFocus()

    def card(self, measure_id: uuid.UUID) -> BoardCard | None:
        """The card of a measure, wherever it lies."""
        cards = [card for lane in self.lanes.values() for card in lane.cards]
        return next((card for card in cards if card.measure_id == measure_id), None)

    def _card(self, line: PlanLine, plan: ActionPlan) -> BoardCard:
        due = line.row.draft.due_on
        is_late = line.row.as_item().is_open and due is not None and due < plan.today
        card = BoardCard(line, is_late=is_late)
        card.opened.connect(self.opened)
        card.moved.connect(self.moved)
        return card

    def _on_dropped(self, measure_id: uuid.UUID, state: str) -> None:
        card = self.card(measure_id)
        if card is not None and card.state != state:
            self.moved.emit(measure_id, state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= len(_ORDER) * theme().px(NARROWEST)
        self._arrange(len(_ORDER) if fits else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, lane in enumerate(self.lanes.values()):
            self._grid.addWidget(lane, number // columns, number % columns)
        for number in range(len(_ORDER)):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

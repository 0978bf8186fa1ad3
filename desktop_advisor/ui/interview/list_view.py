"""All questions of a section below each other: for quick talkers and for filling in later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.interview.conduct import Conduct, View
from desktop_advisor.ui.interview.list_row import QuestionRow
from desktop_advisor.ui.interview.reason_bar import ReasonBar
from desktop_advisor.ui.theme.spacing import XXL, L, S
from desktop_advisor.ui.widgets import (
    Label,
    PrimaryButton,
    SecondaryButton,
    clear,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import QuestionView


class ListView(QWidget):
    """Rows of one section; the keys work on the current one.

    Attributes:
        rows: question → its row, in the order they are asked.
    """

    def __init__(self, conduct: Conduct, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._conduct = conduct
        self._section = ""
        self._is_coming = False
        self._asked: tuple[str, ...] = ()
        self.rows: dict[str, QuestionRow] = {}
        self._title = Label("", "question", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(S)
        self.reason = ReasonBar(self)
        self.reason.hide()
        self.reason.given.connect(self._on_reason)
        self.reason.dismissed.connect(self.close_reason)
        self.back = SecondaryButton("")
        self.onwards = PrimaryButton("")
        self.back.clicked.connect(lambda: self._go(-1))
        self.onwards.clicked.connect(lambda: self._go(1))
        middle = QWidget()
        margins = (XXL, L, XXL, L)
        ways = FlowLayout(self.back)
        ways.add_gap()
        ways.addWidget(self.onwards)
        middle.setLayout(
            column(
                self._title,
                self._list,
                ways,
                spacer(),
                gap=L,
                margins=margins,
            )
        )
        self._area = scrolling(middle)
        self._area.installEventFilter(self)
        self.setLayout(column(self._area, gap=0))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys belong to the rows and levels, not to the scroll bar."""
        if watched is self._area and event.type() is QEvent.Type.KeyPress:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # -- showing -------------------------------------------------------------------------------

    def show_question(self, view: QuestionView) -> None:
        """The section of that question, with the question current."""
        interview = self._conduct.running
        self._is_coming = True  # until the keyboard is put somewhere, it goes wherever Qt likes
        self.close_reason()
        names = interview.section_questions(view.dimension) or (view.name,)
        self._asked = interview.questions()
        if names != tuple(self.rows) or view.dimension != self._section:
            self._build(view, names)
        elif view.name in self.rows:
            self.rows[view.name].show_answer(view)
        for name, row_ in self.rows.items():
            row_.show_current(name == view.name)
        self._bring_into_view()

    def show_answer(self, view: QuestionView) -> None:
        """The current question with another answer; rows that are now asked or not follow."""
        if self._conduct.running.questions() is not self._asked:
            self.show_question(self._conduct.running.question(self._conduct.current))
            self.focus_answer()
        elif view.name in self.rows:
            self.rows[view.name].show_answer(view)

    def _build(self, view: QuestionView, names: tuple[str, ...]) -> None:
        is_other = view.dimension != self._section
        self._section = view.dimension
        self.reason.setParent(self)
        self.reason.hide()
        clear(self._list)
        interview = self._conduct.running
        self.rows = {name: self._row(interview.question(name)) for name in names}
        self._title.setText(view.dimension_label)
        before = self._conduct.neighbour_section(view.dimension, -1)
        after = self._conduct.neighbour_section(view.dimension, 1)
        self.back.setVisible(before is not None)
        self.back.setText(self.tr("‹ {0}").format(_plain(before.short)) if before else "")
        words = self.tr("Weiter: {0} ›").format(_plain(after.short)) if after else ""
        self.onwards.setText(words or self.tr("Weiter ›"))
        if is_other:
            self._area.verticalScrollBar().setValue(0)

    def _row(self, view: QuestionView) -> QuestionRow:
        made, name = QuestionRow(view), view.name
        made.touched.connect(lambda: self._come_to(name))
        made.answered.connect(lambda value: self._answer(name, value))
        made.stated.connect(lambda state: self._state(name, state))
        made.opened.connect(lambda: self._open(name))
        self._list.addWidget(made)
        return made

    def _bring_into_view(self) -> None:
        current = self.current_row()
        if current is not None:
            QTimer.singleShot(0, current, lambda: self._scroll_to(current))

    def _scroll_to(self, row_: QWidget) -> None:
        for _ in range(3):  # rows are new: their width tells how high their longest anchor is
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._area.ensureWidgetVisible(row_, 0, L)
        self._area.horizontalScrollBar().setValue(0)  # a row too wide would be cut at its start

    def current_row(self) -> QuestionRow | None:
        """The row the keys work on."""
        return self.rows.get(self._conduct.current)

    def overflow(self) -> int:
        """Pixels that do not fit and have to be scrolled to."""
        return self._area.verticalScrollBar().maximum()

    # -- answering -----------------------------------------------------------------------------

    def _come_to(self, name: str) -> None:
        if name != self._conduct.current:
            self._conduct.show(name)

    def _open(self, name: str) -> None:
        self._come_to(name)
        self._conduct.show_view(View.ONE)

    def _answer(self, name: str, value: str) -> None:
        if self.rows[name].keys:
            self._come_to(name)
            self.close_reason()
        if not self._conduct.answer(value, question=name) and name in self.rows:
            self.rows[name].unsettle()

    def _state(self, name: str, state: AnswerState) -> None:
        self._come_to(name)
        self.press_state(state)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or self._is_coming or not self.isVisible() or not self.isAncestorOf(now):
            return
        for name, row_ in self.rows.items():
            if row_ is now or row_.isAncestorOf(now):
                self._come_to(name)
                return

    def focus_answer(self) -> None:
        """Keyboard to the current row, where it is not there already."""
        current = self.current_row()
        if current is not None and not current.has_keyboard():
            current.focus_answer()
        self._is_coming = False

    def press(self, text: str) -> bool:
        """As if the level of that value, or the option of that number, had been pressed."""
        current = self.current_row()
        if current is None:
            return False
        key = next((k for k in current.keys if k.value == text and k.isEnabled()), None)
        if key is not None:
            self._answer(current.view.name, text)
            return True
        return current.input is not None and current.input.press(text)

    def press_state(self, state: AnswerState) -> None:
        """As if its key had been pressed; not applicable asks for the reason first."""
        current = self.current_row()
        if current is None or state not in current.states:
            return
        self.close_reason()
        if state is AnswerState.NOT_APPLICABLE:
            current.put_below(self.reason)
            self.reason.ask(current.view.response.reason)
            reason = self.reason
            QTimer.singleShot(0, reason, lambda: self._area.ensureWidgetVisible(reason, 0, L))
            return
        self._conduct.answer(str(state))

    def move_across(self, step: int) -> bool:
        """Arrow left or right: to the neighbouring level of the row."""
        current = self.current_row()
        return current is not None and current.move_across(step)

    def move_focus(self, step: int) -> None:
        """Arrow up or down: to the neighbouring question."""
        held = self.window().focusWidget()
        if held is not None:
            self.setFocus()  # so that the next row takes the keyboard
        self._conduct.step(step)

    def choose_focused(self) -> bool:
        """Press what the keyboard is on; False when it is on nothing or on what is chosen."""
        current = self.current_row()
        return current is not None and current.choose_focused()

    def settle(self) -> bool:
        """Say what is typed now; False while it makes no sense."""
        said = [row_.settle() for row_ in self.rows.values()]  # all of them, not up to the first
        return all(said)

    def unsettle(self) -> None:
        """What was said last could not be stored: told to its row already."""

    def close_reason(self) -> None:
        """Put the reasons away and give the keyboard back to the row."""
        if self.reason.isVisible():
            self.reason.hide()
            self.focus_answer()

    def _on_reason(self, reason: str) -> None:
        self.reason.hide()
        current = self.current_row()
        if current is not None:
            current.setFocus()
        self._conduct.answer(str(AnswerState.NOT_APPLICABLE), reason)

    def _go(self, step: int) -> None:
        there = self._conduct.neighbour_section(self._section, step)
        if there is not None:
            self._conduct.go_to_section(there.code)
        elif step > 0:
            self._conduct.end()


def _plain(words: str) -> str:
    """Words for a button, where & would underline a letter."""
    return words.replace("&", "&&")

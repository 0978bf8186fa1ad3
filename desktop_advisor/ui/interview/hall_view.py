"""Hallenmodus: one question fills the screen, for gloves, sun and standing up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QPushButton, QWidget

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.interview.option_row import HALL_TEXT
from desktop_advisor.ui.interview.question_sheet import MakeEditor, QuestionSheet
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.current import Theme, theme
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.theme.tokens import SUN, Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    Option,
    SecondaryButton,
    Segmented,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import QuestionView

TWO_COLUMNS = 940
"""Pixels from which two levels stand beside each other; more where the words are larger."""
TOOLS, WAYS = 64, 88
"""Heights of the upper and the lower buttons: a thumb in a glove needs about 15 mm (our choice)."""
_BIG = """
QPushButton {{ font-size: {text}px; min-height: {ways}px; border-width: 2px; padding: 0 18px; }}
QPushButton:focus {{ border-width: 4px; padding: 0 16px; min-height: {focused}px; }}
QPushButton[keyed="true"]:checked {{ border-width: 4px; padding: 0 16px; min-height: {focused}px; }}
QFrame#tools QPushButton {{ font-size: {tool_text}px; min-height: {tools}px; }}
QFrame#tools QPushButton:focus {{ min-height: {tools_focused}px; }}
QFrame#tools QPushButton[kind="segment"] {{ border: none; padding: 0 14px; }}
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox {{ font-size: {text}px; min-height: 72px; }}
QLabel[kind="question"] {{ font-size: {question}px; }}
QLabel[kind="soft"], QLabel[kind="small"], QLabel[kind="pill"], QLabel[kind="label"],
QLabel[kind="strong"], QLabel[kind="text"] {{ font-size: {small}px; }}
"""
"""Sizes only; the colours come from the palette for the sun."""


class SunLight:
    """Puts the window into the palette for the sun, and back into the one it had."""

    def __init__(self) -> None:
        self._before: Theme | None = None

    @property
    def is_on(self) -> bool:
        """Whether the sun palette was asked for."""
        return self._before is not None

    def shine(self) -> None:
        """High contrast and no movement; also after the font scale was changed meanwhile."""
        app, now = QApplication.instance(), theme()
        if isinstance(app, QApplication) and now.tokens != SUN:
            self._before = now
            apply_theme(app, SUN, now.scale, calm=True)

    def fade(self) -> None:
        """What was in force before."""
        app, before = QApplication.instance(), self._before
        self._before = None
        if isinstance(app, QApplication) and before is not None and theme().tokens == SUN:
            apply_theme(app, before.tokens, theme().scale, calm=before.calm)


class HallView(QuestionSheet):
    """The levels as buttons of at least 96 px, in two columns where the screen is wide.

    Signals:
        left: back to the desk.
        perspective_chosen: who answers from now on.
        note: a note is to be written.
        photo: a photo is to be added.
    """

    left = Signal()
    perspective_chosen = Signal(object)
    note = Signal()
    photo = Signal()

    def __init__(self, make_editor: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(make_editor, large=True, parent=parent)
        self.setAccessibleName(self.tr("Hallenmodus"))
        self.perspective = self._perspectives()
        self.photos = SecondaryButton(self.tr("Foto"), "camera")
        self.notes = SecondaryButton(self.tr("Notiz"), "note")
        self.leave = SecondaryButton(self.tr("Halle verlassen"), "close")
        self.photos.clicked.connect(self.photo)
        self.notes.clicked.connect(self.note)
        self.leave.clicked.connect(self.left)
        self._grid = QGridLayout()
        self._grid.setSpacing(L)
        self._columns = 0
        self._lay_out()

    def _perspectives(self) -> Segmented:
        made = Segmented(
            self.tr("Sichtweise"),
            (
                Option("gf", self.tr("GF"), self.tr("Geschäftsführung")),
                Option("br", self.tr("BR"), self.tr("Betriebsrat"), Tone.BR),
                Option("ber", self.tr("Beratung"), self.tr("Beratende Person")),
                Option("gem", self.tr("Gemeinsam"), self.tr("Gemeinsames Ergebnis")),
            ),
            "gf",
        )
        made.chosen.connect(lambda key: self.perspective_chosen.emit(Perspective(key)))
        for button in made.findChildren(QPushButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _lay_out(self) -> None:
        tools = QFrame()
        tools.setObjectName("tools")
        line = FlowLayout(self.perspective, gap=L)
        line.add_gap()
        for button in (self.photos, self.notes, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)
        tools.setLayout(line)
        ways = FlowLayout(self.back, *self.states.values(), gap=L)
        ways.add_gap()
        ways.addWidget(self.next)
        self._buttons.setLayout(ways)
        self._answers = QWidget()
        self._answers.setLayout(column(self._grid, self._editor_room, gap=0))
        inside = QWidget()
        inside.setLayout(
            column(
                self._heading(),
                self._answers,
                self.problem,
                self._given_reason,
                spacer(),
                gap=L,
                margins=(0, 0, 0, 0),
            )
        )
        area = self._keep_arrows(scrolling(inside))
        whole = column(tools, gap=L, margins=(XXL, L, XXL, L))
        whole.addWidget(area, 1)
        whole.addWidget(self._buttons)
        whole.addWidget(self.reason)
        self.setLayout(whole)

    # -- showing -------------------------------------------------------------------------------

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one for somebody else."""
        self._measure()
        self._columns = 0
        super().show_question(view)
        self._fit_help()

    def show_perspective(self, perspective: Perspective) -> None:
        """Who answers."""
        self.perspective.set_value(str(perspective))

    def _measure(self) -> None:
        text = max(HALL_TEXT, theme().px(Size.TEXT))
        wanted = _BIG.format(
            text=text,
            question=max(30, min(theme().px(Size.QUESTION), 40)),
            small=max(17, theme().px(Size.SMALL)),
            tool_text=max(19, min(text, 26)),
            ways=WAYS - 4,
            focused=WAYS - 8,
            tools=TOOLS - 4,
            tools_focused=TOOLS - 8,
        )
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)

    def _place_options(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in self.options:
                widget.hide()
                widget.deleteLater()
        self._columns = self._wanted_columns()
        rows = -(-len(self.options) // self._columns)
        for number, option in enumerate(self.options):
            self._grid.addWidget(option, number % rows, number // rows)
        for x in range(2):
            self._grid.setColumnStretch(x, 1 if x < self._columns else 0)

    def _wanted_columns(self) -> int:
        text = max(HALL_TEXT, theme().px(Size.TEXT))
        is_wide = self.width() >= TWO_COLUMNS * text / HALL_TEXT
        return 2 if is_wide and len(self.options) > 2 else 1

    def _fit_help(self) -> None:
        """The help stands there only where nothing has to be scrolled for it."""
        view = self._view
        if view is not None and view.help:
            self._help.show()
            QTimer.singleShot(0, self, self._hide_help_if_tight)

    def _hide_help_if_tight(self) -> None:
        if self.overflow() > 0:
            self._help.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.options and self._wanted_columns() != self._columns:
            self._place_options()
        self._fit_help()

    # -- answering -----------------------------------------------------------------------------

    def press_state(self, state: AnswerState) -> None:
        """As if its button had been pressed; the reasons take the place of the levels."""
        super().press_state(state)
        self._answers.setVisible(not self.reason.isVisible())

    def _put_reason_away(self) -> None:
        super()._put_reason_away()
        self._answers.show()

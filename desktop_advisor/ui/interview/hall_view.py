"""Hallenmodus: one question fills the screen, for gloves, sun and standing up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.interview.files_card import FilesCard
from desktop_advisor.ui.interview.option_row import HALL_TEXT, OptionRow
from desktop_advisor.ui.interview.question_sheet import MakeEditor, QuestionSheet
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L, M
from desktop_advisor.ui.theme.tokens import SUN, Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    Option,
    SecondaryButton,
    Segmented,
    column,
    row,
    scrolling,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.question_views import QuestionView

TWO_COLUMNS = 940
"""Pixels from which two levels stand beside each other; more where the words are larger."""
SHARES = (1.3, 1.15, 1.0, 0.9, 0.8)
"""Of the words' wanted size, the largest first that fits without scrolling (our choice)."""
TOOLS, WAYS = 72, 88
"""Heights of the upper and the lower buttons: a thumb in a glove needs about 15 mm (our choice)."""
_BIG = """
QPushButton {{ font-size: {text}px; min-height: {ways}px; border-width: 2px; padding: 0 18px; }}
QPushButton:focus {{ border-width: 4px; padding: 0 16px; min-height: {focused}px; }}
QPushButton[keyed="true"]:checked {{ border-width: 4px; padding: 0 16px; min-height: {focused}px; }}
QFrame#tools QPushButton {{ font-size: {tool_text}px; min-height: {tools}px; }}
QFrame#tools QPushButton:focus {{ min-height: {tools_focused}px; }}
QFrame#tools QPushButton[kind="segment"] {{ border: none; padding: 0 14px; min-width: 48px;
  min-height: {segment}px; }}
QFrame#tools QPushButton[kind="segment"]:checked {{ background: {main}; color: {on_main}; }}
QFrame#tools QPushButton[kind="segment"][tone="br"]:checked {{ background: {br}; }}
QFrame[kind="card"] QLineEdit {{ font-size: {text}px; min-height: {ways}px; border-width: 2px; }}
QLabel[kind="question"] {{ font-size: {question}px; }}
QLabel[kind="soft"], QLabel[kind="small"], QLabel[kind="pill"], QLabel[kind="label"],
QLabel[kind="strong"], QLabel[kind="text"] {{ font-size: {small}px; }}
"""
"""Sizes, and a chosen Sichtweise filled; the other colours come from the palette for the sun."""


class HallView(QuestionSheet):
    """The levels as buttons of at least 96 px, in two columns where the screen is wide.

    Signals:
        left: back to the desk.
        perspective_chosen: who answers from now on.
        note: a note is to be written.
    """

    left = Signal()
    perspective_chosen = Signal(object)
    note = Signal()

    def __init__(self, make_editor: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(make_editor, large=True, parent=parent)
        self.setAccessibleName(self.tr("Hallenmodus"))
        self.perspective = self._perspectives()
        self.photos = SecondaryButton(self.tr("Foto"), "camera")
        self.notes = SecondaryButton(self.tr("Notiz"), "note")
        self.leave = SecondaryButton(self.tr("Halle verlassen"), "close")
        self.photos.clicked.connect(self.open_files)
        self.files = FilesCard()
        self.files_done = SecondaryButton(self.tr("‹ Zur Frage"))
        self.files_done.clicked.connect(self.close_files)
        self._files_room = QFrame()
        self._files_room.setProperty("kind", "card")
        self._files_room.setLayout(
            column(self.files, row(self.files_done), gap=L, margins=(L, L, L, L))
        )
        self._files_room.hide()
        self.notes.clicked.connect(self.note)
        self.leave.clicked.connect(self.left)
        self._grid = QGridLayout()
        self._grid.setSpacing(L)
        self._columns = 0
        self._placed: list[OptionRow] = []
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        self._lay_out()
        key = QShortcut(QKeySequence("Ctrl+N"), self)  # at the desk the header has it
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.note)

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
        self._rooms = column(self._grid, self._editor_room, gap=0)
        self._answers.setLayout(self._rooms)
        self._inside = QWidget()
        self._column = column(
            self._heading(),
            self._answers,
            self._files_room,
            self.problem,
            self._given_reason,
            gap=L,
        )
        self._column.addStretch(0)
        self._inside.setLayout(self._column)
        area = self._keep_arrows(scrolling(self._inside))
        whole = column(tools, gap=L, margins=(XXL, M, XXL, M))
        whole.addWidget(area, 1)
        whole.addWidget(self._buttons)
        whole.addWidget(self.reason)
        self._big = QWidget()  # sizes have a sheet of their own beside the colours of the sun
        self._big.setLayout(whole)
        self.setLayout(column(self._big, gap=0))

    # -- showing -------------------------------------------------------------------------------

    def show_question(self, view: QuestionView) -> None:
        """Another question, or the same one for somebody else."""
        self._measure()
        self.close_files()
        self._columns = 0
        super().show_question(view)
        self._fitting.start()

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
            segment=TOOLS,
            main=SUN.main,
            on_main=SUN.on_main,
            br=SUN.br,
        )
        if self._big.styleSheet() != wanted:
            self._big.setStyleSheet(wanted)

    def _place_options(self) -> None:
        for placed in self._placed:
            self._grid.removeWidget(placed)  # an item taken out would keep an old height alive
            if placed not in self.options:
                placed.hide()
                placed.deleteLater()
        self._placed = list(self.options)
        self._columns = self._wanted_columns()
        rows = -(-len(self.options) // self._columns)
        for number, option in enumerate(self.options):
            self._grid.addWidget(option, number % rows, number // rows)
        for x in range(2):
            self._grid.setColumnStretch(x, 1 if x < self._columns else 0)
        for y in range(self._grid.rowCount()):
            self._grid.setRowStretch(y, 1 if y < rows else 0)
        self._column.setStretchFactor(self._answers, 1 if self.options else 0)

    def _wanted_columns(self) -> int:
        text = max(HALL_TEXT, theme().px(Size.TEXT))
        is_wide = self.width() >= TWO_COLUMNS * text / HALL_TEXT
        return 2 if is_wide and len(self.options) > 2 else 1

    def _fit(self) -> None:
        """Words as large as fit without scrolling, then the help where it fits as well."""
        view = self._view
        if view is None:
            return
        for part in self._inside.findChildren(QWidget):
            part.ensurePolished()  # what was never shown does not know its font yet
        self._help.hide()
        self._crumbs.show()
        wanted = max(HALL_TEXT, theme().px(Size.TEXT))
        for share in SHARES:
            for option in self.options:
                option.set_hall_text(max(HALL_TEXT, round(wanted * share)))
            if not self.options or self._fits():
                break
        is_tight = not self._fits()
        self._crumbs.setVisible(not is_tight)
        policy = Qt.ScrollBarPolicy
        bar = (
            policy.ScrollBarAlwaysOn if is_tight and not self._fits() else policy.ScrollBarAlwaysOff
        )
        self._area.setVerticalScrollBarPolicy(bar)
        if view.help and not is_tight:
            self._help.show()
            self._help.setVisible(self._fits())

    def _fits(self) -> bool:
        for layout in (self._rooms, self._column):  # from within: heights are remembered
            layout.invalidate()
            layout.activate()
        room = self._area.size()
        return self._column.totalHeightForWidth(room.width()) <= room.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.options and self._wanted_columns() != self._columns:
            self._place_options()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room for the levels is another one."""
        if watched is self._area and event.type() is QEvent.Type.Resize:
            self._fitting.start()
        return super().eventFilter(watched, event)

    # -- answering -----------------------------------------------------------------------------

    def press_state(self, state: AnswerState) -> None:
        """As if its button had been pressed; the reasons take the place of the levels."""
        super().press_state(state)
        self._answers.setVisible(not self.reason.isVisible())

    def open_files(self) -> None:
        """The photos of the question in place of its levels, and the camera at once."""
        self.close_reason()
        self._files_room.show()
        self._answers.hide()
        self.files.take_photo()

    def close_files(self) -> None:
        """Back to the levels."""
        self._files_room.hide()
        self._answers.show()

    def _put_reason_away(self) -> None:
        super()._put_reason_away()
        self._answers.show()

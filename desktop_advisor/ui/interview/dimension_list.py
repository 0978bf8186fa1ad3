"""The fields of action at the left: where we are, what is done, what is left, what is put aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar, QVBoxLayout, QWidget

from desktop_advisor.ui.interview.dimension_row import RING, DimensionRow
from desktop_advisor.ui.interview.view_switch import ViewSwitch
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import TARGET, L, M, S
from desktop_advisor.ui.widgets import Label, QuietButton, clear, column, row, scrolling
from desktop_advisor.usecases.question_views import DimensionProgress

WIDTH = 264
_NO_ROOM = "QPushButton { padding: 0px; min-width: 0px; }"


class DimensionList(QFrame):
    """The views, progress as a sentence and a bar, then one row per section.

    Signals:
        chosen: the code of the section whose row was pressed; it may be put aside.
        parking: code, and whether it is to be put aside (or taken up again).
        search_wanted: a question is to be found by a word, for those without a keyboard.
    """

    chosen = Signal(str)
    search_wanted = Signal()
    parking = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setProperty("edge", "right")
        self.setAccessibleName(self.tr("Handlungsfelder"))
        self._narrow = False
        self.views = ViewSwitch()
        self._sentence = Label("", "label")
        self.search = QuietButton("", "search")
        self.search.setAccessibleName(self.tr("Frage suchen"))
        self.search.setToolTip(self.tr("Frage nach einem Wort suchen (Strg F)"))
        self.search.clicked.connect(self.search_wanted)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, DimensionRow] = {}
        inside = QWidget()
        whole = column(self._rows, gap=0)
        whole.addStretch(1)
        inside.setLayout(whole)
        self._area = scrolling(inside)
        said = row(gap=0)
        said.addWidget(self._sentence, 1)
        said.addWidget(self.search)
        self._head = column(said, self._bar, gap=0, margins=(6, 0, 0, S))
        body = column(self.views, self._head, self._area, gap=S, margins=(S, M, S, L))
        self.setLayout(body)
        self.setFixedWidth(self._width())

    def set_narrow(self, narrow: bool) -> None:
        """Rings only: large type in a small window leaves the room to the question."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._sentence.setVisible(not narrow)
            self.views.set_narrow(narrow)
            self._head.setContentsMargins(0 if narrow else 6, 0, 0, S)
            self.search.setStyleSheet(_NO_ROOM if narrow else "")
            self.setFixedWidth(self._width())
            self.updateGeometry()
            for button in self.buttons.values():
                button.set_narrow(narrow)

    def full_width(self) -> int:
        """Pixels with the names."""
        return min(round(WIDTH * (1 + (theme().scale - 1) * 0.7)), 400)

    def _width(self) -> int:
        narrow = max(theme().px(RING) + 5 * S, TARGET + 2 * S + 2)
        return narrow if self._narrow else self.full_width()

    def show_progress(
        self, rows: Sequence[DimensionProgress], done: int, total: int, current: str
    ) -> None:
        """The list as it stands; `current` is the code of the section being asked."""
        self.setFixedWidth(self._width())
        self._sentence.setText(self.tr("{0} von {1} beantwortet").format(done, total))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._sentence.text())
        if list(self.buttons) != [section.code for section in rows]:
            self._build(rows)
        for section in rows:
            button = self.buttons[section.code]
            was_current = button.isChecked()
            button.show_row(section, is_current=section.code == current)
            if button.isChecked() and not was_current:
                self._area.ensureWidgetVisible(button)

    def _build(self, rows: Sequence[DimensionProgress]) -> None:
        clear(self._rows)
        self.buttons = {}
        for section in rows:
            button, code = DimensionRow(), section.code
            button.set_narrow(self._narrow)
            button.clicked.connect(lambda _checked, code=code: self.chosen.emit(code))
            button.parking.connect(lambda on, code=code: self.parking.emit(code, on))
            button.menu_wanted.connect(lambda at, code=code: self.open_menu(code, at))
            self.buttons[code] = button
            self._rows.addWidget(button)

    def open_menu(self, code: str, at: QPoint) -> QMenu:
        """What can be done with a section, where it was pressed."""
        is_parked = self.buttons[code].is_parked
        menu = QMenu(self)
        words = self.tr("Wieder aufnehmen") if is_parked else self.tr("Feld zurückstellen")
        menu.addAction(words).triggered.connect(lambda: self.parking.emit(code, not is_parked))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return menu

"""The table with its buttons, sums and sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.domain.column_matching import is_share
from desktop_advisor.ui.interview.tables.grid import FootRow, TableGrid
from desktop_advisor.ui.interview.tables.notice import Notice
from desktop_advisor.ui.interview.tables.problem_list import ProblemList
from desktop_advisor.ui.interview.tables.row_model import RowModel
from desktop_advisor.ui.interview.tables.source import CELL_KINDS, target_of
from desktop_advisor.ui.interview.tables.sums import column_sum, share_sentence, sum_text
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import (
    Card,
    EmptyState,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if

translate = QCoreApplication.translate
_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class TablePage(QWidget):
    """Everything of a table but its row form and its pasting.

    Attributes:
        add, paste, staff: the buttons above it; grid, foot; problems below it.
    """

    def __init__(self, model: RowModel) -> None:
        super().__init__()
        self._model = model
        self.add = SecondaryButton(self.tr("Zeile hinzufügen"), "plus")
        self.paste = SecondaryButton(self.tr("Aus Excel einfügen …"), "document")
        self.staff = SecondaryButton(self.tr("Personalliste einlesen …"), "person")
        self.grid = TableGrid(model)
        self.foot = FootRow(self.grid)
        self.notice = Notice()
        self.problems = ProblemList()
        self.hint = SmallText()
        self.more = QuietButton()
        self.empty = EmptyState("", icon_name="list")
        self.empty.sentence.setMinimumWidth(theme().px(280))
        self._card = Card(fill=True)
        self._arrange()
        for button in (self.add, self.paste, self.staff):
            button.installEventFilter(self)
        self.grid.cell_entered.connect(self._say_hint)
        self.grid.laid_out.connect(self._say_more)

    def _arrange(self) -> None:
        buttons = FlowLayout(self.add, self.paste, self.staff)
        inside = column(gap=0)
        inside.addWidget(self.grid, 1)
        inside.addWidget(self.foot)
        self._table = QWidget()
        self._table.setLayout(inside)
        self._card.set_margins(1)
        self._card.add(self.empty, self._table)
        whole = column(gap=S)
        whole.addLayout(buttons)
        whole.addWidget(self._card)
        for part in (self.notice, self.more, self.hint, self.problems):
            whole.addWidget(part)
        whole.setAlignment(self.more, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)
        self.setLayout(whole)
        policy = QSizePolicy.Policy
        self._card.setSizePolicy(policy.Expanding, policy.Maximum)
        self.grid.setSizePolicy(policy.Expanding, policy.Preferred)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the arrows to the screen, so that a table without rows is passed by like any
        question; Qt's buttons would keep them and move among themselves."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _SIDEWAYS and not event.modifiers():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # -- say ---------------------------------------------------------------------------------

    def refresh(self, *, has_staff: bool) -> None:
        """Follow the model: empty or not, sums, problems."""
        view = self._model.view
        words = self.tr(
            "Noch keine Zeile. Fügen Sie die Liste aus Excel ein oder legen Sie die erste an."
        )
        if not view.can_change_rows:
            words = self.tr("Hier gibt es keine Zeilen.")
        self.empty.sentence.setText(words)
        show_if(self.empty, not view.rows)
        show_if(self._table, bool(view.rows))
        for button in (self.add, self.paste):
            show_if(button, view.can_change_rows)
        show_if(self.staff, has_staff and view.can_change_rows)
        self._say_sums()
        self._say_hint()
        self._say_more()
        self._card.updateGeometry()

    def _say_sums(self) -> None:
        view, sums, sentences = self._model.view, {}, []
        for number, shown in enumerate(self._model.columns):
            if shown.kind not in CELL_KINDS:
                continue
            place = view.columns.index(shown)
            values = [row.cells[place].value for row in view.rows if row.cells[place].is_asked]
            value = column_sum(target_of(shown), values)
            if value is not None:
                sums[number] = sum_text(target_of(shown), value)
                if is_share(shown.name, shown.label):
                    sentences.append(share_sentence(target_of(shown), values))
        self.foot.show_sums(sums)
        said = [s for s in sentences if s]
        # What the form itself says about the sum says it in the form's own words.
        messages = view.messages or tuple(said)
        self.problems.show_problems(self._model.problems(), messages)

    def _say_hint(self) -> None:
        index = self.grid.currentIndex()
        is_cell = index.isValid() and not self._model.is_action(index)
        shown = self._model.column(index) if is_cell else None
        self.hint.setText(f"{shown.label}: {shown.hint}" if shown and shown.hint else "")
        show_if(self.hint, bool(self.hint.text()))

    def _say_more(self) -> None:
        count = len(self.grid.fitting.hidden) if self._model.view.rows else 0
        words = self.tr("Zeile öffnen: {0} weitere Angaben")
        if count == 1:
            words = self.tr("Zeile öffnen: eine weitere Angabe")
        self.more.setText(words.format(count))
        show_if(self.more, bool(count))

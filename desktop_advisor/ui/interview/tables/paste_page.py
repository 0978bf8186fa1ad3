"""Aus Excel einfügen: which pasted column goes where, and what would come of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.column_matching import Conversion, Target, convert, propose
from desktop_advisor.domain.pasted_table import (
    PastedTable,
    read_pasted,
    seems_header,
    with_header,
)
from desktop_advisor.ui.interview.tables.column_choice import ColumnChoice
from desktop_advisor.ui.interview.tables.sums import share_sentence
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.widgets import (
    CheckBox,
    HairLine,
    Heading,
    Label,
    PrimaryButton,
    SecondaryButton,
    SoftText,
    Text,
    clear,
    column,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if

MOST_MISFITS = 5
"""So many are named one by one; more of them have one cause."""


class PastePage(QWidget):
    """Stands in place of the table until the rows are taken or not.

    Signals:
        taken: rows of column name → form value.
        dismissed: nothing is taken.
    """

    taken = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._targets: tuple[Target, ...] = ()
        self._cells: list[tuple[str, ...]] = []
        self._pasted = PastedTable((), ())
        self.mapping: list[str] = []
        self.lines: list[ColumnChoice] = []
        self.heading = Heading(self.tr("Aus Excel einfügen"))
        self.found = SoftText()
        self.has_header = CheckBox(self.tr("Die erste Zeile enthält Überschriften"))
        self.has_header.toggled.connect(self._read_anew)
        self.outcome = Text()
        self.shares = Label(kind="strong", wrap=True)
        self.unmapped = SoftText()
        self.misfits = Label(kind="error", wrap=True)
        self.take = PrimaryButton(self.tr("Übernehmen"))
        self.take.clicked.connect(self._take)
        self.cancel = SecondaryButton(self.tr("Abbrechen"))
        self.cancel.clicked.connect(self.dismissed)
        self._list = column(gap=S)
        self._arrange()

    def _arrange(self) -> None:
        results = column(self.outcome, self.shares, self.misfits, self.unmapped, gap=S)
        top = FlowLayout(self.heading)
        top.add_gap()
        top.addWidget(self.cancel)
        top.addWidget(self.take)
        whole = column(top, self.found, self.has_header, gap=S, margins=(0, 0, 0, L))
        whole.addLayout(results)
        whole.addSpacing(S)
        whole.addLayout(self._list)
        whole.addStretch(1)
        self.setLayout(whole)

    # -- what was pasted ---------------------------------------------------------------------

    def show_text(self, text: str, targets: Sequence[Target]) -> None:
        """The copied cells and where they could go.

        Raises: NothingToPaste, TooLargeToPaste.
        """
        self._cells = read_pasted(text)
        self._targets = tuple(targets)
        is_header = seems_header(self._cells) or self._names_columns()
        self.has_header.blockSignals(True)
        self.has_header.setChecked(is_header)
        self.has_header.setEnabled(len(self._cells) > 1)
        self.has_header.blockSignals(False)
        self._read_anew()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names_columns(self) -> bool:
        """Whether the first row speaks of the table's columns in at least two places."""
        if len(self._cells) < 2:
            return False
        proposed = propose(with_header(self._cells, has_header=True), self._targets)
        return sum(bool(name) for name in proposed) >= 2

    def _read_anew(self) -> None:
        self._pasted = with_header(self._cells, has_header=self.has_header.isChecked())
        self.mapping = list(propose(self._pasted, self._targets))
        self._build()
        self._say()

    def _build(self) -> None:
        clear(self._list)
        options = [(target.name, target.label) for target in self._targets]
        self.lines = []
        for number in range(self._pasted.width):
            title, cells = self._pasted.title(number), self._pasted.column(number)
            line = ColumnChoice(number, title, cells, options)
            line.choose(self.mapping[number])
            line.chosen.connect(self._choose)
            self.lines.append(line)
            self._list.addWidget(line)
            self._list.addWidget(HairLine())

    def _choose(self, number: int, name: str) -> None:
        """Each column of the table is filled by one pasted column; the former one gives way."""
        for other, taken in enumerate(self.mapping):
            if name and taken == name and other != number:
                self.mapping[other] = ""
                self.lines[other].choose("")
        self.mapping[number] = name
        self._say()

    # -- what would come of it ---------------------------------------------------------------

    def conversion(self) -> Conversion:
        """The rows as they would be taken."""
        today = date.today()  # noqa: DTZ011  the advisor's own calendar
        return convert(self._pasted, self.mapping, self._targets, today)

    def _say(self) -> None:
        made = self.conversion()
        rows, width = len(self._pasted.rows), self._pasted.width
        self.found.setText(
            self.tr("{0} Zeilen und {1} Spalten in der Zwischenablage.").format(rows, width)
        )
        self.outcome.setText(self._outcome(made))
        self.shares.setText("\n".join(self._share_sentences(made)))
        show_if(self.shares, bool(self.shares.text()))
        self.unmapped.setText(self.tr("Nicht übernommen: {0}.").format(", ".join(made.unmapped)))
        show_if(self.unmapped, bool(made.unmapped))
        self.misfits.setText("\n".join(self._misfit_sentences(made)))
        show_if(self.misfits, bool(made.misfits))
        self.take.setEnabled(bool(made.rows))
        count = len(made.rows)
        if count == 1:
            self.take.setText(self.tr("1 Zeile übernehmen"))
        else:
            self.take.setText(self.tr("{0} Zeilen übernehmen").format(count))

    def _outcome(self, made: Conversion) -> str:
        if not made.rows:
            return self.tr("Wählen Sie, welche Spalte wohin gehört.")
        left = len(self._pasted.rows) - len(made.rows)
        words = self.tr("{0} Zeilen werden unten angefügt.").format(len(made.rows))
        if left:
            words += " " + self.tr("{0} Zeilen ohne passende Angabe entfallen.").format(left)
        return words

    def _share_sentences(self, made: Conversion) -> list[str]:
        found = []
        for target in self._targets:
            if target.name in self.mapping:
                values = [row.get(target.name, "") for row in made.rows]
                found.append(share_sentence(target, values))
        return [sentence for sentence in found if sentence]

    def _misfit_sentences(self, made: Conversion) -> list[str]:
        lines = [
            self.tr("Zeile {0}, {1}: „{2}“ bleibt leer. {3}").format(
                misfit.row, misfit.column, misfit.text[:40], misfit.why
            )
            for misfit in made.misfits[:MOST_MISFITS]
        ]
        more = len(made.misfits) - MOST_MISFITS
        if more > 0:
            lines.append(self.tr("… und {0} weitere Angaben.").format(more))
        return lines

    def _take(self) -> None:
        self.taken.emit(self.conversion().rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

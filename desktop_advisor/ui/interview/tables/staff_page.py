"""Personalliste einlesen: persons become counts per job before anything is shown or stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.pasted_table import (
    PastedTable,
    read_pasted,
    seems_header,
    with_header,
)
from desktop_advisor.domain.staff_list import (
    RETIREMENT_AGE,
    StaffSummary,
    find_columns,
    merged,
    seems_named,
    summarise,
    table_rows,
)
from desktop_advisor.ui.interview.tables.group_table import GroupTable
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    CheckBox,
    ChoiceBox,
    Heading,
    Label,
    PrimaryButton,
    SecondaryButton,
    SoftText,
    Text,
    column,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if

NO_COLUMN = "-"
_NUMBERS_NAMED = 8
_EMPTY = PastedTable((), ())


class StaffPage(QWidget):
    """Shows jobs and counts only; whoever takes or leaves it calls `forget`.

    Signals:
        taken: rows of column name → form value.
        dismissed: nothing is taken.
    """

    taken = Signal(object)
    dismissed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pasted = _EMPTY
        self._columns: tuple[str, ...] = ()
        self.heading = Heading(self.tr("Personalliste einlesen"))
        self.promise = SoftText(
            self.tr(
                "Die Liste wird sofort zu Zahlen je Tätigkeit zusammengefasst. Namen und"
                " Geburtsdaten werden weder angezeigt noch gespeichert."
            )
        )
        self.job = self._box(self.tr("Spalte mit der Tätigkeit"))
        self.birth = self._box(self.tr("Spalte mit Geburtsdatum, Geburtsjahr oder Alter"))
        self.merge = CheckBox(self.tr("Kleine Gruppen als „übrige“ zusammenfassen"))
        self.merge.setChecked(True)
        self.merge.toggled.connect(self._say)
        self.small = Banner(tone=Tone.ATTENTION)
        self.outcome = Text()
        self.skipped = Label(kind="error", wrap=True)
        assumption = self.tr("Abgänge: wer in den nächsten fünf Jahren {0} wird (unsere Annahme).")
        self.assumption = SoftText(assumption.format(RETIREMENT_AGE))
        self.take = PrimaryButton(self.tr("Übernehmen"))
        self.take.clicked.connect(self._take)
        self.cancel = SecondaryButton(self.tr("Abbrechen"))
        self.cancel.clicked.connect(self.dismissed)
        self.groups = GroupTable()
        self._arrange()

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(name)
        box.chosen.connect(self._say)
        return box

    def _arrange(self) -> None:
        top = FlowLayout(self.heading)
        top.add_gap()
        top.addWidget(self.cancel)
        top.addWidget(self.take)
        choices = column(
            Label(self.job.accessibleName(), "label"),
            self.job,
            Label(self.birth.accessibleName(), "label"),
            self.birth,
            gap=S,
        )
        whole = column(top, self.promise, gap=M, margins=(0, 0, 0, L))
        whole.addLayout(choices)
        for part in (self.outcome, self.small, self.merge, self.groups, self.skipped):
            whole.addWidget(part)
        whole.addWidget(self.assumption)
        whole.addStretch(1)
        self.setLayout(whole)

    # -- the list ----------------------------------------------------------------------------

    def show_text(self, text: str, columns: Sequence[str]) -> None:
        """A copied list. columns: names of the table's columns.

        Raises: NothingToPaste, TooLargeToPaste.
        """
        cells = read_pasted(text)
        self._pasted = with_header(cells, has_header=seems_header(cells))
        self._columns = tuple(columns)
        titles = [(str(n), self._pasted.title(n)) for n in range(self._pasted.width)]
        for box, found in zip((self.job, self.birth), find_columns(self._pasted), strict=True):
            box.set_options(((NO_COLUMN, self.tr("bitte wählen")), *titles))
            box.set_value(NO_COLUMN if found is None else str(found))
        self._say()

    def forget(self) -> None:
        """Let go of everything that was pasted."""
        self._pasted = _EMPTY
        self.groups.show_groups(())
        for box in (self.job, self.birth):
            box.set_options(())

    def summary(self) -> StaffSummary | None:
        """The counts as they would be taken; None while a column is missing."""
        if NO_COLUMN in {self.job.value(), self.birth.value()} or not self._pasted.width:
            return None
        today = date.today()  # noqa: DTZ011  the advisor's own calendar
        made = summarise(self._pasted, int(self.job.value()), int(self.birth.value()), today)
        return merged(made) if self.merge.isChecked() else made

    def _say(self) -> None:
        made = self.summary()
        self.groups.show_groups(())
        self.take.setEnabled(made is not None and bool(made.groups) and not seems_named(made))
        show_if(self.merge, made is not None)
        self.skipped.setText("" if made is None else self._skipped(made))
        show_if(self.skipped, bool(self.skipped.text()))
        if made is None:
            self.small.say_nothing()
            self.outcome.setText(self.tr("Wählen Sie die beiden Spalten."))
            return
        count = len(made.groups)
        one, more = (
            self.tr("{0} Personen in einer Tätigkeit."),
            self.tr("{0} Personen in {1} Tätigkeiten."),
        )
        self.outcome.setText((one if count == 1 else more).format(made.heads, count))
        self._say_small(made)
        if not seems_named(made):
            self.groups.show_groups(made.groups)
        take_one, take = self.tr("1 Zeile übernehmen"), self.tr("{0} Zeilen übernehmen")
        self.take.setText(take_one if count == 1 else take.format(count))

    def _say_small(self, made: StaffSummary) -> None:
        if seems_named(made):
            self.small.say(
                self.tr("Fast jede Zeile wäre eine eigene Gruppe: Das sieht nach Namen aus."),
                todo=self.tr("Bitte wählen Sie die Spalte mit der Tätigkeit."),
                tone=Tone.DANGER,
            )
        elif made.small:
            names = ", ".join(group.job for group in made.small[:_NUMBERS_NAMED])
            self.small.say(
                self.tr("Gruppen unter drei Personen werden im Bericht verdeckt."),
                todo=names if self.merge.isChecked() else "",
                tone=Tone.ATTENTION,
            )
        else:
            self.small.say_nothing()

    def _skipped(self, made: StaffSummary) -> str:
        lines = []
        if made.without_job:
            words = self.tr("Ohne Tätigkeit, nicht gezählt: Zeile {0}.")
            lines.append(words.format(_numbers(made.without_job)))
        if made.without_age:
            words = self.tr("Ohne lesbares Alter, in keiner Altersgruppe: Zeile {0}.")
            lines.append(words.format(_numbers(made.without_age)))
        return "\n".join(lines)

    def _take(self) -> None:
        made = self.summary()
        if made is not None:
            self.taken.emit(table_rows(made, self._columns))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


def _numbers(rows: Sequence[int]) -> str:
    named = ", ".join(str(row) for row in rows[:_NUMBERS_NAMED])
    more = len(rows) - _NUMBERS_NAMED
    return f"{named} …" if more > 0 else named

"""What came out of the consultation so far: measures and reports."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Card, ListRow, Pill, RowList, SoftText
from desktop_advisor.ui.words import joined, measure_state
from desktop_advisor.usecases.company_file import CompanyFile, MeasureView, ReportView


class Measures(Card):
    """Maßnahmen.

    Signals:
        opened: a measure was pressed.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Maßnahmen"))
        self.list = RowList()
        self.add(self.list)

    def show_file(self, file: CompanyFile) -> None:
        """The measures, as agreed."""
        self.list.show_rows(
            [self._row(measure) for measure in file.measures]
            or [SoftText(self.tr("Noch keine Maßnahme vereinbart."))]
        )

    def _row(self, measure: MeasureView) -> ListRow:
        word, tone = measure_state(measure.state)
        due = self.tr("bis {0}").format(short_date(measure.due_on)) if measure.due_on else ""
        owner = measure.owner or self.tr("noch niemand zuständig")
        made = ListRow(measure.title, joined(owner, due), trail=[Pill(word, tone)])
        made.pressed.connect(self.opened)
        return made


class Reports(Card):
    """Beratungsberichte.

    Signals:
        opened: a report was pressed.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Beratungsberichte"))
        self.list = RowList()
        self.add(self.list)

    def show_file(self, file: CompanyFile) -> None:
        """The sealed versions, newest first."""
        self.list.show_rows(
            [self._row(report) for report in file.reports]
            or [SoftText(self.tr("Noch kein Bericht gesiegelt."))]
        )

    def _row(self, report: ReportView) -> ListRow:
        sealed = report.sealed_at
        day = short_date(sealed.astimezone(BERLIN).date()) if sealed else "–"
        pill = (
            Pill(self.tr("ersetzt")) if report.is_replaced else Pill(self.tr("✓ final"), Tone.GOOD)
        )
        made = ListRow(
            self.tr("Fassung {0}").format(report.version),
            self.tr("gesiegelt am {0} von {1}").format(day, report.sealed_by),
            trail=[pill],
        )
        made.pressed.connect(self.opened)
        return made

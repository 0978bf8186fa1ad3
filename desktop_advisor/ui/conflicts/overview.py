"""All disputed fields of all company files, grouped by file and record; some may be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.storage.conflicts import Key
from desktop_advisor.ui.conflicts.wording import field_title, fields_counted, record_title
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    CheckBox,
    ListRow,
    Pill,
    SmallText,
    Strong,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.conflicts import Dispute, by_record, may_be_batched

MOST_ROWS = 200
"""Our choice: more than anybody walks through; what is decided makes room for the rest."""


class Overview(QWidget):
    """Signals:
    opened: the key of the field to look at.
    ticked: other fields are ticked now.
    """

    opened = Signal(object)
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.setLayout(column(self._list, spacer(), gap=0))
        self.rows: dict[Key, ListRow] = {}
        self.ticks: dict[Key, CheckBox] = {}

    def show_disputes(self, disputes: Sequence[Dispute]) -> None:
        """These, in this order; what was ticked and is still there stays ticked."""
        kept = {key for key, tick in self.ticks.items() if tick.isChecked()}
        clear(self._list)
        self.rows, self.ticks = {}, {}
        company = None
        for (company_id, _, _), group in by_record(disputes[:MOST_ROWS]).items():
            if company_id != company:
                company = company_id
                count = sum(
                    d.conflict.company_id == company_id and not d.is_sealed for d in disputes
                )
                self._list.addWidget(self._file(group[0].company, count))
            self._list.addWidget(self._record(group[0]))
            for dispute in group:
                self._list.addWidget(self._field(dispute, is_ticked=dispute.key in kept))
        if len(disputes) > MOST_ROWS:
            more = self.tr("{0} weitere, sobald einige entschieden sind.")
            self._list.addWidget(SmallText(more.format(len(disputes) - MOST_ROWS)))

    def light(self, key: Key | None) -> None:
        """Show which field is open at the right."""
        for one, made in self.rows.items():
            made.set_chosen(one == key)

    def ticked_keys(self) -> set[Key]:
        """The fields chosen for a decision about several."""
        return {key for key, tick in self.ticks.items() if tick.isChecked()}

    def _file(self, company: str, count: int) -> QWidget:
        made = QWidget()
        name = Strong(company, wrap=True)
        line = row(gap=spacing.S, margins=(spacing.S, spacing.M, spacing.S, 0))
        line.addWidget(name, 1)
        if count:
            line.addWidget(Pill(fields_counted(count)))
        made.setLayout(line)
        return made

    def _record(self, dispute: Dispute) -> QWidget:
        made = QWidget()
        line = row(gap=0, margins=(spacing.S, spacing.S, spacing.S, 0))
        line.addWidget(SmallText(record_title(dispute)), 1)
        made.setLayout(line)
        return made

    def _field(self, dispute: Dispute, *, is_ticked: bool) -> ListRow:
        lead: list[QWidget] = []
        if may_be_batched(dispute):
            tick = CheckBox("")
            words = self.tr("Auswählen: {0}, {1}")
            tick.setAccessibleName(words.format(record_title(dispute), field_title(dispute)))
            tick.setFixedSize(spacing.TARGET, spacing.TARGET)
            tick.setChecked(is_ticked)
            tick.toggled.connect(lambda _on: self.ticked.emit())
            self.ticks[dispute.key] = tick
            lead.append(tick)
        made = ListRow(field_title(dispute), lead=lead, trail=self._pills(dispute), inset=spacing.S)
        if (line := made.layout()) is not None and lead:
            line.setContentsMargins(spacing.XS, 0, spacing.S, 0)
            line.setSpacing(spacing.XS)
        made.pressed.connect(lambda: self.opened.emit(dispute.key))
        self.rows[dispute.key] = made
        return made

    def _pills(self, dispute: Dispute) -> list[QWidget]:
        if dispute.is_covered:
            return [Pill(self.tr("verdeckt"), Tone.BR)]
        if dispute.has_late:
            tone = Tone.NEUTRAL if dispute.is_sealed else Tone.ATTENTION
            return [Pill(self.tr("nach Unterschrift"), tone)]
        if len(dispute.versions) > 2:
            return [Pill(self.tr("{0} Fassungen").format(len(dispute.versions)))]
        return []

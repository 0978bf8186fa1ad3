"""Two files that look alike, why, and the two answers to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    SecondaryButton,
    SmallText,
    SoftText,
    Strong,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.duplicates import Known, Proposal


class ProposalCard(Card):
    """Signals:
    distinct: these are two companies.
    same: show what joining them would do.
    """

    distinct = Signal()
    same = Signal()

    def __init__(self, proposal: Proposal) -> None:
        super().__init__()
        both = row(gap=spacing.XL)
        for known in (proposal.first, proposal.second):
            both.addWidget(_file(known), 1)
        self.apart = SecondaryButton(self.tr("Sind verschieden"))
        self.together = SecondaryButton(self.tr("Zusammenführen …"))
        names = (proposal.first.name, proposal.second.name)
        self.apart.setAccessibleName(self.tr("{0} und {1} sind verschieden").format(*names))
        self.together.setAccessibleName(self.tr("{0} und {1} zusammenführen").format(*names))
        self.apart.clicked.connect(lambda _checked: self.distinct.emit())
        self.together.clicked.connect(lambda _checked: self.same.emit())
        reasons = SoftText(" ".join(proposal.reasons))
        line = row(gap=spacing.S)
        line.addWidget(reasons, 1)
        line.addWidget(self.apart)
        line.addWidget(self.together)
        self.add(both, spacing.S, line)


def _file(known: Known) -> QWidget:
    made = QWidget()
    number = joined(known.vat_id, " ".join((known.register_court, known.register_number)).strip())
    place = f"{known.postcode} {known.town}".strip()
    made.setLayout(
        column(Strong(known.name, wrap=True), SmallText(joined(place, number)), spacer(), gap=2)
    )
    return made

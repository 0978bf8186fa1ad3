"""Unternehmensgruppe: class with its arithmetic, structure, shareholdings and closed years."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.domain.size_finding import DISCLAIMER, SizeFinding
from desktop_advisor.ui.company_file.affiliates import Affiliates
from desktop_advisor.ui.company_file.closed_years import ClosedYears
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    Label,
    SmallText,
    Text,
    clear,
    row,
    spacer,
)
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.group_structure import show_group
from desktop_advisor.usecases.workplace import Workplace


class GroupCard(Card):
    """What the KMU class rests on.

    Signals:
        changed: group or years were edited.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Unternehmensgruppe und KMU-Klasse"))
        self._place = place
        self._finding = QVBoxLayout()
        self._finding.setSpacing(spacing.XS)
        self.size_class: FigureButton | None = None
        self.affiliates, self.years = Affiliates(place), ClosedYears(place)
        self.add(
            self._finding,
            Label(self.tr("Beteiligungen"), "label"),
            self.affiliates,
            Label(self.tr("Abgeschlossene Geschäftsjahre"), "label"),
            self.years,
        )
        self.affiliates.changed.connect(self.changed)
        self.years.changed.connect(self.changed)

    def show_file(self, file: CompanyFile) -> None:
        """The class as it follows from what is stored now."""
        group = show_group(self._place, file.company_id)
        self._show_finding(group.finding)
        self.affiliates.show_group(file.company_id, group)
        self.years.show_group(file.company_id, group)

    def _show_finding(self, finding: SizeFinding) -> None:
        clear(self._finding)
        self.size_class = FigureButton(finding.derivation.result, finding.derivation)
        self._finding.addLayout(row(self.size_class, spacer()))
        self._finding.addWidget(Text(finding.reason))
        if len(finding.tree) > 1:
            tree = Label("\n".join(finding.tree), "small-ink", wrap=True)
            tree.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            tree.setAccessibleName(self.tr("Aufbau der Gruppe") + ": " + "; ".join(finding.tree))
            self._finding.addWidget(tree)
        self._finding.addWidget(SmallText(DISCLAIMER))

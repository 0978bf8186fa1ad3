"""The cards that say how large the company is: data, staff by hours, group, aids."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.company_file.aids_card import AidsCard
from desktop_advisor.ui.company_file.group_card import GroupCard
from desktop_advisor.ui.company_file.staff_card import StaffCard
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import column
from desktop_advisor.usecases.company_file import CompanyFile
from desktop_advisor.usecases.workplace import Workplace


class FactsCards(QWidget):
    """Staff, group and aids below each other.

    Signals:
        typing: something is typed that is not saved yet.
        changed: something is committed.
    """

    typing = Signal()
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.staff, self.group, self.aids = StaffCard(place), GroupCard(place), AidsCard(place)
        self.setLayout(column(self.staff, self.group, self.aids, gap=spacing.L))
        self.staff.typing.connect(self.typing)
        self.staff.changed.connect(self.changed)
        self.group.changed.connect(self.changed)
        self.aids.changed.connect(self.changed)

    def show_file(self, file: CompanyFile) -> None:
        """What is stored now."""
        self.staff.show_file(file)
        self.group.show_file(file)
        self.aids.show_file(file)

    def settle(self) -> bool:
        """Commit what is typed; False where a field cannot be read."""
        return self.staff.settle()

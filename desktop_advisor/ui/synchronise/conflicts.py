"""Fields that two laptops set differently: both values side by side, one press decides."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.synchronise.record_words import field_words
from desktop_advisor.ui.synchronise.wording import value_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    HairLine,
    SecondaryButton,
    SmallText,
    SoftText,
    Strong,
    Text,
    clear,
    column,
    row,
)
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.covered_conflicts import is_covered
from desktop_advisor.usecases.synchronising import settle_conflict
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from desktop_advisor.storage.conflicts import Conflict, ConflictValue


Key = tuple[str, uuid.UUID, str]
"""Record, row and field that stand in two versions."""


class Conflicts(Card):
    """All open conflicts; hidden while there is none.

    Signals:
        settled: one was decided.
    """

    settled = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("In zwei Fassungen"))
        self._place = place
        self._trouble = Banner()
        self._list = QVBoxLayout()
        self._list.setSpacing(spacing.M)
        self._shown: tuple[Sequence[Conflict], Mapping[uuid.UUID, str]] = ((), {})
        self._revealed: set[Key] = set()
        explanation = self.tr(
            "Auf zwei Geräten wurde dasselbe Feld verschieden ausgefüllt. Beide Fassungen sind"
            " aufbewahrt. Welche gilt?"
        )
        self.add(SoftText(explanation), self._trouble, self._list)

    def show_conflicts(self, conflicts: Sequence[Conflict], names: Mapping[uuid.UUID, str]) -> None:
        """These conflicts with the names of their companies; all that is guarded is covered."""
        self._revealed.clear()
        self._build(conflicts, names)

    def _build(self, conflicts: Sequence[Conflict], names: Mapping[uuid.UUID, str]) -> None:
        self._shown = (conflicts, names)
        clear(self._list)
        for number, conflict in enumerate(conflicts):
            if number:
                self._list.addWidget(HairLine())
            self._list.addWidget(self._conflict(conflict, names.get(conflict.company_id, "–")))
        self.setVisible(bool(conflicts))

    def _conflict(self, conflict: Conflict, company: str) -> QWidget:
        made = QWidget()
        if _key(conflict) not in self._revealed and is_covered(self._place, conflict):
            lines = [self._cover(conflict)]
        else:
            lines = [self._value(conflict, value) for value in conflict.values]
        name = Strong(joined(company, field_words(conflict.entity, conflict.field)), wrap=True)
        made.setLayout(column(name, *lines, gap=spacing.S))
        return made

    def _cover(self, conflict: Conflict) -> QWidget:
        made = QWidget()
        words = self.tr("Aus der Sicht des Betriebsrats und nicht freigegeben, deshalb verdeckt.")
        reveal = SecondaryButton(self.tr("Fassungen aufdecken"))
        reveal.clicked.connect(lambda _checked: self._reveal(conflict))
        line = row(gap=spacing.L)
        line.addWidget(SoftText(words), 1)
        line.addWidget(reveal, 0, Qt.AlignmentFlag.AlignVCenter)
        made.setLayout(line)
        return made

    def _reveal(self, conflict: Conflict) -> None:
        self._revealed.add(_key(conflict))
        self._build(*self._shown)

    def _value(self, conflict: Conflict, value: ConflictValue) -> QWidget:
        made = QWidget()
        words = column(
            Text(f"„{value_words(value.value)}“"),
            SmallText(joined(value.author, value.device, day_and_time(value.at))),
            gap=0,
        )
        choose = SecondaryButton(self.tr("Diese gilt"))
        choose.setAccessibleName(self.tr("Diese gilt: {0}").format(value_words(value.value)))
        choose.clicked.connect(lambda _checked: self._settle(conflict, value))
        line = row(gap=spacing.L)
        line.addLayout(words, 1)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignVCenter)
        made.setLayout(line)
        return made

    def _settle(self, conflict: Conflict, value: ConflictValue) -> None:
        try:
            settle_conflict(self._place, conflict, value.value)
        except KnownError as error:
            self._trouble.say_error(error)
            return
        self._trouble.say_nothing()
        self.settled.emit()


def _key(conflict: Conflict) -> Key:
    return (conflict.entity, conflict.entity_id, conflict.field)

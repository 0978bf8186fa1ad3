"""Counts per job: a table where there is room, else a line below each job."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.domain.staff_list import JobGroup
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.widgets import Label, clear

NARROW = 520
"""Below it, at 100 %, eight columns of figures do not stand beside each other."""
BANDS = ("< 30", "30–44", "45–54", "55–59", "60 +")


class GroupTable(QWidget):
    """Shows heads, age bands and exits of every job; small groups step back."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[JobGroup, ...] = ()
        self._is_narrow = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(0, 1)

    def show_groups(self, groups: Sequence[JobGroup]) -> None:
        """These jobs, in this order."""
        self._shown = tuple(groups)
        self._build()

    def _build(self) -> None:
        clear(self._grid)
        if not self._shown:
            return
        if self._is_narrow:
            for place, group in enumerate(self._shown):
                name = Label(self.tr("{0}: {1} Köpfe").format(group.job, group.heads), wrap=True)
                self._grid.addWidget(name, 2 * place, 0)
                self._grid.addWidget(
                    Label(self._bands(group), "small", wrap=True), 2 * place + 1, 0
                )
            return
        heads = ("", self.tr("Köpfe"), *BANDS, self.tr("Abgänge"))
        for number, head in enumerate(heads):
            self._put(0, number, Label(head, "label"))
        for place, group in enumerate(self._shown, start=1):
            kind = "soft" if group.is_small else "text"
            self._put(place, 0, Label(group.job, kind, wrap=True))
            for number, count in enumerate((group.heads, *group.bands, group.exits), start=1):
                self._put(place, number, Label(str(count) if count else "–", kind))

    def _bands(self, group: JobGroup) -> str:
        said = [f"{band}: {n}" for band, n in zip(BANDS, group.bands, strict=True) if n]
        return " · ".join([*said, self.tr("Abgänge: {0}").format(group.exits)])

    def _put(self, line: int, number: int, label: Label) -> None:
        if number:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(label, line, number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(NARROW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._build()

"""Früher und heute: each field of action at both times, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.assessment.comparison import Change, signed
from desktop_advisor.domain.german import counted, one_digit
from desktop_advisor.ui.results.comparison.change_bar import ChangeBar
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import L, M, S
from desktop_advisor.ui.widgets import (
    FigureButton,
    HairLine,
    Label,
    QuietButton,
    SmallText,
    SoftText,
    Text,
    column,
)
from desktop_advisor.usecases.comparing import ComparisonView

NAME, LEVELS, DIFFERENCE = 176, 96, 60


class ThenAndNow(QWidget):
    """The rows of one comparison; without anything comparable, the sentence that says why."""

    def __init__(self, view: ComparisonView) -> None:
        super().__init__()
        parts: list[QWidget] = []
        if view.other_form:
            words = self.tr("Damals gefragt mit: {0}. Verglichen wird, was gleich lautet.")
            parts.append(SmallText(words.format(view.other_form)))
        if view.why_none:
            parts.append(SoftText(view.why_none))
        else:
            parts += self._rows(view.comparison.changes)
        parts += self._left_out(view)
        self.setLayout(column(*parts, gap=S))

    def _rows(self, changes: Sequence[Change]) -> list[QWidget]:
        parts: list[QWidget] = []
        for number, change in enumerate(changes):
            if number:
                parts.append(HairLine())
            parts.append(self._row(change))
        return parts

    def _row(self, change: Change) -> QWidget:
        line = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(L)
        px = theme().px
        name = Label(change.label, wrap=True)
        name.setFixedWidth(px(NAME))
        grid.addWidget(name, 0, 0)
        derivation = change.derivation()
        if change.before is None or change.after is None or derivation is None:
            words = self.tr("zu wenig Gemeinsames: {0} beide Male beantwortet")
            shared = counted(change.shared, self.tr("Kennpunkt"), self.tr("Kennpunkte"))
            grid.addWidget(SmallText(words.format(shared)), 0, 1, 1, 3)
        else:
            grid.addWidget(ChangeBar(change.before, change.after), 0, 1)
            levels = Label(f"{one_digit(change.before)} → {one_digit(change.after)}")
            grid.addWidget(levels, 0, 2)
            figure = FigureButton(signed(change.after - change.before), derivation, right=True)
            grid.addWidget(figure, 0, 3, Qt.AlignmentFlag.AlignRight)
            grid.setColumnMinimumWidth(2, px(LEVELS))
            grid.setColumnMinimumWidth(3, px(DIFFERENCE))
        grid.setColumnStretch(1, 1)
        line.setLayout(grid)
        line.setMinimumHeight(px(44))
        return line

    def _left_out(self, view: ComparisonView) -> list[QWidget]:
        found = view.comparison
        kinds = (
            (self.tr("Anders formuliert als damals: {0}"), found.reworded),
            (self.tr("Damals noch nicht gefragt: {0}"), found.new),
            (self.tr("Heute nicht mehr gefragt: {0}"), found.gone),
        )
        lists = [_Unfolding(words.format(len(texts)), texts) for words, texts in kinds if texts]
        if not lists:
            return []
        heading = Label(self.tr("Nicht verglichen"), "label")
        return [HairLine(), heading, *lists]


class _Unfolding(QWidget):
    """A count that opens to its list."""

    def __init__(self, words: str, texts: Sequence[str]) -> None:
        super().__init__()
        head = QuietButton(words, "down")
        inside = QWidget()
        inside.setLayout(column(*(Text(f"– {text}") for text in texts), gap=2))
        inside.layout().setContentsMargins(M, 0, 0, S)  # type: ignore[union-attr]
        inside.hide()
        head.clicked.connect(lambda: inside.setVisible(not inside.isVisible()))
        self.setLayout(column(head, inside, gap=0))

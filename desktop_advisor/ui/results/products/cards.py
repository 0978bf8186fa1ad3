"""The cards of the products: figures, stack with its key, rows, ends."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_advisor.assessment.exposure import Exposure, FollowOn, Product
from desktop_advisor.assessment.exposure_figures import (
    Figure,
    ending_figure,
    growth_figure,
    heads_figure,
    points,
    thin_margin_figure,
    turnover_figure,
    unassigned_figure,
)
from desktop_advisor.report.exposure_chart import ExposureStack, exposure_stack
from desktop_advisor.ui.results.products.stack import StackBars, Swatch
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    HairLine,
    Label,
    Pill,
    SmallText,
    SoftText,
    Strong,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.exposure import ExposureView
from desktop_advisor.usecases.report_exposure import ending_years, layers, product_line, remarks

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FiguresCard(Card):
    """The one number, then the others beside it; each opens its arithmetic.

    Attributes:
        big: the exposure by turnover, None where it may not be said.
    """

    def __init__(self, exposure: Exposure) -> None:
        super().__init__(self.tr("Produktexposition Verbrenner"))
        turnover = turnover_figure(exposure)
        self.big: FigureButton | None = None
        if turnover is None:
            self.add(SoftText(self.tr("keine belastbare Aussage nach Umsatz")))
        else:
            self.big = FigureButton(turnover.text, turnover.derivation, kind="big-figure")
            self.add(row(self.big, SmallText(self.tr("vom Umsatz")), spacer(), gap=S))
        for sentence in remarks(exposure):
            self.add(SmallText(sentence))
        lines: tuple[tuple[str, Figure | None], ...] = (
            (self.tr("nach Köpfen"), heads_figure(exposure)),
            (self.tr("nicht zugeordnet"), unassigned_figure(exposure)),
            (self.tr("wächst mit dem Elektroantrieb"), growth_figure(exposure)),
            (self.tr("geringer Deckungsbeitrag"), thin_margin_figure(exposure)),
        )
        self.add(_lines([line for line in lines if line[1] is not None]))


class StackCard(Card):
    """The bars and the key beneath them."""

    def __init__(self, exposure: Exposure) -> None:
        super().__init__(self.tr("Abhängigkeit nach Antriebsgruppe"))
        self.stack = exposure_stack(layers(exposure))
        self.add(StackBars(self.stack), self._key(self.stack))
        table = exposure.table
        said = self.tr("{0}. Stand {1}.")
        self.add(SmallText(said.format(table.source, f"{table.checked_on:%d.%m.%Y}")))

    def _key(self, stack: ExposureStack) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(1, 1)
        for place, words in ((2, self.tr("Umsatz")), (3, self.tr("Köpfe"))):
            grid.addWidget(Label(words, "label"), 0, place, _RIGHT)
        for number, line in enumerate(stack.key, start=1):
            grid.addWidget(Swatch(line.hatch), number, 0)
            grid.addWidget(Label(line.label, wrap=True), number, 1)
            grid.addWidget(Strong(line.turnover or "–"), number, 2, _RIGHT)
            grid.addWidget(Strong(line.heads or "–"), number, 3, _RIGHT)
        return grid


class EndingsCard(Card):
    """Turnover that ends up to a year, and what follows it."""

    def __init__(self, view: ExposureView, exposure: Exposure) -> None:
        super().__init__(self.tr("Umsatz mit Auslauf ohne Folgeauftrag"))
        if not exposure.knows_ends:
            self.add(SoftText(self.tr("Noch steht in keiner Zeile, wann die Serie endet.")))
            return
        for year in ending_years(view):
            ending = exposure.ending(year)
            found = ending_figure(exposure, ending)
            if found is None:
                continue
            button = FigureButton(found.text, found.derivation, right=True)
            beside = self.tr("Folgeauftrag offen {0} · zugesagt {1}").format(
                points(ending.unclear), points(ending.secured)
            )
            words = column(Label(self.tr("bis {0}").format(year)), SmallText(beside), gap=0)
            line = row(gap=M)
            line.addLayout(words, 1)
            line.addWidget(button)
            self.add(line)


class ProductsCard(Card):
    """Every product: what it depends on, when it ends, what follows."""

    def __init__(self, exposure: Exposure) -> None:
        super().__init__(self.tr("Produktgruppen"))
        for number, product in enumerate(exposure.products):
            if number:
                self.add(HairLine())
            self.add(self._line(exposure, product))

    def _line(self, exposure: Exposure, product: Product) -> QWidget:
        said = product_line(exposure, product)
        parts = [
            self.tr("{0} vom Umsatz").format(said.share) if said.share else "",
            self.tr("{0} Köpfe").format(said.heads) if said.heads else "",
            self.tr("Deckungsbeitrag {0}").format(said.margin) if said.margin else "",
        ]
        words = column(
            Strong(said.name, wrap=True), SmallText(" · ".join(p for p in parts if p)), gap=0
        )
        group = self.tr("Gruppe {0}: {1}").format(said.group, said.dependence)
        pills = [Pill(group if said.group else said.dependence, _group_tone(said.group))]
        if said.eop:
            end = self.tr("Serienende {0}").format(said.eop)
            pills.append(Pill(f"{end} · {said.follow_on}", _TONES[product.follow_on]))
        line = row(gap=S)
        line.addLayout(words, 1)
        for pill in pills:
            line.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(line)
        return holder


_TONES = {FollowOn.YES: Tone.GOOD, FollowOn.NO: Tone.DANGER, FollowOn.UNKNOWN: Tone.ATTENTION}


def _group_tone(group: str) -> Tone:
    if not group:
        return Tone.NEUTRAL
    return Tone.GOOD if group == "0" else Tone.MAIN


def _lines(lines: list[tuple[str, Figure | None]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for number, (words, found) in enumerate(lines):
        if found is not None:
            grid.addWidget(Label(words, wrap=True), number, 0)
            button = FigureButton(found.text, found.derivation, right=True)
            grid.addWidget(button, number, 1, Qt.AlignmentFlag.AlignRight)
    return grid

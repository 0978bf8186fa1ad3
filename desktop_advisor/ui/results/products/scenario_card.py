"""One year: how much of today's combustion volume is left, and what that touches."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_advisor.assessment.dependencies import Variant
from desktop_advisor.assessment.exposure import Exposure
from desktop_advisor.assessment.exposure_figures import (
    points,
    scenario_heads_figure,
    scenario_turnover_figure,
)
from desktop_advisor.domain.german import THIN_SPACE, figure
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    QuietButton,
    SmallText,
    Strong,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.slider import Slider
from desktop_advisor.usecases.exposure import ScenarioView

STEPS = 20
"""Steps of five percent: finer would claim a knowledge that nobody has."""


class ScenarioCard(Card):
    """The knob only tries out while it moves; let go, the share is kept for this case.

    Attributes:
        slider: the share that is left, in steps of 5 %. figures: what the year touches.
        variants: a button per bundled assumption.

    Signals:
        given: (share or None, note): keep this share; None goes back to the bundled assumption.
    """

    given = Signal(object, str)

    def __init__(self, scenario: ScenarioView, exposure: Exposure) -> None:
        super().__init__(self.tr("Szenario {0}").format(scenario.year))
        self._scenario = scenario
        self._exposure = exposure
        self.figures: list[FigureButton] = []
        self._left = Strong()
        self._source = SmallText()
        self._more = SmallText()
        self._room = QHBoxLayout()
        self._room.setSpacing(L)
        self.slider = Slider(STEPS)
        self.slider.moved.connect(self._try)
        self.slider.given.connect(self._give)
        self.variants = [self._button(v) for v in scenario.assumption.variants]
        self.add(SmallText(self.tr("Verbrennervolumen, das noch da ist")))
        line = row(gap=S)
        line.addWidget(self.slider, 1)
        line.addWidget(self._left)
        holder = QWidget()
        holder.setLayout(line)
        choices = QWidget()
        choices.setLayout(FlowLayout(*self.variants))
        self.add(holder, self._room, self._more, choices, self._source)
        self.show_scenario(scenario)

    def show_scenario(self, scenario: ScenarioView) -> None:
        """What holds now."""
        self._scenario = scenario
        self.slider.put(int((scenario.remaining * STEPS).to_integral_value()))
        words = self.tr("In der Beratung gesetzt: {0}.") if scenario.is_own else "{0}."
        self._source.setText(words.format(scenario.source))
        for button, variant in zip(self.variants, scenario.assumption.variants, strict=True):
            holds = variant.remaining == scenario.remaining
            button.setText(f"✓ {variant.name}" if holds else variant.name)
        self._show(scenario.remaining)

    def _button(self, variant: Variant) -> QuietButton:
        button = QuietButton(variant.name)
        button.setToolTip(variant.source)
        is_usual = variant is self._scenario.assumption.usual
        remaining = None if is_usual else variant.remaining
        button.clicked.connect(
            partial(self.given.emit, remaining, "" if is_usual else variant.source)
        )
        return button

    def _try(self, step: int) -> None:
        self._show(Decimal(step) / STEPS)

    def _give(self, step: int) -> None:
        remaining = Decimal(step) / STEPS
        if remaining == self._scenario.remaining:
            self._show(remaining)
        elif remaining == self._scenario.assumption.usual.remaining:
            self.given.emit(None, "")
        else:
            self.given.emit(remaining, "")

    def _show(self, remaining: Decimal) -> None:
        left = f"{figure(remaining * 100)}{THIN_SPACE}%"
        self._left.setText(left)
        self.slider.setAccessibleName(
            self.tr("{0}: noch {1} des heutigen Verbrennervolumens").format(
                self._scenario.year, left
            )
        )
        affected = self._scenario.affected(self._exposure, remaining)
        source = self._scenario.source
        if remaining != self._scenario.remaining:
            source = self.tr("ausprobiert, nicht gespeichert")
        clear(self._room)
        turnover = scenario_turnover_figure(self._exposure, affected, source)
        people = scenario_heads_figure(self._exposure, affected, source)
        words_of = (self.tr("Umsatz betroffen"), self.tr("betroffen"))
        self.figures = []
        for shown, words in zip((turnover, people), words_of, strict=True):
            if shown is not None:
                button = FigureButton(shown.text, shown.derivation)
                self.figures.append(button)
                self._room.addLayout(column(button, SmallText(words), gap=0))
        self._room.addItem(spacer())
        self._more.setText(self._remark(points(affected.unclear) if affected.unclear else ""))
        self._more.setVisible(bool(affected.unclear))

    def _remark(self, unclear: str) -> str:
        return self.tr("Weitere {0}, wenn offene Folgeaufträge nicht kommen.").format(unclear)

"""One measure with everything there is to say about it: fields, warnings, chosen offers."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.advice.offers import Offer
from desktop_advisor.ui.advice.measure_form import MeasureForm, all_fields
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    ChoiceBox,
    HairLine,
    IconLabel,
    Label,
    ListRow,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    clear,
    row,
    spacer,
)
from desktop_advisor.usecases.action_plan import ActionPlan, ChosenOffer, PlanLine

translate = QCoreApplication.translate

STEPS_HEIGHT = 150
"""Most pixels of the steps at 100 %; six lines, longer ones scroll within."""


class WarningLine(QWidget):
    """A sign and one sentence of what may go wrong."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        line = row(gap=S)
        line.addWidget(IconLabel("warning", Tone.ATTENTION, 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(sentence, "small-ink", wrap=True), 1)
        self.setLayout(line)
        self.setAccessibleName(translate("WarningLine", "Hinweis: {0}").format(sentence))


class MeasureSheet(Card):
    """All of one measure; saved field by field, closed by a button or Esc.

    Signals:
        changed: the measure's id and its new draft.
        removed: the id of the measure to take off the plan.
        typed: something stands in a field that is not saved yet.
        closed: back to the plan.
    """

    changed = Signal(object, object)
    removed = Signal(object)
    typed = Signal()
    closed = Signal()

    def __init__(self, plan: ActionPlan, line: PlanLine, catalogue: tuple[Offer, ...]) -> None:
        super().__init__()
        self._line = line
        others = [r for r in plan.rows if r.measure_id != line.row.measure_id]
        self.form = MeasureForm(line.row, fields=all_fields(others))
        self.form.edit("steps").setMaximumHeight(theme().px(STEPS_HEIGHT))
        self.form.typed.connect(lambda _key: self.typed.emit())
        self.form.changed.connect(self.changed)
        self.back = QuietButton(self.tr("‹ Zurück zum Maßnahmenplan"))
        self.back.clicked.connect(self.closed)
        self.remove = QuietButton(self.tr("Aus dem Plan nehmen"))
        self.remove.clicked.connect(lambda: self.removed.emit(self._line.row.measure_id))
        self._warnings, self._offers = QVBoxLayout(), QVBoxLayout()
        self._warnings.setSpacing(XS)
        self._offers.setSpacing(XS)
        self.more = self._offer_box(catalogue)
        self.add(row(self.back, spacer(), self.remove), self._warnings, self.form, HairLine())
        self.add(Label(self.tr("Förderung und Angebote"), "label"), self._offers, self.more, None)
        self.show_line(line)

    def show_line(self, line: PlanLine) -> None:
        """What is stored now, with the warnings that follow from it."""
        self._line = line
        self.setAccessibleName(line.row.draft.title)
        self.form.show_draft(line.row.draft)
        clear(self._warnings)
        for sentence in line.warnings:
            self._warnings.addWidget(WarningLine(sentence))
        clear(self._offers)
        if not line.offers:
            self._offers.addWidget(SmallText(self.tr("Noch kein Angebot gewählt.")))
        for chosen in line.offers:
            self._offers.addWidget(self._offer(chosen))

    def _offer(self, chosen: ChosenOffer) -> ListRow:
        drop = SecondaryButton("", "close")
        drop.setAccessibleName(self.tr("{0} aus der Maßnahme nehmen").format(chosen.title))
        drop.clicked.connect(lambda: self._choose_without(chosen.offer_id))
        words = chosen.standing.sentence if chosen.standing else self.tr("nicht mehr im Katalog")
        is_good = chosen.standing is not None and chosen.standing.is_fresh
        pill = Pill(
            self.tr("aktuell") if is_good else self.tr("Stand prüfen"),
            Tone.GOOD if is_good else Tone.ATTENTION,
        )
        return ListRow(chosen.title, words, trail=[pill, drop], pressable=False)

    def _offer_box(self, catalogue: tuple[Offer, ...]) -> ChoiceBox:
        titles = sorted(((o.id, o.title) for o in catalogue), key=lambda pair: pair[1].casefold())
        box = ChoiceBox((("", self.tr("Angebot hinzufügen …")), *titles))
        box.setAccessibleName(self.tr("Angebot hinzufügen"))
        box.chosen.connect(self._choose)
        return box

    def _choose(self, offer_id: str) -> None:
        self.more.set_value("")
        if offer_id and offer_id not in self._line.row.draft.offers:
            self._set_offers((*self._line.row.draft.offers, offer_id))

    def _choose_without(self, offer_id: str) -> None:
        self._set_offers(tuple(o for o in self._line.row.draft.offers if o != offer_id))

    def _set_offers(self, offers: tuple[str, ...]) -> None:
        self.form.settle()
        draft = dataclasses.replace(self._line.row.draft, offers=offers)
        self.changed.emit(self._line.row.measure_id, draft)

    def settle(self) -> None:
        """Let every waiting field be saved now."""
        self.form.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the plan, not out of the screen."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

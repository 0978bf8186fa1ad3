"""The result of a calculator: sentence, amounts to open, conditions, assumptions, law and state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_advisor.advice.calculators.outcome import Amount, Condition, Holds, Outcome
from desktop_advisor.advice.eligibility import WORDING, Verdict
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    FigureButton,
    HairLine,
    Label,
    Pill,
    SmallText,
    Strong,
    Text,
    clear,
    column,
)

VERDICT_TONES = {
    Verdict.IN_QUESTION: Tone.GOOD,
    Verdict.OPEN: Tone.ATTENTION,
    Verdict.EXCLUDED: Tone.DANGER,
}
_MARKS = {Holds.BLOCKING: "✕", Holds.OPEN: "?", Holds.MET: "✓"}


class ResultView(Card):
    """The card at the right; shown anew with every key."""

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Ergebnis"))
        self.outcome: Outcome | None = None
        self.amounts: list[FigureButton] = []
        self._content = QVBoxLayout()
        self._content.setSpacing(spacing.S)
        self.add(self._content)

    def show_outcome(self, outcome: Outcome) -> None:
        """This result; the same one again changes nothing."""
        if outcome == self.outcome:
            return
        self.outcome = outcome
        clear(self._content)
        verdict = outcome.verdict
        pill = Pill(WORDING[verdict], VERDICT_TONES[verdict])
        self._content.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        self._content.addWidget(Strong(outcome.sentence, wrap=True))
        self._content.addLayout(self._table(outcome.amounts))
        self._add_conditions(outcome)
        self._add_section(self.tr("Annahmen"), [Text(f"– {line}") for line in outcome.assumptions])
        if outcome.law:
            self._add_section(self.tr("Rechtsgrundlage"), [Text(outcome.law)])
        if outcome.as_of:
            self._content.addWidget(SmallText(outcome.as_of))

    def _table(self, amounts: tuple[Amount, ...]) -> QGridLayout:
        table = QGridLayout()
        table.setColumnStretch(0, 1)
        table.setHorizontalSpacing(spacing.M)
        table.setVerticalSpacing(0)
        self.amounts = []
        for line, amount in enumerate(amounts):
            label = Label(amount.label, "strong" if amount.is_total else "text", wrap=True)
            button = FigureButton(amount.printed, amount.derivation, right=True)
            self.amounts.append(button)
            table.addWidget(label, line, 0)
            table.addWidget(button, line, 1, Qt.AlignmentFlag.AlignRight)
        return table

    def _add_conditions(self, outcome: Outcome) -> None:
        names = {
            Holds.BLOCKING: self.tr("Nicht erfüllt, schließt aus"),
            Holds.OPEN: self.tr("Noch offen"),
            Holds.MET: self.tr("Erfüllt"),
        }
        for holds, name in names.items():
            found = outcome.of(holds)
            if found:
                title = f"{name} ({len(found)})"
                self._add_section(title, [_condition(condition) for condition in found])

    def _add_section(self, title: str, lines: list[Text]) -> None:
        holder = QWidget()
        holder.setLayout(
            column(HairLine(), Label(title, "label"), *lines, gap=spacing.XS, margins=(0, 4, 0, 0))
        )
        self._content.addWidget(holder)


def _condition(condition: Condition) -> Text:
    law = f" ({condition.law})" if condition.law else ""
    made = Text(f"{_MARKS[condition.holds]} {condition.text}{law}")
    made.setAccessibleName(f"{condition.holds}: {condition.text}")
    return made

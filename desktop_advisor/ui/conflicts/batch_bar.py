"""Which fields, and by which rule: a decision about several begins here, with its preview."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop_advisor.ui.conflicts.wording import rule_words
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Card, ChoiceBox, Label, SecondaryButton, column
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.conflicts import Rule


class BatchBar(Card):
    """Signals:
    wanted: scope ("ticked", "record", "file", "all") and Rule to be previewed.
    """

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        label = Label(self.tr("Mehrere gemeinsam entscheiden, mit Vorschau"), "label")
        self.scope = ChoiceBox()
        self.scope.setAccessibleName(self.tr("Welche Angaben"))
        label.setBuddy(self.scope)
        self.buttons = {rule: SecondaryButton(rule_words(rule)) for rule in Rule}
        self._counts: Mapping[str, int] = {}
        flow = FlowLayout()
        for rule, button in self.buttons.items():
            button.clicked.connect(lambda _checked, rule=rule: self._want(rule))
            flow.addWidget(button)
        self.scope.chosen.connect(lambda _key: self._enable())
        self.add(column(label, self.scope, gap=spacing.XS), flow)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many fields each scope has now; ticking some chooses them."""
        before = self.scope.value()
        was_ticked = self._counts.get("ticked", 0)
        self._counts = counts
        words = {
            "ticked": self.tr("Ausgewählte ({0})"),
            "record": self.tr("Dieser Datensatz ({0})"),
            "file": self.tr("Diese Firmenakte ({0})"),
            "all": self.tr("Alle ({0})"),
        }
        self.scope.set_options([(key, words[key].format(n)) for key, n in counts.items()])
        ticked = counts.get("ticked", 0)
        if ticked and not was_ticked:
            before = "ticked"
        elif not ticked and before in {"", "ticked"}:
            before = "file"
        self.scope.set_value(before)
        self.setVisible(bool(counts.get("all")))
        self._enable()

    def _enable(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(bool(self._counts.get(self.scope.value())))

    def _want(self, rule: Rule) -> None:
        self.wanted.emit(self.scope.value(), rule)

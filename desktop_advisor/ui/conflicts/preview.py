"""What a decision about several would take, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.ui.conflicts.wording import (
    field_title,
    fields_counted,
    record_title,
    rule_words,
    version_title,
)
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    SmallText,
    SoftText,
    Strong,
    Text,
    clear,
    column,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.conflicts import Choice, Rule

_MOST_WORDS = 160
"""Our choice: enough to recognise a text; all of it stands in the comparison."""


class Preview(QWidget):
    """The list of what is taken, and what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: tuple[Choice, ...] = ()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(spacing.M)
        self.setLayout(column(self._body, spacer(), gap=0))

    @property
    def taken(self) -> tuple[Choice, ...]:
        """The choices that would be written."""
        return tuple(choice for choice in self.choices if choice.version is not None)

    def show_plan(self, rule: Rule, choices: Sequence[Choice], left_out: int) -> None:
        """left_out: covered, sealed or single fields that no batch decides."""
        clear(self._body)
        self.choices = tuple(choices)
        title = self.tr("{0}: {1}").format(rule_words(rule), fields_counted(len(self.taken)))
        explanation = self.tr(
            "Noch ist nichts entschieden. Das würde übernommen; die anderen Fassungen bleiben in"
            " der Historie, und es lässt sich rückgängig machen."
        )
        self._body.addWidget(Label(title, "title", wrap=True))
        self._body.addWidget(SoftText(explanation))
        card = Card()
        for number, choice in enumerate(self.taken):
            if number:
                card.add(HairLine())
            card.add(self._line(choice))
        if self.taken:
            self._body.addWidget(card)
        open_ones = len(self.choices) - len(self.taken)
        if open_ones:
            words = self.tr("{0} ohne eindeutige Fassung nach dieser Regel, sie bleiben offen.")
            self._body.addWidget(SmallText(words.format(fields_counted(open_ones))))
        if left_out:
            words = self.tr("{0} verdeckt, gesiegelt oder nur einzeln zu entscheiden.")
            self._body.addWidget(SmallText(words.format(fields_counted(left_out))))

    def _line(self, choice: Choice) -> QWidget:
        dispute, version = choice.dispute, choice.version
        made = QWidget()
        body = column(Strong(joined(record_title(dispute), field_title(dispute)), wrap=True), gap=2)
        body.addWidget(SmallText(dispute.company))
        if version is not None:
            body.addWidget(Text(_cut(version.words)))
            others = [v for v in dispute.versions if v is not version]
            instead = self.tr("statt {0}").format(
                ", ".join(f"„{_cut(other.words)}“" for other in others)
            )
            body.addWidget(SmallText(joined(version_title(version), instead)))
        made.setLayout(body)
        return made


def _cut(words: str) -> str:
    line = ", ".join(part.removeprefix("– ") for part in words.splitlines())
    return line if len(line) <= _MOST_WORDS else f"{line[:_MOST_WORDS].rstrip()} …"

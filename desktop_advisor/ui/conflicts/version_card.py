"""One version of a disputed field: whose, when, what, and the key that chooses it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop_advisor.domain.folding import Span
from desktop_advisor.ui.conflicts.wording import written
from desktop_advisor.ui.knowledge.marked import marked_html
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import KeyButton, Pill, SmallText, Strong, Text, column, row, spacer
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.conflicts import Version


class VersionCard(QFrame):
    """Signals:
    chosen: this version shall hold.
    """

    chosen = Signal()

    def __init__(
        self, title: str, version: Version, number: int, marks: list[Span], *, is_free: bool
    ) -> None:
        """number: the key that chooses it. is_free: whether it can be chosen."""
        super().__init__()
        self.setProperty("kind", "version")
        self.title, self.version = title, version
        words = Text()
        if marks:
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setText(marked_html(version.words, marks).replace("\n", "<br>"))
        else:
            words.setText(version.words)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        name = Strong(title)
        name.setMinimumHeight(theme().px(30))  # as high as a pill, so that all names are in line
        head = row(name, spacer(), *self._pills(is_free=is_free), gap=spacing.S)
        self.button = KeyButton(self.tr("Diese nehmen"), str(number))
        self.button.setAccessibleName(self.tr("{0} nehmen: {1}").format(title, version.words))
        self.button.clicked.connect(lambda _checked: self.chosen.emit())
        self.button.setVisible(is_free)
        edge = spacing.L
        body = column(head, SmallText(written(version)), gap=2, margins=(edge, 12, edge, 12))
        body.addSpacing(spacing.S)
        body.addWidget(words)
        body.addStretch(1)
        if is_free:
            body.addSpacing(spacing.S)
            body.addLayout(row(self.button, spacer(), gap=0))
        self.setLayout(body)
        self.setAccessibleName(f"{title}: {version.words}")

    def _pills(self, *, is_free: bool) -> list[Pill]:
        pills = []
        if self.version.is_late:
            pills.append(Pill(self.tr("nach Unterschrift"), Tone.ATTENTION))
        if self.version.is_shown:
            holds = self.tr("gilt vorläufig") if is_free else self.tr("gilt")
            pills.append(Pill(holds, Tone.NEUTRAL))
        return pills

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Show whether this is what the next Enter takes."""
        self.setProperty("chosen", is_chosen)
        self.button.setText(self.tr("✓ gewählt") if is_chosen else self.tr("Diese nehmen"))
        self.button.setAccessibleName(
            self.tr("{0} nehmen: {1}").format(self.title, self.version.words)
        )
        restyle(self)

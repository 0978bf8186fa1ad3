"""One disputed field: its versions side by side, what was there before, and an own wording."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_advisor.ui.conflicts.marking import differing
from desktop_advisor.ui.conflicts.version_card import VersionCard
from desktop_advisor.ui.conflicts.wording import field_title, record_title, version_title
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Label,
    NoteEdit,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.conflicts import Dispute, Version


class Comparison(QWidget):
    """What stands against what; a choice is only taken once it is confirmed.

    Signals:
        changed: something was chosen, or is not any more.
        reveal_wanted: show what is covered.
    """

    changed = Signal()
    reveal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.dispute: Dispute | None = None
        self.cards: list[VersionCard] = []
        self.own: NoteEdit | None = None
        self._chosen: VersionCard | None = None
        self.trouble = Banner()
        self.trouble.say_nothing()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(spacing.M)
        self.setLayout(column(self.trouble, self._body, spacer(), gap=spacing.M))

    def show_dispute(self, dispute: Dispute, *, is_revealed: bool = False) -> None:
        """Another field, with nothing chosen."""
        clear(self._body)
        self.dispute, self.cards, self.own, self._chosen = dispute, [], None, None
        self.trouble.say_nothing()
        self._body.addWidget(_heading(dispute))
        if dispute.is_covered and not is_revealed:
            self._body.addWidget(self._cover())
            return
        if remark := self._remark(dispute):
            self._body.addWidget(SoftText(remark))
        self._body.addLayout(self._grid(dispute))
        if dispute.text is not None:
            self._body.addWidget(self._own_wording(dispute.text))

    def choose(self, number: int) -> bool:
        """The version with that key, 1 first; False where there is none to choose."""
        if not 1 <= number <= len(self.cards) or self.dispute is None or self.dispute.is_sealed:
            return False
        self._choose(self.cards[number - 1])
        return True

    @property
    def has_choice(self) -> bool:
        """Whether there is something to confirm."""
        return self._chosen is not None or self.own is not None

    def chosen_version(self) -> Version | None:
        """The version chosen; None for an own wording or nothing."""
        return self._chosen.version if self._chosen is not None else None

    def typed(self) -> str | None:
        """The own wording; None where a version is chosen or nothing."""
        return self.own.toPlainText() if self.own is not None else None

    def _remark(self, dispute: Dispute) -> str:
        if dispute.is_sealed:
            return self.tr(
                "Nach der Unterschrift eingegangen. Gesiegeltes bleibt, wie es ist; hier gibt es"
                " nichts zu wählen, beide Fassungen bleiben in der Historie."
            )
        if dispute.has_late:
            return self.tr(
                "Nach der Unterschrift eingegangen. Der gesiegelte Bericht ändert sich nicht; was"
                " Sie wählen, steht erst in einer neuen Fassung des Berichts."
            )
        return ""

    def _grid(self, dispute: Dispute) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(spacing.M)
        is_free = not dispute.is_sealed
        for number, version in enumerate(dispute.versions, start=1):
            others = [v for v in dispute.versions if v is not version]
            marks = differing(version.words, others[0].words) if others else []
            card = VersionCard(version_title(version), version, number, marks, is_free=is_free)
            grid.addWidget(card, (number - 1) // 2, (number - 1) % 2)
            self.cards.append(card)
        below = (len(dispute.versions) + 1) // 2
        if dispute.earlier is not None:
            title = self.tr("Gesiegelt") if dispute.is_sealed else self.tr("Vorher")
            number = len(dispute.versions) + 1
            card = VersionCard(title, dispute.earlier, number, [], is_free=is_free)
            grid.addWidget(card, below, 0, 1, 2)
            self.cards.append(card)
        elif is_free:
            words = self.tr("Vorher stand hier nichts.")
            grid.addWidget(SmallText(words), below, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for card in self.cards:
            card.chosen.connect(lambda card=card: self._choose(card))
        return grid

    def _choose(self, card: VersionCard) -> None:
        self._drop_own()
        self._chosen = card
        for one in self.cards:
            one.set_chosen(is_chosen=one is card)
        self.changed.emit()

    def _cover(self) -> QWidget:
        card = Card()
        words = self.tr("Aus der Sicht des Betriebsrats und nicht freigegeben, deshalb verdeckt.")
        reveal = SecondaryButton(self.tr("Fassungen aufdecken"))
        reveal.clicked.connect(lambda _checked: self.reveal_wanted.emit())
        line = row(gap=spacing.L)
        line.addWidget(SoftText(words), 1)
        line.addWidget(reveal, 0, Qt.AlignmentFlag.AlignVCenter)
        card.add(line)
        return card

    # -- an own wording --------------------------------------------------------------------

    def _own_wording(self, text: str) -> QWidget:
        self._own_box = QWidget()
        self._own_line = QVBoxLayout(self._own_box)
        self._own_line.setContentsMargins(0, 0, 0, 0)
        self.write = QuietButton(self.tr("Eigene Fassung schreiben"))
        self.write.clicked.connect(lambda _checked: self.write_own(text))
        self._own_line.addLayout(row(self.write, spacer(), gap=0))
        return self._own_box

    def write_own(self, text: str) -> None:
        """Open the field for an own wording; it counts instead of any version."""
        if self.own is not None:
            return
        for card in self.cards:
            card.set_chosen(is_chosen=False)
        self._chosen = None
        self.own = NoteEdit(3)
        self.own.setAccessibleName(self.tr("Eigene Fassung"))
        self.own.setPlainText(text)
        self._own_line.addWidget(self.own)
        self.write.hide()
        self.own.setFocus()
        self.changed.emit()

    def _drop_own(self) -> None:
        if self.own is not None:
            self.own.hide()
            self.own.deleteLater()
            self.own = None
            self.write.show()


def _heading(dispute: Dispute) -> QWidget:
    made = QWidget()
    # The question, or whatever the record says of itself, is what the eye looks for.
    title = Label(joined(record_title(dispute), field_title(dispute)), "title", wrap=True)
    made.setLayout(column(SmallText(dispute.company), title, gap=2))
    if dispute.detail:
        made.layout().addWidget(SoftText(dispute.detail))  # type: ignore[union-attr]
    return made

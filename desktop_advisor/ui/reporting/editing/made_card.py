"""Everything the advisor has made of the draft, to be found again from one list."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_advisor.report.chapter_titles import TITLES
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    IconLabel,
    Label,
    ListRow,
    QuietButton,
    SmallText,
    clear,
    column,
)
from desktop_advisor.usecases.report_edits.showing import (
    InsertionView,
    LostEdit,
    PassageView,
    ReportEdits,
)

SHOWN = 90
"""Characters of a text in a line of the list."""


class MadeCard(Card):
    """Edited passages, own parts, and edits whose passage is gone.

    Signals:
        passage_wanted, own_wanted: the key of a passage, the id of an own part.
        dropped: the key of a lost edit to be thrown away.
    """

    passage_wanted = Signal(str)
    own_wanted = Signal(object)
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("MadeCard", "Von Ihnen bearbeitet"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.rows: dict[str, ListRow] = {}
        self.drops: dict[str, QuietButton] = {}

    def show_edits(self, edits: ReportEdits) -> None:
        """These; the card hides while there is nothing."""
        clear(self._rows)
        self.rows, self.drops = {}, {}
        edited = [p for p in edits.passages if p.is_edited or p.is_outdated]
        for passage in edited:
            self._rows.addWidget(self._passage(passage))
        for part in edits.insertions:
            self._rows.addWidget(self._own(part))
        for lost in edits.lost:
            self._rows.addLayout(column(*self._lost(lost), gap=2, margins=(2, 6, 2, 6)))
        self.setVisible(bool(edited or edits.insertions or edits.lost))

    def _passage(self, passage: PassageView) -> ListRow:
        detail = _short(passage.text) or self.tr("weggelassen")
        if passage.is_outdated:
            detail = self.tr("Der erzeugte Text hat sich seitdem geändert.")
        sign = "warning" if passage.is_outdated else "pen"
        tone = Tone.ATTENTION if passage.is_outdated else Tone.MAIN
        made = ListRow(passage.label, detail, lead=(IconLabel(sign, tone, 18),), arrow=False)
        made.pressed.connect(lambda: self.passage_wanted.emit(passage.key))
        self.rows[passage.key] = made
        return made

    def _own(self, part: InsertionView) -> ListRow:
        what = self.tr("Foto in „{0}“") if part.is_photo else self.tr("Absatz in „{0}“")
        detail = _short(part.words)
        if part.is_photo and not part.is_here:
            detail = self.tr("Das Foto ist nicht auf diesem Gerät und wird nicht gedruckt.")
        icon = IconLabel("camera" if part.is_photo else "note", Tone.MAIN, 18)
        title = what.format(TITLES[part.chapter])
        made = ListRow(title, detail, lead=(icon,), arrow=False)
        made.pressed.connect(lambda: self.own_wanted.emit(part.insertion_id))
        self.rows[str(part.insertion_id)] = made
        return made

    def _lost(self, lost: LostEdit) -> tuple[Label | QuietButton, ...]:
        drop = QuietButton(self.tr("Verwerfen"))
        drop.clicked.connect(lambda: self.dropped.emit(lost.key))
        self.drops[lost.key] = drop
        said = self.tr("Diese Passage gibt es nicht mehr; Ihr Text wird nicht gedruckt.")
        return (SmallText(said), Label(lost.text, "small-ink", wrap=True), drop)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"

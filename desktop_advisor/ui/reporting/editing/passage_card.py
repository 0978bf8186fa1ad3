"""One generated passage: its words to be changed, and what the program had written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop_advisor.ui.interview.notice import Notice
from desktop_advisor.ui.reporting.editing.words_edit import WordsEdit
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    KeyButton,
    Label,
    QuietButton,
    SmallText,
    column,
)
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.report_edits.showing import PassageView


class PassageCard(Card):
    """The passage that was pressed.

    Signals:
        written: key and the words to store now.
        reverted, kept: key of the passage to print as generated, or to leave as it is.
        done: the advisor is done; the keyboard goes back to the page.
    """

    written = Signal(str, str)
    reverted = Signal(str)
    kept = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self.heading.setWordWrap(True)
        self._key = ""
        self.words = WordsEdit()
        self.outdated = Notice(self.tr("Mein Text bleibt"), "", Tone.ATTENTION)
        self.apply = KeyButton(self.tr("Übernehmen"), self.tr("Strg ↵"))
        self.revert = QuietButton(self.tr("Zurück zum erzeugten Text"))
        self._hint = SmallText("")
        self._title = Label("", "label")
        self.original = Label("", "small-ink", wrap=True)
        self.original.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        told = column(self._title, self.original, gap=2)
        self._line = HairLine()
        self.add(self.outdated, self.words, self._hint, self.apply, self.revert, self._line, told)
        self.body.setSpacing(S)

    def _connect(self) -> None:
        self.words.settled.connect(lambda text: self.written.emit(self._key, text))
        self.words.confirmed.connect(self.done)
        self.words.escaped.connect(self.done)
        self.apply.clicked.connect(self._apply)
        self.revert.clicked.connect(lambda: self.reverted.emit(self._key))
        self.outdated.accepted.connect(lambda: self.kept.emit(self._key))

    @property
    def key(self) -> str:
        """The passage shown, "" for none."""
        return self._key

    def open(self, passage: PassageView) -> None:
        """Edit this one; what is pending of another is saved first."""
        self.settle()
        self._key = passage.key
        self.words.open(passage.text)
        self._tell(passage)

    def follow(self, passage: PassageView) -> None:
        """The same passage as it is stored now."""
        self.words.follow(passage.text)
        self._tell(passage)

    def settle(self) -> None:
        """Save what is pending."""
        self.words.settle()

    def _apply(self) -> None:
        self.settle()
        self.done.emit()

    def _tell(self, passage: PassageView) -> None:
        self.set_title(passage.label)
        self.words.setAccessibleName(passage.label)
        self.outdated.say(
            self.tr("Der erzeugte Text hat sich seitdem geändert.") if passage.is_outdated else ""
        )
        lines = self.tr("Jede Zeile wird ein eigener Punkt. ") if passage.is_list else ""
        self._hint.setText(lines + self.tr("Leer gelassen, entfällt die Passage."))
        new = self.tr("Jetzt erzeugter Text") if passage.is_outdated else self.tr("Erzeugter Text")
        self._title.setText(new)
        self.original.setText(passage.generated)
        for part in (self.revert, self._line, self._title, self.original):
            show_if(part, passage.is_edited)

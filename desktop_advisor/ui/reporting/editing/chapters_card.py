"""Which chapters are printed: a tick for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import M
from desktop_advisor.ui.widgets import Card, CheckBox, SmallText, clear
from desktop_advisor.usecases.report_edits.showing import ChapterView


class ChapterTick(CheckBox):
    """A tick whose words give way; the whole title stands in the tool tip."""

    def __init__(self, chapter: ChapterView) -> None:
        super().__init__(chapter.title)
        self._title = chapter.title
        self.chapter = chapter.chapter
        self.setChecked(chapter.is_shown)
        self.setEnabled(not chapter.must_stay)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - theme().px(20) - M - 2
        shown = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(self._title)
        self.setToolTip(self._title if shown != self._title else "")


class ChaptersCard(Card):
    """Chapters that have something to print, and those that were left out.

    Signals:
        switched: chapter and whether it is to be printed.
    """

    switched = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("ChaptersCard", "Kapitel im Bericht"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.add(SmallText(self.tr("Was grau ist, gehört in jeden Bericht.")))
        self.ticks: dict[str, ChapterTick] = {}
        self._shown: tuple[ChapterView, ...] = ()

    def show_chapters(self, chapters: Sequence[ChapterView], printed: Sequence[str]) -> None:
        """printed: the titles that stand in the report."""
        shown = tuple(c for c in chapters if not c.is_shown or c.printed in printed)
        if [c.chapter for c in shown] != [c.chapter for c in self._shown]:
            self._build(shown)
        self._shown = shown
        for chapter in shown:
            tick = self.ticks[chapter.chapter]
            tick.blockSignals(True)
            tick.setChecked(chapter.is_shown)
            tick.blockSignals(False)

    def _build(self, chapters: Sequence[ChapterView]) -> None:
        clear(self._rows)
        self.ticks = {}
        for chapter in chapters:
            tick = ChapterTick(chapter)
            tick.toggled.connect(
                lambda is_on, name=chapter.chapter: self.switched.emit(name, is_on)
            )
            self.ticks[chapter.chapter] = tick
            self._rows.addWidget(tick)

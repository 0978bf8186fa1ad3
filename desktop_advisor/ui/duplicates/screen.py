"""Doppelte Firmenakten: every pair with its reasons, and joining with a preview."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import counted
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.duplicates.merge_preview import MergeForm
from desktop_advisor.ui.duplicates.proposal_card import ProposalCard
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    EmptyState,
    LoadingState,
    SmallText,
    SoftText,
    clear,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.duplicates import (
    Proposal,
    proposals,
    say_distinct,
    take_back_distinct,
)
from desktop_advisor.usecases.merged_files import merge, part, preview_merge
from desktop_advisor.usecases.workplace import Workplace

MOST_CARDS = 50
"""Our choice: what is answered makes room for the rest."""


class DuplicatesScreen(Screen):
    """Nothing is joined by itself; both answers can be taken back."""

    RAIL: ClassVar[Where] = Where.COMPANIES

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._found: list[Proposal] = []
        self._task: Task[list[Proposal]] | None = None
        self._is_stale = False
        self._undo: Callable[[], None] | None = None
        self.said = Banner(action=self.tr("Rückgängig"))
        self.said.say_nothing()
        self.said.action_pressed.connect(self.undo)
        self.trouble = Banner()
        self._looking = LoadingState(self.tr("Ähnliche Firmenakten werden gesucht."))
        self.cards: list[ProposalCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(spacing.L)
        self.form = MergeForm()
        nothing = self.tr("Keine Firmenakte sieht einer anderen zum Verwechseln ähnlich.")
        self._nothing = EmptyState(nothing, self.tr("Zur Liste"), self.back.emit, icon_name="check")
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolling(self._page()))
        self._pages.addWidget(scrolling(self.form))
        self.setLayout(column(self._pages))

    def _page(self) -> QWidget:
        page = QWidget()
        explanation = self.tr(
            "Diese Akten könnten dasselbe Unternehmen betreffen. Es geschieht nichts von selbst."
        )
        self._explanation = SoftText(explanation)
        edge = spacing.XXL
        margins = (edge, 22, edge, 22)
        said = (self.said, self.trouble, self._explanation)
        parts = (*said, self._list, self._looking, self._nothing, spacer())
        page.setLayout(column(*parts, gap=spacing.L, margins=margins))
        self._explanation.hide()
        self._nothing.hide()
        return page

    @property
    def is_previewing(self) -> bool:
        """Whether a pair waits to be joined."""
        return self._pages.currentIndex() == 1

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        if self.is_previewing:
            return self.tr("Firmenakten zusammenführen")
        return self.tr("Doppelte Firmenakten?")

    def subtitle(self) -> str:
        if self.is_previewing or not self._found:
            return ""
        return counted(len(self._found), self.tr("Vorschlag"), self.tr("Vorschläge"))

    def primary(self) -> Action | None:
        if self.is_previewing:
            return Action(self.tr("Zusammenführen"), self.join)
        return None

    def secondary(self) -> Sequence[Action]:
        if self.is_previewing:
            return (Action(self.tr("Abbrechen"), self.close_one),)
        return ()

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again, off the GUI thread; what was found before stays until then."""
        self._pages.setCurrentIndex(0)
        self.trouble.say_nothing()
        if self._task is not None:
            self._is_stale = True
            return
        place = self._place
        self._looking.setVisible(not self._found)
        self._nothing.hide()
        self.header_changed.emit()

        def work(control: Control) -> list[Proposal]:
            return proposals(place, control.cancelled)

        self._task = run_task(self, work, on_done=self._looked, on_failed=self._failed)

    def _looked(self, found: list[Proposal]) -> None:
        task, self._task = self._task, None
        if self._is_stale:  # answered or changed while it was being looked for
            self._is_stale = False
            self.refresh()
            return
        if task is not None and task.control.cancelled():
            return
        self._found = found
        self._show_found()
        self._nothing.setVisible(not found)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._looking.hide()
        self.trouble.say_error(error)

    def _show_found(self) -> None:
        self._looking.hide()
        clear(self._list)
        self.cards = []
        for proposal in self._found[:MOST_CARDS]:
            card = ProposalCard(proposal)
            card.distinct.connect(lambda p=proposal: self.tell_apart(p))
            card.same.connect(lambda p=proposal: self.ask_to_merge(p))
            self.cards.append(card)
            self._list.addWidget(card)
        if len(self._found) > MOST_CARDS:
            more = self.tr("{0} weitere, sobald einige beantwortet sind.")
            self._list.addWidget(SmallText(more.format(len(self._found) - MOST_CARDS)))
        self._explanation.setVisible(bool(self._found))
        self.header_changed.emit()

    def tell_apart(self, proposal: Proposal) -> None:
        """Two companies; the pair is not proposed again."""
        one, two = proposal.first.company_id, proposal.second.company_id
        say_distinct(self._place, one, two)
        words = self.tr("Vermerkt: {0} und {1} sind verschieden.")
        self._done(
            words.format(proposal.first.name, proposal.second.name),
            lambda: take_back_distinct(self._place, one, two),
            lambda p: p == proposal,
        )

    def ask_to_merge(self, proposal: Proposal) -> None:
        """Show what joining would do; nothing is written yet."""
        both = (proposal.first.company_id, proposal.second.company_id)
        self.form.show_preview(preview_merge(self._place, *both))
        self._pages.setCurrentIndex(1)
        self.header_changed.emit()

    def join(self) -> None:
        """Join the pair as chosen, in one edit."""
        preview = self.form.preview
        if preview is None:
            return
        lead = self.form.lead
        first, second = preview.first, preview.second
        other = second if lead == first.company_id else first
        try:
            merge(self._place, lead, other.company_id, self.form.chosen)
        except KnownError as error:
            self.form.trouble.say_error(error)
            return
        joined: uuid.UUID = other.company_id
        words = self.tr("Zusammengeführt: {0} erscheint jetzt in der führenden Akte.")
        self._done(
            words.format(other.name),
            lambda: part(self._place, joined),
            lambda p: joined in {p.first.company_id, p.second.company_id},
        )

    def _done(
        self, words: str, undo: Callable[[], None], is_answered: Callable[[Proposal], bool]
    ) -> None:
        """What was answered goes at once; what follows from it, once it has been looked for."""
        self._undo = undo
        self._found = [proposal for proposal in self._found if not is_answered(proposal)]
        self._show_found()
        self.said.say(words, tone=Tone.GOOD)
        self.said.button.show()
        self.refresh()
        self.committed.emit()

    def undo(self) -> None:
        """Take back what was answered last."""
        if self._undo is not None:
            self._undo()
            self._undo = None
            self.said.say_nothing()
            self.refresh()
            self.committed.emit()

    def close_one(self) -> bool:
        if not self.is_previewing:
            return False
        self._pages.setCurrentIndex(0)
        self.header_changed.emit()
        return True

    def leave(self) -> bool:
        self.said.say_nothing()
        self._undo = None
        if self._task is not None:
            self._task.cancel()
        return True

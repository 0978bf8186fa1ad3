"""Verweise of one case: a list with one next action per row, and a form for a new one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN
from desktop_advisor.ui.referrals.block import ReferralBlock
from desktop_advisor.ui.referrals.handover_view import HandoverView
from desktop_advisor.ui.referrals.new_referral import NewReferral
from desktop_advisor.ui.referrals.questions import Question, ask_consent, ask_feedback, ask_sent
from desktop_advisor.ui.theme.spacing import XXL, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    HairLine,
    QuietButton,
    SecondaryButton,
    clear,
    column,
    scrolling,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.measures import list_measures
from desktop_advisor.usecases.referrals import (
    ReferralDraft,
    ReferralView,
    add_referral,
    drop_referral,
    edit_referral,
    list_referrals,
    undo_referral_edit,
)

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class ReferralsPage(QWidget):
    """At most one thing is asked at a time: a new referral, or a step of one of them.

    Attributes:
        blocks: the referrals shown, by id.
        adding: the form for a new one, None while it is closed.
        question: what is asked about one of them, None while nothing is.
        note: the hand-over note being looked at, None while none is.

    Signals:
        changed: something was saved.
    """

    changed = Signal()

    def __init__(self, place: Workplace, case_id: uuid.UUID) -> None:
        super().__init__()
        self._place, self._case_id = place, case_id
        self.blocks: dict[uuid.UUID, ReferralBlock] = {}
        self.adding: NewReferral | None = None
        self.question: Question | None = None
        self.note: HandoverView | None = None
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.add_button = SecondaryButton(self.tr("Verweis hinzufügen"), "plus")
        self.undo_button = QuietButton(self.tr("Rückgängig"))
        self.add_button.clicked.connect(self.ask_new)
        self.undo_button.clicked.connect(self.undo)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undo)
        self._lay_out()

    def _lay_out(self) -> None:
        self._tools = QWidget()
        self._tools.setLayout(FlowLayout(self.add_button, self.undo_button, gap=S))
        self._form_room = QVBoxLayout()
        self._card = Card(self.tr("Verweise"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(M)
        self._card.add(self._lines)
        self.nothing = EmptyState(
            self.tr(
                "Noch ist niemand benannt. Verweisen Sie an einen Helpdesk oder eine andere "
                "Stelle; weitergegeben wird erst mit Einwilligung."
            ),
            self.tr("Verweis hinzufügen"),
            self.ask_new,
            icon_name="list",
        )
        inside = QWidget()
        whole = column(self._tools, self.trouble, gap=L, margins=(0, 0, 0, XXL))
        whole.addLayout(self._form_room)
        whole.addWidget(self._card)
        whole.addWidget(self.nothing)
        whole.addStretch(1)
        inside.setLayout(whole)
        self._area = scrolling(inside)
        self.setLayout(column(self._area))

    # -- showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """The referrals as they are stored; what was being asked is closed."""
        self._close()
        views = list_referrals(self._place, self._case_id)
        clear(self._lines)
        self.blocks = {}
        for number, view in enumerate(views):
            if number:
                self._lines.addWidget(HairLine())
            self._lines.addWidget(self._block(view))
        self._show_parts()

    def _block(self, view: ReferralView) -> ReferralBlock:
        is_late = view.reply_due is not None and view.reply_due <= self._today()
        block = ReferralBlock(view, is_late=is_late)
        block.pressed.connect(lambda key: self.act(view, key))
        self.blocks[view.referral_id] = block
        return block

    def _show_parts(self) -> None:
        is_empty = not self.blocks and self.adding is None
        self._card.setVisible(bool(self.blocks))
        self.nothing.setVisible(is_empty)
        self.add_button.setVisible(bool(self.blocks) and self.adding is None)
        self.undo_button.setVisible(not is_empty)

    def _today(self) -> date:
        return self._place.clock().astimezone(BERLIN).date()

    # -- asking ------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """The empty form for a new one."""
        self.ask_for(ReferralDraft())

    def ask_for(self, draft: ReferralDraft) -> None:
        """The form for a new one, filled with what is known already."""
        self._ask_words(draft, None)

    def _ask_words(self, draft: ReferralDraft, of: uuid.UUID | None) -> None:
        """The form; of: the referral that is to be changed, None for a new one."""
        self._close()
        self.trouble.say_nothing()
        measures = list_measures(self._place, self._case_id)
        self.adding = NewReferral(self._place, measures, draft, is_new=of is None)
        self.adding.cancelled.connect(self._cancel)
        self.adding.wanted.connect(lambda wanted: self._take(wanted, of))
        self._form_room.addWidget(self.adding)
        self._show_parts()
        self.adding.focus_first()
        self._area.verticalScrollBar().setValue(0)

    def act(self, view: ReferralView, key: str) -> None:
        """What a button of a referral stands for."""
        self._close()
        self.trouble.say_nothing()
        if key == "drop":
            self._save(lambda: drop_referral(self._place, view.referral_id))
        elif key == "edit":
            offer = view.contact.id if view.contact else ""
            draft = ReferralDraft(view.recipient, view.concern, offer, view.measure_id)
            self._ask_words(draft, view.referral_id)
        elif key == "note":
            self._show_note(view)
        else:
            ask = {"agree": ask_consent, "send": ask_sent, "feedback": ask_feedback}[key]
            self.question = ask(self._place, view, self._today())
            self.question.saved.connect(self._save)
            self.question.cancelled.connect(self._cancel)
            self.blocks[view.referral_id].below.addWidget(self.question)
            self.question.form.focus_first()
            self._bring_up(self.question)

    def _show_note(self, view: ReferralView) -> None:
        try:
            self.note = HandoverView(self._place, view.referral_id)
        except Exception as error:  # noqa: BLE001  consent may have been withdrawn meanwhile
            self.trouble.say_error(error)
            return
        self.note.closed.connect(self._cancel)
        self.note.said.connect(lambda words: self.trouble.say(words, tone=Tone.GOOD))
        self.note.failed.connect(self.trouble.say_error)
        self.blocks[view.referral_id].below.addWidget(self.note)
        self.note.copy.setFocus()
        self._bring_up(self.note)

    def _bring_up(self, part: QWidget) -> None:
        """Scroll to it, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def _cancel(self) -> None:
        self._close()
        self._show_parts()

    def _close(self) -> None:
        for part in (self.adding, self.question, self.note):
            if part is not None:
                part.hide()
                part.deleteLater()
        self.adding, self.question, self.note = None, None, None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the question, not the whole screen."""
        is_open = self.adding or self.question or self.note
        if event.key() == Qt.Key.Key_Escape and is_open:
            self._cancel()
        else:
            super().keyPressEvent(event)

    # -- saving ------------------------------------------------------------------------------

    def _take(self, draft: ReferralDraft, of: uuid.UUID | None) -> None:
        if of is None:
            self._save(lambda: add_referral(self._place, self._case_id, draft))
        else:
            self._save(lambda: edit_referral(self._place, of, draft))

    def _save(self, save: Callable[[], object]) -> None:
        """Run something that commits; what is typed stays in its field when it fails."""
        try:
            save()
        except Exception as error:  # noqa: BLE001  shown; what is typed stays in its field
            self.trouble.say_error(error)
            return
        self.trouble.say_nothing()
        self.refresh()
        self.changed.emit()

    def undo(self) -> None:
        """Take back the last edit of a referral and say which one it was."""
        undone: list[str | None] = []
        self._save(lambda: undone.append(undo_referral_edit(self._place, self._case_id)))
        if not undone:
            return
        if undone[0] is None:
            words = self.tr("An den Verweisen gibt es nichts mehr zurückzunehmen.")
            self.trouble.say(words, tone=Tone.ATTENTION)
        else:
            words = self.tr("Zurückgenommen: letzte Änderung am Verweis an „{0}“.")
            self.trouble.say(words.format(undone[0]), tone=Tone.GOOD)

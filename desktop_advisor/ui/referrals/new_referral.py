"""A referral to be written: a contact of the catalogue, helpdesks first, or a body of one's own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_advisor.advice.offers import Offer
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    Field,
    FieldForm,
    Kind,
    ListRow,
    Pill,
    QuietButton,
    RowList,
    SearchField,
    SecondaryButton,
    SoftText,
    row,
    spacer,
)
from desktop_advisor.usecases.measures import PlanRow
from desktop_advisor.usecases.referrals import ReferralDraft, contacts

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

MOST_SHOWN = 5
"""Contacts below the search; more words narrow it down (our choice)."""
NOTE_HEIGHT = 96


class NewReferral(Card):
    """Choose or name the body, say what for.

    Signals:
        wanted: the ReferralDraft.
        cancelled: nothing is to be added.
    """

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        place: Workplace,
        measures: Sequence[PlanRow],
        draft: ReferralDraft,
        *,
        is_new: bool = True,
    ) -> None:
        super().__init__()
        self.set_title(self.tr("Neuer Verweis") if is_new else self.tr("Verweis ändern"))
        self._place = place
        self._offer = draft.offer
        self.search = SearchField(self.tr("Kontakt oder Helpdesk suchen"))
        self.search.searched.connect(self.show_contacts)
        self.found = RowList()
        self.search.left_down.connect(self.found.focus_first)
        self.form = FieldForm(self._fields(measures))
        words = self.tr("Verweis anlegen") if is_new else self.tr("Speichern")
        self.take = SecondaryButton(words, "check")
        self.take.clicked.connect(self._take)
        cancel = QuietButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.cancelled)
        buttons = row(self.take, cancel, spacer(), gap=S)
        self.add(self.search, self.found, self.form, S, buttons)
        self.form.edit("concern").setMaximumHeight(theme().px(NOTE_HEIGHT))
        self._show_draft(draft)

    def _fields(self, measures: Sequence[PlanRow]) -> tuple[Field, ...]:
        nothing = ("", self.tr("keine"))
        named = [(str(measure.measure_id), measure.draft.title) for measure in measures]
        return (
            Field(
                "recipient",
                self.tr("An wen"),
                hint=self.tr("oben wählen, oder eine andere Stelle nennen"),
                required=True,
            ),
            Field(
                "concern",
                self.tr("Anliegen"),
                Kind.NOTE,
                hint=self.tr("Was soll die Stelle klären? Steht auf der Übergabenotiz."),
            ),
            Field(
                "measure",
                self.tr("Zur Maßnahme"),
                Kind.CHOICE,
                options=(nothing, *named),
            ),
        )

    def _show_draft(self, draft: ReferralDraft) -> None:
        chosen = [offer for offer in contacts(self._place) if offer.id == draft.offer]
        recipient = draft.recipient or (chosen[0].title if chosen else "")
        measure = str(draft.measure_id or "")
        self.form.put({"recipient": recipient, "concern": draft.concern, "measure": measure})
        if recipient:
            self.found.hide()
        else:
            self.show_contacts("")

    def show_contacts(self, wanted: str) -> None:
        """The first contacts that fit, helpdesks on top."""
        found = contacts(self._place, wanted)[:MOST_SHOWN]
        words = self.tr("Kein Kontakt mit „{0}“. Tragen Sie die Stelle unten ein.").format(wanted)
        self.found.show_rows([self._row(offer) for offer in found] or [SoftText(words)])
        self.found.show()

    def _row(self, offer: Offer) -> ListRow:
        lead = [Pill(self.tr("Helpdesk"), Tone.MAIN)] if offer.is_helpdesk else []
        made = ListRow(offer.title, offer.provider, lead=lead, arrow=False)
        made.pressed.connect(lambda: self.choose(offer))
        return made

    def choose(self, offer: Offer) -> None:
        """This body of the catalogue; the keyboard goes on to the concern."""
        self._offer = offer.id
        self.form.put({"recipient": offer.title})
        self.found.hide()
        self.form.edit("concern").setFocus()

    def focus_first(self) -> None:
        """The search, or the concern where the body is known."""
        (self.form.edit("concern") if self._offer else self.search).setFocus()

    def draft(self) -> ReferralDraft | None:
        """What is filled in; None where something is missing, which is then said."""
        values = self.form.values()
        if values is None:
            return None
        recipient = str(values["recipient"])
        measure = str(values["measure"] or "")
        is_theirs = any(
            offer.id == self._offer and offer.title == recipient for offer in contacts(self._place)
        )
        return ReferralDraft(
            recipient=recipient,
            concern=str(values["concern"] or ""),
            offer=self._offer if is_theirs else "",
            measure_id=uuid.UUID(measure) if measure else None,
        )

    def _take(self) -> None:
        draft = self.draft()
        if draft is not None:
            self.wanted.emit(draft)

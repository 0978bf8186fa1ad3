"""Sichtweisen: GF, BR and advisor beside each other, and the works council's own decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.wording import PERSPECTIVES
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.section import Section
from desktop_advisor.ui.results.views.release_card import ReleaseCard
from desktop_advisor.ui.results.views.talks_card import TalksCard
from desktop_advisor.ui.results.views.view_row import ViewRow
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import XXL, L, M
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    DerivationSheet,
    HairLine,
    LoadingState,
    SecondaryButton,
    SmallText,
    SoftText,
    Text,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.side_by_side import Views, show_views

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

_GF, _BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL


class ViewsSection(Section):
    """The sides that may be seen; the works council may look at its own before it releases it.

    Attributes:
        views: what is shown, None until it is loaded.
        rows: one per field of action.
        talks: the Gesprächsanlässe, None while only one side is shown.
        release: the works council's decision, None where it has said nothing yet.
        look: opens the mode for the works council alone, None where there is nothing to open.
    """

    def __init__(self, place: Workplace, results: Results) -> None:
        super().__init__(place, results)
        self.views: Views | None = None
        self.rows: list[ViewRow] = []
        self.talks: TalksCard | None = None
        self.release: ReleaseCard | None = None
        self.look: SecondaryButton | None = None
        self.private = Banner(tone=Tone.ATTENTION, action=self.tr("Ansicht beenden"))
        self.private.action_pressed.connect(self.leave_private)
        self.private.hide()
        self._trouble = Banner()
        self._trouble.say_nothing()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(L)
        page = QWidget()
        page.setLayout(column(self._cards, spacer(), margins=(XXL, L, XXL, XXL)))
        whole = column(self.private, self._trouble, gap=0)
        whole.addWidget(scrolling(page), 1)
        self.setLayout(whole)
        self._load(is_for_council=False)

    @property
    def is_private(self) -> bool:
        """Whether what is not released is on the screen."""
        return self.views is not None and self.views.is_for_council

    def look_privately(self) -> None:
        """Show the works council what it has not released yet."""
        self._load(is_for_council=True)

    def leave_private(self) -> None:
        """Back to what everybody may see, at once and before anything is loaded."""
        if self.is_private:
            self._clear()
            self.views = None
            self._load(is_for_council=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab, another screen or the lock: nobody finds the private view open."""
        super().hideEvent(event)
        if self.is_private:
            self._clear()
            self.views = None
            # The store may be locked by now; what is open is loaded when somebody is back.
            QTimer.singleShot(0, self, self._reload_later)

    def _reload_later(self) -> None:
        if self.isVisible():
            self._load(is_for_council=False)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self.views is None and self._cards.count() == 0:
            self._load(is_for_council=False)

    def _load(self, *, is_for_council: bool) -> None:
        place, case_id = self.place, self.results.case_id
        self._clear()
        self._cards.addWidget(LoadingState(self.tr("Die Sichtweisen werden verglichen.")))

        def work(_control: Control) -> Views:
            return show_views(place, case_id, is_for_council=is_for_council)

        run_task(self, work, on_done=self._show, on_failed=self._trouble.say_error)

    def _clear(self) -> None:
        for sheet in self.window().findChildren(DerivationSheet):
            sheet.close_sheet()
        clear(self._cards)
        self.rows, self.talks, self.release, self.look = [], None, None, None
        self.private.hide()

    def _show(self, views: Views) -> None:
        self._clear()
        if views.is_for_council and not self.isVisible():
            return  # somebody left meanwhile; what all may see is loaded when it is shown again
        self.views = views
        if views.is_for_council:
            self.private.say(
                self.tr("Nur für den Betriebsrat: nicht freigegeben."),
                safe=self.tr(
                    "Diese Ansicht endet, sobald Sie den Reiter oder den Bildschirm verlassen "
                    "oder das Gerät gesperrt wird."
                ),
                tone=Tone.ATTENTION,
            )
        parts = [self._council_part(views), self._talks(views), self._fields(views)]
        if views.council.release.is_released:
            parts = [*parts[1:], parts[0]]
        for part in parts:
            if part is not None:
                self._cards.addWidget(part)
        hint = self._next_step(views)
        if hint is not None:
            self._cards.insertWidget(0, hint)

    # -- cards -------------------------------------------------------------------------------

    def _council_part(self, views: Views) -> QWidget | None:
        part = views.council
        if not part.answered and not part.release.by:
            return None
        self.release = ReleaseCard(self.place)
        self.release.show_part(views.results.case_id, part)
        self.release.decided.connect(self._decided)
        self.release.postponed.connect(self.leave_private)
        if not part.release.is_released and not views.is_for_council:
            self.look = SecondaryButton(self.tr("Nur für den Betriebsrat ansehen"))
            self.look.clicked.connect(lambda _checked: self.look_privately())
            words = self.tr(
                "Der Betriebsrat kann seine Sichtweise vorher allein ansehen. Bitte zeigen Sie "
                "den Bildschirm dann nur ihm."
            )
            self.release.add(HairLine(), SmallText(words), row(self.look, spacer()))
        return self.release

    def _decided(self) -> None:
        self.committed.emit()
        self.outdated.emit()

    def _talks(self, views: Views) -> QWidget | None:
        if not {_GF, _BR} <= set(views.results.perspectives):
            return None
        self.talks = TalksCard(views.talks)
        self.talks.asked.connect(self._to_question)
        return self.talks

    def _fields(self, views: Views) -> QWidget | None:
        shown = [row for row in views.results.maturity if not row.is_parked]
        if not views.results.perspectives or not shown:
            return None
        card = Card(self.tr("Handlungsfelder nach Sichtweise"))
        card.add(SmallText(self._legend()))
        for number, dimension in enumerate(shown):
            if number:
                card.add(HairLine())
            made = ViewRow(dimension)
            made.asked.connect(self._to_question)
            self.rows.append(made)
            card.add(made)
        return card

    def _legend(self) -> str:
        return self.tr(
            "Skala 0 bis 5. Punkt: Geschäftsführung, Raute: Betriebsrat, Dreieck: Beratung, "
            "Strich: gemeinsam festgelegt. Gemittelt wird nichts; ein dicker Strich zwischen GF "
            "und BR zeigt zwei Stufen oder mehr. Jede Zahl öffnet ihren Rechenweg."
        )

    # -- what to do next ---------------------------------------------------------------------

    def _next_step(self, views: Views) -> QWidget | None:
        """Which side is still missing, and the way to ask it; None where two are there."""
        results = views.results
        if len(results.perspectives) > 1 or (results.withheld and results.perspectives):
            return None
        card = Card(self.tr("Erst eine Sichtweise"))
        if results.withheld:
            card.add(SoftText(self._only_withheld()))
            missing = _GF
        else:
            has = results.perspectives[0] if results.perspectives else _GF
            missing = self._missing(views, has)
            card.add(Text(self._only_one(has, missing)))
        words = self.tr("Zum Gespräch: {0} ›").format(PERSPECTIVES[missing])
        go = SecondaryButton(words)
        go.clicked.connect(lambda _checked: self._to_talk(missing))
        card.add(row(go, spacer(), gap=M))
        return card

    def _missing(self, views: Views, has: Perspective) -> Perspective:
        if has is not _GF:
            return _GF
        return _BR if views.council.asked else Perspective.ADVISOR

    def _only_withheld(self) -> str:
        return self.tr(
            "Bisher hat nur der Betriebsrat geantwortet, und seine Sichtweise ist nicht "
            "freigegeben. Nehmen Sie die Sichtweise der Geschäftsführung auf oder lassen Sie den "
            "Betriebsrat über die Freigabe entscheiden."
        )

    def _only_one(self, has: Perspective, missing: Perspective) -> str:
        return self.tr(
            "Bisher liegt nur eine Sichtweise vor ({0}). Zum Vergleichen stellen Sie dieselben "
            "Fragen der zweiten Seite ({1}); geantwortet wird verdeckt."
        ).format(PERSPECTIVES[has], PERSPECTIVES[missing])

    def _to_talk(self, side: Perspective) -> None:
        self.navigate.emit(self._destination(perspective=str(side)))

    def _to_question(self, question: str) -> None:
        self.navigate.emit(self._destination(focus=question))

    def _destination(self, *, perspective: str = "", focus: str = "") -> Destination:
        return Destination(
            Where.INTERVIEW,
            company_id=self.results.company_id,
            case_id=self.results.case_id,
            perspective=perspective,
            focus=focus,
        )

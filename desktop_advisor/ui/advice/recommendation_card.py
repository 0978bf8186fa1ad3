"""One recommendation: what, why, with whose help, and what the advisor decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_advisor.advice.articles import Article
from desktop_advisor.ui.advice.measure_form import MeasureForm
from desktop_advisor.ui.advice.offer_hint import OfferHintView, by_verdict
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Card,
    HairLine,
    Label,
    ListRow,
    NoteEdit,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    Text,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.calculating import OFFERS
from desktop_advisor.usecases.measures import PlanRow
from desktop_advisor.usecases.recommending import DECISIONS, OfferHint, RecommendationView

DECISION_TONES = {
    "accepted": Tone.GOOD,
    "edited": Tone.GOOD,
    "postponed": Tone.ATTENTION,
    "rejected": Tone.NEUTRAL,
}


class RecommendationCard(Card):
    """The recommendation that is being talked about.

    Signals:
        decided: decision, reason, title, text ("" where unchanged).
        measure_changed: the measure's id and its new draft.
        typed: something stands in a field that is not saved yet.
        offer_pressed: id of the offer or article to read about.
        calculator_pressed: which calculator fits an offer.
        referral_pressed: id of the contact the company is to be referred to.
    """

    decided = Signal(str, str, str, str)
    measure_changed = Signal(object, object)
    typed = Signal()
    offer_pressed = Signal(str)
    calculator_pressed = Signal(str)
    referral_pressed = Signal(str)

    def __init__(
        self,
        view: RecommendationView,
        plan: PlanRow | None,
        articles: Sequence[Article] = (),
    ) -> None:
        super().__init__()
        self.view = view
        self._articles = articles
        self.form: MeasureForm | None = None
        self._is_asking = False
        self.body.setSpacing(M)
        self._bottom = QVBoxLayout()
        self._bottom.setSpacing(S)
        self._add_words(view)
        self._add_reasons(view)
        self.add(None)
        self.show_decision(view, plan)
        self.setAccessibleName(view.title)

    # -- what and why ------------------------------------------------------------------------

    def _add_words(self, view: RecommendationView) -> None:
        audience = {
            "company": self.tr("für den Betrieb"),
            "employees": self.tr("für die Beschäftigten"),
            "stop": self.tr("Warnhinweis"),
        }[view.audience]
        tone = {"stop": Tone.DANGER, "employees": Tone.BR}.get(view.audience, Tone.MAIN)
        self.pill = Pill("")
        self.title = Label(view.title, "title", wrap=True)
        self.words = Text(view.text)
        head = row(Pill(audience, tone), Label(view.dimension_short, "small"), spacer(), self.pill)
        self.add(head, self.title, self.words)
        if view.suspended:
            self.add(Pill(self.tr("Warnzeichen"), Tone.DANGER), SmallText(view.suspended))
        elif not view.is_current:
            hint = self.tr(
                "Die Antworten haben sich seither geändert; die Regel greift nicht mehr."
            )
            if view.is_parked:
                hint = self.tr("Das Handlungsfeld wird seither nicht mehr betrachtet.")
            self.add(Pill(self.tr("überholt"), Tone.ATTENTION), SmallText(hint))
        self.body.addLayout(self._bottom)
        self.add(HairLine())

    def _add_reasons(self, view: RecommendationView) -> None:
        if view.causes:
            self.add(self._section(self.tr("Warum?"), [self._cause(c) for c in view.causes]))
        steps = [line for line in view.steps.splitlines() if line.strip()]
        if steps:
            numbered = [SmallText(f"{n}. {line}") for n, line in enumerate(steps, start=1)]
            for label in numbered:
                label.set_kind("small-ink")
            self.add(self._section(self.tr("So geht es"), numbered))
        if view.hints:
            rows = [part for hint in by_verdict(view.hints) for part in self._with_calculator(hint)]
            self.add(self._section(self.tr("Wer und was dabei hilft"), rows))
        if self._articles:
            read = [self._article(article) for article in self._articles]
            self.add(self._section(self.tr("Zum Nachlesen"), read))

    def _article(self, article: Article) -> ListRow:
        made = ListRow(article.title, article.summary)
        made.pressed.connect(lambda: self.offer_pressed.emit(article.id))
        return made

    def _section(self, title: str, lines: Sequence[QWidget]) -> QWidget:
        holder = QWidget()
        holder.setLayout(column(Label(title, "label"), *lines, gap=XS))
        return holder

    def _cause(self, cause: object) -> QWidget:
        label = str(getattr(cause, "label", ""))
        value = str(getattr(cause, "value", ""))
        holder = QWidget()
        said = Label(f"→ {value}" if value else "→ –", "small-ink", wrap=True)
        holder.setLayout(column(SmallText(label), said, gap=0))
        return holder

    def _with_calculator(self, hint: OfferHint) -> list[QWidget]:
        """The offer, and the way to its amount where a calculator fits, or to a referral."""
        parts: list[QWidget] = [self._offer(hint)]
        if hint.offer.kind == "contact":
            refer = QuietButton(self.tr("Verweisen …"))
            refer.setAccessibleName(self.tr("An {0} verweisen").format(hint.offer.title))
            refer.clicked.connect(lambda: self.referral_pressed.emit(hint.offer.id))
            room = QWidget()
            room.setLayout(row(refer, spacer(), gap=0))
            parts.append(room)
        calculator = OFFERS.get(hint.offer.id)
        if calculator is not None:
            button = QuietButton(self.tr("Betrag rechnen"))
            button.setAccessibleName(self.tr("Betrag rechnen: {0}").format(hint.offer.title))
            button.clicked.connect(lambda: self.calculator_pressed.emit(str(calculator)))
            holder = QWidget()
            holder.setLayout(row(button, spacer(), gap=0))
            parts.append(holder)
        return parts

    def _offer(self, hint: OfferHint) -> OfferHintView:
        made = OfferHintView(hint)
        made.pressed.connect(lambda: self.offer_pressed.emit(hint.offer.id))
        return made

    # -- deciding ----------------------------------------------------------------------------

    def show_decision(self, view: RecommendationView, plan: PlanRow | None) -> None:
        """The buttons while it is open, else the decision with its reason or its measure."""
        self.view = view
        self.title.setText(view.title)
        self.words.setText(view.text)
        self.pill.say(DECISIONS[view.decision], DECISION_TONES.get(view.decision, Tone.NEUTRAL))
        clear(self._bottom)
        self.form, self._is_asking = None, False
        if view.decision == "open":
            self._bottom.addWidget(self._buttons())
            return
        if view.reason:
            self._bottom.addWidget(SoftText(self.tr("Grund: {0}").format(view.reason)))
        if plan is not None:
            self._bottom.addWidget(Label(self.tr("Maßnahme"), "label"))
            self.form = MeasureForm(plan, view.owner)
            self.form.typed.connect(lambda _key: self.typed.emit())
            self.form.changed.connect(self.measure_changed)
            self._bottom.addWidget(self.form)
        self.again = QuietButton(self.tr("Entscheidung ändern"))
        self.again.clicked.connect(self._ask_again)
        self._bottom.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def _buttons(self) -> QWidget:
        self.accept = SecondaryButton(self.tr("Annehmen"), "check")
        self.edit = SecondaryButton(self.tr("Anpassen …"))
        self.postpone = SecondaryButton(self.tr("Zurückstellen …"))
        self.reject = SecondaryButton(self.tr("Ablehnen …"))
        self.accept.clicked.connect(lambda: self.decided.emit("accepted", "", "", ""))
        self.edit.clicked.connect(self._ask_words)
        self.postpone.clicked.connect(lambda: self._ask_reason("postponed"))
        self.reject.clicked.connect(lambda: self._ask_reason("rejected"))
        holder = QWidget()
        holder.setLayout(FlowLayout(self.accept, self.edit, self.postpone, self.reject))
        return holder

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back the question for a reason or for words, not the whole screen."""
        if event.key() == Qt.Key.Key_Escape and self._is_asking:
            self._ask_again()
        else:
            super().keyPressEvent(event)

    def _ask_again(self) -> None:
        clear(self._bottom)
        self.form, self._is_asking = None, False
        self._bottom.addWidget(self._buttons())
        self.accept.setFocus()

    def _ask_reason(self, decision: str) -> None:
        """One line for the reason; without one nothing happens."""
        question = {
            "postponed": self.tr("Warum wird sie zurückgestellt?"),
            "rejected": self.tr("Warum wird sie abgelehnt?"),
        }[decision]
        clear(self._bottom)
        self._is_asking = True
        self.reason = QLineEdit()
        self.reason.setAccessibleName(question)
        self.reason.setPlaceholderText(self.tr("Grund, steht im Bericht"))
        self.take = SecondaryButton(self.tr("Übernehmen"))
        cancel = QuietButton(self.tr("Abbrechen"))
        line = row(self.reason, self.take, cancel, gap=S)
        self._bottom.addWidget(Label(question, "label"))
        self._bottom.addLayout(line)

        def take() -> None:
            words = self.reason.text().strip()
            if words:
                self.decided.emit(decision, words, "", "")
                return
            self.reason.setProperty("wrong", True)
            restyle(self.reason)
            self.reason.setFocus()

        self.take.clicked.connect(take)
        self.reason.returnPressed.connect(take)
        cancel.clicked.connect(self._ask_again)
        self.reason.setFocus()

    def _ask_words(self) -> None:
        """Title and text in the advisor's own words."""
        clear(self._bottom)
        self._is_asking = True
        self.own_title = QLineEdit(self.view.title)
        self.own_title.setAccessibleName(self.tr("Titel"))
        self.own_text: QPlainTextEdit = NoteEdit(4)
        self.own_text.setPlainText(self.view.text)
        self.own_text.setMaximumHeight(theme().px(150))
        self.own_text.setAccessibleName(self.tr("Text"))
        self.take = SecondaryButton(self.tr("Angepasst übernehmen"))
        cancel = QuietButton(self.tr("Abbrechen"))
        for part in (
            Label(self.tr("In Ihren Worten"), "label"),
            self.own_title,
            self.own_text,
        ):
            self._bottom.addWidget(part)
        self._bottom.addLayout(row(self.take, cancel, spacer(), gap=S, margins=(0, 0, 0, L)))

        def take() -> None:
            title, text = self.own_title.text().strip(), self.own_text.toPlainText().strip()
            if title:
                self.decided.emit("edited", "", title, text)
            else:
                self.own_title.setFocus()

        self.take.clicked.connect(take)
        cancel.clicked.connect(self._ask_again)
        self.own_title.setFocus()

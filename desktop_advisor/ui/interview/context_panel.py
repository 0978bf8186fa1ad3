"""At the right: who answers, how well it is evidenced, the note, and what the answer changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_advisor.assessment.scores import Score, Verdict
from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    HairLine,
    Label,
    Option,
    Segmented,
    SmallText,
    column,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.question_views import Effect, QuestionView

WIDTH = 312
_NO_ROOM = (
    'QPushButton[kind="segment"] {{ font-size: {0}px; padding: 0 1px; }}'
    'QPushButton[kind="segment"]:focus {{ padding: 0; }}'
)
"""Four words side by side in 280 px: smaller type and hardly any padding."""


class ContextPanel(QFrame):
    """Sichtweise, Belegstufe, note to the question, effect of the last answer.

    Signals:
        perspective_chosen: who answers from now on.
        evidence_chosen: how well the answer is evidenced.
        note_typed: the note differs from what is stored.
        note_settled: the note to store.
        left: Esc in the note; the keyboard goes back to the question.
    """

    perspective_chosen = Signal(object)
    evidence_chosen = Signal(object)
    note_typed = Signal()
    note_settled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setProperty("edge", "left")
        self.perspective = self._perspectives()
        self.evidence = self._evidences()
        self._elsewhere = SmallText("")
        self._elsewhere.hide()
        self.note = AutosavedNote(4)
        self.note.setAccessibleName(self.tr("Notiz zur Frage"))
        self.note.setPlaceholderText(self.tr("Was dazu gesagt oder gesehen wurde"))
        self.note.typed.connect(self.note_typed)
        self.note.settled.connect(self.note_settled)
        self.note.escaped.connect(self.left)
        self._effect = Label("", "small-ink", wrap=True)
        self._news = SmallText("")
        self._news.hide()
        self._lay_out()

    def _perspectives(self) -> Segmented:
        made = Segmented(
            self.tr("Sichtweise"),
            (
                Option("gf", self.tr("GF"), self.tr("Geschäftsführung")),
                Option("br", self.tr("BR"), self.tr("Betriebsrat"), Tone.BR),
                Option("ber", self.tr("Beratung"), self.tr("Beratende Person")),
            ),
            "gf",
        )
        made.chosen.connect(lambda key: self.perspective_chosen.emit(Perspective(key)))
        return _reached_by_tab(made)

    def _evidences(self) -> Segmented:
        made = Segmented(
            self.tr("Beleg"),
            (
                Option("E0", self.tr("Aussage"), self.tr("E0: behauptet, ohne Beleg")),
                Option("E1", self.tr("erläutert"), self.tr("E1: plausibel erläutert")),
                Option("E2", self.tr("gesehen"), self.tr("E2: im Betrieb gesehen")),
                Option("E3", self.tr("Dokument"), self.tr("E3: Dokument eingesehen")),
            ),
            "E0",
        )
        made.chosen.connect(lambda key: self.evidence_chosen.emit(Evidence(key)))
        return _reached_by_tab(made)

    def _lay_out(self) -> None:
        who = column(
            Label(self.tr("Sichtweise"), "label"), self.perspective, self._elsewhere, gap=S
        )
        self._of_question = QWidget()
        self._of_question.setLayout(
            column(
                column(Label(self.tr("Beleg"), "label"), self.evidence, gap=S),
                column(Label(self.tr("Notiz zur Frage"), "label"), self.note, gap=S),
                gap=L,
            )
        )
        inside = QWidget()
        inside.setLayout(column(who, self._of_question, spacer(), gap=L, margins=(L, L + 2, L, S)))
        self._strip = QWidget()
        strip = column(
            HairLine(),
            M,
            Label(self.tr("Was die Antwort ändert"), "foot"),
            self._effect,
            self._news,
            gap=XS,
            margins=(L, 0, L, XL),
        )
        self._strip.setLayout(strip)
        whole = column(gap=0)
        whole.addWidget(scrolling(inside), 1)
        whole.addWidget(self._strip)
        self.setLayout(whole)
        self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(min(round(WIDTH * theme().scale), 520))
        self.evidence.setStyleSheet(_NO_ROOM.format(theme().px(Size.SMALL)))
        self.note.setMaximumHeight(theme().px(132))

    def show_question(self, view: QuestionView, perspective: Perspective) -> None:
        """What belongs to this question from this perspective."""
        self._measure()
        self._of_question.show()
        self._strip.show()
        self.perspective.set_value(str(perspective))
        self.evidence.set_value(str(view.evidence))
        self.note.put(view.note)
        words = self._elsewhere_words(view.answered_elsewhere)
        self._elsewhere.setText(words)
        self._elsewhere.setVisible(bool(words))

    def show_end(self, perspective: Perspective) -> None:
        """Between questions only the perspective can be changed."""
        self._of_question.hide()
        self._strip.hide()
        self._elsewhere.hide()
        self.perspective.set_value(str(perspective))

    def _elsewhere_words(self, others: Sequence[Perspective]) -> str:
        names = {
            Perspective.MANAGEMENT: self.tr("Die Geschäftsführung hat"),
            Perspective.WORKS_COUNCIL: self.tr("Der Betriebsrat hat"),
            Perspective.ADVISOR: self.tr("Die beratende Person hat"),
        }
        if not others:
            return ""
        if len(others) > 1:
            return self.tr("Zwei andere Sichtweisen sind schon beantwortet, bleiben aber verdeckt.")
        return self.tr("{0} verdeckt geantwortet. Beide Werte zeigt die Auswertung.").format(
            names[others[0]]
        )

    def show_standing(self, short: str, score: Score) -> None:
        """Before an answer: how the field of action stands."""
        self._effect.setText(f"{short}: {self._standing(score)}")
        self._say_news(())

    def show_effect(self, effect: Effect) -> None:
        """One line for the score, one for new advice."""
        if effect.before is None or effect.after is None:
            self._effect.setText("")
            self._say_news(effect.new_advice)
            return
        before, after = effect.before.printable, effect.after.printable
        if before is not None and after is not None:
            was, now = one_digit(before), one_digit(after)
            figures = f"{was} → {now}" if was != now else self.tr("{0} unverändert").format(now)
            coverage = self._coverage(effect.after)
            self._effect.setText(f"{effect.dimension_short}: {figures} · {coverage}")
        else:
            self.show_standing(effect.dimension_short, effect.after)
        self._say_news(effect.new_advice)

    def _say_news(self, titles: Sequence[str]) -> None:
        words = ""
        if titles:
            words = self.tr("Neu: „{0}“").format(titles[0])
            if len(titles) > 1:
                words += self.tr(" und {0} weitere").format(len(titles) - 1)
        self._news.setText(words)
        self._news.setVisible(bool(words))

    def _standing(self, score: Score) -> str:
        if score.verdict is Verdict.NOT_APPLICABLE:
            return self.tr("zählt nicht in den Reifegrad")
        if score.printable is None:
            return self.tr("noch keine Aussage · {0}").format(self._coverage(score))
        return f"{one_digit(score.printable)} · {self._coverage(score)}"

    def _coverage(self, score: Score) -> str:
        share = "–" if score.coverage is None else percent(score.coverage)
        return self.tr("Abdeckung {0}").format(share)


def _reached_by_tab(segmented: Segmented) -> Segmented:
    """A click must not leave the arrow keys there: they belong to the questions."""
    for button in segmented.findChildren(QPushButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return segmented

"""At the right: who answers, what the others said, evidence, note, files, what it changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_advisor.assessment.scores import Score, Verdict
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.interview.comparison_card import ComparisonCard, Cover
from desktop_advisor.ui.interview.sides import side
from desktop_advisor.ui.theme.contrast import readable
from desktop_advisor.ui.theme.current import Theme, theme, tokens
from desktop_advisor.ui.theme.spacing import XL, XS, L, M, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    HairLine,
    Label,
    Option,
    QuietButton,
    Segmented,
    column,
    row,
    scrolling,
    spacer,
    tab_through,
)
from desktop_advisor.ui.widgets.labels import ElidedLabel
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.question_views import Comparison, Effect, Kind, QuestionView

WIDTH = 312
_NO_ROOM = (
    'QPushButton[kind="segment"] {{ font-size: {0}px; padding: 0 1px; }}'
    'QPushButton[kind="segment"]:focus {{ padding: 0; }}'
)
"""Four words side by side in 280 px: smaller type and hardly any padding."""
_LINK = (
    "QPushButton {{ font-size: {0}px; padding: 0 6px 0 0; text-align: left; }}"
    "QPushButton:focus {{ padding: 0 5px 0 0; }}"
)
"""A quiet way to read more, in line with the labels above it."""
_CHOSEN = (
    'QPushButton[kind="segment"][tone="{0}"] {{ color: {1}; }}'
    'QPushButton[kind="segment"][tone="{0}"]:checked {{ background: {2}; color: {3}; }}'
)
"""A Sichtweise in its own tone, as the stylesheet has it for management and works council."""


class ContextPanel(QFrame):
    """Sichtweise, the other sides, Belegstufe, note and files, effect of the last answer.

    Signals:
        perspective_chosen: who answers from now on.
        reveal: the covered answers to this question are to be shown.
        dissent_typed, dissent_settled: the note to the Gesprächsanlass differs; is to be stored.
        settle_jointly: the table sets a value for this question together.
        evidence_chosen: how well the answer is evidenced.
        note_typed: the note differs from what is stored.
        note_settled: the note to store.
        why_wanted: why the question is asked.
        left: Esc in the note; the keyboard goes back to the question.
    """

    perspective_chosen = Signal(object)
    reveal = Signal()
    dissent_typed = Signal()
    dissent_settled = Signal(str)
    settle_jointly = Signal()
    evidence_chosen = Signal(object)
    note_typed = Signal()
    note_settled = Signal(str)
    why_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setProperty("edge", "left")
        self._measured: Theme | None = None
        self._unsaved: dict[tuple[str, str, Perspective], str] = {}
        self._view: QuestionView | None = None
        self._asked: Perspective | None = None
        self.perspective = self._perspectives()
        self.cover = Cover()
        self.cover.hide()
        self.sides = ComparisonCard()
        self.sides.hide()
        self.evidence = self._evidences()
        self.note = AutosavedNote(4)
        self.note.setAccessibleName(self.tr("Notiz zur Frage"))
        self.note.setPlaceholderText(self.tr("Was dazu gesagt oder gesehen wurde"))
        self.why = QuietButton(self.tr("Warum diese Frage?"))
        self.why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._effect = Label("", "small-ink", wrap=True)
        self._news = ElidedLabel("", "small")
        self._news.hide()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.cover.reveal.connect(self.reveal)
        self.sides.settle_jointly.connect(self.settle_jointly)
        self.sides.note.typed.connect(self.dissent_typed)
        self.sides.note.settled.connect(self.dissent_settled)
        self.sides.note.escaped.connect(self.left)
        self.note.typed.connect(self.note_typed)
        self.note.settled.connect(self.note_settled)
        self.note.escaped.connect(self.left)
        self.why.clicked.connect(self.why_wanted)

    def _perspectives(self) -> Segmented:
        parts = [(str(perspective), side(perspective)) for perspective in Perspective]
        made = Segmented(
            self.tr("Sichtweise"),
            [Option(key, words.short, words.name, words.tone) for key, words in parts],
            str(Perspective.MANAGEMENT),
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
        others = column(self.cover, self.sides, gap=S)
        who = column(Label(self.tr("Sichtweise"), "label"), self.perspective, others, gap=S)
        self._evidence_row = QWidget()
        self._evidence_row.setLayout(column(Label(self.tr("Beleg"), "label"), self.evidence, gap=S))
        self._files = column(gap=S)
        self._of_question = QWidget()
        self._of_question.setLayout(
            column(
                self._evidence_row,
                column(Label(self.tr("Notiz zur Frage"), "label"), self.note, gap=S),
                self._files,
                row(self.why, spacer(), gap=0),
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
        self.measure()

    def measure(self) -> None:
        """Sizes and tones of the theme in force; a stylesheet set anew costs a repaint."""
        if self._measured == theme():
            return
        self._measured = theme()
        self.setFixedWidth(min(round(WIDTH * theme().scale), 520))
        self.evidence.setStyleSheet(_NO_ROOM.format(theme().px(Size.SMALL)))
        self.why.setStyleSheet(_LINK.format(theme().px(Size.SMALL)))
        self.note.setMaximumHeight(theme().px(132))
        colours = tokens()
        self.perspective.setStyleSheet(
            "".join(
                _CHOSEN.format(tone, colours.stroke(tone), ground, readable(ink, ground))
                for tone, ink, ground in (
                    (Tone.NEUTRAL, colours.ink, colours.line),
                    (Tone.GOOD, colours.good, colours.good_tint),
                )
            )
        )

    def put_files(self, widget: QWidget) -> None:
        """Room for what belongs to the question as a file, below the note."""
        self._files.addWidget(widget)
        tab_through(self.note, (widget, self.why))

    def settle(self) -> bool:
        """Hand over both notes; False when one could not be saved, here or at a question before."""
        for _, note in self._notes():
            note.settle()
        return not self._unsaved and not any(note.is_pending() for _, note in self._notes())

    def show_question(self, view: QuestionView, perspective: Perspective) -> None:
        """What belongs to this question from this perspective."""
        self.measure()
        self._of_question.show()
        self._strip.show()
        self.perspective.set_value(str(perspective))
        self._evidence_row.setVisible(view.is_scored)
        self.evidence.set_value(str(view.evidence))
        before, self._view = self._view, view
        was, self._asked = self._asked, perspective
        if before is None or (before.name, was) != (view.name, perspective):
            if before is not None and was is not None:
                self._set_aside(before.name, was)
            self._take_up("note", view.note)
            self._take_up("dissent", "")
            self.sides.hide()
            self.cover.show_hidden(view.answered_elsewhere, None, can_reveal=False)
        elif not self.note.is_pending():
            self.note.put(view.note)

    def show_comparison(self, comparison: Comparison) -> None:
        """The other sides of the question shown: covered, or beside each other."""
        view = self._view
        if view is None:
            return
        had_keyboard = any(b.hasFocus() for b in (self.cover.button, self.cover.keep))
        own = self._asked if view.response.state is not AnswerState.OPEN else None
        self.cover.show_hidden(comparison.hidden, own, can_reveal=comparison.can_reveal)
        if comparison.sides:
            self.sides.show_sides(
                comparison,
                has_levels=view.kind is Kind.LEVEL,
                is_joint=self._asked is Perspective.JOINT,
            )
        self.sides.setVisible(bool(comparison.sides))
        if had_keyboard and not self.cover.button.isVisible():
            self.left.emit()

    def show_end(self, perspective: Perspective) -> None:
        """Between questions only the perspective can be changed."""
        if self._view is not None and self._asked is not None:
            self._set_aside(self._view.name, self._asked)
        self._view = None
        for part in (self._of_question, self._strip, self.cover, self.sides):
            part.hide()
        self.perspective.set_value(str(perspective))

    def _notes(self) -> tuple[tuple[str, AutosavedNote], ...]:
        return ("note", self.note), ("dissent", self.sides.note)

    def _set_aside(self, question: str, perspective: Perspective) -> None:
        """What could not be saved waits for its question to come back."""
        for kind, note in self._notes():
            if note.is_pending():
                self._unsaved[kind, question, perspective] = note.toPlainText()

    def _take_up(self, kind: str, stored: str) -> None:
        """Show what is stored, or what is still to be: that is saved at the next pause."""
        if self._view is None or self._asked is None:
            return
        note = dict(self._notes())[kind]
        waiting = self._unsaved.pop((kind, self._view.name, self._asked), None)
        note.put(stored)
        if waiting is not None:
            note.setPlainText(waiting)

    def show_standing(self, short: str, score: Score | None) -> None:
        """Before an answer: how the field of action stands; None: it is never scored."""
        if score is None:
            self._effect.setText(self._unscored())
        else:
            self._say_effect(f"{short}: {self._standing(score)}", self._coverage(score))
        self._say_news(())

    def show_effect(self, effect: Effect) -> None:
        """One line for the score, one for new advice."""
        if effect.before is None or effect.after is None:
            self._effect.setText(self._unscored())
            self._say_news(effect.new_advice)
            return
        before, after = effect.before.printable, effect.after.printable
        if before is not None and after is not None:
            was, now = one_digit(before), one_digit(after)
            figures = f"{was} → {now}" if was != now else self.tr("{0} unverändert").format(now)
            self._say_effect(f"{effect.dimension_short}: {figures}", self._coverage(effect.after))
        else:
            self.show_standing(effect.dimension_short, effect.after)
        self._say_news(effect.new_advice)

    def _unscored(self) -> str:
        return self.tr("Zählt in keinen Reifegrad.")

    def _say_news(self, titles: Sequence[str]) -> None:
        words = ""
        if titles:
            words = self.tr("Neu: „{0}“").format(titles[0])
            if len(titles) > 1:
                words += self.tr(" und {0} weitere").format(len(titles) - 1)
        self._news.setText(words)

    def _standing(self, score: Score) -> str:
        if score.verdict is Verdict.NOT_APPLICABLE:
            return self.tr("zählt nicht in den Reifegrad")
        if score.printable is None:
            return self.tr("noch keine Aussage")
        return one_digit(score.printable)

    def _say_effect(self, words: str, coverage: str) -> None:
        """In one line where it fits, else the coverage below; "" for no coverage."""
        line = joined(words, coverage)
        self._effect.ensurePolished()
        fits = self._effect.fontMetrics().horizontalAdvance(line) <= self.width() - 2 * L - 1
        self._effect.setText(line if fits else f"{words}\n{coverage}")

    def _coverage(self, score: Score) -> str:
        if score.verdict is Verdict.NOT_APPLICABLE:
            return ""
        share = "–" if score.coverage is None else percent(score.coverage)
        return self.tr("Abdeckung {0}").format(share)


def _reached_by_tab(segmented: Segmented) -> Segmented:
    """A click must not leave the arrow keys there: they belong to the questions."""
    for button in segmented.findChildren(QPushButton):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return segmented

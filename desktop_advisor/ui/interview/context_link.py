"""Keeps the panel at the right in step with the conduct, and hands on what is said there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.ui.interview.conduct import Conduct, View
from desktop_advisor.ui.interview.context_panel import ContextPanel
from desktop_advisor.usecases.question_views import Comparison, Effect, QuestionView


class ContextLink(QObject):
    """What is typed there is committed before the place is left, and never overwritten."""

    def __init__(self, conduct: Conduct, panel: ContextPanel) -> None:
        super().__init__(panel)
        self._conduct = conduct
        self._panel = panel
        conduct.settling.connect(panel.settle)
        conduct.question_changed.connect(self._on_question)
        conduct.answer_changed.connect(self._on_answer)
        conduct.answered.connect(self._on_effect)
        conduct.ended.connect(self._on_end)
        panel.perspective_chosen.connect(conduct.switch)
        panel.settle_jointly.connect(lambda: conduct.switch(Perspective.JOINT))
        panel.reveal.connect(conduct.reveal)
        panel.evidence_chosen.connect(self._set_evidence)
        panel.note_settled.connect(self._write_note)
        panel.dissent_settled.connect(self._write_dissent)

    @property
    def _is_seen(self) -> bool:
        """In the hall there is no panel; it follows when the advisor is back."""
        return self._conduct.view is not View.HALL

    def _on_end(self) -> None:
        if self._is_seen:
            self._panel.show_end(self._conduct.running.perspective)

    def _on_question(self, view: QuestionView) -> None:
        if not self._is_seen:
            return
        interview, panel = self._conduct.running, self._panel
        panel.show_question(view, interview.perspective)
        code = view.dimension
        score = interview.score(code) if view.is_scored else None
        panel.show_standing(self._conduct.short(code), score)
        self._compare(view)

    def _on_answer(self, view: QuestionView) -> None:
        """The same question with another answer: a note that could not be saved stays typed."""
        if view.name != self._conduct.current or not self._is_seen:
            return
        note = self._panel.note
        typed = note.toPlainText() if note.is_pending() else None
        self._panel.show_question(view, self._conduct.running.perspective)
        if typed is not None:
            note.setPlainText(typed)
        self._compare(view)

    def _on_effect(self, effect: Effect) -> None:
        if effect.question == self._conduct.current and self._is_seen:
            self._panel.show_effect(effect)

    def _compare(self, view: QuestionView) -> None:
        comparison = Comparison()
        if view.answered_elsewhere:
            comparison = self._conduct.running.comparison(view.name)
        self._panel.show_comparison(comparison)

    def _write_note(self, text: str) -> None:
        if not self._conduct.write_note(text):
            self._panel.note.unsettle()

    def _write_dissent(self, text: str) -> None:
        if not self._conduct.write_dissent(text):
            self._panel.sides.note.unsettle()

    def _set_evidence(self, evidence: Evidence) -> None:
        conduct = self._conduct
        if not conduct.set_evidence(evidence):
            stored = conduct.running.question(conduct.current).evidence
            self._panel.evidence.set_value(str(stored))
        self._panel.left.emit()

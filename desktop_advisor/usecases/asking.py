"""How a filled form looks to the screen: its questions, tables, sides and reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response
from desktop_advisor.questionnaire.session.node_state import NodeState
from desktop_advisor.questionnaire.session.reasons import Reason
from desktop_advisor.questionnaire.xform.model import Choice
from desktop_advisor.usecases.filling import ROW, FilledForm
from desktop_advisor.usecases.form_outline import STATES, Item
from desktop_advisor.usecases.question_views import (
    CellView,
    ColumnView,
    Comparison,
    Kind,
    Option,
    QuestionView,
    RowView,
    SideView,
    TableView,
    WhyView,
)
from desktop_advisor.usecases.results import is_dissent
from desktop_advisor.usecases.scoring import AnswerRecord, Answers

_WHY = {
    "relevant": "Wird nur gefragt, solange diese Bedingung gilt.",
    "readonly": "Ist gesperrt, solange diese Bedingung gilt.",
    "required": "Muss beantwortet werden, solange diese Bedingung gilt.",
    "constraint": "Die Antwort muss diese Bedingung erfüllen.",
    "calculate": "Wird aus anderen Antworten berechnet.",
}
_DECIDES = "Diese Antwort entscheidet mit über andere Fragen."
_REQUIRED = "Diese Angabe ist im Fragebogen als Pflichtangabe vorgesehen."
_MISFIT = "Diese Angabe passt nicht zu den Regeln des Fragebogens."


@dataclass(frozen=True)
class Place:
    """Where a question stands: its section's label, and its number of how many there."""

    label: str
    number: int
    of: int


class Asking:
    """Views of one perspective's filled form in one language."""

    def __init__(
        self,
        filled: FilledForm,
        answers: Answers,
        elsewhere: Mapping[Perspective, Answers],
        language: str,
    ) -> None:
        self._filled = filled
        self._session = filled.session
        self._answers = answers
        self._elsewhere = elsewhere
        self._language = language

    def question(self, key: str, place: Place) -> QuestionView:
        """Everything the screen shows of a question."""
        item = self._filled.item(key)
        answer = self._answers.get(key, AnswerRecord(Response()))
        state = None if item.kind is Kind.TABLE else self._state(key)
        return QuestionView(
            name=key,
            dimension=item.section,
            dimension_label=place.label,
            number=place.number,
            of=place.of,
            text=(state.label.strip() or item.label)
            if state
            else self._text(item, "label") or item.label,
            help=_help(state) if state else self._text(item, "hint"),
            role=item.indicator.role if item.indicator else "",
            is_critical=item.indicator is not None and item.indicator.is_critical,
            options=_options(state.choices, item.kind) if state else (),
            response=_shown_response(answer.response, state),
            evidence=Evidence(answer.evidence),
            note=answer.note,
            answered_elsewhere=self.answered_elsewhere(key),
            kind=item.kind,
            group=self._group(item),
            states=item.states,
            span=item.span,
            is_required=state is not None and state.required,
            is_readonly=state is not None and state.readonly and item.kind is not Kind.NOTE,
            is_scored=item.indicator is not None,
            problem=_problem(state, answer.response) if state else "",
        )

    def words(self, key: str) -> str:
        """Question and help in one text, for the search."""
        item = self._filled.item(key)
        if item.kind is Kind.TABLE:
            return f"{self._text(item, 'label')} {self._text(item, 'hint')}"
        ref = self._filled.ref_of(key)
        texts = (self._session.text(ref, kind, self._language) for kind in ("label", "hint"))
        return " ".join(texts)

    def answered_elsewhere(self, key: str) -> tuple[Perspective, ...]:
        """The other perspectives that have answered."""
        return tuple(p for p, said in self._elsewhere.items() if _is_said(said.get(key)))

    # -- sides -------------------------------------------------------------------------------

    def comparison(
        self,
        key: str,
        own: Perspective,
        needed: frozenset[Perspective],
        guarded: Collection[Perspective] = (),
        *,
        revealed: bool,
    ) -> Comparison:
        """The sides that may be shown now; `needed` are those who must have answered first.

        guarded: sides that are shown only when their answer is revealed on purpose.
        """
        said = {p: a[key] for p, a in self._elsewhere.items() if _is_said(a.get(key))}
        if _is_said(self._answers.get(key)):
            said[own] = self._answers[key]
        others = tuple(p for p in Perspective if p in said and p is not own)
        if not others:
            return Comparison()
        is_open = needed <= set(said) and not said.keys() & set(guarded)
        if not (revealed or is_open):
            # What was agreed together is nobody's secret, unless nothing else is there to reveal.
            secret = tuple(p for p in others if p is not Perspective.JOINT)
            return Comparison(hidden=secret or others, can_reveal=True)
        kind, texts = self._filled.item(key).kind, self._choice_texts(key)
        sides = tuple(
            SideView(p, said[p].response, _answer_words(kind, said[p].response, texts))
            for p in Perspective
            if p in said
        )
        return Comparison(sides=sides, is_dissent=kind is Kind.LEVEL and is_dissent(said))

    def _choice_texts(self, key: str) -> dict[str, str]:
        if self._filled.item(key).kind is Kind.TABLE:
            return {}
        choices = self._session.choices(self._filled.ref_of(key), self._language)
        return {choice.value: choice.label for choice in choices}

    # -- tables ------------------------------------------------------------------------------

    def table(self, key: str) -> TableView:
        """A repeat with all its rows. Raises KeyError where the key names none."""
        item = self._filled.item(key)
        notes = [self._state_at(path) for path in item.notes]
        return TableView(
            name=key,
            label=self._text(item, "label") or item.label,
            help=self._text(item, "hint"),
            columns=tuple(self._column(column) for column in item.columns),
            rows=tuple(self._row(f"{key}{ROW}{row}", item) for row in self._filled.rows(key)),
            can_change_rows=not item.is_counted,
            messages=tuple(n.label.strip() for n in notes if n.relevant and n.label),
        )

    def _column(self, item: Item) -> ColumnView:
        form, language = self._session.form, self._language
        bind = form.binds.get(item.path)
        readonly = (bind.readonly or "") if bind else ""
        return ColumnView(
            name=item.label,
            label=self._text(item, "label") or item.label,
            hint=self._text(item, "hint"),
            kind=item.kind,
            options=_options(form.choices(item.path, language), item.kind),
            is_required=bool(bind and bind.required),
            is_readonly=readonly.replace(" ", "") == "true()",
        )

    def _row(self, key: str, table: Item) -> RowView:
        return RowView(key, tuple(self._cell(f"{key}/{c.label}", c) for c in table.columns))

    def _cell(self, key: str, column: Item) -> CellView:
        state = self._session.bare_state(self._filled.ref_of(key))
        answer = self._answers.get(key, AnswerRecord(Response()))
        return CellView(
            key=key,
            value=answer.response.form_value or state.value,
            is_asked=state.relevant,
            is_readonly=state.readonly,
            options=_options(state.choices, column.kind),
            problem=_problem(state, answer.response),
        )

    # -- reasons -----------------------------------------------------------------------------

    def why(self, key: str) -> tuple[WhyView, ...]:
        """The rules that decide about a question, nearest first, then the questions it decides."""
        ref = self._filled.ref_of(key)
        if self._filled.item(key).kind is Kind.TABLE:
            ref += "#range"
        rules = tuple(
            WhyView(_WHY[r.aspect], self._reads(r), r.expression)
            for r in self._session.why(ref)
            if r.aspect in _WHY
        )
        readers = (self._worded(reader) for reader in self._session.readers(ref))
        decided = tuple(dict.fromkeys(reader for reader in readers if reader[0]))
        return (*rules, WhyView(_DECIDES, decided, "")) if decided else rules

    def _reads(self, reason: Reason) -> tuple[tuple[str, str], ...]:
        read = (ref for ref in reason.values if ref != reason.ref)
        return tuple(
            (label or ref.rpartition("/")[2], answer)
            for ref in read
            for label, answer in (self._worded(ref),)
        )

    def _worded(self, ref: str) -> tuple[str, str]:
        """Label and present answer of a place; label is "" for what has none or is a whole row."""
        try:
            state = self._session.state(ref)
        except KeyError:
            return "", ""
        texts = {choice.value: choice.label for choice in state.choices}
        return state.label.strip(), texts.get(state.value, state.value)

    # -- within ------------------------------------------------------------------------------

    def _state(self, key: str) -> NodeState:
        return self._session.state(self._filled.ref_of(key))

    def _state_at(self, path: str) -> NodeState:
        return self._state(self._filled.outline.label_of[path])

    def _text(self, item: Item, kind: str) -> str:
        return self._session.form.text(item.path, kind, self._language)

    def _group(self, item: Item) -> str:
        return self._session.form.text(item.group, "label", self._language) if item.group else ""


def _shown_response(stored: Response, state: NodeState | None) -> Response:
    """What is stored; where nothing is, what the form itself proposes."""
    if stored.state is AnswerState.OPEN and state is not None and state.value:
        return Response(AnswerState.ANSWERED, state.value)
    return stored


def _options(choices: Sequence[Choice], kind: Kind) -> tuple[Option, ...]:
    """The buttons; where just one thing is chosen, the states have buttons of their own."""
    apart = STATES if kind in (Kind.LEVEL, Kind.CHOICE) else ()
    return tuple(Option(c.value, c.label) for c in choices if c.value not in apart)


def _help(state: NodeState) -> str:
    return "\n".join(text for text in (state.hint, state.guidance) if text)


def _problem(state: NodeState, response: Response) -> str:
    """What does not fit; an open question is only open, whatever the form requires."""
    if response.state is AnswerState.OPEN or not state.relevant:
        return ""
    if state.violation == "constraint":
        return state.constraint_message or _MISFIT
    return _REQUIRED if state.violation == "required" else ""


def _is_said(answer: AnswerRecord | None) -> bool:
    return answer is not None and answer.response.state is not AnswerState.OPEN


def _answer_words(kind: Kind, response: Response, texts: Mapping[str, str]) -> str:
    if response.state is not AnswerState.ANSWERED:
        return ""
    if kind in (Kind.CHOICES, Kind.RANK):
        return ", ".join(texts.get(value, value) for value in response.value.split())
    return texts.get(response.value, response.value)

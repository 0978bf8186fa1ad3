"""What a screen shows of an interview: questions, tables, progress, the sides beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective, Response


class Kind(StrEnum):
    """How a question is answered.

    LEVEL: one of the anchored levels 0–5, or of a site factor 1–5. CHOICE, CHOICES, RANK: one,
    several, all in an order ("b a c"). CONFIRM: "OK" or "". NOTE: only to be read. TABLE: rows of
    a repeat, see `TableView`. FILE: answered by attachments. OTHER: nothing here can ask it.
    """

    LEVEL = "level"
    CHOICE = "choice"
    CHOICES = "choices"
    RANK = "rank"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    CONFIRM = "confirm"
    NOTE = "note"
    TABLE = "table"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True)
class Option:
    """One button: form value ("0"…"5", a choice name) and its text."""

    value: str
    text: str


@dataclass(frozen=True)
class Span:
    """Start, end and step of a range question."""

    start: Decimal
    end: Decimal
    step: Decimal


@dataclass(frozen=True)
class QuestionView:
    """One question as the screen shows it.

    name: its key in the interview; within a table "products#0190ab/share".
    dimension: code of its section: a dimension, or a group that is none, "" for neither.
    group: label of the group around it where that is not the section, else "".
    number, of: position within its section, from 1. options: without the state choices.
    states: which of na, dk, kv may be said instead of an answer.
    answered_elsewhere: other perspectives that have answered; their values stay hidden here.
    problem: why the answer as it stands does not fit, in German; "" when it does.
    is_scored: it counts in a dimension, so evidence and dissent belong to it.
    """

    name: str
    dimension: str
    dimension_label: str
    number: int
    of: int
    text: str
    help: str
    role: str
    is_critical: bool
    options: tuple[Option, ...]
    response: Response
    evidence: Evidence
    note: str
    answered_elsewhere: tuple[Perspective, ...]
    kind: Kind = Kind.LEVEL
    group: str = ""
    states: tuple[AnswerState, ...] = (
        AnswerState.NOT_APPLICABLE,
        AnswerState.UNKNOWN,
        AnswerState.CONFIDENTIAL,
    )
    span: Span | None = None
    is_required: bool = False
    is_readonly: bool = False
    is_scored: bool = True
    problem: str = ""


@dataclass(frozen=True)
class SideView:
    """What one perspective said to a question. text: the level's anchor or the answer in words.

    Both are "" for a state; its word is in the response.
    """

    perspective: Perspective
    response: Response
    text: str


@dataclass(frozen=True)
class Comparison:
    """The sides of one question beside each other.

    sides: those that may be shown now; empty until both have answered or it was revealed.
    hidden: perspectives that have answered and are still covered.
    can_reveal: somebody else has answered and is still covered.
    is_dissent: management and works council are two levels or more apart (domain §3), both shown.
    note: what the table says about it.
    """

    sides: tuple[SideView, ...] = ()
    hidden: tuple[Perspective, ...] = ()
    can_reveal: bool = False
    is_dissent: bool = False
    note: str = ""


@dataclass(frozen=True)
class DimensionProgress:
    """One row of the section list; done counts every state but open. first_question: "" if none.

    is_parked: put aside; its questions are not asked and count nowhere.
    """

    code: str
    short: str
    done: int
    total: int
    first_question: str
    is_parked: bool = False


@dataclass(frozen=True)
class Effect:
    """What the last answer changed: the dimension's score before and after, new advice.

    before, after: None where the question counts in no dimension.
    """

    question: str
    dimension: str
    dimension_short: str
    before: Score | None
    after: Score | None
    new_advice: tuple[str, ...]
    saved_at: datetime


@dataclass(frozen=True)
class ColumnView:
    """One column of a table. name: last part of the keys of its cells. kind: of its questions."""

    name: str
    label: str
    hint: str
    kind: Kind
    options: tuple[Option, ...]
    is_required: bool
    is_readonly: bool


@dataclass(frozen=True)
class CellView:
    """One cell. is_asked: False where the row's other answers make it irrelevant.

    options: in this row; a filter may differ from row to row. problem: as in `QuestionView`.
    """

    key: str
    value: str
    is_asked: bool
    is_readonly: bool
    options: tuple[Option, ...]
    problem: str


@dataclass(frozen=True)
class RowView:
    """One row. key: "products#0190ab". cells: one per column, in the order of the columns."""

    key: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class TableView:
    """A repeat as a table. can_change_rows: False where the form itself counts the rows.

    messages: notes of the form about the table as a whole (sums), in its words.
    """

    name: str
    label: str
    help: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    can_change_rows: bool
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class WhyView:
    """One rule about a question in plain German. sentence: "Wird nur gefragt, wenn …".

    reads: question text and its present answer, for each question the rule reads.
    rule: the expression as the editor wrote it.
    """

    sentence: str
    reads: tuple[tuple[str, str], ...]
    rule: str


@dataclass(frozen=True)
class Bookmark:
    """Where the advisor was: perspective, question key and view ("one", "list", "hall")."""

    perspective: Perspective
    question: str
    view: str

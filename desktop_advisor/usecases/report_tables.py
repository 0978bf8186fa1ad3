"""The tables of a questionnaire for the annex; few persons are never shown by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.assessment.job_rows import LEAST_PERSONS
from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.domain.german import counted
from desktop_advisor.domain.language import say, spoken
from desktop_advisor.questionnaire.xform import XForm
from desktop_advisor.report import wording
from desktop_advisor.report.answers_model import AnswerColumn, AnswerTable
from desktop_advisor.report.phrases import plain
from desktop_advisor.usecases.answer_words import NUMBERS, answer_words, number_of
from desktop_advisor.usecases.filling import ROW, FilledForm
from desktop_advisor.usecases.form_outline import Item
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.scoring import AnswerRecord, Answers

UNPRINTED = (Kind.NOTE, Kind.OTHER, Kind.FILE)
MASKED = {"jobs": "heads"}
"""Table of job profiles → how the name of its column of persons ends (domain §3)."""
_FEW = "mit weniger als drei Personen: Angaben nicht gezeigt"
_UNKNOWN = "ohne Angabe der Personenzahl: Angaben nicht gezeigt"


@dataclass(frozen=True)
class _Cell:
    """number: None unless the column holds numbers and one was answered."""

    text: str
    remark: str
    number: Decimal | None


@dataclass(frozen=True)
class _Row:
    """One row that says anything. cells: column's key → what was said, silent ones left out."""

    key: str
    cells: dict[str, _Cell]

    def name(self, columns: Sequence[Item], number: int) -> str:
        """What tells it from the others: its first cell."""
        first = self.cells.get(columns[0].label) if columns else None
        return first.text if first and first.text else say("Zeile {0}").format(number)


class TableReader:
    """The tables of one perspective's filled form as the report prints them."""

    def __init__(
        self, filled: FilledForm, xform: XForm, answers: Answers, perspective: Perspective
    ) -> None:
        self._filled = filled
        self._xform = xform
        self._answers = answers
        self._perspective = perspective
        self._sums = " ".join(b.calculate for b in xform.binds.values() if b.calculate)

    def label(self, item: Item) -> str:
        """The words above a table or column."""
        return self._xform.text(item.path, "label", spoken()) or item.label

    def tables(self, item: Item, within: str = "", title: str = "") -> Iterator[AnswerTable]:
        """A table and those inside its rows; none where no row says anything.

        within: key of the row around it, title: what precedes its own, both "" at the top. A row of
        job profiles with fewer than three persons is masked, and so is one whose number of persons
        nobody gave: it may be one of them. What is inside a masked row is masked with it.
        """
        key = f"{within}/{item.label}" if within else item.label
        if not self._filled.session.is_relevant(f"{self._filled.ref_of(key)}#range"):
            return
        title += self.label(item)
        rows = [row for row in self._rows(key, item) if row.cells or item.inner]
        shown, masked = _parted(item, rows)
        if any(row.cells for row in rows):
            yield self._table(item, [row for row in shown if row.cells], title, masked, key)
        for number, row in enumerate(shown, start=1):
            for inner in item.inner:
                name = row.name(item.columns, number)
                yield from self.tables(inner, row.key, f"{title} – {name}: ")

    def _table(
        self, item: Item, rows: Sequence[_Row], title: str, masked: Sequence[str], key: str
    ) -> AnswerTable:
        nothing = _Cell("", "", None)
        columns = [c for c in item.columns if any(r.cells.get(c.label, nothing).text for r in rows)]
        return AnswerTable(
            title=title,
            perspective=self._perspective,
            columns=tuple(
                AnswerColumn(label=self.label(c), is_number=c.kind in NUMBERS) for c in columns
            ),
            rows=tuple(tuple(r.cells.get(c.label, nothing).text for c in columns) for r in rows),
            total=self._total(
                columns, rows, say("Summe der gezeigten") if masked else say("Summe")
            ),
            notes=(*masked, *self._notes(key, item, rows)),
        )

    def _rows(self, key: str, item: Item) -> Iterator[_Row]:
        for row in self._filled.rows(key):
            row_key = f"{key}{ROW}{row}"
            found = {
                column.label: cell
                for column in item.columns
                if column.kind not in UNPRINTED
                and (cell := self._cell(f"{row_key}/{column.label}", column)) is not None
            }
            yield _Row(row_key, found)

    def _cell(self, key: str, column: Item) -> _Cell | None:
        """None where nothing was said, or the row's other answers make it irrelevant."""
        record = self._answers.get(key)
        if record is None or (record.response.state is AnswerState.OPEN and not record.note):
            return None
        ref = self._filled.ref_of(key)
        if not self._filled.session.is_relevant(ref):
            return None
        response = record.response
        words = answer_words(self._filled, column, ref, response) or _state(response)
        number = number_of(response) if column.kind in NUMBERS else None
        return _Cell(words, remark(record), number)

    def _total(self, columns: Sequence[Item], rows: Sequence[_Row], title: str) -> tuple[str, ...]:
        """Sums of the shown rows, of the columns that the form itself sums up; () for none."""
        sums = [
            _sum([row.cells[c.label].number for row in rows if c.label in row.cells])
            if self._is_summed(c)
            else ""
            for c in columns
        ]
        if not any(sums):
            return ()
        return (f"{title} {sums[0]}".strip(), *sums[1:])

    def _is_summed(self, column: Item) -> bool:
        pattern = rf"\bsum\(\s*{re.escape(column.path)}(?![\w.-])"
        return column.kind in NUMBERS and re.search(pattern, self._sums) is not None

    def _notes(self, key: str, item: Item, rows: Sequence[_Row]) -> Iterator[str]:
        """What was noted to the table, then to its cells."""
        if record := self._answers.get(key):
            said = ", ".join(p for p in (_state(record.response), remark(record)) if p)
            yield from [said] if said else []
        for number, row in enumerate(rows, start=1):
            for column in item.columns:
                cell = row.cells.get(column.label)
                if cell and cell.remark:
                    yield f"{row.name(item.columns, number)}, {self.label(column)}: {cell.remark}"


def remark(record: AnswerRecord) -> str:
    """The reason and the note of an answer."""
    return "\n".join(part for part in (record.response.reason, record.note) if part)


def _state(response: Response) -> str:
    """The word of a state that takes an answer's place, else ""."""
    silent = (AnswerState.ANSWERED, AnswerState.OPEN)
    return "" if response.state in silent else wording.STATES[response.state]


def _sum(numbers: Sequence[Decimal | None]) -> str:
    found = [number for number in numbers if number is not None]
    return plain(sum(found, Decimal(0))) if found else ""


def _parted(item: Item, rows: Sequence[_Row]) -> tuple[list[_Row], list[str]]:
    """The rows that may be shown, and the sentences that stand for the others."""
    end = MASKED.get(item.path.rpartition("/")[2])
    if end is None:
        return list(rows), []
    column = next((c.label for c in item.columns if _end(c) == end), "")
    shown, few, unknown = [], 0, 0
    for row in rows:
        cell = row.cells.get(column)
        if cell is None or cell.number is None:
            unknown += 1
        elif cell.number < LEAST_PERSONS:
            few += 1
        else:
            shown.append(row)
    said = ((few, say(_FEW)), (unknown, say(_UNKNOWN)))
    return shown, [
        f"{counted(n, say('Tätigkeit', 'count'), say('Tätigkeiten', 'count'))} {why}"
        for n, why in said
        if n
    ]


def _end(column: Item) -> str:
    """ "job_heads" → "heads", whatever the table calls its rows."""
    name = column.path.rpartition("/")[2]
    return name.partition("_")[2] or name

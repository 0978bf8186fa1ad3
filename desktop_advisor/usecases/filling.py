"""A questionnaire as one perspective filled it, and the keys its places are stored under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from desktop_advisor.domain.answers import AnswerState, Response
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.usecases.form_outline import FormOutline, Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.scoring import Answers
from desktop_advisor.usecases.workplace import Form, Workplace

ROW = "#"
_POSITION = re.compile(r"\[\d+\]")


def filled_session(
    place: Workplace, form: Form, company: Mapping[str, str], answers: Answers, language: str
) -> FormSession:
    """The form with the company's facts and these answers in it: what is relevant, how worded.

    company: question of the form's company group → value, as the company file knows it; "" is left
    unasked.
    """
    return FilledForm(place, form, company, answers, language).session


class FilledForm:
    """A form session over stored answers; translates between its refs and their keys.

    A key without its row's marker is an answer of a removed row and stays out.
    """

    def __init__(
        self,
        place: Workplace,
        form: Form,
        company: Mapping[str, str],
        answers: Answers,
        language: str,
    ) -> None:
        self.outline: FormOutline = outline_of(form)
        self._xform = form.xform
        self._rows = _rows(answers)
        self._add_counted_rows(answers)
        said = {
            self.ref_of(key): self.form_value(key, record.response)
            for key, record in answers.items()
            if self._has_place(key)
        }
        known = {
            path: company[name]
            for name, path in self.outline.company_paths.items()
            if company.get(name)
        }
        values = {**known, **self._row_stubs(), **said} if said or self._rows else {}
        self.session = FormSession(form.xform, now=place.clock, values=values, empty_repeats=True)
        self.session.set_language(language)
        for ref, value in known.items():
            self.session.set_value(ref, value)
        self.settle_counted_rows()

    # -- keys --------------------------------------------------------------------------------

    def item(self, key: str) -> Item:
        """The question or table a key names. Raises: KeyError."""
        return self.outline.by_label[label_of(key)]

    def ref_of(self, key: str) -> str:
        """The place of a key in the session. Raises: KeyError."""
        positions, table = [], ""
        for part in key.split("/"):
            label, mark, row = part.partition(ROW)
            table = f"{table}/{label}" if table else label
            if mark:
                positions.append(self._rows[table].index(row) + 1)
                table += mark + row
        return self._placed(self.outline.path_of[label_of(key)], positions)

    def key_of(self, ref: str) -> str:
        """The key of a place in the session. Raises: KeyError for a place that has none."""
        key, path = "", ""
        for part in ref.split("/")[1:]:
            name, bracket, position = part.partition("[")
            path += f"/{name}"
            if bracket:
                label = self.outline.label_of[path]
                table = f"{key}/{label}" if key else label
                key = table + ROW + self.rows(table)[int(position.rstrip("]")) - 1]
        label = self.outline.label_of[path]
        if ref.endswith("]"):
            return key
        return f"{key}/{label}" if key else label

    def has(self, key: str) -> bool:
        """Whether the key names a place that exists now, its rows included."""
        return self._has_place(key)

    def form_value(self, key: str, response: Response) -> str:
        """What the form holds for a response; a state it has no choice for leaves it empty."""
        item = self.outline.by_label.get(label_of(key))
        is_state = response.state not in (AnswerState.ANSWERED, AnswerState.OPEN)
        if is_state and item is not None and not item.takes(response.state):
            return ""
        return response.form_value

    # -- rows --------------------------------------------------------------------------------

    def rows(self, table: str) -> Sequence[str]:
        """The keys of the rows of a table, without the table's own."""
        return self._rows.get(table, ())

    def add_rows(self, table: str, rows: Sequence[str]) -> None:
        """Append empty rows. Raises KeyError where the form takes no more."""
        self.session.add_repeat(self.ref_of(table), len(rows))
        self._rows.setdefault(table, []).extend(rows)
        self.session.is_relevant(self.ref_of(f"{table}{ROW}{rows[-1]}"))

    def remove_row(self, row_key: str) -> None:
        """Take a row away; what is stored of it stays stored."""
        self.session.remove_repeat(self.ref_of(row_key))
        self._rows[table_of(row_key)].remove(row_key.rpartition(ROW)[2])

    def settle_counted_rows(self) -> bool:
        """Name the rows that the form itself has made or taken away; whether there were any."""
        before = dict(self._rows)
        for item in self.outline.by_label.values():
            if item.kind is Kind.TABLE and item.is_counted:
                self._count(item)
        return self._rows != before

    def kept(self) -> dict[str, str]:
        """Key → form value of everything asked or set that has to be stored to come back."""
        company = set(self.outline.company_paths.values())
        return {
            self.key_of(ref): value
            for ref, value in self.session.kept().items()
            if _POSITION.sub("", ref) not in company
        }

    # -- within ------------------------------------------------------------------------------

    def _has_place(self, key: str) -> bool:
        if label_of(key) not in self.outline.path_of or is_row(key):
            return False
        item = self.outline.by_label.get(label_of(key))
        if item is not None and item.kind is Kind.TABLE:
            return False
        try:
            self.ref_of(key)
        except (KeyError, ValueError):
            return False
        return True

    def _placed(self, path: str, positions: Iterable[int]) -> str:
        left, ref, plain = iter(positions), "", ""
        for name in path.split("/")[1:]:
            plain += f"/{name}"
            ref += f"/{name}"
            if plain in self._xform.repeats:
                position = next(left, None)
                ref += "" if position is None else f"[{position}]"
        return ref

    def _row_stubs(self) -> dict[str, str]:
        """An empty answer in each row, so that a row without answers comes back too."""
        stubs: dict[str, str] = {}
        for table, rows in self._rows.items():
            item = self.outline.by_label.get(label_of(table))
            if item is not None and item.columns:
                column = item.columns[0].label
                stubs |= {self.ref_of(f"{table}{ROW}{row}/{column}"): "" for row in rows}
        return stubs

    def _add_counted_rows(self, answers: Answers) -> None:
        """Rows the form counts are named by their number; every number that was used comes back."""
        for key in sorted(answers):
            table = ""
            for part in key.split("/")[:-1]:
                label, mark, row = part.partition(ROW)
                table = f"{table}/{label}" if table else label
                item = self.outline.by_label.get(label)
                if mark and item is not None and item.is_counted and row.isdigit():
                    rows = self._rows.setdefault(table, [])
                    rows.extend(str(n) for n in range(len(rows) + 1, int(row) + 1))
                table += mark + row

    def _count(self, item: Item) -> None:
        parents = [""] if not item.repeat else self._rows_of(item.repeat)
        for parent in parents:
            table = f"{parent}/{item.label}" if parent else item.label
            made, ref = 0, self.ref_of(table)
            while self._exists(f"{ref}[{made + 1}]"):
                made += 1
            self._rows[table] = [str(n) for n in range(1, made + 1)]

    def _rows_of(self, repeat: str) -> list[str]:
        label = self.outline.label_of[repeat]
        return [
            f"{table}{ROW}{row}"
            for table, rows in self._rows.items()
            if label_of(table) == label
            for row in rows
        ]

    def _exists(self, ref: str) -> bool:
        try:
            self.session.is_relevant(ref)
        except KeyError:
            return False
        return True


def label_of(key: str) -> str:
    """The last part of a key, without its row."""
    return key.rpartition("/")[2].partition(ROW)[0]


def is_row(key: str) -> bool:
    """Whether the key names a whole row."""
    return ROW in key.rpartition("/")[2]


def table_of(row_key: str) -> str:
    """The key of the table a row belongs to."""
    return row_key.rpartition(ROW)[0]


def _rows(answers: Answers) -> dict[str, list[str]]:
    """Table → its rows in the order they were made: a row is there while its marker is."""
    found: dict[str, list[str]] = {}
    for key in sorted(answers):
        if is_row(key) and answers[key].response.form_value:
            found.setdefault(table_of(key), []).append(key.rpartition(ROW)[2])
    return found

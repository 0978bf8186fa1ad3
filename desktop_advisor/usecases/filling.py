"""A questionnaire as one perspective filled it, and the keys its places are stored under."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from desktop_advisor.domain.answers import AnswerState, Perspective, Response
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.usecases.form_outline import FormOutline, Item, outline_of
from desktop_advisor.usecases.question_views import Kind
from desktop_advisor.usecases.scoring import Answers, has_said
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

    A key without its row's marker is an answer of a removed row and stays out. While nothing is
    said, or no longer, the form is as new, with what it proposes.
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
        self._rows = self._standing_rows(answers)
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
        values = {**known, **self._row_stubs(), **said} if has_said(answers) else {}
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

    def is_asked(self, key: str) -> bool:
        """Whether the key names a question or a row that is there and relevant now."""
        try:
            return self.session.is_relevant(self.ref_of(key))
        except (KeyError, ValueError):
            return False

    def form_value(self, key: str, response: Response) -> str:
        """What the form holds for a response; a state it has no choice for leaves it empty."""
        item = self.outline.by_label.get(label_of(key))
        is_state = response.state not in (AnswerState.ANSWERED, AnswerState.OPEN)
        if is_state and item is not None and not item.takes(response.state):
            return ""
        return response.form_value

    def asked(self, perspective: Perspective, parked: Collection[str]) -> tuple[str, ...]:
        """Keys of what that perspective is asked now, in order; parked sections are left out."""
        items = self.outline.items
        return tuple(key for item in items for key in self._asked(item, "", perspective, parked))

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
        self._forget_within(row_key)

    def settle_counted_rows(self) -> frozenset[str]:
        """Name the rows that the form itself has made or taken away; the keys of those."""
        before = self._counted_rows()
        for item in self.outline.by_label.values():
            if item.kind is Kind.TABLE and item.is_counted:
                self._count(item)
        moved = before ^ self._counted_rows()
        for row in moved & before:
            self._forget_within(row)
        return moved

    def kept(self) -> dict[str, str]:
        """Key → form value of everything asked or set that has to be stored to come back."""
        company = set(self.outline.company_paths.values())
        return {
            self.key_of(ref): value
            for ref, value in self.session.kept().items()
            if _POSITION.sub("", ref) not in company
        }

    # -- within ------------------------------------------------------------------------------

    def _asked(
        self, item: Item, row: str, perspective: Perspective, parked: Collection[str]
    ) -> Iterator[str]:
        """The item's key if it is asked now, then those of the tables within its rows."""
        key = f"{row}/{item.label}" if row else item.label
        if item.kind is Kind.OTHER or perspective not in item.perspectives:
            return
        if item.section in parked:
            return
        ref = self.ref_of(key)
        if not self.session.is_relevant(f"{ref}#range" if item.kind is Kind.TABLE else ref):
            return
        if item.kind is Kind.NOTE and not self.session.state(ref).label:
            return
        yield key
        for own in self.rows(key) if item.inner else ():
            for table in item.inner:
                yield from self._asked(table, f"{key}{ROW}{own}", perspective, parked)

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

    def _standing_rows(self, answers: Answers) -> dict[str, list[str]]:
        """Table → its rows in the order they were made, those of removed rows left out.

        A row is there while its marker is. Rows the form counts have none: they are named by their
        number, and every number that was used comes back.
        """
        found: dict[str, list[str]] = {}
        for key in sorted(answers):  # a row before everything in it
            table = ""
            for part in key.split("/"):
                label, mark, row = part.partition(ROW)
                table = f"{table}/{label}" if table else label
                item = self.outline.by_label.get(label)
                if not mark or item is None or item.kind is not Kind.TABLE:
                    break
                rows = found.get(table, [])
                if item.is_counted and row.isdigit():
                    rows += [str(n) for n in range(len(rows) + 1, int(row) + 1)]
                elif f"{table}{ROW}{row}" == key and answers[key].response.form_value:
                    rows.append(row)
                elif row not in rows:
                    break
                found[table] = rows
                table += mark + row
        return found

    def _counted_rows(self) -> frozenset[str]:
        return frozenset(
            f"{table}{ROW}{row}"
            for table, rows in self._rows.items()
            if self.item(table).is_counted
            for row in rows
        )

    def _forget_within(self, row_key: str) -> None:
        for table in [table for table in self._rows if table.startswith(f"{row_key}/")]:
            del self._rows[table]

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


def rows_around(key: str) -> tuple[str, ...]:
    """The keys of the rows that a cell or a row stands in, the outermost first."""
    parts = key.split("/")
    return tuple("/".join(parts[:end]) for end in range(1, len(parts)))

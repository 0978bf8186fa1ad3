"""A personnel list, one person per row, turned at once into counts per job.

Nothing of a person survives: the result holds jobs, counts and row numbers, no cell of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_advisor.domain.cell_values import folded, read_day, read_number
from desktop_advisor.domain.pasted_table import PastedTable

RETIREMENT_AGE = 67
"""Regelaltersgrenze for everybody born 1964 or later (§ 35 SGB VI). Our assumption for all:
early pensions and the months of older years are left aside, so exits are rather too few."""
EXIT_YEARS = 5
LEAST_GROUP = 3
"""Smaller groups point at persons and are masked in the report (domain §3)."""
OTHERS = "übrige"
BANDS = ("under30", "30to44", "45to54", "55to59", "60plus")
"""Age bands as the names of their columns end (domain §3)."""
_UPPER = (30, 45, 55, 60)
_YOUNGEST, _OLDEST = 14, 99
"""An age outside is a slip of the pen: nobody may work before 15 (§ 5 JArbSchG), and 14 is
somebody who begins this year."""

_JOB_HEADS = ("taetigkeit", "beruf", "stelle", "funktion", "position", "arbeitsplatz", "job")
_BIRTH_HEADS = ("geburtsdatum", "geburtstag", "geburtsjahr", "jahrgang", "geb", "birth", "alter")


@dataclass(frozen=True)
class JobGroup:
    """Everybody of one job.

    bands: heads per age band, in the order of BANDS; persons without a readable age are in none.
    exits: of them so many reach 67 within five years.
    """

    job: str
    heads: int
    bands: tuple[int, ...]
    exits: int

    @property
    def is_small(self) -> bool:
        """So few that they could be recognised."""
        return self.heads < LEAST_GROUP


@dataclass(frozen=True)
class StaffSummary:
    """The whole list as counts.

    without_job, without_age: row numbers as the owner of the list counts them.
    """

    groups: tuple[JobGroup, ...]
    without_job: tuple[int, ...]
    without_age: tuple[int, ...]

    @property
    def heads(self) -> int:
        """Persons in all groups."""
        return sum(group.heads for group in self.groups)

    @property
    def small(self) -> tuple[JobGroup, ...]:
        """Groups under three persons, „übrige" included."""
        return tuple(group for group in self.groups if group.is_small)


def find_columns(pasted: PastedTable) -> tuple[int | None, int | None]:
    """The columns that seem to hold job and birth, by their heads; None where none does."""
    return _headed(pasted, _JOB_HEADS), _headed(pasted, _BIRTH_HEADS)


def _headed(pasted: PastedTable, words: Sequence[str]) -> int | None:
    for word in words:
        for number, head in enumerate(pasted.heads):
            if any(part.startswith(word) for part in folded(head).replace("-", " ").split()):
                return number
    return None


def summarise(pasted: PastedTable, job_column: int, birth_column: int, today: date) -> StaffSummary:
    """Heads, age bands and exits per job, in the order in which the jobs first appear."""
    jobs: dict[str, list[int | None]] = {}
    spelled: dict[str, str] = {}
    without_job, without_age = [], []
    for number, row in enumerate(pasted.rows, start=pasted.first_row):
        job = " ".join(row[job_column].split())
        if not job:
            without_job.append(number)
            continue
        age = read_age(row[birth_column], today)
        if age is None:
            without_age.append(number)
        key = folded(job)
        jobs.setdefault(key, []).append(age)
        spelled.setdefault(key, job)
    groups = tuple(_group(spelled[key], ages) for key, ages in jobs.items())
    return StaffSummary(groups, tuple(without_job), tuple(without_age))


def read_age(cell: str, today: date) -> int | None:
    """Age in full years from a birthday, a year of birth or an age; None if it says none.

    A year alone counts as if the birthday had passed (our choice: half of them have).
    """
    day = read_day(cell, today)
    if day is not None:
        if day > today and day.year > today.year:
            day = day.replace(year=day.year - 100, day=min(day.day, 28))
        age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    else:
        number = read_number(cell)
        if number is None or number != number.to_integral_value():
            return None
        digits = cell.strip()
        # "1.968" is no year of birth that anybody writes, yet Excel may show it so.
        age = int(number) if len(digits) <= 3 else today.year - int(number)
    return age if _YOUNGEST <= age <= _OLDEST else None


def _group(job: str, ages: Iterable[int | None]) -> JobGroup:
    bands, exits, heads = [0] * len(BANDS), 0, 0
    for age in ages:
        heads += 1
        if age is not None:
            bands[sum(age >= upper for upper in _UPPER)] += 1
            exits += age + EXIT_YEARS >= RETIREMENT_AGE
    return JobGroup(job, heads, tuple(bands), exits)


def merged(summary: StaffSummary) -> StaffSummary:
    """All groups under three persons as one, "übrige", at the end."""
    small = [group for group in summary.groups if group.is_small]
    if not small:
        return summary
    # An existing group of that name takes them in.
    rest = [group for group in summary.groups if not group.is_small and group.job != OTHERS]
    joined = [*small, *(g for g in summary.groups if not g.is_small and g.job == OTHERS)]
    bands = tuple(sum(group.bands[n] for group in joined) for n in range(len(BANDS)))
    heads, exits = sum(group.heads for group in joined), sum(group.exits for group in joined)
    others = JobGroup(OTHERS, heads, bands, exits)
    return StaffSummary((*rest, others), summary.without_job, summary.without_age)


def seems_named(summary: StaffSummary) -> bool:
    """Whether the jobs look like names of persons: nearly as many as there are persons."""
    return summary.heads >= 5 and 2 * summary.heads < 3 * len(summary.groups)


def has_staff_columns(columns: Iterable[str]) -> bool:
    """Whether a table of these columns can take a personnel list."""
    return set(staff_columns(columns)) >= {"name", "heads", *BANDS}


def staff_columns(columns: Iterable[str]) -> dict[str, str]:
    """What a count is called → the column that takes it: "under30" → "job_under30"."""
    wanted = {"name", "heads", *BANDS, f"exits{EXIT_YEARS}"}
    ends = {column.partition("_")[2] or column: column for column in columns}
    return {end: column for end, column in ends.items() if end in wanted}


def table_rows(summary: StaffSummary, columns: Iterable[str]) -> tuple[Mapping[str, str], ...]:
    """One row per group: column name → form value, for the columns the table has."""
    known = staff_columns(columns)
    rows = []
    for group in summary.groups:
        counts = dict(zip(BANDS, group.bands, strict=True))
        values = {
            "name": group.job,
            "heads": str(group.heads),
            f"exits{EXIT_YEARS}": str(group.exits),
            **{band: str(count) for band, count in counts.items()},
        }
        rows.append({column: values[end] for end, column in known.items()})
    return tuple(rows)

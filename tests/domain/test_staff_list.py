"""A personnel list becomes counts per job, and no person is left in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.pasted_table import PastedTable, read_pasted, with_header
from desktop_advisor.domain.staff_list import (
    BANDS,
    OTHERS,
    JobGroup,
    StaffSummary,
    find_columns,
    has_staff_columns,
    merged,
    read_age,
    seems_named,
    summarise,
    table_rows,
)

TODAY = date(2026, 11, 22)
COLUMNS = ("job_name", "job_kldb", "job_heads", *(f"job_{b}" for b in BANDS), "job_exits5")
LIST = """Name\tPersonalnr.\tTätigkeit\tGeb.-Datum
Erika Mustermann\t4711\tZerspanung\t01.05.1962
Max Quastenflosser\t4712\tZerspanung\t22.11.1996
Sunčica Zwölfer\t4713\tzerspanung \t23.11.1996
Ole Öhlenschläger\t4714\tLogistik\t1980
Ute Unleserlich\t4715\tLogistik\tkeine Angabe
Ina Irgendwo\t4716\t\t03.03.1990
"""


def staff() -> PastedTable:
    return with_header(read_pasted(LIST), has_header=True)


def test_the_columns_are_found_by_their_heads() -> None:
    assert find_columns(staff()) == (2, 3)
    assert find_columns(PastedTable(("Beschäftigte Stelle", "Alter"), ())) == (0, 1)
    assert find_columns(PastedTable(("A", "B"), ())) == (None, None)


def test_persons_become_counts_per_job() -> None:
    summary = summarise(staff(), 2, 3, TODAY)

    assert summary.groups == (
        JobGroup("Zerspanung", 3, (1, 1, 0, 0, 1), 1),
        JobGroup("Logistik", 2, (0, 0, 1, 0, 0), 0),
    )
    assert summary.without_age == (6,)
    assert summary.without_job == (7,)


def test_no_name_or_birthday_of_the_list_is_in_the_result() -> None:
    summary = merged(summarise(staff(), 2, 3, TODAY))

    said = repr(summary) + repr(table_rows(summary, COLUMNS))

    private = [cell for row in staff().rows for number, cell in enumerate(row) if number != 2]
    assert [cell for cell in private if cell and cell in said] == []


@pytest.mark.parametrize(
    ("cell", "age"),
    [
        ("22.11.1976", 50),
        ("23.11.1976", 49),
        ("22.11.76", 50),
        ("1976-11-22", 50),
        ("1976", 50),
        ("50", 50),
        ("1.976", 50),
        ("50,5", None),
        ("200", None),
        ("3", None),
        ("2020", None),
        ("", None),
        ("01.01.1890", None),
    ],
)
def test_an_age_is_read_from_birthday_year_or_age(cell: str, age: int | None) -> None:
    assert read_age(cell, TODAY) == age


@pytest.mark.parametrize(
    ("age", "band", "exits"),
    [
        (29, "under30", 0),
        (30, "30to44", 0),
        (44, "30to44", 0),
        (45, "45to54", 0),
        (55, "55to59", 0),
        (59, "55to59", 0),
        (60, "60plus", 0),
        (61, "60plus", 0),
        (62, "60plus", 1),
    ],
)
def test_the_bands_begin_where_they_say(age: int, band: str, exits: int) -> None:
    pasted = PastedTable(("Job", "Alter"), (("Guss", str(age)),))

    (row,) = table_rows(summarise(pasted, 0, 1, TODAY), COLUMNS)

    assert [end for end in BANDS if row[f"job_{end}"] == "1"] == [band]
    assert row["job_exits5"] == str(exits)


def test_groups_under_three_are_merged_into_the_others() -> None:
    zero = (0, 0, 0, 0, 0)
    groups = (
        JobGroup("A", 2, (1, 1, 0, 0, 0), 0),
        JobGroup("B", 5, zero, 1),
        JobGroup("C", 1, (0, 0, 0, 0, 1), 1),
    )

    summary = merged(StaffSummary(groups, (), ()))

    assert summary.groups == (groups[1], JobGroup(OTHERS, 3, (1, 1, 0, 0, 1), 1))
    assert summary.small == ()
    assert merged(summary) == summary


def test_a_rest_of_two_is_still_small() -> None:
    summary = merged(StaffSummary((JobGroup("A", 2, (0,) * 5, 0),), (), ()))

    assert [group.job for group in summary.small] == [OTHERS]


def test_jobs_that_look_like_names_are_noticed() -> None:
    names = PastedTable(("Name", "Alter"), tuple((f"Person {n}", "40") for n in range(6)))
    jobs = PastedTable(("Job", "Alter"), (("Guss", "40"),) * 6)

    assert seems_named(summarise(names, 0, 1, TODAY))
    assert not seems_named(summarise(jobs, 0, 1, TODAY))


def test_only_a_table_with_age_bands_takes_a_personnel_list() -> None:
    assert has_staff_columns(COLUMNS)
    assert not has_staff_columns(("product_name", "product_heads"))


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 120)), max_size=40))
def test_merging_loses_nobody(people: list[tuple[str, int]]) -> None:
    rows = tuple((job, str(age)) for job, age in people)

    summary = summarise(PastedTable(("Job", "Alter"), rows), 0, 1, TODAY)

    assert summary.heads == merged(summary).heads == len(people)
    aged = sum(sum(group.bands) for group in merged(summary).groups)
    assert aged == len(people) - len(summary.without_age)

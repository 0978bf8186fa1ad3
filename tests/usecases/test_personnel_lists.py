"""Of a pasted personnel list only counts per job are kept, wherever one looks."""

from __future__ import annotations

import logging
import uuid
from datetime import date

import pytest
from sqlalchemy import inspect, text

from desktop_advisor.domain.pasted_table import read_pasted, seems_header, with_header
from desktop_advisor.domain.staff_list import find_columns, merged, summarise, table_rows
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.workplace import Workplace

NAMES = ("Quendolin Xaverius", "Ypsilanti", "Zwetschkenbaum")
LIST = "\n".join(
    (
        "Name\tTätigkeit\tGeburtsdatum",
        f"{NAMES[0]}\tGießer\t17.03.1961",
        f"{NAMES[1]}\tGießer\t02.11.1988",
        f"{NAMES[2]}\tGießer\t30.06.1999",
        f"{NAMES[0]}-Müller\tFormer\t05.05.1975",
    )
)


def everything(place: Workplace) -> str:
    """Every cell of every table of the decrypted store, the change log included."""
    with place.store.read() as session:
        connection = session.connection()
        tables = inspect(connection).get_table_names()
        rows = [
            row for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        ]
    cells = (cell for row in rows for cell in row)
    return "\n".join(c.decode("latin-1") if isinstance(c, bytes) else str(c) for c in cells)


def test_no_name_and_no_birthday_reaches_store_files_or_log(
    place: Workplace, visit_id: uuid.UUID, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    talk = Interview(place, visit_id, "vollcheck")
    cells = read_pasted(LIST)
    pasted = with_header(cells, has_header=seems_header(cells))
    job, birth = find_columns(pasted)
    assert job is not None
    assert birth is not None
    summary = merged(summarise(pasted, job, birth, date(2026, 11, 24)))
    columns = [column.name for column in talk.table("jobs").columns]
    talk.fill_rows("jobs", table_rows(summary, columns))
    talk.undo()
    talk.fill_rows("jobs", table_rows(summary, columns))
    shown = [row.cells[0].value for row in talk.table("jobs").rows]
    assert shown == ["Gießer", "übrige"]
    kept = everything(place) + caplog.text
    assert "Gießer" in kept
    words = [*" ".join(NAMES).split(), "17.03.1961", "1961-03-17", "Former"]
    assert [word for word in words if word in kept] == []
    for path in place.folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(word.encode() in content for word in (*words, "Gießer"))

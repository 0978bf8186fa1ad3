"""The journal of synchronising: bounded, readable, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path

import pytest

from desktop_advisor.usecases import sync_journal
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.sync_journal import export_journal, read_journal, write_journal
from desktop_advisor.usecases.workplace import Workplace


def test_the_newest_lines_stay_and_the_oldest_go(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_journal, "MOST_LINES", 5)
    for number in range(8):
        write_journal(place, "run", f"Lauf {number}")
    assert [line.text for line in read_journal(place)] == [f"Lauf {n}" for n in (7, 6, 5, 4, 3)]


def test_a_line_names_its_company_as_long_as_the_file_is_here(place: Workplace) -> None:
    company_id = create_company(place, CompanyDraft(name="Muldental GmbH"))
    write_journal(place, "conflict", "1 Feld steht in zwei Fassungen.", company_id)
    write_journal(place, "erased", "Endgültig gelöscht.", uuid.uuid4())
    gone, here = read_journal(place)
    assert (here.title, here.company) == ("Zwei Fassungen", "Muldental GmbH")
    assert gone.company == "–"


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+49 GmbH", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_no_cell_of_the_table_becomes_a_formula(
    place: Workplace, tmp_path: Path, name: str
) -> None:
    company_id = create_company(place, CompanyDraft(name=f"X{name}"))
    with place.store.edit(place.author) as session:
        from desktop_advisor.storage.models import Company

        session.get_one(Company, company_id).name = name
    write_journal(place, "run", f"{name}; mit\nUmbruch", company_id)
    path = export_journal(place, tmp_path / "verlauf.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file, delimiter=";")
    assert head == ["Zeitpunkt", "Art", "Firmenakte", "Was geschah"]
    assert len(row) == 4
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in row)


def test_the_text_has_one_line_for_each_entry_and_replaces_no_file(
    place: Workplace, tmp_path: Path
) -> None:
    write_journal(place, "run", "Nichts Neues.")
    write_journal(place, "failure", "Der Server\nist nicht erreichbar.")
    first = export_journal(place, tmp_path / "verlauf.txt")
    write_journal(place, "run", "Nichts Neues.")
    second = export_journal(place, tmp_path / "verlauf.txt")
    lines = first.read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("Nicht gelungen  Der Server ist nicht erreichbar.")
    assert second != first

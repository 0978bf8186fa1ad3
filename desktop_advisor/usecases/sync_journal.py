"""The journal of synchronising: a line for each run and for what came of it, in plain German.

Texts name no company: a line points at the file, so that the name is gone with the file.
"""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.storage.journal import add_line
from desktop_advisor.storage.sync_models import JournalEntry
from desktop_advisor.usecases.drives import put_file
from desktop_advisor.usecases.sync_state import company_names
from desktop_advisor.usecases.workplace import Workplace

MOST_LINES = 2_000
"""About three years of one run a working day with two lines beside it; older ones go."""
KINDS = {
    "run": "Synchronisierung",
    "failure": "Nicht gelungen",
    "conflict": "Zwei Fassungen",
    "quarantine": "Zurückgestellt",
    "erased": "Akte entfernt",
    "package": "Übergabe",
    "content": "Inhalte",
    "duplicate": "Doppelte Akte",
}
"""Kind of a line → what an advisor reads; an unknown one is shown as it stands."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings that a spreadsheet program takes for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True)
class JournalLine:
    """One line. company: name of the file it is about, "" for none, "–" where it is gone."""

    at: datetime
    kind: str
    text: str
    company_id: uuid.UUID | None = None
    company: str = ""

    @property
    def title(self) -> str:
        """The kind in words."""
        return KINDS.get(self.kind, self.kind)


def write_journal(
    place: Workplace, kind: str, text: str, company_id: uuid.UUID | None = None
) -> None:
    """Add a line; the oldest beyond `MOST_LINES` go."""
    add_line(place.store, place.clock(), kind, text, company_id, most=MOST_LINES)


def read_journal(place: Workplace, most: int = MOST_LINES) -> tuple[JournalLine, ...]:
    """The lines, newest first."""
    query = select(JournalEntry).order_by(JournalEntry.id.desc()).limit(most)
    with place.store.read() as session:
        entries = list(session.scalars(query))
        names = company_names(session, {e.company_id for e in entries if e.company_id})
        return tuple(
            JournalLine(
                at=entry.at,
                kind=entry.kind,
                text=entry.text,
                company_id=entry.company_id,
                company=(names.get(entry.company_id) or "–") if entry.company_id else "",
            )
            for entry in entries
        )


def export_journal(place: Workplace, target: Path) -> Path:
    """Write all lines; a name that ends in .csv gets a table, any other one text.

    Returns where they lie: an existing file is never replaced. Raises as `drives.put_file`.
    """
    lines = read_journal(place)
    words = as_csv(lines) if target.suffix.lower() == ".csv" else as_text(lines)
    return put_file(target.parent, target.name, words.encode("utf-8-sig"))


def as_text(lines: tuple[JournalLine, ...]) -> str:
    """One line each, newest first; lines end as Windows expects."""
    return "".join(
        "  ".join(part for part in (_moment(n.at), n.title, n.company, _flat(n.text)) if part)
        + "\r\n"
        for n in lines
    )


def as_csv(lines: tuple[JournalLine, ...]) -> str:
    """A table for German spreadsheet programs, in which no cell can become a formula."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(("Zeitpunkt", "Art", "Firmenakte", "Was geschah"))
    for line in lines:
        cells = (_moment(line.at), line.title, line.company, _flat(line.text))
        writer.writerow([_harmless(cell) for cell in cells])
    return page.getvalue()


def _moment(at: datetime) -> str:
    local = at.astimezone(BERLIN)
    return f"{short_date(local.date())} {local:%H:%M:%S}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell

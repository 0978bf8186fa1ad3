"""What the server itself knows of a company file: its name, tally, known runs and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from sync.blocks import UUID
from sync.protocol import Change
from sync.server.access import portions
from sync.server.admission import Admitted, Files
from sync.server.bulk import insert_rows
from sync.server.devices import Caller
from sync.server.frame_reading import FIGURES, JOINED, NAME
from sync.server.models import KnownRun, table_of
from sync.server.people_models import Assignment, CaseFigure, CompanyFile, JoinedCompany, Team
from sync.tally import Tally

LONGEST_NAME = 200
WRITTEN = ("name", "name_hlc", "change_count", "mark")
"""Columns of a company file that follow its changes."""
_FILE = table_of(CompanyFile)
_FOLLOWING = (
    update(_FILE)
    .where(
        _FILE.c.network_id == bindparam("of_network"),
        _FILE.c.company_id == bindparam("of_company"),
    )
    .values({name: bindparam(f"new_{name}") for name in WRITTEN})
)


@dataclass(frozen=True)
class Projection:
    """What follows from changes that were appended to the log.

    new: company files, begun by the caller. changed: those that were known before. runs: names of
    the changes. of_interest: what the server itself looks into.
    """

    network_id: int
    caller: Caller | None
    now: int
    new: Sequence[dict[str, Any]]
    changed: Sequence[dict[str, Any]]
    runs: Sequence[dict[str, Any]]
    of_interest: Sequence[Change]

    def write(self, session: Session) -> None:
        """Bring the company files up to date."""
        if self.caller is not None:
            _enter(session, self.caller, self.new, self.now)
        _write_down(session, self.changed)
        insert_rows(session, table_of(KnownRun), self.runs)
        _follow_figures(session, self.network_id, self.of_interest)
        _follow_joining(session, self.network_id, self.of_interest)


def projected(
    network_id: int,
    caller: Caller | None,
    admitted: Sequence[Admitted],
    files: Files,
    now: int,
) -> Projection:
    """What follows from what was admitted; `files` follows at once.

    caller: who begins the files that the network does not know yet, which `files` does not hold;
    None where there are none.
    """
    taken = [part for part in admitted if part.count]
    touched = {part.company_id for part in taken}
    new = sorted(touched - files.keys())
    if caller is not None:
        files |= {company_id: _begun(caller, company_id, now) for company_id in new}
    for part in taken:
        row = files[part.company_id]
        _count(row, part.runs)
        _name(row, part.of_interest)
    return Projection(
        network_id=network_id,
        caller=caller,
        now=now,
        new=[files[company_id] for company_id in new],
        changed=[files[company_id] for company_id in sorted(touched - {*new})],
        runs=[run for part in taken for run in _run_rows(network_id, part)],
        of_interest=[change for part in taken for change in part.of_interest],
    )


def begin_file(session: Session, caller: Caller, company_id: str, now: int) -> None:
    """A company file of which nothing is known yet but that the caller works with it."""
    _enter(session, caller, [_begun(caller, company_id, now)], now)


def _begun(caller: Caller, company_id: str, now: int) -> dict[str, Any]:
    return {
        "network_id": caller.network_id,
        "company_id": company_id,
        "name": "",
        "name_hlc": 0,
        "created_ms": now,
        "created_by": caller.advisor_id,
        "change_count": 0,
        "mark": Tally().text,
        "purge_reason": "",
    }


def _enter(session: Session, caller: Caller, rows: Sequence[dict[str, Any]], now: int) -> None:
    """New files: of the caller's team if it shares its files, else of the caller alone."""
    if not rows:
        return
    is_shared = session.get_one(Team, caller.team_id).shares_files
    assignments = [
        {
            "network_id": caller.network_id,
            "company_id": row["company_id"],
            "team_id": caller.team_id if is_shared else None,
            "advisor_id": None if is_shared else caller.advisor_id,
            "since_ms": now,
        }
        for row in rows
    ]
    insert_rows(session, table_of(CompanyFile), rows)
    insert_rows(session, table_of(Assignment), assignments)


def _write_down(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """What changed of files that were known before."""
    if not rows:
        return
    session.connection().execute(
        _FOLLOWING,
        [
            {"of_network": row["network_id"], "of_company": row["company_id"]}
            | {f"new_{name}": row[name] for name in WRITTEN}
            for row in rows
        ],
    )


def _count(row: dict[str, Any], fresh: Iterable[tuple[str, int, int]]) -> None:
    tally = Tally.of(row["change_count"], row["mark"]).with_runs(fresh)
    row["change_count"], row["mark"] = tally.count, tally.text


def _name(row: dict[str, Any], changes: Iterable[Change]) -> None:
    """The company's name as the newest change has it; PostgreSQL keeps no NUL in texts."""
    for change in changes:
        is_name = (change.entity, change.field) == NAME
        if is_name and change.hlc >= row["name_hlc"] and isinstance(change.value, str):
            row["name"] = change.value.replace("\x00", "")[:LONGEST_NAME]
            row["name_hlc"] = change.hlc


def _follow_figures(session: Session, network_id: int, changes: Iterable[Change]) -> None:
    """What the indicators know of a case: its newest figures, by the record that holds them."""
    figures = [c for c in changes if (c.entity, c.field) == FIGURES and isinstance(c.value, dict)]
    newest: dict[str, Change | CaseFigure] = {}
    for some in portions(sorted({change.entity_id for change in figures})):
        of_cases = (CaseFigure.network_id == network_id, CaseFigure.case_id.in_(some))
        for figure in session.scalars(select(CaseFigure).where(*of_cases)):
            newest[figure.case_id] = figure
    changed: dict[str, Change] = {}
    for change in figures:
        present = newest.get(change.entity_id)
        if present is not None and (
            present.company_id != change.company_id  # another file's case is not theirs to change
            or _age(present) >= _age(change)
        ):
            continue
        newest[change.entity_id] = changed[change.entity_id] = change
    for case_id, change in changed.items():
        session.merge(
            CaseFigure(
                network_id=network_id,
                case_id=case_id,
                company_id=change.company_id,
                hlc=change.hlc,
                writer=change.writer,
                n=change.n,
                body=msgspec.json.encode(change.value),
            )
        )
    session.flush()


def _age(of: Change | CaseFigure) -> tuple[int, str, int]:
    return (of.hlc, of.writer, of.n)


def _follow_joining(session: Session, network_id: int, changes: Iterable[Change]) -> None:
    """Which file a company's file was joined to last, "" once they were parted again."""
    for change in changes:
        is_joining = (change.entity, change.field) == JOINED
        if not is_joining or change.entity_id != change.company_id:
            continue
        present = session.get(JoinedCompany, (network_id, change.company_id))
        age = (change.hlc, change.writer, change.n)
        if present is not None and (present.hlc, present.writer, present.n) >= age:
            continue
        is_id = isinstance(change.value, str) and UUID.fullmatch(change.value)
        session.merge(
            JoinedCompany(
                network_id=network_id,
                company_id=change.company_id,
                joined_to=change.value if is_id else "",
                hlc=change.hlc,
                writer=change.writer,
                n=change.n,
            )
        )
        session.flush()


def _run_rows(network_id: int, changeset: Admitted) -> list[dict[str, Any]]:
    return [
        {
            "network_id": network_id,
            "writer": writer,
            "first": first,
            "last": first + length - 1,
            "company_id": changeset.company_id,
            "seq": changeset.seq,
        }
        for writer, first, length in changeset.runs
    ]

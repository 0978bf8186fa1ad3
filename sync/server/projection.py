"""What the server itself knows of a company file: its name, tally, known runs and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from sync.blocks import UUID
from sync.protocol import Change
from sync.server.access import portions
from sync.server.admission import Admitted
from sync.server.devices import Caller
from sync.server.models import KnownRun
from sync.server.people_models import Assignment, CaseFigure, CompanyFile, JoinedCompany, Team
from sync.tally import Tally

LONGEST_NAME = 200
NAME = ("company", "name")
FIGURES = ("case_figures", "figures")
JOINED = ("company", "merged_into")


def project(
    session: Session, network_id: int, caller: Caller | None, admitted: Sequence[Admitted], now: int
) -> None:
    """Bring the company files up to date with what was appended to the log.

    caller: who begins the files that the network does not know yet; None where there are none.
    """
    taken = [changeset for changeset in admitted if changeset.count]
    if not taken:
        return
    files = _files(session, network_id, {changeset.company_id for changeset in taken})
    if caller is not None:
        new = {c.company_id for c in taken} - files.keys()
        files |= begin_files(session, caller, sorted(new), now)
    for changeset in taken:
        row, known = files[changeset.company_id], list(changeset.of_kinds({NAME, FIGURES, JOINED}))
        _count(row, changeset.runs)
        _name(row, known)
        _follow_figures(session, network_id, known)
        _follow_joining(session, network_id, known)
    run_rows = [run for changeset in taken for run in _run_rows(network_id, changeset)]
    session.execute(insert(KnownRun), run_rows)
    session.execute(update(CompanyFile), list(files.values()))


def begin_files(
    session: Session, caller: Caller, company_ids: Sequence[str], now: int
) -> dict[str, dict[str, Any]]:
    """New company files: of the caller's team if it shares its files, else of the caller alone."""
    if not company_ids:
        return {}
    is_shared = session.get_one(Team, caller.team_id).shares_files
    files = {
        company_id: _file(caller.network_id, company_id, created_by=caller.advisor_id, now=now)
        for company_id in company_ids
    }
    assignments = [
        {
            "network_id": caller.network_id,
            "company_id": company_id,
            "team_id": caller.team_id if is_shared else None,
            "advisor_id": None if is_shared else caller.advisor_id,
            "since_ms": now,
        }
        for company_id in company_ids
    ]
    session.execute(insert(CompanyFile), list(files.values()))
    session.execute(insert(Assignment), assignments)
    return files


def _file(network_id: int, company_id: str, *, created_by: str, now: int) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "company_id": company_id,
        "name": "",
        "name_hlc": 0,
        "created_ms": now,
        "created_by": created_by,
        "change_count": 0,
        "mark": Tally().text,
    }


def _files(
    session: Session, network_id: int, company_ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    columns = CompanyFile.__table__.c
    query = select(
        columns.network_id,
        columns.company_id,
        columns.name,
        columns.name_hlc,
        columns.change_count,
        columns.mark,
    ).where(columns.network_id == network_id)
    return {
        row.company_id: dict(row._mapping)
        for some in portions(sorted(company_ids))
        for row in session.execute(query.where(columns.company_id.in_(some)))
    }


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
    for change in changes:
        if (change.entity, change.field) != FIGURES:
            continue
        if not isinstance(change.value, dict):
            continue
        present = session.get(CaseFigure, (network_id, change.entity_id))
        age = (change.hlc, change.writer, change.n)
        if present is not None and (
            present.company_id != change.company_id  # another file's case is not theirs to change
            or (present.hlc, present.writer, present.n) >= age
        ):
            continue
        session.merge(
            CaseFigure(
                network_id=network_id,
                case_id=change.entity_id,
                company_id=change.company_id,
                hlc=change.hlc,
                writer=change.writer,
                n=change.n,
                body=msgspec.json.encode(change.value),
            )
        )
        session.flush()


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

"""The published indicators in the database: brought up to date when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from sync.server.access import portions
from sync.server.database import Database, lock_log, now_ms
from sync.server.indicators import release
from sync.server.indicators.facts import CellKey, Cells, KeptFigure, cells_of, closed_cells
from sync.server.indicators.joined import ALONE, Leads, as_entered, leads_of
from sync.server.indicators.release import Cell
from sync.server.indicators.tables import Published
from sync.server.models import Network
from sync.server.people_models import CaseFigure, CompanyFile, IndicatorCell, JoinedCompany


def look(database: Database, network_id: int) -> Published:
    """What is published of a network now; whoever looks second gets the same.

    No change arrives meanwhile: one that joins two files would else be missed between them and
    their figures, and who has come in twice stays so.
    """
    with database.writing() as session:
        lock_log(session, network_id)
        _wait_for_turn(session, network_id)
        kept = {
            CellKey(row.kind, row.label): row
            for row in session.scalars(_cells_of_network(network_id))
        }
        before = {key: release.decode(row.body) for key, row in kept.items()}
        leads = _leads(session, network_id)
        after = advanced(before, cells_of(_figures(session, network_id), leads), leads)
        now = now_ms()
        for key, cell in after.items():
            _keep(session, network_id, key, kept, cell, now)
        as_of = {key: row.changed_ms for key, row in kept.items() if row.changed_ms}
    return Published(after, as_of)


def advanced(
    before: Mapping[CellKey, Cell], today: Cells, leads: Leads = ALONE
) -> dict[CellKey, Cell]:
    """Every cell one step on; cells that hold nothing are absent. today: by leading company."""
    closed = closed_cells(today)
    moved = {
        key: release.advance(
            cell := before.get(key, Cell()),
            as_entered(cell, today.get(key, {}), leads),
            is_measured=key.is_measured,
            is_closed=key in closed,
        )
        for key in sorted({*before, *today}, key=lambda key: (key.table, key.row))
    }
    return {key: cell for key, cell in moved.items() if cell.batches}


def forget_companies(session: Session, network_id: int, company_ids: Sequence[str]) -> None:
    """Take the ids of companies that are erased for good out of what is published.

    Their figures are deleted by whoever erases them.
    """
    _wait_for_turn(session, network_id)
    for row in session.scalars(_cells_of_network(network_id)):
        cell = release.decode(row.body)
        left = release.drop(cell, *company_ids)
        if left != cell:
            row.body = release.encode(left)


def _keep(
    session: Session,
    network_id: int,
    key: CellKey,
    kept: dict[CellKey, IndicatorCell],
    cell: Cell,
    now: int,
) -> None:
    row, body = kept.get(key), release.encode(cell)
    if row is None:
        row = IndicatorCell(
            network_id=network_id, kind=key.table, label=key.row, body=body, changed_ms=now
        )
        session.add(row)
        kept[key] = row
    elif row.body != body:
        old = release.decode(row.body)
        if (old.n, old.total) != (cell.n, cell.total):
            row.changed_ms = now
        row.body = body


def _figures(session: Session, network_id: int) -> list[KeptFigure]:
    rows = session.execute(
        select(CaseFigure.case_id, CaseFigure.company_id, CaseFigure.hlc, CaseFigure.body)
        .where(CaseFigure.network_id == network_id)
        .order_by(CaseFigure.case_id)
    )
    return [KeptFigure(*row) for row in rows]


def _leads(session: Session, network_id: int) -> Leads:
    """Joined company files that are still there, by what the log says of them."""
    rows = session.execute(
        select(JoinedCompany.company_id, JoinedCompany.joined_to).where(
            JoinedCompany.network_id == network_id, JoinedCompany.joined_to != ""
        )
    )
    into = {row.company_id: row.joined_to for row in rows}
    here = {
        company_id
        for some in portions(sorted(set(into.values())))
        for company_id in session.scalars(
            select(CompanyFile.company_id).where(
                CompanyFile.network_id == network_id,
                CompanyFile.company_id.in_(some),
                CompanyFile.purged_ms.is_(None),
            )
        )
    }
    return leads_of(into, here)


def _cells_of_network(network_id: int) -> Select[IndicatorCell]:
    return select(IndicatorCell).where(IndicatorCell.network_id == network_id)


def _wait_for_turn(session: Session, network_id: int) -> None:
    """One at a time per network; SQLite has seen to it when the transaction began."""
    session.execute(
        select(Network.id).where(Network.id == network_id).with_for_update(key_share=True)
    )

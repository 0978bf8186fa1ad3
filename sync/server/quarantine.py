"""Changes that were kept aside: shown to a coordinator, who has them tried again or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.hybrid_clock import COUNTER_BITS
from sync.server.access import mine_among
from sync.server.audit import AdministrationError, note
from sync.server.database import Database, lock_log, now_ms
from sync.server.devices import Caller
from sync.server.models import Device, QuarantinedChange, Registration
from sync.server.people_models import Advisor, CompanyFile
from sync.server.readmission import readmit

LONGEST_NAME = 200
T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True)
class QuarantineLine:
    """One change kept aside. company: the file's name, "" where none is known.

    entity, field: what it would have changed, "" where it cannot be read. author: who made it, at
    made_ms, 0 where that is not known. may_read: whether whoever asked works with the file; value:
    any JSON, None for all others. can_retry: its bytes are there. resolution: "" while nobody
    decided, "retried" or "dropped".
    """

    id: int
    received_ms: int
    reason: str
    company_id: str
    company: str
    entity: str
    field: str
    author: str
    made_ms: int
    may_read: bool
    value: Any
    device: str
    advisor: str
    can_retry: bool
    resolution: str
    resolved_ms: int | None


class Outline(msgspec.Struct, frozen=True):
    """As much of a kept change as anybody may be shown who decides on it."""

    entity: str = ""
    field: str = ""
    author: str = ""
    hlc: int = 0


class Content(msgspec.Struct, frozen=True):
    """What only those may be shown who work with the company file."""

    value: Any = None


def quarantined(
    database: Database,
    network_id: int,
    reader: Caller | None = None,
    *,
    resolved: bool = False,
    limit: int = 500,
) -> Sequence[QuarantineLine]:
    """The network's kept changes, newest first; resolved: also those that were decided on.

    reader: whose rights open the values; None for nobody's.
    """
    wanted = (
        select(QuarantinedChange, CompanyFile.name, Registration.name, Advisor.name)
        .outerjoin(
            CompanyFile,
            (CompanyFile.network_id == QuarantinedChange.network_id)
            & (CompanyFile.company_id == QuarantinedChange.company_id),
        )
        .outerjoin(Device, Device.id == QuarantinedChange.device_id)
        .outerjoin(Registration, Registration.id == Device.registration_id)
        .outerjoin(Advisor, Advisor.id == Registration.advisor_id)
        .where(QuarantinedChange.network_id == network_id)
        .order_by(QuarantinedChange.id.desc())
        .limit(limit)
    )
    if not resolved:
        wanted = wanted.where(QuarantinedChange.resolved_ms.is_(None))
    with database.reading() as session:
        rows = session.execute(wanted).all()
        named = {kept.company_id for kept, *_ in rows}
        mine = mine_among(session, reader, named) if reader is not None else set()
        return [_line(*row, may_read=row[0].company_id in mine) for row in rows]


def retry(database: Database, network_id: int, kept_id: int, actor: str) -> None:
    """Take a kept change into its company file after all.

    Raises: AdministrationError, also where what stood against it still does.
    """
    with database.writing() as session:
        kept = _undecided(session, network_id, kept_id)
        if not kept.body:
            raise AdministrationError("The change was too large to be kept; drop it.")
        reason = readmit(session, kept)
        if reason is not None:
            raise AdministrationError(f"The change still cannot be taken: {reason.value}.")
        _resolve(session, kept, "retried", actor)


def drop(database: Database, network_id: int, kept_id: int, actor: str) -> None:
    """Decide that a kept change is not wanted and delete it. Raises AdministrationError."""
    with database.writing() as session:
        kept = _undecided(session, network_id, kept_id)
        _resolve(session, kept, "dropped", actor)


def _undecided(session: Session, network_id: int, kept_id: int) -> QuarantinedChange:
    """The kept change, under the log's lock: a purge takes that first and then deletes the row."""
    lock_log(session, network_id)
    kept = session.get(QuarantinedChange, kept_id, with_for_update=True)
    if kept is None or kept.network_id != network_id:
        raise AdministrationError(f"There is no kept change {kept_id}.")
    if kept.resolved_ms is not None:
        raise AdministrationError(f"The kept change {kept_id} was {kept.resolution} already.")
    return kept


def _resolve(session: Session, kept: QuarantinedChange, resolution: str, actor: str) -> None:
    kept.resolution, kept.resolved_ms, kept.body = resolution, now_ms(), b""
    detail = {"company_id": kept.company_id, "reason": kept.reason}
    note(session, kept.network_id, actor, f"kept change {resolution}", str(kept.id), detail)


def _line(
    kept: QuarantinedChange,
    company: str | None,
    device: str | None,
    advisor: str | None,
    *,
    may_read: bool,
) -> QuarantineLine:
    outline = _read(kept.body, Outline)
    return QuarantineLine(
        id=kept.id,
        received_ms=kept.received_ms,
        reason=kept.reason,
        company_id=kept.company_id,
        company=company or "",
        entity=outline.entity[:LONGEST_NAME],
        field=outline.field[:LONGEST_NAME],
        author=outline.author[:LONGEST_NAME],
        made_ms=min(max(outline.hlc, 0) >> COUNTER_BITS, kept.received_ms),
        may_read=may_read,
        value=_read(kept.body, Content).value if may_read else None,
        device=device or "",
        advisor=advisor or "",
        can_retry=bool(kept.body) and kept.resolved_ms is None,
        resolution=kept.resolution,
        resolved_ms=kept.resolved_ms,
    )


def _read(body: bytes, shape: type[T]) -> T:
    """What the laptop sent, as far as it can be read."""
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return shape()

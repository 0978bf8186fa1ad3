"""Changes that were kept aside: shown to a coordinator, who has them tried again or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.server.audit import AdministrationError, note
from sync.server.database import Database, now_ms
from sync.server.models import Device, QuarantinedChange, Registration
from sync.server.people_models import Advisor, CompanyFile
from sync.server.readmission import readmit


@dataclass(frozen=True)
class QuarantineLine:
    """One change kept aside. company: the file's name, "" where none is known.

    what: "entity.field" that it would have changed, "" where it cannot be read; never its value.
    can_retry: its bytes are there. resolution: "" while nobody decided, "retried" or "dropped".
    """

    id: int
    received_ms: int
    reason: str
    company_id: str
    company: str
    what: str
    device: str
    advisor: str
    can_retry: bool
    resolution: str
    resolved_ms: int | None


class Outline(msgspec.Struct, frozen=True):
    """As much of a kept change as may be shown."""

    entity: str = ""
    field: str = ""


def quarantined(
    database: Database, network_id: int, *, resolved: bool = False, limit: int = 500
) -> Sequence[QuarantineLine]:
    """The network's kept changes, newest first; resolved: also those that were decided on."""
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
        return [
            QuarantineLine(
                id=kept.id,
                received_ms=kept.received_ms,
                reason=kept.reason,
                company_id=kept.company_id,
                company=company or "",
                what=_what(kept.body),
                device=device or "",
                advisor=advisor or "",
                can_retry=bool(kept.body) and kept.resolved_ms is None,
                resolution=kept.resolution,
                resolved_ms=kept.resolved_ms,
            )
            for kept, company, device, advisor in session.execute(wanted)
        ]


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


def _what(body: bytes) -> str:
    try:
        outline = msgspec.json.decode(body, type=Outline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return f"{outline.entity}.{outline.field}"[:200] if outline.entity else ""

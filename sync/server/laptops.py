"""The laptops of a network: their names, shutting them out, and having them erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from sync.server.access import portions
from sync.server.audit import COMMAND_LINE, AdministrationError, note
from sync.server.database import Database, now_ms
from sync.server.directory import checked_name
from sync.server.models import Device, IssuedCertificate, Network, Registration
from sync.server.people_models import Advisor, AuditEntry


@dataclass(frozen=True)
class DeviceLine:
    """One laptop with all its copies; device_id is that of its first life.

    expires_ms: shut out by itself without contact until then. revoked_ms: None while it may sync.
    wipe_ms, announced_ms, wiped_ms: when its erasure was ordered, when it was confirmed at the
    laptop, which then says what goes with it, and when it was done. unsent: changes that waited on
    it when it last said so, None before.
    """

    device_id: str
    network: str
    name: str
    created_ms: int
    seen_ms: int
    revoked_ms: int | None
    advisor: str = ""
    expires_ms: int = 0
    wipe_ms: int | None = None
    wiped_ms: int | None = None
    unsent: int | None = None
    announced_ms: int | None = None

    @property
    def has_order(self) -> bool:
        """Whether it was here since its erasure was ordered, and so shows the order."""
        return self.wipe_ms is not None and self.seen_ms >= self.wipe_ms


def devices(database: Database, network_id: int | None = None) -> Sequence[DeviceLine]:
    """Registered laptops, of one network or all, by network and name."""
    wanted = (
        select(Registration, Network.name, Advisor.name)
        .join(Network, Network.id == Registration.network_id)
        .outerjoin(Advisor, Advisor.id == Registration.advisor_id)
        .order_by(Network.name, Registration.name, Registration.created_ms)
    )
    if network_id is not None:
        wanted = wanted.where(Registration.network_id == network_id)
    with database.reading() as session:
        rows = session.execute(wanted).all()
        ordered = {r.id: r.wipe_ms for r, _, _ in rows if r.wipe_ms is not None}
        announced = _announced(session, ordered)
        return [
            DeviceLine(
                device_id=r.id,
                network=network,
                name=r.name,
                created_ms=r.created_ms,
                seen_ms=r.seen_ms,
                revoked_ms=r.revoked_ms,
                advisor=advisor or "",
                expires_ms=r.expires_ms,
                wipe_ms=r.wipe_ms,
                wiped_ms=r.wiped_ms,
                unsent=r.unsent,
                announced_ms=announced.get(r.id),
            )
            for r, network, advisor in rows
        ]


def revoke(
    database: Database,
    device_id: str,
    actor: str = COMMAND_LINE,
    *,
    network_id: int | None = None,
) -> None:
    """Shut a laptop out, together with all copies of it: a thief could have made some.

    Its certificates go onto the revocation list; its data stay where they are. network_id: only
    if it is one of this network's. Raises: AdministrationError.
    """
    with database.writing() as session:
        registration = _registration(session, device_id, network_id)
        _shut_out(session, registration)
        note(session, registration.network_id, actor, "device revoked", registration.id)


def rename(
    database: Database,
    device_id: str,
    name: str,
    actor: str = COMMAND_LINE,
    *,
    network_id: int | None = None,
) -> None:
    """Call a laptop so from now on, in lists and in the log; on the laptop nothing changes.

    Raises: AdministrationError.
    """
    name = checked_name(name, "laptop")
    with database.writing() as session:
        registration = _registration(session, device_id, network_id)
        detail = {"from": registration.name, "to": name}
        registration.name = name
        note(session, registration.network_id, actor, "device renamed", registration.id, detail)


def order_wipe(
    database: Database,
    device_id: str,
    actor: str = COMMAND_LINE,
    *,
    network_id: int | None = None,
) -> int | None:
    """Shut a laptop out and have it erase itself when it next asks; a copy of it does the same.

    The number of changes that waited on it when it last said so, None where it never did; they
    are lost with it. Raises: AdministrationError.
    """
    with database.writing() as session:
        registration = _registration(session, device_id, network_id)
        _shut_out(session, registration)
        registration.wipe_ms = registration.wipe_ms or now_ms()
        unsent = registration.unsent
        detail = {"unsent": unsent}
        note(
            session, registration.network_id, actor, "device wipe ordered", registration.id, detail
        )
        return unsent


def cancel_wipe(
    database: Database,
    device_id: str,
    actor: str = COMMAND_LINE,
    *,
    network_id: int | None = None,
) -> None:
    """Take the order back, for a laptop that was found again; it stays shut out.

    Raises: AdministrationError, also once it has erased itself.
    """
    with database.writing() as session:
        registration = _registration(session, device_id, network_id)
        if registration.wipe_ms is None:
            raise AdministrationError("No erasure is ordered for this laptop.")
        if registration.wiped_ms is not None:
            raise AdministrationError("This laptop has erased itself already.")
        registration.wipe_ms = None
        note(session, registration.network_id, actor, "device wipe cancelled", registration.id)


def _announced(session: Session, ordered: Mapping[str, int]) -> dict[str, int]:
    """When these laptops said that they were about to erase themselves, since it was ordered."""
    found: dict[str, int] = {}
    for some in portions(sorted(ordered)):
        rows = session.execute(
            select(AuditEntry.subject, func.max(AuditEntry.at_ms))
            .where(AuditEntry.action == "device wipe begun", AuditEntry.subject.in_(some))
            .group_by(AuditEntry.subject)
        )
        found |= {subject: at_ms for subject, at_ms in rows if at_ms >= ordered[subject]}
    return found


def _registration(session: Session, device_id: str, network_id: int | None) -> Registration:
    device = session.get(Device, device_id)
    if device is None or network_id not in {None, device.network_id}:
        raise AdministrationError(f"There is no device {device_id}.")
    return session.get_one(Registration, device.registration_id)


def _shut_out(session: Session, registration: Registration) -> None:
    registration.revoked_ms = registration.revoked_ms or now_ms()
    session.execute(
        update(IssuedCertificate)
        .where(
            IssuedCertificate.registration_id == registration.id,
            IssuedCertificate.revoked_ms.is_(None),
        )
        .values(revoked_ms=registration.revoked_ms)
    )

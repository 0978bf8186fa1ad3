"""Where both ends of an exchange stand, in one statement: the server, its log, and the device."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from sync.server.devices import Caller
from sync.server.models import (
    Device,
    LogEntry,
    Registration,
    ServerIdentity,
    StoredReply,
    table_of,
)
from sync.server.people_models import ContentBundle


@dataclass
class Standing:
    """What the two ends need to know of each other.

    head: the highest place in the network's log, 0 when it is empty. content: newest bundle of the
    network, 0 for none. unsent: what waits on the laptop as it was last written down.
    registration_id: whose the device is, None for an unknown one. answered: the last batch of it
    that was answered, None before the first.
    """

    server_id: str
    epoch: str
    head: int
    content: int
    unsent: int | None
    registration_id: str | None
    last_reply: str
    own_from: int
    answered: str | None


_IDENTITY, _DEVICE = table_of(ServerIdentity).c, table_of(Device).c
_LOG, _CONTENT = table_of(LogEntry).c, table_of(ContentBundle).c
_LAPTOP, _REPLY = table_of(Registration).c, table_of(StoredReply).c
_NETWORK: BindParameter[int] = bindparam("network")
_STANDING = (
    select(
        _IDENTITY.server_id,
        _IDENTITY.epoch,
        select(func.coalesce(func.max(_LOG.seq), 0))
        .where(_LOG.network_id == _NETWORK)
        .scalar_subquery(),
        select(func.coalesce(func.max(_CONTENT.version), 0))
        .where(_CONTENT.network_id == _NETWORK)
        .scalar_subquery(),
        select(_LAPTOP.unsent).where(_LAPTOP.id == bindparam("laptop")).scalar_subquery(),
        _DEVICE.registration_id,
        func.coalesce(_DEVICE.last_reply, ""),
        func.coalesce(_DEVICE.own_from, 0),
        _REPLY.batch_id,
    )
    .select_from(table_of(ServerIdentity))
    .outerjoin(table_of(Device), _DEVICE.id == bindparam("device"))
    .outerjoin(table_of(StoredReply), _REPLY.device_id == _DEVICE.id)
)


def standing(session: Session, caller: Caller, device_id: str) -> Standing:
    """Where things stand now, for this caller and the device that it says it is."""
    named = {
        "network": caller.network_id,
        "laptop": caller.registration_id,
        "device": device_id,
    }
    return Standing(*session.connection().execute(_STANDING, named).one())

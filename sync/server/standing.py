"""Where both ends of an exchange stand, in one statement: the server, its log, and the device.

Who asks is looked at once more with it: a request's body may travel long after its token was
accepted, and what the log says of a move to another team has to meet the rights of after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from sync.server.database import now_ms
from sync.server.devices import CALLER, Caller, accepted
from sync.server.models import (
    Device,
    LogEntry,
    Registration,
    ServerIdentity,
    StoredReply,
    table_of,
)
from sync.server.people_models import Advisor, ContentBundle


@dataclass
class Standing:
    """What the two ends need to know of each other.

    caller: with the rights that hold now. head: the highest place in the network's log, 0 when it
    is empty. content: newest bundle of the network, 0 for none. unsent: what waits on the laptop as
    it was last written down. registration_id: whose the device is, None for an unknown one.
    answered: the last batch of it that was answered, None before the first.
    """

    caller: Caller
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
_ADVISOR = table_of(Advisor).c
_NETWORK: BindParameter[int] = bindparam("network")
_STANDING = (
    select(
        *CALLER,
        _IDENTITY.server_id,
        _IDENTITY.epoch,
        select(func.coalesce(func.max(_LOG.seq), 0))
        .where(_LOG.network_id == _NETWORK)
        .scalar_subquery(),
        select(func.coalesce(func.max(_CONTENT.version), 0))
        .where(_CONTENT.network_id == _NETWORK)
        .scalar_subquery(),
        _LAPTOP.unsent,
        _DEVICE.registration_id,
        func.coalesce(_DEVICE.last_reply, ""),
        func.coalesce(_DEVICE.own_from, 0),
        _REPLY.batch_id,
    )
    .select_from(table_of(ServerIdentity))
    .join(table_of(Registration), _LAPTOP.id == bindparam("laptop"))
    .join(table_of(Advisor), _ADVISOR.id == _LAPTOP.advisor_id)
    .outerjoin(table_of(Device), _DEVICE.id == bindparam("device"))
    .outerjoin(table_of(StoredReply), _REPLY.device_id == _DEVICE.id)
)


def standing(session: Session, caller: Caller, device_id: str) -> Standing:
    """Where things stand now, for this caller and the device that it says it is.

    Raises RefusalError where the caller is not accepted any more.
    """
    named = {
        "network": caller.network_id,
        "laptop": caller.registration_id,
        "device": device_id,
    }
    row: Any = session.connection().execute(_STANDING, named).first()
    return Standing(accepted(row, now_ms()), *row[len(CALLER) :])

"""A change that was kept aside is tried again, once what stood against it is put right."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sync.protocol import Reason
from sync.server.admission import compare
from sync.server.arrival import Arrival
from sync.server.database import lock_log, now_ms
from sync.server.log import append, head_of
from sync.server.models import QuarantinedChange
from sync.server.people_models import CompanyFile
from sync.server.projection import project


def readmit(session: Session, kept: QuarantinedChange) -> Reason | None:
    """None once the change is in the log, or was there already; else why it still is not.

    It goes to every laptop that works with the file. Inside the caller's write transaction.
    """
    lock_log(session, kept.network_id)
    file = session.get(CompanyFile, (kept.network_id, kept.company_id))
    if file is None:
        return Reason.NOT_ASSIGNED
    if file.purged_ms is not None:
        return Reason.PURGED
    arrived = [Arrival(kept.company_id, raws=[kept.body])]
    admitted = compare(session, kept.network_id, arrived, {})
    if admitted[0].quarantined:
        return Reason(admitted[0].quarantined[0][0])
    now = now_ms()
    head = head_of(session, kept.network_id)
    append(session, network_id=kept.network_id, device_id="", head=head, admitted=admitted, now=now)
    project(session, kept.network_id, None, admitted, now)
    return None

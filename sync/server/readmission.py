"""A change that was kept aside is tried again, once what stood against it is put right."""

from __future__ import annotations

from sqlalchemy.orm import Session

from sync.protocol import Reason
from sync.server.admission import compare, files_among
from sync.server.arrival import Arrival
from sync.server.database import lock_log, now_ms
from sync.server.devices import Caller
from sync.server.log import appending, head_of
from sync.server.models import Device, QuarantinedChange, Registration
from sync.server.people_models import Advisor
from sync.server.projection import projected


def readmit(session: Session, kept: QuarantinedChange) -> Reason | None:
    """None once the change is in the log, or was there already; else why it still is not.

    It goes to every laptop that works with the file. Inside the caller's write transaction.
    """
    lock_log(session, kept.network_id)
    files = files_among(session, kept.network_id, [kept.company_id])
    if files and files[kept.company_id]["purged_ms"] is not None:
        return Reason.PURGED
    arrived = [Arrival(kept.company_id, [kept.body])]
    admitted = compare(session, kept.network_id, arrived, {})
    if admitted[0].quarantined:
        return Reason(admitted[0].quarantined[0][0])
    now = now_ms()
    head = head_of(session, kept.network_id)
    sender = None if files else _sender(session, kept)
    with appending(
        session, network_id=kept.network_id, device_id="", head=head, admitted=admitted, now=now
    ):
        following = projected(kept.network_id, sender, admitted, files, now)
    following.write(session)
    return None


def _sender(session: Session, kept: QuarantinedChange) -> Caller:
    """Whose laptop sent it: theirs is a file that nobody has begun yet."""
    device = session.get_one(Device, kept.device_id)
    registration = session.get_one(Registration, device.registration_id)
    advisor = session.get_one(Advisor, registration.advisor_id)
    return Caller(
        registration_id=registration.id,
        network_id=kept.network_id,
        advisor_id=advisor.id,
        team_id=advisor.team_id,
        role=advisor.role,
    )

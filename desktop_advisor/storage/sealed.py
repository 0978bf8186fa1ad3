"""What is sealed stays as it is: reports, their signatures, their files (design §5, §10)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from desktop_advisor.storage.errors import SealedReport
from desktop_advisor.storage.models import Attachment, Report, Signature

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BORN = "rows born in this edit"
"""Key of Session.info: ids of the rows that the running edit itself has made."""


def is_written_once(entity: str, field: str) -> bool:
    """Whether the field stands as it was here first.

    Whatever value comes after it, from a laptop that does not keep the rule and under whichever
    stamp, stays in the log and is not shown, unless as a conflict. An attachment can be taken away
    from the company file, but never hold other bytes. Which file carries a report's time stamp
    becomes known later; that it continues the sealed one is checked whenever it is read.
    """
    if entity == "report":
        return field not in Report.COMPUTED
    if entity == "signature":
        return True
    return entity == "attachment" and field != "deleted"


def refuse_sealed_changes(
    session: Session, new: Sequence[object], changed: Mapping[object, set[str]]
) -> None:
    """Raises: SealedReport when the edit touches what was sealed before it began.

    changed: record → the logged fields that an edit of it sets.
    """
    born: set[uuid.UUID] = session.info.setdefault(BORN, set())
    born |= {r.id for r in new if isinstance(r, Report | Signature | Attachment)}
    for record in new:
        if isinstance(record, Signature) and _belongs_to_older_report(session, record, born):
            raise SealedReport
    for record, fields in changed.items():
        if isinstance(record, Report | Signature | Attachment) and record.id not in born:
            _refuse(session, record, fields)


def _refuse(session: Session, record: Report | Signature | Attachment, fields: set[str]) -> None:
    """Time stamps may come, and an attachment outside of every report may go; nothing else."""
    if isinstance(record, Report) and fields <= Report.COMPUTED:
        return
    is_removal = isinstance(record, Attachment) and fields <= {"deleted"}
    if is_removal and not _is_in_a_report(session, record.id):
        return
    raise SealedReport


def _belongs_to_older_report(session: Session, record: Signature, born: set[uuid.UUID]) -> bool:
    if record.report_id is None or record.report_id in born:
        return False
    with session.no_autoflush:
        found = select(Report.id).where(Report.id == record.report_id, Report.state == "sealed")
        return session.scalar(found) is not None


def _is_in_a_report(session: Session, attachment_id: uuid.UUID) -> bool:
    with session.no_autoflush:
        columns = (Report.attachment_id, Report.snapshot_id, Report.upgraded_id)
        files = or_(*(column == attachment_id for column in columns))
        if session.scalar(select(Report.id).where(files)) is not None:
            return True
        pictures = select(Signature.id).where(Signature.image_id == attachment_id)
        return session.scalar(pictures) is not None

"""Enrolment codes that no laptop has used yet: listed, and called back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from sync.server.audit import COMMAND_LINE, AdministrationError, note
from sync.server.database import Database, now_ms
from sync.server.models import EnrolmentCode


@dataclass(frozen=True)
class OpenCode:
    """A code that can still be used; person "" where it was given to nobody by name."""

    id: int
    person: str
    created_ms: int
    expires_ms: int


def open_codes(database: Database, network_id: int) -> Sequence[OpenCode]:
    """Codes of the network that can still be used, those that end first on top."""
    with database.reading() as session:
        rows = session.scalars(
            select(EnrolmentCode)
            .where(
                EnrolmentCode.network_id == network_id,
                EnrolmentCode.registration_id.is_(None),
                EnrolmentCode.expires_ms > now_ms(),
            )
            .order_by(EnrolmentCode.expires_ms)
        )
        return [OpenCode(row.id, row.person, row.created_ms, row.expires_ms) for row in rows]


def revoke_code(
    database: Database, network_id: int, code_id: int, actor: str = COMMAND_LINE
) -> None:
    """Call a code back: from now on it is as if it had run out. Raises AdministrationError."""
    with database.writing() as session:
        code = session.get(EnrolmentCode, code_id, with_for_update=True)
        if code is None or code.network_id != network_id:
            raise AdministrationError(f"There is no code {code_id}.")
        if code.registration_id is not None:
            raise AdministrationError("A laptop has used this code; shut out that laptop instead.")
        if code.expires_ms < now_ms():
            raise AdministrationError("This code is not valid any more.")
        code.expires_ms = 0
        note(
            session, network_id, actor, "enrolment code revoked", str(code_id), {"for": code.person}
        )

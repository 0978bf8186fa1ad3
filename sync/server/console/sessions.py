"""Who is signed in at the console: a random token in a cookie, kept as hash only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select

from sync.server.database import Database, now_ms
from sync.server.models import Network
from sync.server.people_models import Advisor, ConsoleSession

LONGEST_MS = 8 * 3_600_000
IDLE_MS = 30 * 60_000
STEP_MS = 60_000
"""A session's end is moved at most once a minute, so that reading a page rarely writes."""


@dataclass(frozen=True)
class Visitor:
    """A person who is signed in. csrf: what each form of this session carries."""

    advisor_id: str
    name: str
    role: str
    team_id: int
    network_id: int
    network: str
    csrf: str


def begin(database: Database, advisor_id: str) -> str:
    """The token of a new session; sessions that have ended are tidied away."""
    token, now = secrets.token_urlsafe(32), now_ms()
    with database.writing() as session:
        session.execute(delete(ConsoleSession).where(ConsoleSession.expires_ms < now))
        session.add(
            ConsoleSession(
                token_hash=_hash(token),
                advisor_id=advisor_id,
                created_ms=now,
                expires_ms=now + IDLE_MS,
            )
        )
    return token


def visitor_of(database: Database, token: str, allowed: frozenset[str]) -> Visitor | None:
    """Who holds this token; None where it has ended or the person may not be here any more."""
    now = now_ms()
    with database.reading() as session:
        row = session.execute(
            select(ConsoleSession, Advisor, Network.name)
            .join(Advisor, Advisor.id == ConsoleSession.advisor_id)
            .join(Network, Network.id == Advisor.network_id)
            .where(ConsoleSession.token_hash == _hash(token))
        ).one_or_none()
        if row is None:
            return None
        held, advisor, network = row
        ends_ms = min(now + IDLE_MS, held.created_ms + LONGEST_MS)
        if held.expires_ms < now or advisor.disabled_ms or advisor.role not in allowed:
            return None
        is_due = ends_ms - held.expires_ms > STEP_MS
        visitor = Visitor(
            advisor_id=advisor.id,
            name=advisor.name,
            role=advisor.role,
            team_id=advisor.team_id,
            network_id=advisor.network_id,
            network=network,
            csrf=csrf_of(token),
        )
    if is_due:
        _prolong(database, token, ends_ms)
    return visitor


def end(database: Database, token: str) -> None:
    """Sign out."""
    with database.writing() as session:
        session.execute(delete(ConsoleSession).where(ConsoleSession.token_hash == _hash(token)))


def csrf_of(token: str) -> str:
    """What the forms of a session carry: made from the token, and gives nothing away of it."""
    return hmac.new(token.encode(), b"konsole form", hashlib.sha256).hexdigest()


def _prolong(database: Database, token: str, ends_ms: int) -> None:
    with database.writing() as session:
        held = session.get(ConsoleSession, _hash(token))
        if held is not None:
            held.expires_ms = ends_ms


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

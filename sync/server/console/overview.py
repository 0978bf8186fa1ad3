"""The first page: what needs somebody's attention in the network."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get
from sqlalchemy import func, select

from sync.server.console.gate import SignedIn
from sync.server.console.rendering import EVERYONE, AnyRequest, render
from sync.server.database import Database, now_ms
from sync.server.models import QuarantinedChange, Registration
from sync.server.people_models import Advisor, CompanyFile
from sync.server.routes import OpenDatabase

QUIET_MS = 14 * 86_400_000
"""A laptop that was not heard of for two weeks is worth a question; our choice."""


@dataclass(frozen=True)
class Figures:
    """Counts of one network. quiet: laptops without contact for two weeks."""

    devices: int
    quiet: int
    files: int
    purged: int
    quarantined: int
    wiping: int


@dataclass(frozen=True)
class Contact:
    """A laptop and when it was last here; unsent: as it said then, None where it did not."""

    name: str
    advisor: str
    seen_ms: int
    is_quiet: bool


def figures(database: Database, network_id: int) -> Figures:
    """What the overview counts."""
    of_laptops = Registration.network_id == network_id, Registration.revoked_ms.is_(None)
    of_files = CompanyFile.network_id == network_id
    with database.reading() as session:

        def count(*conditions: object) -> int:
            query = select(func.count()).where(*conditions)  # type: ignore[arg-type]
            return session.execute(query).scalar_one()

        return Figures(
            devices=count(*of_laptops),
            quiet=count(*of_laptops, Registration.seen_ms < now_ms() - QUIET_MS),
            files=count(of_files, CompanyFile.purged_ms.is_(None)),
            purged=count(of_files, CompanyFile.purged_ms.is_not(None)),
            quarantined=count(
                QuarantinedChange.network_id == network_id, QuarantinedChange.resolved_ms.is_(None)
            ),
            wiping=count(
                Registration.network_id == network_id,
                Registration.wipe_ms.is_not(None),
                Registration.wiped_ms.is_(None),
            ),
        )


def longest_silent(database: Database, network_id: int, limit: int = 8) -> list[Contact]:
    """The laptops that may sync, those longest without contact first."""
    quiet_before = now_ms() - QUIET_MS
    with database.reading() as session:
        rows = session.execute(
            select(Registration, Advisor.name)
            .outerjoin(Advisor, Advisor.id == Registration.advisor_id)
            .where(Registration.network_id == network_id, Registration.revoked_ms.is_(None))
            .order_by(Registration.seen_ms)
            .limit(limit)
        )
        return [
            Contact(
                laptop.name, person or laptop.person, laptop.seen_ms, laptop.seen_ms < quiet_before
            )
            for laptop, person in rows
        ]


@get("/", opt={"roles": EVERYONE}, sync_to_thread=True)
def show_overview(request: AnyRequest, database: OpenDatabase, visitor: SignedIn) -> Response[str]:
    """Counts, and who was not heard of for long."""
    return render(
        request,
        "console/overview.html",
        figures=figures(database, visitor.network_id),
        contacts=longest_silent(database, visitor.network_id),
    )


HANDLERS = [show_overview]

"""The first page: what needs somebody's attention in the network."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get
from sqlalchemy import func, select

from sync.server import laptops
from sync.server.console.desk import AtDesk
from sync.server.console.devices import QUIET_MS
from sync.server.console.rendering import EVERYONE, roles_of
from sync.server.database import Database, now_ms
from sync.server.laptops import DeviceLine
from sync.server.models import QuarantinedChange
from sync.server.people_models import Advisor, CompanyFile

MOST_LAPTOPS = 8


@dataclass(frozen=True)
class Figures:
    """Counts of one network. people: those who are let in. quarantined: nobody decided yet."""

    people: int
    files: int
    purged: int
    quarantined: int


@dataclass(frozen=True)
class Laptops:
    """The network's laptops. silent: those that may sync, longest without contact first.

    quiet: how many of them were not here for two weeks. unsent: changes that they said to have
    when they were here last; oldest_unsent_ms: the earliest of these contacts, None without any.
    wiping: erasures that were ordered and not done yet.
    """

    silent: list[DeviceLine]
    quiet: int
    unsent: int
    oldest_unsent_ms: int | None
    wiping: int


def figures(database: Database, network_id: int) -> Figures:
    """What the overview counts."""
    of_files = CompanyFile.network_id == network_id
    with database.reading() as session:

        def count(*conditions: object) -> int:
            query = select(func.count()).where(*conditions)  # type: ignore[arg-type]
            return session.execute(query).scalar_one()

        return Figures(
            people=count(Advisor.network_id == network_id, Advisor.disabled_ms.is_(None)),
            files=count(of_files, CompanyFile.purged_ms.is_(None)),
            purged=count(of_files, CompanyFile.purged_ms.is_not(None)),
            quarantined=count(
                QuarantinedChange.network_id == network_id, QuarantinedChange.resolved_ms.is_(None)
            ),
        )


def of_laptops(database: Database, network_id: int) -> Laptops:
    """How the network's laptops are."""
    lines = laptops.devices(database, network_id)
    silent = sorted((d for d in lines if d.revoked_ms is None), key=lambda d: d.seen_ms)
    waiting = [d for d in silent if d.unsent]
    return Laptops(
        silent=silent,
        quiet=sum(d.seen_ms < now_ms() - QUIET_MS for d in silent),
        unsent=sum(d.unsent or 0 for d in waiting),
        oldest_unsent_ms=waiting[0].seen_ms if waiting else None,
        wiping=sum(d.wipe_ms is not None and d.wiped_ms is None for d in lines),
    )


@get("/", opt={"roles": EVERYONE}, sync_to_thread=True)
def show_overview(desk: AtDesk) -> Response[str]:
    """Counts, and who was not heard of for long."""
    role = desk.visitor.role
    return desk.page(
        "console/overview.html",
        figures=figures(desk.database, desk.network_id),
        laptops=of_laptops(desk.database, desk.network_id),
        most=MOST_LAPTOPS,
        quiet_before_ms=now_ms() - QUIET_MS,
        may_see={key: role in roles_of(key) for key in ("devices", "codes", "quarantine")},
    )


HANDLERS = [show_overview]

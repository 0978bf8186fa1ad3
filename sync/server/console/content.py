"""Published forms, catalogues and network profiles: which version the laptops get."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromQuery
from sqlalchemy import func, select

from sync.server.console import wording
from sync.server.console.gate import SignedIn
from sync.server.console.rendering import AnyRequest, render, roles_of
from sync.server.database import Database
from sync.server.intake import OpenDatabase
from sync.server.people_models import ContentBundle


@dataclass(frozen=True)
class BundleLine:
    """A published bundle without its content; size in bytes."""

    version: int
    published_ms: int
    published_by: str
    size: int


def bundles(database: Database, network_id: int) -> list[BundleLine]:
    """The network's bundles, newest first."""
    columns = ContentBundle.version, ContentBundle.published_ms, ContentBundle.published_by
    with database.reading() as session:
        rows = session.execute(
            select(*columns, func.length(ContentBundle.body))
            .where(ContentBundle.network_id == network_id)
            .order_by(ContentBundle.version.desc())
        )
        return [BundleLine(*row) for row in rows]


@get("/inhalte", opt={"roles": roles_of("content")}, sync_to_thread=True)
def show_content(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """All versions that were published."""
    return render(
        request,
        "console/content.html",
        bundles=bundles(database, visitor.network_id),
        done=wording.done(getan),
    )


HANDLERS = [show_content]

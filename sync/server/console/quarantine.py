"""Changes that the server kept aside: a coordinator has them taken in, or drops them."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from sync.server import quarantine
from sync.server.console import wording
from sync.server.console.desk import Answer, AtDesk, Desk, done_at
from sync.server.console.field_words import field_words, value_words
from sync.server.console.rendering import BASE, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.devices import Caller

PATH = f"{BASE}/quarantaene"
COORDINATORS = {"roles": roles_of("quarantine")}


@get("/quarantaene", opt=COORDINATORS, sync_to_thread=True)
def show_quarantine(desk: AtDesk, alle: FromQuery[str] = "") -> Response[str]:
    """What waits for a decision; alle: also what was decided."""
    return _list(desk, with_resolved=bool(alle))


@post("/quarantaene/{kept_id:int}/uebernehmen", opt=COORDINATORS, sync_to_thread=True)
def retry(desk: AtDesk, kept_id: FromPath[int]) -> Answer:
    """Take one change into its company file after all."""
    return _tried(desk, quarantine.retry, kept_id, "wiederholt")


@post("/quarantaene/{kept_id:int}/verwerfen", opt=COORDINATORS, sync_to_thread=True)
def drop(desk: AtDesk, kept_id: FromPath[int]) -> Answer:
    """Drop one change for good."""
    return _tried(desk, quarantine.drop, kept_id, "verworfen")


def _tried(
    desk: Desk, decide: Callable[[Database, int, int, str], None], kept_id: int, done: str
) -> Answer:
    def act() -> Answer:
        decide(desk.database, desk.network_id, kept_id, desk.visitor.name)
        return done_at(PATH, done)

    return desk.tried(act, lambda wrong: _list(desk, wrong))


def _list(desk: Desk, wrong: str = "", *, with_resolved: bool = False) -> Response[str]:
    kept = quarantine.quarantined(
        desk.database, desk.network_id, _reader(desk.visitor), resolved=with_resolved
    )
    return desk.page(
        "console/quarantine.html",
        wrong,
        kept=kept,
        with_resolved=with_resolved,
        reason=wording.reason,
        field_words=field_words,
        value_words=value_words,
    )


def _reader(visitor: Visitor) -> Caller:
    """The visitor with the rights that they have at a laptop of theirs."""
    return Caller("", visitor.network_id, visitor.advisor_id, visitor.team_id, visitor.role)


HANDLERS = [show_quarantine, retry, drop]

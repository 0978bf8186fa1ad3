"""Changes that the server kept aside: a coordinator has them taken in, or drops them."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from sync.server import quarantine
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.field_words import field_words, value_words
from sync.server.console.gate import SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.devices import Caller
from sync.server.intake import OpenDatabase

PATH = f"{BASE}/quarantaene"
COORDINATORS = {"roles": roles_of("quarantine")}


@get("/quarantaene", opt=COORDINATORS, sync_to_thread=True)
def show_quarantine(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    alle: FromQuery[str] = "",
    getan: FromQuery[str] = "",
) -> Response[str]:
    """What waits for a decision; alle: also what was decided."""
    done = wording.done(getan)
    return _list(request, database, visitor, with_resolved=bool(alle), done=done)


@post("/quarantaene/{kept_id:int}/uebernehmen", opt=COORDINATORS, sync_to_thread=True)
def retry(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, kept_id: FromPath[int]
) -> Response[str] | Response[None]:
    """Take one change into its company file after all."""
    try:
        quarantine.retry(database, visitor.network_id, kept_id, visitor.name)
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=wiederholt")


@post("/quarantaene/{kept_id:int}/verwerfen", opt=COORDINATORS, sync_to_thread=True)
def drop(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, kept_id: FromPath[int]
) -> Response[str] | Response[None]:
    """Drop one change for good."""
    try:
        quarantine.drop(database, visitor.network_id, kept_id, visitor.name)
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=verworfen")


def _list(
    request: AnyRequest,
    database: Database,
    visitor: Visitor,
    *,
    with_resolved: bool = False,
    done: str = "",
    wrong: str = "",
) -> Response[str]:
    return render(
        request,
        "console/quarantine.html",
        409 if wrong else 200,
        kept=quarantine.quarantined(
            database, visitor.network_id, _reader(visitor), resolved=with_resolved
        ),
        with_resolved=with_resolved,
        reason=wording.reason,
        field_words=field_words,
        value_words=value_words,
        done=done,
        wrong=wrong,
    )


def _reader(visitor: Visitor) -> Caller:
    """The visitor with the rights that they have at a laptop of theirs."""
    return Caller("", visitor.network_id, visitor.advisor_id, visitor.team_id, visitor.role)


HANDLERS = [show_quarantine, retry, drop]

"""People and teams of the network: who is here, what they may do, and how they sign in."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from sync.server import passphrases, people
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import Form, SentForm, SignedIn
from sync.server.console.rendering import (
    BASE,
    EVERYONE,
    AnyRequest,
    go_to,
    render,
    roles_of,
)
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.intake import OpenDatabase
from sync.server.people import AdvisorLine
from sync.server.people_models import ROLES

PATH = f"{BASE}/menschen"
ADMINS = {"roles": roles_of("people")}
OWN_ROLE = "Ihre eigene Rolle ändert eine andere Person der Verwaltung."
OWN_EXCLUSION = "Sich selbst schließen Sie nicht aus; das tut eine andere Person der Verwaltung."
UNEQUAL = "Die beiden Passphrasen sind nicht gleich."
NO_ROLE = "Bitte wählen Sie eine Rolle."

Answer = Response[str] | Response[None]


class _RefusedError(Exception):
    """What was asked is refused by the console itself; the message is German."""


@get("/menschen", opt=ADMINS, sync_to_thread=True)
def show_people(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, getan: FromQuery[str] = ""
) -> Response[str]:
    """Everybody of the network, and its teams."""
    return _list(request, database, visitor, done=wording.done(getan))


@post("/menschen", opt=ADMINS, sync_to_thread=True)
def add_person(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, form: SentForm
) -> Answer:
    """A new person."""
    try:
        made = people.add_advisor(
            database,
            visitor.network_id,
            form.text("name"),
            visitor.name,
            team=form.text("team"),
            role=_role(form),
        )
    except (AdministrationError, _RefusedError) as error:
        return _list(request, database, visitor, wrong=_german(error))
    to = f"{PATH}/{made.id}" if made.role in EVERYONE else PATH
    return go_to(f"{to}?getan=person")


@post("/menschen/teams", opt=ADMINS, sync_to_thread=True)
def add_team(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, form: SentForm
) -> Answer:
    """A new team."""
    try:
        people.add_team(
            database,
            visitor.network_id,
            form.text("name"),
            visitor.name,
            shares_files=form.text("teilt") == "ja",
        )
    except AdministrationError as error:
        return _list(request, database, visitor, wrong=wording.wrong(error))
    return go_to(f"{PATH}?getan=team")


@get("/menschen/{advisor_id:str}", opt=ADMINS, sync_to_thread=True)
def show_person(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    advisor_id: FromPath[str],
    getan: FromQuery[str] = "",
) -> Response[str]:
    """One person, and what can be changed about them."""
    return _one(request, database, visitor, advisor_id, done=wording.done(getan))


@post("/menschen/{advisor_id:str}/rolle", opt=ADMINS, sync_to_thread=True)
def set_role(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    advisor_id: FromPath[str],
) -> Answer:
    """Give a person another role."""

    def act() -> str:
        if advisor_id == visitor.advisor_id:
            raise _RefusedError(OWN_ROLE)
        people.set_role(database, visitor.network_id, advisor_id, _role(form), visitor.name)
        return "rolle"

    return _tried(request, database, visitor, advisor_id, act)


@post("/menschen/{advisor_id:str}/team", opt=ADMINS, sync_to_thread=True)
def move(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    advisor_id: FromPath[str],
) -> Answer:
    """Move a person to another team."""

    def act() -> str:
        people.move(database, visitor.network_id, advisor_id, form.text("team"), visitor.name)
        return "gewechselt"

    return _tried(request, database, visitor, advisor_id, act)


@post("/menschen/{advisor_id:str}/passphrase", opt=ADMINS, sync_to_thread=True)
def set_passphrase(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    advisor_id: FromPath[str],
) -> Answer:
    """Let a person sign in here by a new passphrase, or not any more."""

    def act() -> str:
        secret = "" if form.text("entziehen") else form.exactly("passphrase")
        if secret != form.exactly("noch_einmal") and not form.text("entziehen"):
            raise _RefusedError(UNEQUAL)
        if not secret and not form.text("entziehen"):
            raise _RefusedError("Bitte geben Sie eine Passphrase ein.")
        passphrases.set_passphrase(database, visitor.network_id, advisor_id, secret, visitor.name)
        return "passphrase" if secret else "ohne_passphrase"

    return _tried(request, database, visitor, advisor_id, act)


@post("/menschen/{advisor_id:str}/zugang", opt=ADMINS, sync_to_thread=True)
def set_access(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    advisor_id: FromPath[str],
) -> Answer:
    """Shut a person out, or let them in again."""

    def act() -> str:
        if form.text("zugang") == "ja":
            people.enable(database, visitor.network_id, advisor_id, visitor.name)
            return "zugelassen"
        if advisor_id == visitor.advisor_id:
            raise _RefusedError(OWN_EXCLUSION)
        people.disable(database, visitor.network_id, advisor_id, visitor.name)
        return "ausgeschlossen"

    return _tried(request, database, visitor, advisor_id, act)


def _tried(
    request: AnyRequest,
    database: Database,
    visitor: Visitor,
    advisor_id: str,
    act: Callable[[], str],
) -> Answer:
    """Do it and say so on the person's page, or say there why not."""
    _person(database, visitor, advisor_id)
    try:
        done = act()
    except (AdministrationError, _RefusedError) as error:
        return _one(request, database, visitor, advisor_id, wrong=_german(error))
    return go_to(f"{PATH}/{advisor_id}?getan={done}")


def _role(form: Form) -> str:
    role = form.text("rolle")
    if role not in ROLES:
        raise _RefusedError(NO_ROLE)
    return role


def _german(error: Exception) -> str:
    return wording.wrong(error) if isinstance(error, AdministrationError) else str(error)


def _list(
    request: AnyRequest, database: Database, visitor: Visitor, *, done: str = "", wrong: str = ""
) -> Response[str]:
    return render(
        request,
        "console/people.html",
        409 if wrong else 200,
        people=people.advisors(database, visitor.network_id),
        teams=people.teams(database, visitor.network_id),
        roles=wording.ROLES,
        done=done,
        wrong=wrong,
    )


def _one(
    request: AnyRequest,
    database: Database,
    visitor: Visitor,
    advisor_id: str,
    *,
    done: str = "",
    wrong: str = "",
) -> Response[str]:
    return render(
        request,
        "console/person.html",
        409 if wrong else 200,
        person=_person(database, visitor, advisor_id),
        teams=people.teams(database, visitor.network_id),
        roles=wording.ROLES,
        signs_in=EVERYONE,
        is_self=advisor_id == visitor.advisor_id,
        done=done,
        wrong=wrong,
    )


def _person(database: Database, visitor: Visitor, advisor_id: str) -> AdvisorLine:
    for person in people.advisors(database, visitor.network_id):
        if person.id == advisor_id:
            return person
    raise NotFoundException


HANDLERS = [
    show_people,
    add_person,
    add_team,
    show_person,
    set_role,
    move,
    set_passphrase,
    set_access,
]

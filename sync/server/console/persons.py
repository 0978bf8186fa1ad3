"""People and teams of the network: who is here, what they may do, and how they sign in."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from sync.server import passphrases, people
from sync.server.console import wording
from sync.server.console.desk import Answer, AtDesk, Desk, NotHereError, done_at
from sync.server.console.gate import Form
from sync.server.console.rendering import BASE, EVERYONE, roles_of
from sync.server.people import AdvisorLine
from sync.server.people_models import ROLES

PATH = f"{BASE}/menschen"
ADMINS = {"roles": roles_of("people")}
OWN_ROLE = "Ihre eigene Rolle ändert eine andere Person der Verwaltung."
OWN_EXCLUSION = "Sich selbst schließen Sie nicht aus; das tut eine andere Person der Verwaltung."
UNEQUAL = "Die beiden Passphrasen sind nicht gleich."
NO_ROLE = "Bitte wählen Sie eine Rolle."


@get("/menschen", opt=ADMINS, sync_to_thread=True)
def show_people(desk: AtDesk) -> Response[str]:
    """Everybody of the network, and its teams."""
    return _list(desk)


@post("/menschen", opt=ADMINS, sync_to_thread=True)
def add_person(desk: AtDesk) -> Answer:
    """A new person; one who may sign in here needs a passphrase next."""
    form = desk.sent

    def act() -> Answer:
        name, team, role = form.text("name"), form.text("team"), _role(form)
        made = people.add_advisor(
            desk.database, desk.network_id, name, desk.visitor.name, team=team, role=role
        )
        return done_at(f"{PATH}/{made.id}" if made.role in EVERYONE else PATH, "person")

    return desk.tried(act, lambda wrong: _list(desk, wrong))


@post("/menschen/teams", opt=ADMINS, sync_to_thread=True)
def add_team(desk: AtDesk) -> Answer:
    """A new team."""

    def act() -> Answer:
        name, shares = desk.sent.text("name"), desk.sent.text("teilt") == "ja"
        people.add_team(
            desk.database, desk.network_id, name, desk.visitor.name, shares_files=shares
        )
        return done_at(PATH, "team")

    return desk.tried(act, lambda wrong: _list(desk, wrong))


@get("/menschen/{advisor_id:str}", opt=ADMINS, sync_to_thread=True)
def show_person(desk: AtDesk, advisor_id: FromPath[str]) -> Response[str]:
    """One person, and what can be changed about them."""
    return _one(desk, advisor_id)


@post("/menschen/{advisor_id:str}/rolle", opt=ADMINS, sync_to_thread=True)
def set_role(desk: AtDesk, advisor_id: FromPath[str]) -> Answer:
    """Give a person another role."""

    def act() -> str:
        if advisor_id == desk.visitor.advisor_id:
            raise NotHereError(OWN_ROLE)
        role = _role(desk.sent)
        people.set_role(desk.database, desk.network_id, advisor_id, role, desk.visitor.name)
        return "rolle"

    return _tried(desk, advisor_id, act)


@post("/menschen/{advisor_id:str}/team", opt=ADMINS, sync_to_thread=True)
def move(desk: AtDesk, advisor_id: FromPath[str]) -> Answer:
    """Move a person to another team."""

    def act() -> str:
        team = desk.sent.text("team")
        people.move(desk.database, desk.network_id, advisor_id, team, desk.visitor.name)
        return "gewechselt"

    return _tried(desk, advisor_id, act)


@post("/menschen/{advisor_id:str}/passphrase", opt=ADMINS, sync_to_thread=True)
def set_passphrase(desk: AtDesk, advisor_id: FromPath[str]) -> Answer:
    """Let a person sign in here by a new passphrase, or not any more."""
    form = desk.sent

    def act() -> str:
        secret = "" if form.text("entziehen") else form.exactly("passphrase")
        if secret != form.exactly("noch_einmal") and not form.text("entziehen"):
            raise NotHereError(UNEQUAL)
        if not secret and not form.text("entziehen"):
            raise NotHereError("Bitte geben Sie eine Passphrase ein.")
        passphrases.set_passphrase(
            desk.database, desk.network_id, advisor_id, secret, desk.visitor.name
        )
        return "passphrase" if secret else "ohne_passphrase"

    return _tried(desk, advisor_id, act)


@post("/menschen/{advisor_id:str}/zugang", opt=ADMINS, sync_to_thread=True)
def set_access(desk: AtDesk, advisor_id: FromPath[str]) -> Answer:
    """Shut a person out, or let them in again."""

    def act() -> str:
        if desk.sent.text("zugang") == "ja":
            people.enable(desk.database, desk.network_id, advisor_id, desk.visitor.name)
            return "zugelassen"
        if advisor_id == desk.visitor.advisor_id:
            raise NotHereError(OWN_EXCLUSION)
        people.disable(desk.database, desk.network_id, advisor_id, desk.visitor.name)
        return "ausgeschlossen"

    return _tried(desk, advisor_id, act)


def _tried(desk: Desk, advisor_id: str, act: Callable[[], str]) -> Answer:
    """Do it and say so on the person's page, or say there why not. act: a key of `wording.DONE`."""
    _person(desk, advisor_id)
    return desk.tried(
        lambda: done_at(f"{PATH}/{advisor_id}", act()),
        lambda wrong: _one(desk, advisor_id, wrong),
    )


def _role(form: Form) -> str:
    role = form.text("rolle")
    if role not in ROLES:
        raise NotHereError(NO_ROLE)
    return role


def _list(desk: Desk, wrong: str = "") -> Response[str]:
    return desk.page(
        "console/people.html",
        wrong,
        people=people.advisors(desk.database, desk.network_id),
        teams=people.teams(desk.database, desk.network_id),
        roles=wording.ROLES,
    )


def _one(desk: Desk, advisor_id: str, wrong: str = "") -> Response[str]:
    return desk.page(
        "console/person.html",
        wrong,
        person=_person(desk, advisor_id),
        teams=people.teams(desk.database, desk.network_id),
        roles=wording.ROLES,
        signs_in=EVERYONE,
        is_self=advisor_id == desk.visitor.advisor_id,
    )


def _person(desk: Desk, advisor_id: str) -> AdvisorLine:
    for person in people.advisors(desk.database, desk.network_id):
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

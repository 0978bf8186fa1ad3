"""Company files: who works with which, giving and taking them, and erasing one for good."""

from __future__ import annotations

import re
from collections.abc import Callable

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from sync.server import assignments, people
from sync.server.assignments import FileLine
from sync.server.console.desk import Answer, AtDesk, Desk, NotHereError, done_at
from sync.server.console.gate import Form
from sync.server.console.rendering import BASE, roles_of

PATH = f"{BASE}/akten"
COORDINATORS = {"roles": roles_of("files")}
PAGE = 50
TYPED = "LÖSCHEN"
"""What a person types to have a file erased for good."""
TEAM = re.compile(r"team:([0-9]{1,18})")
PERSON = re.compile(r"person:(.{1,100})")


@get("/akten", opt=COORDINATORS, sync_to_thread=True)
def show_files(
    desk: AtDesk, suche: FromQuery[str] = "", nach: FromQuery[str] = ""
) -> Response[str]:
    """A page of the network's company files; nach: the last id of the page before."""
    search = suche.strip()
    found = assignments.files(
        desk.database, desk.network_id, search=search, after=nach, limit=PAGE + 1
    )
    return desk.page(
        "console/files.html",
        files=found[:PAGE],
        search=search,
        next_id=found[PAGE - 1].company_id if len(found) > PAGE else "",
        is_first=not nach,
    )


@get("/akten/{company_id:str}", opt=COORDINATORS, sync_to_thread=True)
def show_file(desk: AtDesk, company_id: FromPath[str]) -> Response[str]:
    """Who works with a file, and what can be changed about that."""
    return _one(desk, company_id)


@post("/akten/{company_id:str}/zuweisen", opt=COORDINATORS, sync_to_thread=True)
def assign(desk: AtDesk, company_id: FromPath[str]) -> Answer:
    """Give a file to a team or a person."""
    return _tried(desk, assignments.assign, company_id, "zugewiesen")


@post("/akten/{company_id:str}/entziehen", opt=COORDINATORS, sync_to_thread=True)
def withdraw(desk: AtDesk, company_id: FromPath[str]) -> Answer:
    """Take a file from a team or a person."""
    return _tried(desk, assignments.withdraw, company_id, "entzogen")


@get("/akten/{company_id:str}/loeschen", opt=COORDINATORS, sync_to_thread=True)
def ask_purge(desk: AtDesk, company_id: FromPath[str]) -> Response[str]:
    """What erasing for good means, before it is done."""
    return _purge_form(desk, company_id)


@post("/akten/{company_id:str}/loeschen", opt=COORDINATORS, sync_to_thread=True)
def purge(desk: AtDesk, company_id: FromPath[str]) -> Answer:
    """Erase a file for good, for a stated reason."""

    def act() -> Answer:
        if desk.sent.text("bestaetigung") != TYPED:
            raise NotHereError(
                f"Zum Bestätigen muss {TYPED} in dem Feld stehen, in Großbuchstaben."
            )
        reason = desk.sent.text("grund")
        assignments.purge(desk.database, desk.network_id, company_id, reason, desk.visitor.name)
        return done_at(f"{PATH}/{company_id}", "geloescht")

    return desk.tried(act, lambda wrong: _purge_form(desk, company_id, wrong))


def _whom(form: Form) -> tuple[int | None, str | None]:
    """The team or person that the form names, (None, None) where it names neither."""
    text = form.text("wem")
    team, person = TEAM.fullmatch(text), PERSON.fullmatch(text)
    return (int(team[1]) if team else None, person[1] if person else None)


def _tried(desk: Desk, act: Callable[..., object], company_id: str, done: str) -> Answer:
    """Give or take a file, as the form says whom it concerns."""
    _file(desk, company_id)
    team_id, advisor_id = _whom(desk.sent)

    def with_file() -> Answer:
        whom = {"team_id": team_id, "advisor_id": advisor_id}
        act(desk.database, desk.network_id, company_id, desk.visitor.name, **whom)
        return done_at(f"{PATH}/{company_id}", done)

    return desk.tried(with_file, lambda wrong: _one(desk, company_id, wrong))


def _one(desk: Desk, company_id: str, wrong: str = "") -> Response[str]:
    file = _file(desk, company_id)
    held = {(holder.kind, holder.id) for holder in file.holders}
    teams = people.teams(desk.database, desk.network_id)
    persons = people.advisors(desk.database, desk.network_id)
    return desk.page(
        "console/file.html",
        wrong,
        file=file,
        teams=[team for team in teams if ("team", str(team.id)) not in held],
        persons=[
            person
            for person in persons
            if ("advisor", person.id) not in held
            and person.role in {"advisor", "coordinator"}
            and not person.disabled_ms
        ],
        reasons=assignments.REASONS,
    )


def _purge_form(desk: Desk, company_id: str, wrong: str = "") -> Response[str]:
    return desk.page(
        "console/file_purge.html",
        wrong,
        file=_file(desk, company_id),
        reasons=assignments.REASONS,
        reason=desk.sent.text("grund"),
        typed=TYPED,
    )


def _file(desk: Desk, company_id: str) -> FileLine:
    found = assignments.file(desk.database, desk.network_id, company_id)
    if found is None:
        raise NotFoundException
    return found


HANDLERS = [show_files, show_file, assign, withdraw, ask_purge, purge]

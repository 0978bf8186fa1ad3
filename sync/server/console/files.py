"""Company files: who works with which, giving and taking them, and erasing one for good."""

from __future__ import annotations

import re
from collections.abc import Callable

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from sync.server import assignments, people
from sync.server.assignments import FileLine
from sync.server.audit import AdministrationError
from sync.server.console import wording
from sync.server.console.gate import Form, SentForm, SignedIn
from sync.server.console.rendering import BASE, AnyRequest, go_to, render, roles_of
from sync.server.console.sessions import Visitor
from sync.server.database import Database
from sync.server.intake import OpenDatabase

PATH = f"{BASE}/akten"
COORDINATORS = {"roles": roles_of("files")}
PAGE = 50
TYPED = "LÖSCHEN"
"""What a person types to have a file erased for good."""
TEAM = re.compile(r"team:([0-9]{1,18})")
PERSON = re.compile(r"person:(.{1,100})")

Answer = Response[str] | Response[None]


@get("/akten", opt=COORDINATORS, sync_to_thread=True)
def show_files(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    suche: FromQuery[str] = "",
    nach: FromQuery[str] = "",
) -> Response[str]:
    """A page of the network's company files; nach: the last id of the page before."""
    network_id, search = visitor.network_id, suche.strip()
    found = assignments.files(database, network_id, search=search, after=nach, limit=PAGE + 1)
    return render(
        request,
        "console/files.html",
        files=found[:PAGE],
        search=search,
        next_id=found[PAGE - 1].company_id if len(found) > PAGE else "",
        is_first=not nach,
    )


@get("/akten/{company_id:str}", opt=COORDINATORS, sync_to_thread=True)
def show_file(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    company_id: FromPath[str],
    getan: FromQuery[str] = "",
) -> Response[str]:
    """Who works with a file, and what can be changed about that."""
    return _one(request, database, visitor, company_id, done=wording.done(getan))


@post("/akten/{company_id:str}/zuweisen", opt=COORDINATORS, sync_to_thread=True)
def assign(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    company_id: FromPath[str],
) -> Answer:
    """Give a file to a team or a person."""

    def act() -> str:
        team_id, advisor_id = _whom(form)
        assignments.assign(
            database,
            visitor.network_id,
            company_id,
            visitor.name,
            team_id=team_id,
            advisor_id=advisor_id,
        )
        return "zugewiesen"

    return _tried(request, database, visitor, company_id, act)


@post("/akten/{company_id:str}/entziehen", opt=COORDINATORS, sync_to_thread=True)
def withdraw(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    company_id: FromPath[str],
) -> Answer:
    """Take a file from a team or a person."""

    def act() -> str:
        team_id, advisor_id = _whom(form)
        assignments.withdraw(
            database,
            visitor.network_id,
            company_id,
            visitor.name,
            team_id=team_id,
            advisor_id=advisor_id,
        )
        return "entzogen"

    return _tried(request, database, visitor, company_id, act)


@get("/akten/{company_id:str}/loeschen", opt=COORDINATORS, sync_to_thread=True)
def ask_purge(
    request: AnyRequest, database: OpenDatabase, visitor: SignedIn, company_id: FromPath[str]
) -> Response[str]:
    """What erasing for good means, before it is done."""
    return _purge_form(request, database, visitor, company_id)


@post("/akten/{company_id:str}/loeschen", opt=COORDINATORS, sync_to_thread=True)
def purge(
    request: AnyRequest,
    database: OpenDatabase,
    visitor: SignedIn,
    form: SentForm,
    company_id: FromPath[str],
) -> Answer:
    """Erase a file for good, for a stated reason."""
    if form.text("bestaetigung") != TYPED:
        wrong = f"Zum Bestätigen muss {TYPED} in dem Feld stehen, in Großbuchstaben."
        return _purge_form(request, database, visitor, company_id, wrong)
    try:
        assignments.purge(
            database, visitor.network_id, company_id, form.text("grund"), visitor.name
        )
    except AdministrationError as error:
        return _purge_form(request, database, visitor, company_id, wording.wrong(error))
    return go_to(f"{PATH}/{company_id}?getan=geloescht")


def _whom(form: Form) -> tuple[int | None, str | None]:
    """The team or person that the form names, (None, None) where it names neither."""
    text = form.text("wem")
    team, person = TEAM.fullmatch(text), PERSON.fullmatch(text)
    return (int(team[1]) if team else None, person[1] if person else None)


def _tried(
    request: AnyRequest,
    database: Database,
    visitor: Visitor,
    company_id: str,
    act: Callable[[], str],
) -> Answer:
    """Do it and say so on the file's page, or say there why not."""
    _file(database, visitor, company_id)
    try:
        done = act()
    except AdministrationError as error:
        return _one(request, database, visitor, company_id, wrong=wording.wrong(error))
    return go_to(f"{PATH}/{company_id}?getan={done}")


def _one(
    request: AnyRequest,
    database: Database,
    visitor: Visitor,
    company_id: str,
    *,
    done: str = "",
    wrong: str = "",
) -> Response[str]:
    file = _file(database, visitor, company_id)
    held = {(holder.kind, holder.id) for holder in file.holders}
    teams = people.teams(database, visitor.network_id)
    persons = people.advisors(database, visitor.network_id)
    return render(
        request,
        "console/file.html",
        409 if wrong else 200,
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
        done=done,
        wrong=wrong,
    )


def _purge_form(
    request: AnyRequest, database: Database, visitor: Visitor, company_id: str, wrong: str = ""
) -> Response[str]:
    form = request.state.get("form")
    return render(
        request,
        "console/file_purge.html",
        409 if wrong else 200,
        file=_file(database, visitor, company_id),
        reasons=assignments.REASONS,
        reason=form.text("grund") if form else "",
        typed=TYPED,
        wrong=wrong,
    )


def _file(database: Database, visitor: Visitor, company_id: str) -> FileLine:
    found = assignments.file(database, visitor.network_id, company_id)
    if found is None:
        raise NotFoundException
    return found


HANDLERS = [show_files, show_file, assign, withdraw, ask_purge, purge]

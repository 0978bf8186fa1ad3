"""What each role may open and do in the console, and that other networks' things are not there."""

from __future__ import annotations

import pytest
from litestar import get

from sync.server import administration, laptops, people
from sync.server.app import app_over
from sync.server.console.rendering import PLACES
from sync.server.console.router import PAGES
from sync.server.people_models import CompanyFile
from tests.sync.central import COMPANY, NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.console.visits import Visit, add_person
from tests.sync.memory_store import MemoryStore

MATRIX = {
    "/konsole": {"coordinator", "auditor", "admin"},
    "/konsole/geraete": {"coordinator", "admin"},
    "/konsole/codes": {"admin"},
    "/konsole/menschen": {"admin"},
    "/konsole/akten": {"coordinator"},
    "/konsole/quarantaene": {"coordinator"},
    "/konsole/inhalte": {"admin"},
    "/konsole/protokoll": {"auditor"},
    "/konsole/protokoll.csv": {"auditor"},
}
"""Written out a second time, so that a change of rights is a change of this table."""
ACTS = {
    "/konsole/codes": {"admin"},
    "/konsole/codes/1/zurueckziehen": {"admin"},
    "/konsole/menschen": {"admin"},
    "/konsole/menschen/teams": {"admin"},
    "/konsole/menschen/x/rolle": {"admin"},
    "/konsole/menschen/x/team": {"admin"},
    "/konsole/menschen/x/passphrase": {"admin"},
    "/konsole/menschen/x/zugang": {"admin"},
    "/konsole/geraete/x/sperren": {"admin"},
    "/konsole/geraete/x/loeschen": {"admin"},
    "/konsole/geraete/x/zuruecknehmen": {"admin"},
    "/konsole/akten/x/zuweisen": {"coordinator"},
    "/konsole/akten/x/entziehen": {"coordinator"},
    "/konsole/akten/x/loeschen": {"coordinator"},
    "/konsole/quarantaene/1/uebernehmen": {"coordinator"},
    "/konsole/quarantaene/1/verwerfen": {"coordinator"},
    "/konsole/inhalte": {"admin"},
}


@pytest.mark.parametrize("role", ["coordinator", "auditor", "admin"])
def test_a_role_opens_its_own_pages_and_no_others(sign_in: SignIn, role: str) -> None:
    visit = sign_in(role)

    opened = {path for path in MATRIX if visit.open(path).status == 200}

    assert opened == {path for path, roles in MATRIX.items() if role in roles}


@pytest.mark.parametrize("role", ["coordinator", "auditor", "admin"])
def test_a_role_does_its_own_acts_and_no_others(sign_in: SignIn, role: str) -> None:
    visit = sign_in(role)
    sealed = visit.page

    kept_out = set()
    for path in ACTS:
        visit.page = sealed
        if visit.send(path, {}).status == 403:
            kept_out.add(path)

    assert kept_out == {path for path, roles in ACTS.items() if role not in roles}


def test_the_tables_name_every_way_of_changing_something() -> None:
    named = {path.replace("/x/", "/*/").replace("/1/", "/*/") for path in ACTS}
    known = {
        "/konsole" + "/".join("*" if "{" in part else part for part in path.split("/"))
        for page in PAGES
        for path in page.paths
        if "POST" in page.http_methods
    }

    assert known - named == {"/konsole/anmelden", "/konsole/abmelden"}


def test_the_navigation_offers_what_the_role_may_open(sign_in: SignIn) -> None:
    visit = sign_in("auditor")

    offered = {place.key for place in PLACES if f'href="{place.path}"' in visit.page}

    assert offered == {"overview", "indicators", "audit"}


def test_a_page_that_names_no_role_stays_shut(central: Central, sign_in: SignIn) -> None:
    visit = sign_in("admin")

    @get("/offen", sync_to_thread=False)
    def unguarded() -> str:
        return "geheim"

    PAGES.append(unguarded)
    try:
        app = app_over(central.database, central.folder / "blobs")
    finally:
        PAGES.remove(unguarded)
    visit.transport = type(visit.transport)(app)
    answer = visit.open("/konsole/offen")
    visit.transport.close()

    assert answer.status == 403
    assert "geheim" not in visit.page


def test_another_networks_things_are_as_unknown_ones(central: Central, sign_in: SignIn) -> None:
    other_id = administration.add_network(central.database, "MoLeWa")
    person = add_person(central.database, "MoLeWa", "Mo", "admin")
    central.enrol(MemoryStore(), "MoLeWa")
    (laptop,) = laptops.devices(central.database, other_id)
    with central.database.writing() as session:
        session.add(
            CompanyFile(network_id=other_id, company_id=COMPANY, created_ms=1, created_by="x")
        )
    admin, coordinator = sign_in("admin"), sign_in("coordinator")

    for visit, path in (
        (admin, f"/konsole/menschen/{person}"),
        (admin, f"/konsole/geraete/{laptop.device_id}/sperren"),
        (admin, f"/konsole/geraete/{laptop.device_id}/loeschen"),
        (coordinator, f"/konsole/akten/{COMPANY}"),
        (coordinator, f"/konsole/akten/{COMPANY}/loeschen"),
    ):
        theirs = visit.open(path)
        unknown = visit.open(path.replace(person, "x").replace(laptop.device_id, "x"))
        assert (theirs.status, theirs.body) == (404, unknown.body)

    admin.open("/konsole/geraete")
    assert admin.send(f"/konsole/geraete/{laptop.device_id}/sperren", {}).status == 409
    assert laptops.devices(central.database, other_id)[0].revoked_ms is None
    assert "Mo" not in _people_page(admin)


def test_nobody_takes_the_console_from_themselves(central: Central, sign_in: SignIn) -> None:
    admin = sign_in("admin")
    network_id = people.network_id_of(central.database, NETWORK)
    own_id = people.advisor_named(central.database, network_id, "admin").id

    admin.open(f"/konsole/menschen/{own_id}")
    assert admin.send(f"/konsole/menschen/{own_id}/zugang", {"zugang": "nein"}).status == 409
    assert admin.send(f"/konsole/menschen/{own_id}/rolle", {"rolle": "auditor"}).status == 409

    me = people.advisor_named(central.database, network_id, "admin")
    assert (me.role, me.disabled_ms) == ("admin", None)


def _people_page(visit: Visit) -> str:
    visit.open("/konsole/menschen")
    return visit.page.replace("MoLeWa", "")

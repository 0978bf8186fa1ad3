"""Two networks with people of every role, their laptops, and two company files of one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar
from sqlalchemy import update

from sync.client.enrolment import enrol
from sync.client.port import Enrolment
from sync.client.transport import Answer
from sync.server import administration, assignments, laptops, people
from sync.server.app import app_over
from sync.server.database import Database
from sync.server.models import Registration
from sync.server.rates import Rates, unlimited
from tests.sync.central import sync
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore

HERE, ELSEWHERE = "ITAS", "MoLeWa"
OWN = "0190a000-0000-7000-8000-00000000000a"
"""Works with it: Owner alone."""
TEAM = "0190a000-0000-7000-8000-00000000000b"
"""Works with it: the team Beratung."""
UNKNOWN = "0190a000-0000-7000-8000-00000000000f"
SECRET_NAME = "Federnwerk Huber"
PHOTO = b"a photo"
SHA256 = hashlib.sha256(PHOTO).hexdigest()
ACTOR = "Test"


@dataclass
class World:
    """A running server and who came to it: enrolments by name."""

    database: Database
    app: Litestar
    line: AppTransport
    enrolled: dict[str, Enrolment]

    def ask(self, who: str, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """The answer to this laptop's request."""
        return self.ask_with(f"Bearer {self.enrolled[who].token}", method, path, body, **headers)

    def ask_with(
        self, authorization: str, method: str, path: str, body: bytes = b"", **headers: str
    ) -> Answer:
        """The answer to a request with this Authorization header; none for ""."""
        sent: Mapping[str, str] = {
            **({"authorization": authorization} if authorization else {}),
            **headers,
        }
        return self.line.request(method, path, headers=sent, body=body)

    def network(self, name: str = HERE) -> int:
        """The network's id."""
        return people.network_id_of(self.database, name)

    def advisor(self, name: str) -> people.AdvisorLine:
        """Somebody of the first network."""
        return people.advisor_named(self.database, self.network(), name)


def build(database: Database, folder: Path) -> World:
    """The world, at rest; app_over(database) answers."""
    app = app_over(database, folder / "blobs", rates=Rates(unlimited()))
    world = World(database, app, AppTransport(app), {})
    for network in (HERE, ELSEWHERE):
        administration.add_network(database, network)
    people.add_team(database, world.network(), "Zweites", ACTOR)
    stores = {
        name: _enrol(world, name, team=team)
        for name, team in {
            "Owner": "Beratung",
            "Colleague": "Beratung",
            "Other team": "Zweites",
            "Auditor": "Beratung",
            "Admin": "Beratung",
            "Expired": "Beratung",
            "Revoked": "Beratung",
            "Disabled": "Beratung",
        }.items()
    }
    _enrol(world, "Stranger", network=ELSEWHERE)
    _fill(world, stores["Owner"])
    for name in ("Auditor", "Admin"):
        people.set_role(database, world.network(), world.advisor(name).id, name.lower(), ACTOR)
    _shut_out(world)
    return world


def _enrol(world: World, name: str, team: str = "", network: str = HERE) -> MemoryStore:
    store = MemoryStore()
    code = administration.enrolment_code(world.database, network, person=name, team=team).text
    world.enrolled[name] = enrol(store, "http://127.0.0.1", code, name, transport=world.line)
    return store


def _fill(world: World, store: MemoryStore) -> None:
    """Both files with a name and a photo; then one of them is the owner's alone."""
    for company in (OWN, TEAM):
        store.edit(company, "company", company, "name", SECRET_NAME, 1)
        store.attach(company, company, PHOTO, 2)
    sync(store, world.line)
    owner, network = world.advisor("Owner"), world.network()
    assignments.assign(world.database, network, OWN, ACTOR, advisor_id=owner.id)
    assignments.withdraw(world.database, network, OWN, ACTOR, team_id=owner.team_id)


def _shut_out(world: World) -> None:
    laptops.revoke(world.database, world.enrolled["Revoked"].device_id)
    people.disable(world.database, world.network(), world.advisor("Disabled").id, ACTOR)
    with world.database.writing() as session:
        session.execute(
            update(Registration)
            .where(Registration.id == world.enrolled["Expired"].device_id)
            .values(expires_ms=1)
        )

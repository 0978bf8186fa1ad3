"""The world of the histories: one server, two networks, five laptops, and a witness of the server.

The witness reads the tables by itself, so that no right or count is asked of the code on trial.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, event, select

from sync.client.port import Enrolment
from sync.protocol import ChangeName
from sync.server import administration
from sync.server.models import Blob, Device, Registration
from sync.server.people_models import Team
from tests.sync.central import NETWORK, Central, Copy
from tests.sync.memory_store import MemoryStore
from tests.sync.sync_faults import Killer, is_read_only

COMPANIES = [f"0190a000-0000-7000-8000-00000000000{n}" for n in range(2)]
OTHER_NETWORK = "Nord"
PEOPLE = ["Anna", "Ben", "Dora", "Anna", "Cleo"]
"""Whose laptops are enrolled, in this order; Dora is of the other network."""
WITH_NEWER_PROGRAM = "Ben"


@dataclass(frozen=True)
class Badge:
    """Whose laptop it is, as the server wrote it down when it was enrolled."""

    enrolment: Enrolment
    network: int
    advisor: str


class _Name(msgspec.Struct):
    writer: str
    n: int


@dataclass
class Sight:
    """What the server holds, by network where there are several.

    kept: what is kept aside and undecided: id, network, name. log, aside: names.
    """

    epoch: str = ""
    head: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    log: dict[int, set[ChangeName]] = field(default_factory=lambda: defaultdict(set))
    aside: dict[int, set[ChangeName]] = field(default_factory=lambda: defaultdict(set))
    kept: list[tuple[int, int, ChangeName]] = field(default_factory=list)
    purged: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    teams: dict[str, int] = field(default_factory=dict)
    open_to: list[tuple[int, int, str, int | None, str | None]] = field(default_factory=list)

    def anywhere(self, network: int) -> set[ChangeName]:
        """What the log holds, and what is kept for a coordinator."""
        return self.log[network] | self.aside[network]

    def visible(self, badge: Badge) -> set[str]:
        """Company files that the laptop's advisor works with."""
        team = self.teams[badge.advisor]
        return {
            company
            for _, network, company, to_team, to_advisor in self.open_to
            if network == badge.network and (to_team == team or to_advisor == badge.advisor)
        }


class ServerClock:
    """Stands in for the module `time` where the server reads its clock; it may be wrong."""

    ahead_ms = 0

    def time_ns(self) -> int:
        """What the server takes the time for."""
        return time.time_ns() + self.ahead_ms * 1_000_000


class World:
    """The server that all histories use, put back to its first day before each."""

    def __init__(self, central: Central) -> None:
        self.central = central
        self.killer = Killer(central.database.engine)
        self._sight: Sight | None = None
        event.listen(central.database.engine, "commit", self._changed)
        self.clock = ServerClock()
        self.badges = [self._enrol(person) for person in PEOPLE]
        self.newer = self._enrol(WITH_NEWER_PROGRAM)
        self.network = self.badges[0].network
        self.teams = self._teams()
        self.pristine = central.copy()

    def _changed(self, connection: Connection) -> None:
        if not is_read_only(connection):
            self._sight = None

    def _enrol(self, person: str) -> Badge:
        database, network = self.central.database, NETWORK
        if person == "Dora":
            network = OTHER_NETWORK
            administration.add_network(database, network)
        store = MemoryStore()
        self.central.enrol(store, network, person)
        enrolment = store.enrolment()
        assert enrolment is not None
        with database.reading() as session:
            row = session.scalars(
                select(Registration)
                .join(Device, Device.registration_id == Registration.id)
                .where(Device.id == enrolment.device_id)
            ).one()
            return Badge(enrolment, row.network_id, row.advisor_id)

    def _teams(self) -> list[int]:
        """The first team shares its files, the second one does not."""
        with self.central.database.writing() as session:
            session.add(
                Team(network_id=self.network, name="Zweites Team", shares_files=False, created_ms=1)
            )
            session.flush()
            ours = select(Team.id).where(Team.network_id == self.network)
            return list(session.scalars(ours.order_by(Team.id)))

    def copy(self) -> Copy:
        """A backup of the server."""
        return self.central.copy()

    def lose_blob(self, which: int) -> str:
        """The bytes of an attachment are gone from the server's disk; its hash, "" for none."""
        with self.central.database.reading() as session:
            hashes = sorted(set(session.scalars(select(Blob.sha256))))
        for sha256 in hashes[which % len(hashes) :] if hashes else []:
            for path in (self.central.folder / "blobs").rglob(sha256):
                path.unlink()
                return sha256
        return ""

    def put_back(self, copy: Copy) -> None:
        """The server as it was."""
        self.central.put_back(copy)
        self._sight = None

    def sight(self) -> Sight:
        """What the server holds now."""
        if self._sight is None:
            self._sight = self._look()
        return self._sight

    def _look(self) -> Sight:
        seen = Sight()
        with self.central.database.engine.connect() as connection:
            cursor = connection.connection.cursor()

            def rows(query: str) -> list[Any]:
                cursor.execute(query)
                return list(cursor.fetchall())

            ((seen.epoch,),) = rows("SELECT epoch FROM server_identity")
            seen.head.update(rows("SELECT network_id, max(seq) FROM log_entry GROUP BY 1"))
            for network, writer, first, last in rows(
                "SELECT network_id, writer, first, last FROM known_run"
            ):
                seen.log[network].update((writer, n) for n in range(first, last + 1))
            for number, network, body in rows(
                "SELECT id, network_id, body FROM quarantined_change"
                " WHERE resolved_ms IS NULL ORDER BY id"
            ):
                change = msgspec.json.decode(bytes(body), type=_Name)
                seen.aside[network].add((change.writer, change.n))
                seen.kept.append((number, network, (change.writer, change.n)))
            for network, company in rows(
                "SELECT network_id, company_id FROM company_file WHERE purged_ms IS NOT NULL"
            ):
                seen.purged[network].add(company)
            seen.teams = dict(rows("SELECT id, team_id FROM advisor"))
            seen.open_to = rows(
                "SELECT id, network_id, company_id, team_id, advisor_id FROM assignment"
                " WHERE ended_ms IS NULL ORDER BY id"
            )
        return seen

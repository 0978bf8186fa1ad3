"""What was kept aside is shown with its reason, and taken or dropped by a person."""

from __future__ import annotations

import pytest

from sync.server import assignments, audit, people, quarantine
from sync.server.audit import AdministrationError
from sync.server.cli import main
from sync.server.devices import Caller
from sync.server.models import QuarantinedChange
from sync.server.people import AdvisorLine
from sync.server.quarantine import QuarantineLine
from tests.sync.central import COMPANY, Central, sync_whole
from tests.sync.memory_store import MemoryStore

ME = "Jana Vogel"
NAME = (COMPANY, "company", COMPANY, "name")


@pytest.fixture
def network(central: Central) -> int:
    """The network's id."""
    return people.network_id_of(central.database, "ITAS")


@pytest.fixture
def owner(central: Central, network: int) -> MemoryStore:
    """Whoever has the file to themselves, after a colleague's change to it was kept aside."""
    owner, colleague = MemoryStore(), MemoryStore()
    central.enrol(owner)
    central.enrol(colleague)
    owner.edit(COMPANY, "company", COMPANY, "name", "Huber", 1)
    sync_whole(owner, central.transport)
    sync_whole(colleague, central.transport)
    one = people.advisor_named(central.database, network, "Laptop")
    assignments.assign(central.database, network, COMPANY, ME, advisor_id=one.id)
    assignments.withdraw(central.database, network, COMPANY, ME, team_id=one.team_id)
    colleague.edit(COMPANY, "company", COMPANY, "town", "Zwickau geheim", 2)
    sync_whole(colleague, central.transport)
    return owner


def kept(central: Central, network: int) -> QuarantineLine:
    """The one change that waits."""
    [line] = quarantine.quarantined(central.database, network)
    return line


def test_a_kept_change_is_shown_without_its_value(
    central: Central, network: int, owner: MemoryStore
) -> None:
    line = kept(central, network)

    assert (line.reason, line.company) == ("not-assigned", "Huber")
    assert (line.entity, line.field, line.made_ms) == ("company", "town", 2)
    assert (line.device, line.advisor, line.can_retry) == ("Laptop", "Laptop 2", True)
    assert "geheim" not in repr(line)


def test_its_value_is_read_by_whoever_works_with_the_file_and_by_nobody_else(
    central: Central, network: int, owner: MemoryStore
) -> None:
    holder = people.advisor_named(central.database, network, "Laptop")
    other = people.advisor_named(central.database, network, "Laptop 2")

    def read_by(advisor: AdvisorLine, role: str) -> tuple[bool, object]:
        reader = Caller("", network, advisor.id, advisor.team_id, role)
        [line] = quarantine.quarantined(central.database, network, reader)
        return line.may_read, line.value

    assert read_by(holder, "coordinator") == (True, "Zwickau geheim")
    assert read_by(other, "coordinator") == (False, None)
    assert read_by(holder, "admin") == (False, None)


def test_a_retried_change_reaches_whoever_works_with_the_file(
    central: Central, network: int, owner: MemoryStore
) -> None:
    quarantine.retry(central.database, network, kept(central, network).id, ME)

    sync_whole(owner, central.transport)

    assert owner.shown((COMPANY, "company", COMPANY, "town")) == "Zwickau geheim"
    assert quarantine.quarantined(central.database, network) == []
    newest = audit.entries(central.database, network)[0]
    assert (newest.actor, newest.action) == (ME, "kept change retried")
    assert "geheim" not in newest.detail


def test_a_dropped_change_is_gone_and_cannot_be_decided_on_again(
    central: Central, network: int, owner: MemoryStore
) -> None:
    number = kept(central, network).id

    quarantine.drop(central.database, network, number, ME)

    assert b"geheim" not in central.copy().database
    with pytest.raises(AdministrationError, match="was dropped already"):
        quarantine.retry(central.database, network, number, ME)
    [line] = quarantine.quarantined(central.database, network, resolved=True)
    assert (line.resolution, line.can_retry) == ("dropped", False)


def test_a_change_that_still_cannot_be_taken_goes_on_waiting(
    central: Central, network: int, owner: MemoryStore
) -> None:
    number = kept(central, network).id
    assert owner.enrolment() is not None
    with central.database.writing() as session:
        row = session.get_one(QuarantinedChange, number)
        row.body = row.body.replace(b"company", b"c" * 201, 1)

    with pytest.raises(AdministrationError, match="malformed"):
        quarantine.retry(central.database, network, number, ME)

    assert kept(central, network).resolution == ""


def test_another_networks_kept_change_is_answered_like_an_unknown_one(
    central: Central, network: int, owner: MemoryStore
) -> None:
    number = kept(central, network).id
    for act in (quarantine.retry, quarantine.drop):
        with pytest.raises(AdministrationError, match=f"There is no kept change {number}"):
            act(central.database, network + 1, number, ME)


def test_the_command_line_lists_and_takes_it(
    central: Central,
    network: int,
    owner: MemoryStore,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"sqlite:///{central.folder / 'server.sqlite'}"
    monkeypatch.setenv("ADVISOR_DATABASE_URL", url)
    number = str(kept(central, network).id)

    assert main(["quarantine", "list", "--network", "ITAS"]) == 0
    assert "not-assigned" in capsys.readouterr().out
    assert main(["quarantine", "retry", "--network", "ITAS", number]) == 0
    assert main(["quarantine", "list", "--network", "ITAS", "--all"]) == 0
    assert "retried 20" in capsys.readouterr().out

"""advisor-server's commands about people, laptops and company files, as one types them."""

from __future__ import annotations

import io

import pytest

from sync.server import events, laptops
from sync.server.cli import main
from sync.server.console.audit_log import acts
from sync.server.people import advisors, network_id_of
from sync.server.people_models import CompanyFile
from tests.sync.central import COMPANY, Central
from tests.sync.memory_store import MemoryStore

NETWORK = ["--network", "ITAS"]
PASSPHRASE = "Kaffee am Werkstor 7"


@pytest.fixture
def url(central: Central, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's database, which commands find by the environment."""
    url = f"sqlite:///{central.folder / 'server.sqlite'}"
    monkeypatch.setenv("ADVISOR_DATABASE_URL", url)
    return url


def said(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """What the command says, once it has succeeded."""
    capsys.readouterr()
    assert main(list(command)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_people_get_teams_roles_and_laptops(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "team", "add", *NETWORK, "Erzgebirge", "--private-files")
    said(capsys, "advisor", "add", *NETWORK, "Jana Vogel", "--team", "Erzgebirge")
    said(capsys, "advisor", "role", *NETWORK, "Jana Vogel", "coordinator")
    said(capsys, "enrol", *NETWORK, "--person", "Udo Klein", "--team", "Erzgebirge")
    said(capsys, "advisor", "move", *NETWORK, "Jana Vogel", "Beratung")
    said(capsys, "advisor", "disable", *NETWORK, "Udo Klein")

    listed = said(capsys, "advisor", "list", *NETWORK).splitlines()
    assert listed[1].split("  ")[0] == "Jana Vogel"
    assert "coordinator" in listed[1]
    assert "Beratung" in listed[1]
    assert "Erzgebirge" in listed[2]
    assert "disabled 20" in listed[2]
    assert "private" in said(capsys, "team", "list", *NETWORK)
    assert "ITAS" in said(capsys, "network", "list")


def test_no_word_is_said_twice(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "team", "add", *NETWORK, "Team Zwickau") == "Team Zwickau added.\n"
    added = said(capsys, "advisor", "add", *NETWORK, "Jana Vogel", "--team", "Team Zwickau")
    assert added == "Jana Vogel added to Team Zwickau as advisor.\n"
    assert main(["team", "add", *NETWORK, "Team Zwickau"]) == 1
    assert capsys.readouterr().err.endswith('There is a team "Team Zwickau" already.\n')


def test_company_files_are_given_taken_and_erased(
    url: str, central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    central.enrol(MemoryStore())
    with central.database.writing() as session:
        session.add(
            CompanyFile(network_id=1, company_id=COMPANY, name="Huber", created_ms=1, created_by="")
        )
        session.flush()
        events.assign(session, 1, COMPANY, team_id=1)
    said(capsys, "advisor", "add", *NETWORK, "Jana Vogel")

    assert "team Beratung" in said(capsys, "files", *NETWORK)
    said(capsys, "assign", *NETWORK, COMPANY, "--advisor", "Jana Vogel")
    said(capsys, "withdraw", *NETWORK, COMPANY, "--team", "Beratung")
    assert "advisor Jana Vogel" in said(capsys, "files", *NETWORK)
    said(capsys, "purge", *NETWORK, COMPANY, "--reason", "consent-withdrawn")
    assert "erased" in said(capsys, "files", *NETWORK)

    log = said(capsys, "audit", *NETWORK)
    acts = ("file purged", "file withdrawn", "file assigned", "device enrolled", "advisor added")
    assert all(act in log for act in acts)
    assert "Huber" not in log


def test_a_laptop_is_renamed_in_all_lists_and_the_log_says_from_what(
    url: str, central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    store = MemoryStore()
    central.enrol(store)
    enrolment = store.enrolment()
    assert enrolment is not None

    said(capsys, "device", "rename", enrolment.device_id, " Laptop Ute ")

    lines = laptops.devices(central.database)
    assert [(d.device_id, d.name) for d in lines] == [(enrolment.device_id, "Laptop Ute")]
    assert "Laptop Ute" in said(capsys, "device", "list")
    (act,) = (a for a in acts(central.database, 1) if a.action == "Laptop umbenannt")
    assert (act.subject, act.detail) == ("Laptop Ute", "von: Laptop, zu: Laptop Ute")
    assert act.actor == "Kommandozeile"


def test_a_passphrase_is_read_from_standard_input_and_never_shown(
    url: str,
    central: Central,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said(capsys, "advisor", "add", *NETWORK, "Jana Vogel", "--role", "admin")
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSPHRASE + "\n"))

    output = said(capsys, "console-passphrase", *NETWORK, "Jana Vogel")

    assert PASSPHRASE not in output + said(capsys, "audit")
    network = network_id_of(central.database, "ITAS")
    assert [p.has_console for p in advisors(central.database, network)] == [True]
    assert PASSPHRASE.encode() not in central.copy().database


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["team", "list", "--network", "X"], 'There is no network "X".'),
        (["advisor", "move", *NETWORK, "Nemo", "Beratung"], 'There is nobody called "Nemo".'),
        (["assign", *NETWORK, COMPANY, "--team", "Beratung"], "There is no company file"),
        (["withdraw", *NETWORK, COMPANY, "--team", "Beratung"], "does not work with"),
        (["purge", *NETWORK, COMPANY, "--reason", "unlawful"], "There is no company file"),
        (["enrol", *NETWORK, "--team", "Beratung"], "A team is joined by a person"),
        (["quarantine", "drop", *NETWORK, "7"], "There is no kept change 7."),
        (["device", "keep", "x"], "There is no device x."),
        (["serve", "--key", "x.pem"], "A key is of use with its certificate only."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    url: str, capsys: pytest.CaptureFixture[str], command: list[str], message: str
) -> None:
    assert main(command) == 1

    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1

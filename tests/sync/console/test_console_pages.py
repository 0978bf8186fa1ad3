"""What the console's pages show and do, as the server's own functions see it afterwards."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import unescape
from urllib.parse import urlsplit

import pytest

from sync.server import (
    administration,
    assignments,
    audit,
    authority,
    content,
    laptops,
    people,
)
from sync.server.database import now_ms
from sync.server.models import Registration
from sync.server.people_models import CompanyFile
from tests.sync.central import CA_PASSPHRASE, COMPANY, NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.console.visits import add_person
from tests.sync.memory_store import MemoryStore

SCRIPT = "<script>alert('x')</script>"
DAY_MS = 86_400_000


@pytest.fixture
def network_id(central: Central) -> int:
    """The id of ITAS."""
    return people.network_id_of(central.database, NETWORK)


def add_file(central: Central, name: str, company_id: str = COMPANY) -> None:
    """A company file that nobody works with."""
    network_id = people.network_id_of(central.database, NETWORK)
    with central.database.writing() as session:
        session.add(
            CompanyFile(
                network_id=network_id,
                company_id=company_id,
                name=name,
                created_ms=now_ms(),
                created_by="x",
            )
        )


def test_shutting_out_and_erasing_are_two_things(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    central.enrol(MemoryStore())
    admin = sign_in("admin")
    (laptop,) = laptops.devices(central.database, network_id)
    path = f"/konsole/geraete/{laptop.device_id}"

    admin.open(f"{path}/sperren")
    assert "Seine Daten bleiben auf ihm" in admin.page
    admin.follow(admin.send(f"{path}/sperren", {}))
    assert "Der Laptop ist gesperrt" in admin.page
    (laptop,) = laptops.devices(central.database, network_id)
    assert laptop.revoked_ms is not None
    assert laptop.wipe_ms is None

    admin.open(f"{path}/loeschen")
    assert "Sie gehen verloren" in admin.page
    admin.follow(admin.send(f"{path}/loeschen", {}))
    assert "Löschung angeordnet" in admin.page
    assert laptops.devices(central.database, network_id)[0].wipe_ms is not None

    admin.follow(admin.send(f"{path}/zuruecknehmen", {}))
    assert laptops.devices(central.database, network_id)[0].wipe_ms is None


def test_the_overview_leads_to_what_needs_attention(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    central.enrol(MemoryStore())
    with central.database.writing() as session:
        laptop = session.query(Registration).one()
        laptop.seen_ms, laptop.unsent = now_ms() - 20 * DAY_MS, 7

    page = sign_in("coordinator").page

    assert "1 seit 14 Tagen ohne Kontakt" in page
    assert "mindestens seit 20 Tagen" in page
    assert re.search(r'class="figure">7<', page)


def test_empty_pages_say_what_to_do_next(sign_in: SignIn) -> None:
    admin, coordinator = sign_in("admin"), sign_in("coordinator")

    for visit, path, said in (
        (admin, "/konsole", "Erstellen Sie einen Anmeldecode"),
        (admin, "/konsole/geraete", "Erstellen Sie einen Anmeldecode"),
        (admin, "/konsole/inhalte", "Laden Sie unten die erste Fassung hoch"),
        (coordinator, "/konsole", "Die Verwaltung Ihres Netzwerks erstellt"),
        (coordinator, "/konsole/akten", "Sobald ein Laptop synchronisiert"),
        (coordinator, "/konsole/akten?suche=xyz", "suchen Sie nach einem Teil"),
        (coordinator, "/konsole/quarantaene", "nichts offen"),
    ):
        visit.open(path)
        assert said in visit.page, path


def test_a_file_is_given_and_taken(central: Central, sign_in: SignIn, network_id: int) -> None:
    jana = add_person(central.database, NETWORK, "Jana Richter", "advisor")
    add_file(central, "Gießerei Muldental GmbH")
    coordinator, path = sign_in("coordinator"), f"/konsole/akten/{COMPANY}"

    def holders() -> list[str]:
        (file,) = assignments.files(central.database, network_id)
        return [holder.name for holder in file.holders]

    coordinator.open(path)
    assert "Niemand arbeitet mit dieser Akte" in coordinator.page
    coordinator.follow(coordinator.send(f"{path}/zuweisen", {"wem": f"person:{jana}"}))
    assert holders() == ["Jana Richter"]
    team = people.teams(central.database, network_id)[0]
    coordinator.follow(coordinator.send(f"{path}/zuweisen", {"wem": f"team:{team.id}"}))
    assert holders() == ["Beratung", "Jana Richter"]
    coordinator.follow(coordinator.send(f"{path}/entziehen", {"wem": f"person:{jana}"}))
    assert holders() == ["Beratung"]

    answer = coordinator.send(f"{path}/zuweisen", {"wem": ""})
    assert answer.status == 409
    assert "Bitte wählen Sie ein Team oder eine Person" in coordinator.page


@pytest.mark.parametrize(
    ("reason", "typed", "is_gone"),
    [
        ("purpose-ended", "LÖSCHEN", True),
        ("purpose-ended", "löschen", False),
        ("", "LÖSCHEN", False),
    ],
)
def test_a_file_is_erased_only_for_a_reason_and_by_a_typed_word(
    central: Central, sign_in: SignIn, network_id: int, reason: str, typed: str, is_gone: bool
) -> None:
    add_file(central, "Gießerei Muldental GmbH")
    coordinator, path = sign_in("coordinator"), f"/konsole/akten/{COMPANY}/loeschen"
    coordinator.open(path)

    coordinator.send(path, {"grund": reason, "bestaetigung": typed})

    (file,) = assignments.files(central.database, network_id)
    assert (file.purged_ms is not None) == is_gone
    coordinator.open(f"/konsole/akten/{COMPANY}")
    assert ("Endgültig gelöscht" in coordinator.page) == is_gone


def test_what_people_typed_stays_text(central: Central, sign_in: SignIn) -> None:
    add_file(central, SCRIPT)
    add_person(central.database, NETWORK, SCRIPT, "advisor")
    admin, coordinator = sign_in("admin"), sign_in("coordinator")

    for visit, path in (
        (coordinator, "/konsole/akten"),
        (coordinator, f"/konsole/akten?suche={SCRIPT[:7]}"),
        (coordinator, f"/konsole/akten/{COMPANY}"),
        (coordinator, f"/konsole/akten/{COMPANY}/loeschen"),
        (admin, "/konsole/menschen"),
        (admin, "/konsole/codes"),
    ):
        assert visit.open(path).status == 200
        assert "<script" not in visit.page, path
        assert "&lt;script&gt;" in visit.page, path


def test_a_person_gets_a_role_a_team_and_a_passphrase(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    admin = sign_in("admin")
    admin.open("/konsole/menschen")
    admin.follow(admin.send("/konsole/menschen/teams", {"name": "Chemnitz", "teilt": "ja"}))
    answer = admin.send(
        "/konsole/menschen", {"name": "Eva", "rolle": "auditor", "team": "Beratung"}
    )
    path = urlsplit(answer.headers["location"]).path
    admin.follow(answer)

    admin.send(f"{path}/rolle", {"rolle": "coordinator"})
    admin.send(f"{path}/team", {"team": "Chemnitz"})
    unequal = admin.send(f"{path}/passphrase", {"passphrase": "Nebel Anker 1", "noch_einmal": "x"})
    short = admin.send(f"{path}/passphrase", {"passphrase": "kurz", "noch_einmal": "kurz"})
    twice = {"passphrase": " Nebel Anker 14 ", "noch_einmal": " Nebel Anker 14 "}
    admin.send(f"{path}/passphrase", twice)

    eva = people.advisor_named(central.database, network_id, "Eva")
    assert (eva.role, eva.team, eva.has_console) == ("coordinator", "Chemnitz", True)
    assert (unequal.status, short.status) == (409, 409)
    assert type(admin)(admin.transport).sign_in("Eva", passphrase=" Nebel Anker 14 ").status == 303


def test_a_name_that_is_taken_is_refused_in_german(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    admin.open("/konsole/menschen")

    answer = admin.send("/konsole/menschen", {"name": "admin", "rolle": "auditor", "team": ""})

    assert answer.status == 409
    assert "„admin“ gibt es in diesem Netzwerk schon" in admin.page


def test_the_audit_log_is_read_filtered_and_taken_along(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    people.add_team(central.database, network_id, "=HYPERLINK(1)", "Ada")
    administration.add_network(central.database, "MoLeWa")
    auditor = sign_in("auditor")

    auditor.open("/konsole/protokoll")
    assert "Team angelegt" in auditor.page
    assert "MoLeWa" not in auditor.page
    auditor.open("/konsole/protokoll?vorgang=team+added&suche=ada")
    assert auditor.page.count('<th scope="row">') == 1
    auditor.open("/konsole/protokoll?suche=gibtesnicht")
    assert "Heben Sie den Filter auf" in auditor.page

    answer = auditor.open("/konsole/protokoll.csv?vorgang=team+added")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Nr.", "Zeit", "Wer"]
    assert {row[4] for row in rows[1:]} == {"'=HYPERLINK(1)"}


def test_the_audit_log_names_numbers_times_and_reasons(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    add_file(central, "Gießerei Muldental GmbH")
    central.code(person="Jana Richter")
    assignments.purge(central.database, network_id, COMPANY, "test-data", "Ada")
    with central.database.writing() as session:
        audit.note(
            session, network_id, "Gerät", "purge claimed", "x", {"erased_ms": 1_795_000_000_000}
        )
    auditor = sign_in("auditor")

    auditor.open("/konsole/protokoll")

    for said in ("Code 1<", "Grund: Testdaten ohne Unternehmen", "gelöscht am: 18.11.2026, 12:06"):
        assert said in auditor.page


def test_a_long_audit_log_is_paged(central: Central, sign_in: SignIn, network_id: int) -> None:
    with central.database.writing() as session:
        for count in range(230):
            audit.note(session, network_id, "Ada", "role set", f"Person {count}")
    auditor = sign_in("auditor")
    seen, path = [], "/konsole/protokoll?vorgang=role+set"

    while path:
        auditor.open(path)
        seen += re.findall(r"Person (\d+)<", auditor.page)
        found = re.search(r'href="([^"]+)">Ältere Einträge', auditor.page)
        path = unescape(found.group(1)) if found else ""

    assert seen == [str(count) for count in reversed(range(230))]


def test_content_is_published_from_a_zip_file(central: Central, sign_in: SignIn) -> None:
    authority.create(central.database, NETWORK, CA_PASSPHRASE)
    admin = sign_in("admin")
    admin.open("/konsole/inhalte")

    answer = admin.upload("/konsole/inhalte", "paket", _zip({"forms/kurz.md": b"| survey |"}))

    assert "Die Inhalte sind veröffentlicht" in admin.follow(answer).body.decode()
    (bundle,) = content.bundles(central.database, NETWORK)
    assert (bundle.version, bundle.files, bundle.published_by) == (1, ("forms/kurz.md",), "admin")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "Bitte wählen Sie die ZIP-Datei"),
        (b"kein Archiv", "kein brauchbares Paket"),
        ({"schad.exe": b"MZ"}, "kein brauchbares Paket"),
        ({"forms/kurz.md": b"| survey |"}, "noch keine Zertifizierungsstelle"),
    ],
)
def test_content_that_cannot_be_published_is_refused_in_german(
    central: Central, sign_in: SignIn, body: bytes | dict[str, bytes], said: str
) -> None:
    admin = sign_in("admin")
    admin.open("/konsole/inhalte")

    sent = body if isinstance(body, bytes) else _zip(body)
    answer = admin.upload("/konsole/inhalte", "paket", sent)

    assert answer.status == 409
    assert said in unescape(admin.page)
    assert content.bundles(central.database, NETWORK) == []


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packed.getvalue()

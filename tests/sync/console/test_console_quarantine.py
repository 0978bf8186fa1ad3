"""Changes that were kept aside, as a coordinator sees them and decides on them."""

from __future__ import annotations

import msgspec
import pytest

from desktop_advisor.ui.synchronise import record_words
from sync.protocol import Change
from sync.server import assignments, people, quarantine
from sync.server.console.field_words import ENTITIES, FIELDS, field_words, value_words
from sync.server.database import now_ms
from sync.server.models import Device, QuarantinedChange
from sync.server.people_models import CompanyFile
from tests.sync.central import COMPANY, NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def network_id(central: Central) -> int:
    """The id of ITAS."""
    return people.network_id_of(central.database, NETWORK)


def keep(central: Central, body: bytes) -> int:
    """The id of a change of COMPANY that a laptop sent and the server kept aside."""
    central.enrol(MemoryStore())
    network_id = people.network_id_of(central.database, NETWORK)
    with central.database.writing() as session:
        session.add(
            CompanyFile(network_id=network_id, company_id=COMPANY, created_ms=1, created_by="x")
        )
        kept = QuarantinedChange(
            network_id=network_id,
            device_id=session.query(Device).one().id,
            company_id=COMPANY,
            reason="not-assigned",
            received_ms=now_ms(),
            digest=b"d",
            body=body,
        )
        session.add(kept)
        session.flush()
        return kept.id


TOWN = Change(
    writer="0" * 31 + "1",
    n=1,
    company_id=COMPANY,
    entity="company",
    entity_id=COMPANY,
    field="town",
    value="Zwickau <b>\u202eSüd",
    author="Jana Richter",
    hlc=1_795_000_000_000 << 16,
)


def test_a_kept_change_is_read_by_those_who_work_with_the_file(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    keep(central, msgspec.json.encode(TOWN))
    coordinator = sign_in("coordinator")

    coordinator.open("/konsole/quarantaene")
    assert "Unternehmen: Ort" in coordinator.page
    assert "Jana Richter, 18.11.2026, 12:06 Uhr" in coordinator.page
    assert "Zwickau" not in coordinator.page
    assert "sehen nur die, die mit der Akte arbeiten" in coordinator.page

    team = people.teams(central.database, network_id)[0]
    assignments.assign(central.database, network_id, COMPANY, "Test", team_id=team.id)
    coordinator.open("/konsole/quarantaene")
    assert "Zwickau &lt;b&gt; Süd" in coordinator.page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "leer"),
        (True, "ja"),
        (12.5, "12,5"),
        ("2026-11-23", "23.11.2026"),
        ("  a\n\u202eb\x00 ", "a b"),
        (["A", "B"], "A, B"),
        ({"state": "offen", "value": 3, "reason": None}, "Stand: offen; Wert: 3"),
        ("x" * 9999, "x" * 239 + "…"),
        ([[[["tief"]]]], "…"),
    ],
)
def test_a_value_is_one_short_line(value: object, words: str) -> None:
    assert value_words(value) == words


def test_a_kept_change_is_dropped(central: Central, sign_in: SignIn, network_id: int) -> None:
    kept_id = keep(central, msgspec.json.encode(TOWN))
    coordinator = sign_in("coordinator")

    coordinator.open("/konsole/quarantaene")
    assert "Die Akte ist dem Absender nicht zugewiesen" in coordinator.page
    coordinator.follow(coordinator.send(f"/konsole/quarantaene/{kept_id}/verwerfen", {}))

    assert quarantine.quarantined(central.database, network_id) == []
    coordinator.open("/konsole/quarantaene?alle=1")
    assert "verworfen" in coordinator.page


def test_a_kept_change_is_taken_in_after_all(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    kept_id = keep(central, msgspec.json.encode(TOWN))
    coordinator = sign_in("coordinator")
    coordinator.open("/konsole/quarantaene")

    coordinator.follow(coordinator.send(f"/konsole/quarantaene/{kept_id}/uebernehmen", {}))

    assert "Die Änderung ist übernommen" in coordinator.page
    assert TOWN.name in central.held()


def test_a_change_that_still_cannot_be_taken_in_is_explained(
    central: Central, sign_in: SignIn
) -> None:
    kept_id = keep(central, b'{"entity":"company"}')
    coordinator = sign_in("coordinator")
    coordinator.open("/konsole/quarantaene")

    answer = coordinator.send(f"/konsole/quarantaene/{kept_id}/uebernehmen", {})

    assert answer.status == 409
    assert "noch nicht übernehmen: Die Änderung ist unlesbar" in coordinator.page


def test_a_field_is_called_by_its_record_and_no_word_is_said_twice() -> None:
    called = [("contact", "phone"), ("answer", "response"), ("new", "thing"), ("", "")]

    assert [field_words(*names) for names in called] == [
        "Ansprechperson: Telefon",
        "Antwort",
        "new: thing",
        "",
    ]


def test_laptop_and_console_call_records_and_fields_the_same() -> None:
    differing = {
        entity: words
        for entity, words in ENTITIES.items()
        if record_words.entity_name(entity) != words
    } | {
        field: words
        for field, words in FIELDS.items()
        if record_words.field_name(field) not in {words, field}
    }
    assert differing == {}

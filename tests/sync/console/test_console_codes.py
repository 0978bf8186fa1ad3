"""Enrolment codes: shown once, listed while they are open, and called back."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from sync.client.enrolment import enrol
from sync.client.errors import CodeNotAcceptedError
from sync.server import administration, audit, people
from sync.server.cli import main
from sync.server.console import codes
from sync.server.open_codes import open_codes
from tests.sync.central import NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.memory_store import MemoryStore


@pytest.fixture
def network_id(central: Central) -> int:
    """The id of ITAS."""
    return people.network_id_of(central.database, NETWORK)


def test_a_code_is_shown_once_and_enrols_a_laptop(
    central: Central, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    monkeypatch.setattr(codes, "qr_code", lambda text: drawn.append(text) or codes.Markup("<svg/>"))
    admin = sign_in("admin")
    admin.open("/konsole/codes")

    admin.send(
        "/konsole/codes",
        {"person": "Jana Richter", "stunden": "72", "server": "https://sync.itas.example/"},
    )

    (code,) = re.findall(r'class="code"[^>]*>([^<]+)<', admin.page)
    query = parse_qs(urlsplit(drawn[0]).query)
    assert drawn[0].startswith("advisor://enrol?")
    assert query == {"server": ["https://sync.itas.example"], "code": [code]}
    assert drawn[0] in unescape(admin.page), "a laptop without camera takes it as text"
    admin.open("/konsole/codes")
    assert code not in admin.page
    assert "Jana Richter" in admin.page
    network_id = people.network_id_of(central.database, NETWORK)
    assert people.advisor_named(central.database, network_id, "Jana Richter").role == "advisor"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"server": "ftp://itas.example"}, "muss mit https:// oder http://"),
        ({"server": "javascript:alert(1)"}, "muss mit https:// oder http://"),
        ({"stunden": "9999"}, "wie lange der Code gilt"),
        ({"person": "x" * 65}, "1 bis 64 Zeichen"),
        ({"team": "Beratung"}, "nur zusammen mit einem Namen"),
    ],
)
def test_a_code_that_cannot_be_made_is_refused_in_german(
    sign_in: SignIn, changed: dict[str, str], said: str
) -> None:
    admin = sign_in("admin")
    admin.open("/konsole/codes")

    answer = admin.send(
        "/konsole/codes", {"stunden": "24", "server": "https://itas.example", **changed}
    )

    assert answer.status == 409
    assert said in unescape(admin.page)


def test_a_code_that_was_called_back_enrols_no_laptop(
    central: Central, sign_in: SignIn, network_id: int
) -> None:
    code = central.code(person="Jana Richter")
    (kept,) = open_codes(central.database, network_id)
    admin = sign_in("admin")
    admin.open("/konsole/codes")
    assert re.search(r"Jana Richter<br><span class=.soft.>gültig bis \d\d\.\d\d\., ", admin.page)

    admin.follow(admin.send(f"/konsole/codes/{kept.id}/zurueckziehen", {}))

    assert "Der Code ist zurückgezogen" in admin.page
    assert "Kein Code ist offen" in admin.page
    with pytest.raises(CodeNotAcceptedError):
        enrol(MemoryStore(), "http://127.0.0.1", code, "Laptop", transport=central.transport)
    newest = audit.entries(central.database)[0]
    assert (newest.actor, newest.action) == ("admin", "enrolment code revoked")
    assert "Jana Richter" in newest.detail


def test_only_an_open_code_of_ones_own_network_is_called_back(
    central: Central, sign_in: SignIn
) -> None:
    administration.add_network(central.database, "MoLeWa")
    there = people.network_id_of(central.database, "MoLeWa")
    central.code("MoLeWa")
    (foreign,) = open_codes(central.database, there)
    central.enrol(MemoryStore())
    used = foreign.id + 1
    admin = sign_in("admin")
    admin.open("/konsole/codes")
    said = {}

    for number in (foreign.id, used, 999):
        assert admin.send(f"/konsole/codes/{number}/zurueckziehen", {}).status == 409
        said[number] = unescape(admin.page)

    assert "Diesen Code gibt es nicht" in said[foreign.id]
    assert "hat sich schon ein Laptop angemeldet" in said[used]
    assert len(open_codes(central.database, there)) == 1


def test_the_command_line_lists_open_codes_and_calls_them_back(
    central: Central, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{central.folder / 'server.sqlite'}"
    monkeypatch.setenv("ADVISOR_DATABASE_URL", url)
    central.code(person="Udo Klein")

    assert main(["code", "list", "--network", NETWORK]) == 0
    number, *listed = capsys.readouterr().out.splitlines()[1].split()
    assert listed[:2] == ["Udo", "Klein"]
    assert main(["code", "revoke", "--network", NETWORK, number]) == 0
    assert main(["code", "revoke", "--network", NETWORK, number]) == 1
    assert "not valid any more" in capsys.readouterr().err
    assert main(["code", "list", "--network", NETWORK]) == 0
    assert "No code is open." in capsys.readouterr().out

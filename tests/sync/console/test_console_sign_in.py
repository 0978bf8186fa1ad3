"""Who gets into the console, and how a session ends."""

from __future__ import annotations

import re

import pytest

from sync.server import administration, people
from sync.server.app import app_over
from sync.server.console import sessions
from sync.server.people_models import ConsoleSession
from sync.server.rates import Rates
from tests.sync.central import NETWORK, Central
from tests.sync.console.conftest import SignIn
from tests.sync.console.visits import PASSPHRASE, Visit, add_person
from tests.sync.in_process import AppTransport

MINUTE_MS = 60_000


def test_an_admin_signs_in_and_sees_the_overview(central: Central, visit: Visit) -> None:
    add_person(central.database, NETWORK, "Ada", "admin")
    assert visit.open("/konsole").headers["location"] == "/konsole/anmelden"

    assert visit.sign_in("Ada").headers["location"] == "/konsole"

    assert "<h1>Übersicht</h1>" in visit.page
    assert "Ada" in visit.page


def test_every_failure_is_answered_alike(central: Central, visit: Visit) -> None:
    administration.add_network(central.database, "MoLeWa")
    add_person(central.database, NETWORK, "Ada", "admin")
    left = add_person(central.database, NETWORK, "Ex", "admin")
    people.disable(central.database, people.network_id_of(central.database, NETWORK), left, "Test")
    add_person(central.database, NETWORK, "Jana", "advisor")
    tries = [
        ("Ada", NETWORK, "falsche Passphrase"),
        ("Niemand", NETWORK, PASSPHRASE),
        ("Ada", "MoLeWa", PASSPHRASE),
        ("Ada", "Unbekannt", PASSPHRASE),
        ("Ex", NETWORK, PASSPHRASE),
        ("Jana", NETWORK, PASSPHRASE),
        ("Jana", NETWORK, ""),
    ]

    answers = set()
    for name, network, passphrase in tries:
        answer = visit.sign_in(name, network, passphrase)
        page = visit.page.replace(f'value="{name}"', "").replace(f'value="{network}"', "")
        answers.add((answer.status, page))

    assert len(answers) == 1
    assert "konsole" not in visit.cookies
    assert "Die Anmeldung ist nicht gelungen" in visit.page


def test_an_advisor_with_a_passphrase_of_old_stays_outside(central: Central, visit: Visit) -> None:
    was_admin = add_person(central.database, NETWORK, "Jana", "admin")
    network_id = people.network_id_of(central.database, NETWORK)
    people.set_role(central.database, network_id, was_admin, "advisor", "Test")

    assert visit.sign_in("Jana").status == 403


def test_trying_again_and_again_is_slowed_down(central: Central) -> None:
    app = app_over(central.database, central.folder / "blobs", rates=Rates())
    transport = AppTransport(app)
    visit = Visit(transport)

    statuses = [visit.sign_in("Niemand", passphrase="x").status for _ in range(11)]

    transport.close()
    assert statuses == [403] * 10 + [429]
    assert "zu viele Versuche" in visit.page


def test_the_session_cookie_is_out_of_reach_and_stored_as_a_hash(
    central: Central, visit: Visit
) -> None:
    add_person(central.database, NETWORK, "Ada", "admin")

    cookie = visit.sign_in("Ada").headers["set-cookie"]

    assert {"httponly", "samesite=strict", "path=/konsole"} <= {
        part.strip().lower() for part in cookie.split(";")
    }
    with central.database.reading() as session:
        (held,) = session.query(ConsoleSession)
        assert visit.cookies["konsole"].encode() not in held.token_hash


@pytest.mark.parametrize(
    ("scheme", "at_proxy", "is_secure"),
    [("http", "", False), ("https", "", True), ("http", "https", True)],
)
def test_the_cookie_is_kept_to_tls_where_there_is_tls(
    central: Central,
    visit: Visit,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    at_proxy: str,
    is_secure: bool,
) -> None:
    add_person(central.database, NETWORK, "Ada", "admin")
    monkeypatch.setattr(visit.transport, "scheme", scheme)
    visit.open("/konsole/anmelden")

    answer = visit.send(
        "/konsole/anmelden",
        {"name": "Ada", "netzwerk": NETWORK, "passphrase": PASSPHRASE},
        x_forwarded_proto=at_proxy,
    )

    assert ("secure" in answer.headers["set-cookie"].lower()) == is_secure


@pytest.mark.parametrize(("minutes", "is_in"), [(29, True), (31, False)])
def test_a_session_ends_when_nobody_uses_it(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, minutes: int, is_in: bool
) -> None:
    visit = sign_in("admin")
    later = sessions.now_ms() + minutes * MINUTE_MS
    monkeypatch.setattr(sessions, "now_ms", lambda: later)

    answer = visit.open("/konsole")

    assert (answer.status == 200) == is_in
    if not is_in:
        visit.follow(answer)
        assert "Ihre Sitzung ist beendet" in visit.page


def test_a_session_in_use_goes_on_for_eight_hours_and_no_longer(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = sign_in("admin")
    began = sessions.now_ms()
    steps = range(25, 8 * 60 + 26, 25)

    statuses = []
    for minutes in steps:
        monkeypatch.setattr(sessions, "now_ms", lambda m=minutes: began + m * MINUTE_MS)
        statuses.append(visit.open("/konsole").status)

    assert statuses == [200 if minutes < 8 * 60 else 303 for minutes in steps]


def test_signing_out_ends_the_session_on_the_server_too(sign_in: SignIn) -> None:
    visit = sign_in("admin")
    token = visit.cookies["konsole"]

    visit.follow(visit.send("/konsole/abmelden", {}))
    visit.cookies["konsole"] = token

    assert visit.open("/konsole").status == 303


def test_a_person_who_is_shut_out_or_loses_the_role_is_out_at_once(
    central: Central, sign_in: SignIn
) -> None:
    network_id = people.network_id_of(central.database, NETWORK)
    admin, auditor = sign_in("admin"), sign_in("auditor")
    ids = {p.name: p.id for p in people.advisors(central.database, network_id)}

    people.disable(central.database, network_id, ids["admin"], "Test")
    people.set_role(central.database, network_id, ids["auditor"], "advisor", "Test")

    assert admin.open("/konsole").status == 303
    assert auditor.open("/konsole").status == 303


@pytest.mark.parametrize("value", ["", "0" * 64, "ä"])
def test_a_form_without_the_sessions_check_value_changes_nothing(
    sign_in: SignIn, value: str
) -> None:
    visit = sign_in("admin")

    answer = visit.send_bare("/konsole/menschen", {"pruefwert": value, "name": "Eindringling"})

    assert answer.status == 403
    assert "Es wurde nichts geändert" in visit.page
    visit.open("/konsole/menschen")
    assert "Eindringling" not in visit.page


def test_another_sessions_check_value_is_not_good_here(sign_in: SignIn) -> None:
    admin, other = sign_in("admin"), sign_in("auditor")
    value = re.findall(r'name="pruefwert" value="(\w+)"', other.page)[0]

    assert admin.send_bare("/konsole/menschen", {"pruefwert": value}).status == 403


def test_a_form_sent_by_another_site_is_refused(sign_in: SignIn) -> None:
    visit = sign_in("admin")

    answer = visit.send("/konsole/abmelden", {}, sec_fetch_site="cross-site")

    assert answer.status == 403
    assert visit.open("/konsole").status == 200


def test_signing_in_needs_the_forms_check_value_too(central: Central, visit: Visit) -> None:
    add_person(central.database, NETWORK, "Ada", "admin")
    fields = {"name": "Ada", "netzwerk": NETWORK, "passphrase": PASSPHRASE}

    assert visit.send_bare("/konsole/anmelden", fields).status == 403


@pytest.mark.parametrize("path", ["/konsole", "/konsole/anmelden", "/konsole/nichts"])
def test_every_page_is_sealed_against_framing_scripts_and_caches(
    sign_in: SignIn, path: str
) -> None:
    headers = sign_in("admin").open(path).headers

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"

"""Tokens, codes and passphrases stand in no address and in no line of a log, however detailed."""

from __future__ import annotations

import logging

import pytest

from sync.client.calls import Calls
from sync.client.enrolment import enrol
from sync.client.errors import SyncError
from sync.client.transport import HttpTransport
from sync.client.wiping import ask_order
from sync.server import laptops, passphrases
from sync.server.app import app_over
from tests.sync.central import CA_PASSPHRASE, COMPANY, NETWORK, Central, sync
from tests.sync.console.visits import PASSPHRASE, Visit, add_person
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore


def test_a_whole_day_at_the_greatest_detail_shows_no_secret(
    central: Central,
    server_url: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passphrases, "MEMORY_KIB", 64)
    add_person(central.database, NETWORK, "Jana Vogel", "admin")
    code, store = central.code(), MemoryStore()
    caplog.set_level(logging.DEBUG)

    enrolment = enrol(store, server_url, code, "Laptop")
    with HttpTransport(server_url, pause=lambda _: None) as line:
        store.edit(COMPANY, "company", COMPANY, "name", "Federnwerk Huber", 1)
        store.attach(COMPANY, COMPANY, b"a photo", 2)
        sync(store, line)
        for attempt in (
            lambda: Calls(line).enrol(code, "Laptop 2"),
            lambda: Calls(line).authority(enrolment),
            lambda: Calls(line).renew(enrolment),
        ):
            try:
                attempt()
            except SyncError:
                logging.getLogger("laptop").debug("refused", exc_info=True)
        laptops.revoke(central.database, enrolment.device_id)
        assert not ask_order(line, enrolment)
    console = AppTransport(app_over(central.database, central.folder / "blobs"))
    visit = Visit(console)
    assert visit.sign_in("Jana Vogel").status == 303
    cookie = visit.cookies["konsole"]
    console.close()

    shown = caplog.text
    assert "/v1/sync" in shown, "requests are logged at this level"
    secrets = (code, code.replace("-", ""), enrolment.token, cookie, PASSPHRASE, CA_PASSPHRASE)
    assert [secret for secret in secrets if secret in shown] == []
    assert "Federnwerk" not in shown

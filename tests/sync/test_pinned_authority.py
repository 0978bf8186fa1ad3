"""A laptop believes a server only by the authority that it knows, over real TLS on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.client.enrolment import enrol
from sync.client.errors import AddressNotSecureError
from sync.client.transport import HttpTransport
from sync.server.serving import bound_socket, server_for, url_of
from tests.sync.central import Central, sync
from tests.sync.memory_store import MemoryStore
from tests.sync.own_authority import OwnAuthority


@pytest.fixture(scope="module")
def ours() -> OwnAuthority:
    """The network's own authority."""
    return OwnAuthority("Netz ITAS")


@pytest.fixture
def https(central: Central, ours: OwnAuthority, tmp_path: Path) -> Iterator[str]:
    """The server behind a certificate of that authority."""
    listening = bound_socket("127.0.0.1", 0)
    server = server_for(central.app, certificate=str(ours.write_server(tmp_path)))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield url_of(listening, is_tls=True)
    server.should_exit = True
    thread.join()
    listening.close()


def test_a_laptop_enrols_and_syncs_by_the_pinned_authority_and_remembers_it(
    central: Central, https: str, ours: OwnAuthority
) -> None:
    store = MemoryStore()

    enrolment = enrol(store, https, central.code(), "Laptop", ca_pem=ours.pem)
    with HttpTransport(https, ca_pem=enrolment.ca_pem) as line:
        outcome = sync(store, line)

    assert outcome.requests == 1
    assert store.enrolment() == enrolment
    assert enrolment.ca_pem == ours.pem


def test_a_server_of_another_authority_is_refused_whatever_the_environment_says(
    central: Central,
    https: str,
    ours: OwnAuthority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted = tmp_path / "trusted.pem"
    trusted.write_text(ours.pem)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    code = central.code()

    with pytest.raises(AddressNotSecureError):
        enrol(MemoryStore(), https, code, "Laptop", ca_pem=OwnAuthority("Fremdes Netz").pem)
    enrol(MemoryStore(), https, code, "Laptop", ca_pem=ours.pem)


def test_a_server_of_no_public_authority_is_refused_without_a_pin(
    central: Central, https: str
) -> None:
    with pytest.raises(AddressNotSecureError):
        enrol(MemoryStore(), https, central.code(), "Laptop")


@pytest.mark.parametrize("pem", ["kein Zertifikat", "-----BEGIN CERTIFICATE-----\nx\n"])
def test_an_authority_that_cannot_be_read_is_refused(pem: str) -> None:
    with pytest.raises(AddressNotSecureError):
        HttpTransport("https://server.example", ca_pem=pem)

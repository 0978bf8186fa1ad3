"""A network with an authority of its own: codes tell the laptops of it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from threading import Thread

import pytest
from litestar import Litestar
from requests.adapters import DEFAULT_CA_BUNDLE_PATH

from desktop_advisor.usecases.enrolment_text import read_enrolment_text
from sync.client.enrolment import enrol
from sync.server.app import app_over
from sync.server.audit import AdministrationError
from sync.server.cli import main
from sync.server.enrolment_text import authority_of, enrolment_text
from sync.server.serving import bound_socket, server_for, url_of
from tests.sync.central import NETWORK, Central
from tests.sync.console.visits import Visit, add_person
from tests.sync.in_process import AppTransport
from tests.sync.memory_store import MemoryStore
from tests.sync.own_authority import OwnAuthority


@pytest.fixture(scope="module")
def ours() -> OwnAuthority:
    """The network's own authority."""
    return OwnAuthority("Netz ITAS")


@pytest.fixture
def chain(ours: OwnAuthority, tmp_path: Path) -> Path:
    """Key and certificate of a server, and the authority's own certificate behind them."""
    path = ours.write_server(tmp_path)
    path.write_text(path.read_text() + ours.pem)
    return path


@contextmanager
def answering(app: Litestar, certificate: Path) -> Iterator[str]:
    """The address of the application over TLS."""
    with bound_socket("127.0.0.1", 0) as bound:
        server = server_for(app, certificate=str(certificate))
        thread = Thread(target=server.run, args=([bound],))
        thread.start()
        try:
            yield url_of(bound, is_tls=True)
        finally:
            server.should_exit = True
            thread.join()


def test_a_laptop_enrols_by_what_the_console_shows_and_nothing_else(
    central: Central, ours: OwnAuthority, chain: Path, tmp_path: Path
) -> None:
    add_person(central.database, NETWORK, "Ada", "admin")
    app = app_over(central.database, tmp_path / "blobs", authority=authority_of(chain, None))
    admin = Visit(AppTransport(app))
    admin.sign_in("Ada")
    admin.open("/konsole/codes")

    with answering(app, chain) as url:
        admin.send("/konsole/codes", {"person": "Jana", "stunden": "24", "server": url})
        shown = re.search(r"<textarea[^>]*>([^<]+)<", admin.page)
        assert shown is not None
        found = read_enrolment_text(unescape(shown[1]))
        assert found is not None
        enrolment = enrol(MemoryStore(), found.server, found.code, "Laptop", ca_pem=found.ca_pem)
    admin.transport.close()

    assert found.ca_pem == ours.pem
    assert enrolment.person == "Jana"
    assert "Der Laptop braucht auch das Zertifikat" in admin.page
    assert "<svg" in admin.page


def test_where_there_is_no_tls_nobody_is_told_of_an_authority(chain: Path) -> None:
    assert "ca=" not in enrolment_text("http://127.0.0.1:8750", "ABCD", authority_of(chain, None))


def test_the_authority_may_be_named_where_the_chain_does_not_hold_it(
    ours: OwnAuthority, tmp_path: Path
) -> None:
    server, named = ours.write_server(tmp_path), tmp_path / "ca.pem"
    named.write_text(ours.pem)
    der = ssl.PEM_cert_to_DER_cert(ours.pem)

    assert authority_of(server, None) == b""
    assert authority_of(server, named) == authority_of(None, named) == der
    named.write_text(OwnAuthority("Anderes Netz").pem)
    with pytest.raises(AdministrationError, match="vouches for no certificate"):
        authority_of(server, named)
    named.write_text("kein Zertifikat")
    with pytest.raises(AdministrationError, match="no certificate that can be read"):
        authority_of(server, named)


def test_an_authority_that_laptops_know_anyway_is_not_pinned(
    chain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert authority_of(chain, None)
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    trusted = tmp_path / "trusted.pem"
    known = map(ssl.DER_cert_to_PEM_cert, context.get_ca_certs(binary_form=True))
    trusted.write_text("".join([*known, chain.read_text()]))

    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(trusted))

    assert authority_of(chain, None) == b""


def test_the_command_line_prints_the_text_as_well(
    central: Central,
    ours: OwnAuthority,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADVISOR_DATABASE_URL", f"sqlite:///{central.folder / 'server.sqlite'}")
    named = tmp_path / "ca.pem"
    named.write_text(ours.pem)
    options = ["--server", "https://sync.itas.example", "--ca", str(named)]

    assert main(["enrol", "--network", NETWORK, *options]) == 0

    code, text, _ = capsys.readouterr().out.splitlines()
    found = read_enrolment_text(text)
    assert found is not None
    assert (found.server, found.code, found.ca_pem) == (options[1], code, ours.pem)

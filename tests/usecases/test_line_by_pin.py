"""Every line to the server goes by the authority pinned at the enrolment, over real TLS."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.usecases.content_bundles import content_version, refresh_content
from desktop_advisor.usecases.network_authority import known_lists
from desktop_advisor.usecases.network_certificate import certify_key, join_network
from desktop_advisor.usecases.synchronising import synchronise
from desktop_advisor.usecases.workplace import Workplace
from sync.server import authority
from sync.server.content import publish
from sync.server.serving import bound_socket, server_for, url_of
from tests.sync.central import CA_PASSPHRASE, NETWORK, Central
from tests.sync.own_authority import OwnAuthority
from tests.workplaces import PIN


@pytest.fixture(scope="module")
def vouching() -> OwnAuthority:
    return OwnAuthority("Netz ITAS")


@pytest.fixture
def central() -> Iterator[Central]:
    with Central() as made:
        authority.create(made.database, NETWORK, CA_PASSPHRASE)
        yield made


@pytest.fixture
def enrolled(
    place: Workplace, central: Central, vouching: OwnAuthority, tmp_path: Path
) -> Iterator[Workplace]:
    """A laptop of a network whose server only that authority vouches for."""
    listening = bound_socket("127.0.0.1", 0)
    server = server_for(central.app, certificate=str(vouching.write_server(tmp_path)))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    join_network(place, url_of(listening, is_tls=True), central.code(), "Laptop", vouching.pem)
    yield place
    server.should_exit = True
    thread.join()
    listening.close()


def test_content_runs_and_certificates_come_over_the_pinned_line(
    enrolled: Workplace, central: Central
) -> None:
    files = {"catalogues/offers.json": enrolled.resources.catalogue("offers.json").read_bytes()}
    publish(central.database, NETWORK, files, CA_PASSPHRASE)
    assert "Fassung 1" in refresh_content(enrolled)
    assert content_version(enrolled) == 1
    assert known_lists(enrolled)
    certify_key(enrolled, PIN)
    assert synchronise(enrolled).notices == ()


def test_no_module_of_the_program_opens_a_line_of_its_own() -> None:
    """Beside the one that knows the pin; what is not enrolled yet goes by `sync.client`."""
    program = Path(__file__).parents[2] / "desktop_advisor"
    opening = {
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        if "HttpTransport(" in path.read_text(encoding="utf-8")
    }
    assert opening == {"usecases/server_line.py"}

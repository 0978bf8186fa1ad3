"""The network vouches for a key, and every laptop of the network then knows its seals."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_advisor.demo.central import CentralServer, central_server
from desktop_advisor.signing.verification import Outcome
from desktop_advisor.usecases.certificate import (
    WrongPin,
    known_anchors,
    make_certificate,
    show_certificate,
    unlock_key,
)
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.network_certificate import (
    certify_key,
    fetch_authority,
    is_enrolled,
    join_network,
)
from desktop_advisor.usecases.reporting import (
    DrawnSignature,
    read_report,
    seal_report,
    verify_file,
)
from desktop_advisor.usecases.synchronising import NotEnrolled, SyncFailed
from desktop_advisor.usecases.workplace import Workplace
from sync.server import authority
from tests.pictures import scribble
from tests.workplaces import PIN, workplace

PASSPHRASE = "Siegel am Bergaltar 5"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with central_server(tmp_path / "server", "ITAS", passphrase=PASSPHRASE) as running:
        yield running


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "colleague", "Ute Klein")
    yield made
    made.close()


def _today() -> datetime:
    """The server's certificates begin when they are issued, by this machine's clock."""
    return datetime.now(UTC)


def test_a_seal_of_the_network_is_known_on_every_laptop_of_it(
    place: Workplace,
    visit_id: uuid.UUID,
    colleague: Workplace,
    server: CentralServer,
    tmp_path: Path,
) -> None:
    authority.create(server.database, "ITAS", PASSPHRASE)
    place, colleague = (replace(each, clock=_today) for each in (place, colleague))
    make_certificate(place, PIN)
    for laptop in (place, colleague):
        join_network(laptop, server.url, server.one_time_code(), "Laptop")
    with pytest.raises(WrongPin):
        certify_key(place, "falsch1")
    certify_key(place, PIN)
    held = show_certificate(place)
    assert held is not None
    assert (held.holder, held.issuer) == ("Jana Vogel", "Zertifizierungsstelle ITAS")
    assert not held.is_self_issued
    case_id = Interview(place, visit_id).case_id
    model = compose_report(place, case_id)
    assert "Zertifizierungsstelle ITAS" in model.statements.signatures[-1]
    drawn = DrawnSignature("M. Uhlig", "Geschäftsführung", "", scribble(), place.clock())
    copy = tmp_path / "bericht.pdf"
    copy.write_bytes(read_report(place, seal_report(place, case_id, model, [drawn], PIN)))

    assert verify_file(colleague, copy).outcome is Outcome.VALID


def test_without_an_authority_the_laptop_keeps_its_own_certificate(
    place: Workplace, server: CentralServer
) -> None:
    assert not is_enrolled(place)
    with pytest.raises(NotEnrolled):
        certify_key(place, PIN)
    before = show_certificate(place)
    join_network(place, server.url, server.one_time_code(), "Laptop")
    with pytest.raises(SyncFailed, match="keine Siegel-Zertifikate"):
        certify_key(place, PIN)
    assert show_certificate(place) == before
    assert unlock_key(place, PIN).certificate().holder == "Jana Vogel"


def test_the_authority_is_known_once_and_its_revocation_list_comes_along(
    place: Workplace, server: CentralServer
) -> None:
    authority.create(server.database, "ITAS", PASSPHRASE)
    join_network(place, server.url, server.one_time_code(), "Laptop")
    anchors = known_anchors(place)
    assert fetch_authority(place).startswith(b"0")
    assert known_anchors(place) == anchors

"""The laptop's real store keeps the contract too, and meets others through the real server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_advisor.storage.models import Attachment, Company
from desktop_advisor.storage.store import Store
from desktop_advisor.storage.sync_port import StoreChanges
from sync.client.enrolment import enrol
from sync.client.session import run
from sync.client.transport import HttpTransport
from tests.storage.desks import CHEAP, PASSPHRASE, TurnedClock
from tests.sync.central import Central
from tests.sync.store_bench import COMPANY, Bench
from tests.sync.store_contract import ChangeStoreContract

COMPANY_ID = uuid.UUID(COMPANY)


class EncryptedBench:
    """An encrypted store and its user."""

    def __init__(self, folder: Path, device: str) -> None:
        self._laptop = Store.create(
            folder, PASSPHRASE, clock=TurnedClock(), device=device, cost=CHEAP
        )
        self.store = StoreChanges(self._laptop)

    def close(self) -> None:
        """Lock the store."""
        self._laptop.close()

    def rename(self, name: str) -> None:
        """Give the company another name; the first time, found it."""
        with self._laptop.edit("Anna Weber") as session:
            company = session.get(Company, COMPANY_ID)
            if company is None:
                session.add(Company(id=COMPANY_ID, company_id=COMPANY_ID, name=name))
            else:
                company.name = name

    def shown(self) -> str | None:
        """The company's name as the typed table shows it."""
        with self._laptop.read() as session:
            company = session.get(Company, COMPANY_ID)
            return None if company is None else company.name

    def attach(self, content: bytes) -> str:
        """A photo."""
        sha256 = self._laptop.files.add(content)
        with self._laptop.edit("Anna Weber") as session:
            photo = Attachment(id=uuid.uuid4(), company_id=COMPANY_ID, sha256=sha256)
            session.add(photo)
        return sha256


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[list[EncryptedBench]]:
    """Two laptops."""
    made = [EncryptedBench(tmp_path / name, name) for name in ("eins", "zwei")]
    yield made
    for bench in made:
        bench.close()


class TestEncryptedStore(ChangeStoreContract):
    """The contract over the encrypted store."""

    @pytest.fixture
    def bench(self, tmp_path: Path) -> Iterator[Bench]:
        """A fresh store."""
        made = EncryptedBench(tmp_path / "laptop", "laptop")
        yield made
        made.close()


def test_two_real_laptops_meet_at_the_real_server(
    central: Central, server_url: str, http: HttpTransport, benches: list[EncryptedBench]
) -> None:
    first, second = benches
    for bench in benches:
        enrol(bench.store, server_url, central.code(), "Laptop")
    first.rename("Huber")
    sha256 = first.attach(b"Foto")

    outcomes = [
        run(bench.store, http, progress=lambda _: None, cancelled=lambda: False)
        for bench in (first, second, first)
    ]

    assert second.shown() == "Huber"
    assert second.store.read_blob(sha256) == b"Foto"
    assert outcomes[0].quarantined == 0
    assert outcomes[1].received == outcomes[0].sent
    assert outcomes[2].requests == 1

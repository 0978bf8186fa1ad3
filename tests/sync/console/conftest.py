"""A network whose admin, coordinator and auditor may sign in at the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sync.server import passphrases
from tests.sync.central import NETWORK, Central, Copy
from tests.sync.console.visits import Visit, add_person

SignIn = Callable[[str], Visit]


@pytest.fixture(scope="session")
def one_server() -> Iterator[tuple[Central, Copy]]:
    """A server with console, and a copy of its database when it had the network ITAS only."""
    with Central(with_console=True) as server:
        yield server, server.copy()


@pytest.fixture
def central(one_server: tuple[Central, Copy]) -> Iterator[Central]:
    """A server with the one network ITAS; its pages are made once, as that takes a while."""
    server, empty = one_server
    yield server
    server.put_back(empty)


@pytest.fixture
def visit(central: Central) -> Visit:
    """A browser in which nobody is signed in yet."""
    return Visit(central.transport)


@pytest.fixture
def sign_in(central: Central) -> SignIn:
    """Makes a person of that role, named after it, and signs in as them."""

    def signed_in(role: str) -> Visit:
        add_person(central.database, NETWORK, role, role)
        visit = Visit(central.transport)
        assert visit.sign_in(role).status == 303
        return visit

    return signed_in


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking a passphrase costs tests next to nothing."""
    monkeypatch.setattr(passphrases, "MEMORY_KIB", 64)
    monkeypatch.setattr(passphrases, "ROUNDS", 1)

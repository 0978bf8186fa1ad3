"""Stores on a clock that the tests turn, opened at a cost that is no protection."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.store import Store
from tests.storage.desks import CHEAP, PASSPHRASE, Desk, TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    """Time in the hands of the test."""
    return TurnedClock()


@pytest.fixture(scope="session")
def copy_of_new_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], None]:
    """Puts a new, closed store of that device into a folder; made once, because that takes long."""

    @cache
    def template(device: str) -> Path:
        folder = tmp_path_factory.mktemp("neu")
        clock = TurnedClock()
        Store.create(folder, PASSPHRASE, clock=clock, device=device, cost=CHEAP).close()
        return folder

    def put(device: str, folder: Path) -> None:
        shutil.copytree(template(device), folder)

    return put


@pytest.fixture
def make_desk(
    tmp_path: Path, clock: TurnedClock, copy_of_new_store: Callable[[str, Path], None]
) -> Iterator[Callable[[str], Desk]]:
    """Laptops by name, all looking at the same company file; closed at the end."""
    company, assessment = new_id(clock()), new_id(clock())
    with ExitStack() as stack:

        def make(name: str) -> Desk:
            copy_of_new_store(name, tmp_path / name)
            store = Store.open(tmp_path / name, PASSPHRASE, clock=clock)
            stack.callback(store.close)
            return Desk(store, company, assessment)

        yield make


@pytest.fixture
def desk(make_desk: Callable[[str], Desk]) -> Desk:
    """One laptop with a company file."""
    made = make_desk("laptop")
    made.found()
    return made

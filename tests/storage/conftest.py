"""Stores on a clock that the tests turn, opened at a cost that is no protection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.store import Store
from tests.storage.desks import CHEAP, PASSPHRASE, Desk, TurnedClock


@pytest.fixture
def clock() -> TurnedClock:
    """Time in the hands of the test."""
    return TurnedClock()


@pytest.fixture
def make_desk(tmp_path: Path, clock: TurnedClock) -> Iterator[Callable[[str], Desk]]:
    """Laptops by name, all looking at the same company file; closed at the end."""
    company, assessment = new_id(clock()), new_id(clock())
    with ExitStack() as stack:

        def make(name: str) -> Desk:
            store = Store.create(tmp_path / name, PASSPHRASE, clock=clock, device=name, cost=CHEAP)
            stack.callback(store.close)
            return Desk(store, company, assessment)

        yield make


@pytest.fixture
def desk(make_desk: Callable[[str], Desk]) -> Desk:
    """One laptop with a company file."""
    made = make_desk("laptop")
    made.found()
    return made

"""The store in memory keeps the contract, so that what is proven with it holds for others."""

from __future__ import annotations

import pytest

from tests.sync.memory_store import MemoryStore
from tests.sync.store_bench import COMPANY, Bench
from tests.sync.store_contract import ChangeStoreContract


class MemoryBench:
    """A store in memory and its user."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self._now_ms = 1_000

    def rename(self, name: str) -> None:
        self._now_ms += 1
        self.store.edit(COMPANY, "company", COMPANY, "name", name, self._now_ms)

    def shown(self) -> str | None:
        value = self.store.shown((COMPANY, "company", COMPANY, "name"))
        return None if value is None else str(value)

    def attach(self, content: bytes) -> str:
        self._now_ms += 1
        return self.store.attach(
            COMPANY, f"0190b000-0000-7000-8000-{self._now_ms:012d}", content, self._now_ms
        )


class TestMemoryStore(ChangeStoreContract):
    """The contract over the store in memory."""

    @pytest.fixture
    def bench(self) -> Bench:
        return MemoryBench()

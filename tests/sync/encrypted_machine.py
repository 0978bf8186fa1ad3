"""The same histories with the laptops' real store; one of them stays as it is in memory.

So both have to show the same, and the one in memory writes what this version does not know.
"""

from __future__ import annotations

from tests.sync.encrypted_desk import EncryptedDesk
from tests.sync.memory_store import MemoryStore
from tests.sync.sync_desks import Desk
from tests.sync.sync_machine import SyncMachine

IN_MEMORY = 1
"""Which of the laptops."""


class EncryptedMachine(SyncMachine):
    """All rules and promises are those of the machine."""

    def new_desk(self, number: int) -> Desk:
        """An empty store."""
        return MemoryStore(self._draw_writer) if number == IN_MEMORY else EncryptedDesk()

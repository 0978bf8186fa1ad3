"""A laptop's store as the histories see it, in memory or encrypted on a disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sync.client.port import BlobName, ChangeStore
from sync.protocol import Change, ChangeName
from tests.sync.memory_store import FieldKey, Shown, Upload


class Desk(ChangeStore, Protocol):
    """What people do at a laptop, what happens to it, and what is seen of it.

    log, uploads: all changes that are merged. purged: company file → when it was erased for good.
    """

    @property
    def log(self) -> Mapping[ChangeName, Change]: ...

    @property
    def uploads(self) -> Mapping[ChangeName, Upload]: ...

    @property
    def purged(self) -> Mapping[str, int]: ...

    def can_write(self, entity: str) -> bool:
        """Whether this version knows the entity."""

    def write(
        self, company_id: str, entity: str, entity_id: str, field: str, value: object, now_ms: int
    ) -> list[Change]:
        """An edit, and all changes that it came to."""

    def shown(self, key: FieldKey) -> object:
        """The value of a field; None when it was never edited."""

    def held(self) -> set[ChangeName]:
        """The names of all that is here, merged or not."""

    def held_files(self) -> set[str]:
        """Company files of which anything is here."""

    def view_of(self, company_id: str) -> tuple[Shown, Mapping[ChangeName, Change]]:
        """What is shown of one company file and what stands against it; the changes behind it."""

    def is_kept_aside(self, company_id: str) -> bool:
        """Whether the server keeps changes of this file in quarantine."""

    def referenced(self) -> set[BlobName]:
        """All attachments that records name."""

    def keep_blob(self, content: bytes) -> str:
        """Put bytes on the disk; their hash."""

    def blob_names(self) -> set[str]:
        """Hashes of the attachments whose bytes are here."""

    def lose_blob(self, sha256: str) -> None:
        """A file of the disk cannot be read any more."""

    def frames_waiting(self) -> int:
        """How many frames are not merged."""

    def damage_frame(self, which: int) -> frozenset[ChangeName]:
        """A frame that waits cannot be read any more; the names of what it brought.

        Called only while one waits.
        """

    def copy(self) -> Desk:
        """The store as a backup would hold it, opened again: it never reuses a writer."""

    def restarted(self) -> Desk:
        """The store as it is found after the program was killed."""

    def close(self) -> None:
        """It is not looked at any more."""

"""A ChangeStore in memory: small enough to be seen through, and to be copied like a disk image."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import Enum

import msgspec

from sync.client.port import BlobName, Enrolment, OpenBatch, Settlement
from sync.hybrid_clock import observe, tick
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change, ChangeName

FieldKey = tuple[str, str, str, str]
"""company_id, entity, entity_id, field"""
ATTACHMENT = "attachment"


class Upload(Enum):
    """The three client states, and the one that waits for a person."""

    LOCAL = "local"
    SENT = "sent"
    APPLIED = "applied"
    QUARANTINED = "quarantined"


class MemoryStore:
    """One laptop's changes, attachments and enrolment."""

    def __init__(self, draw_writer: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._draw_writer = draw_writer
        self._writer = draw_writer()
        self._n = 0
        self._hlc = 0
        self._enrolment: Enrolment | None = None
        self._open_batch: OpenBatch | None = None
        self._confirmed: set[BlobName] = set()
        self.log: dict[ChangeName, Change] = {}
        self.uploads: dict[ChangeName, Upload] = {}
        self.reasons: dict[ChangeName, str] = {}
        self.blobs: dict[str, bytes] = {}
        self.parts: dict[str, bytes] = {}

    def copy(self) -> MemoryStore:
        """The store as a backup would hold it, opened again: it never reuses a writer."""
        other = MemoryStore(self._draw_writer)
        other._hlc, other._enrolment = self._hlc, self._enrolment
        other._open_batch, other._confirmed = self._open_batch, set(self._confirmed)
        other.log, other.uploads = dict(self.log), dict(self.uploads)
        other.reasons, other.blobs = dict(self.reasons), dict(self.blobs)
        return other

    def edit(
        self, company_id: str, entity: str, entity_id: str, field: str, value: object, now_ms: int
    ) -> Change:
        """An edit by the user of this laptop: it replaces every head that is shown."""
        self._n += 1
        self._hlc = tick(self._hlc, now_ms)
        key = (company_id, entity, entity_id, field)
        change = Change(
            writer=self._writer,
            n=self._n,
            company_id=company_id,
            entity=entity,
            entity_id=entity_id,
            field=field,
            value=value,
            bases=tuple(head.name for head in self.heads(key)),
            hlc=self._hlc,
        )
        self.log[change.name] = change
        self.uploads[change.name] = Upload.LOCAL
        return change

    def attach(self, company_id: str, entity_id: str, content: bytes, now_ms: int) -> str:
        """An attachment with its record; its hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.blobs[sha256] = content
        self.edit(company_id, ATTACHMENT, entity_id, "sha256", sha256, now_ms)
        return sha256

    def fields(self) -> dict[FieldKey, list[Change]]:
        """All changes by the field they edit."""
        found: defaultdict[FieldKey, list[Change]] = defaultdict(list)
        for change in self.log.values():
            found[change.company_id, change.entity, change.entity_id, change.field].append(change)
        return found

    def heads(self, key: FieldKey) -> list[Change]:
        """The changes of one field that nothing replaces."""
        return heads(self.fields().get(key, []))

    def shown(self, key: FieldKey) -> object:
        """The value of a field; None when it was never edited."""
        present = self.heads(key)
        return winner(present).value if present else None

    def conflict(self, key: FieldKey) -> list[object]:
        """All values of a field in conflict, else nothing."""
        present = self.heads(key)
        return [head.value for head in present] if is_conflict(present) else []

    def state(self) -> dict[FieldKey, tuple[object, frozenset[ChangeName]]]:
        """What is shown and what stands against it, for every field."""
        found = {}
        for key, changes in self.fields().items():
            present = heads(changes)
            found[key] = (winner(present).value, frozenset(head.name for head in present))
        return found

    def referenced(self) -> set[BlobName]:
        """All attachments that records name."""
        return {(c.company_id, str(c.value)) for c in self.log.values() if c.entity == ATTACHMENT}

    # ChangeStore

    def enrolment(self) -> Enrolment | None:
        return self._enrolment

    def save_enrolment(self, enrolment: Enrolment) -> None:
        self._enrolment = enrolment

    def outbox(self, limit_bytes: int) -> Sequence[Change]:
        found: list[Change] = []
        for name, change in self.log.items():
            if self.uploads[name] in {Upload.LOCAL, Upload.SENT}:
                limit_bytes -= len(msgspec.json.encode(change))
                if found and limit_bytes < 0:
                    break
                found.append(change)
        return found

    def changes(self, names: Iterable[ChangeName]) -> Sequence[Change]:
        wanted = set(names)
        return [change for name, change in self.log.items() if name in wanted]

    def open_batch(self) -> OpenBatch | None:
        return self._open_batch

    def save_open_batch(self, batch: OpenBatch) -> None:
        self._open_batch = batch
        for name in batch.names:
            if self.uploads[name] is Upload.LOCAL:
                self.uploads[name] = Upload.SENT

    def settle(self, settlement: Settlement) -> None:
        for name in settlement.applied:
            self.uploads[name] = Upload.APPLIED
        for name, reason in settlement.quarantined:
            self.uploads[name] = Upload.QUARANTINED
            self.reasons[name] = reason
        for change in settlement.pulled:
            self.log.setdefault(change.name, change)
            if self.uploads.get(change.name) is not Upload.QUARANTINED:
                self.uploads[change.name] = Upload.APPLIED
            self._hlc = observe(self._hlc, change.hlc)
        self._enrolment = settlement.enrolment
        if self._open_batch and self._open_batch.batch_id == settlement.batch_id:
            self._open_batch = None

    def offer_again(self) -> None:
        for name, upload in self.uploads.items():
            if upload is not Upload.QUARANTINED:
                self.uploads[name] = Upload.LOCAL
        self._confirmed.clear()

    def blobs_to_send(self) -> Sequence[BlobName]:
        return sorted(b for b in self.referenced() - self._confirmed if b[1] in self.blobs)

    def blobs_to_fetch(self) -> Sequence[BlobName]:
        return sorted(b for b in self.referenced() if b[1] not in self.blobs)

    def read_blob(self, sha256: str) -> bytes:
        return self.blobs[sha256]

    def write_blob(self, company_id: str, sha256: str, content: bytes | bytearray) -> None:
        self.parts.pop(sha256, None)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError(sha256)
        self.blobs[sha256] = bytes(content)
        self._confirmed.add((company_id, sha256))

    def blob_sent(self, company_id: str, sha256: str) -> None:
        self._confirmed.add((company_id, sha256))

    def blob_part(self, sha256: str) -> bytes:
        return self.parts.get(sha256, b"")

    def keep_blob_part(self, sha256: str, content: bytes | bytearray) -> None:
        self.parts[sha256] = bytes(content)

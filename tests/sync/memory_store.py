"""A ChangeStore in memory: small enough to be seen through, and to be copied like a disk image."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum

import msgspec

from sync.client.port import BlobName, Enrolment, OpenBatch, Settled, Settlement
from sync.hybrid_clock import observe, tick
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change, ChangeName, Gone, Tombstone
from sync.tally import Tally, runs

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
        self.purged: dict[str, int] = {}
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
        other.purged = dict(self.purged)
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
            found[_key(change)].append(change)
        return found

    def heads(self, key: FieldKey) -> list[Change]:
        """The changes of one field that nothing replaces."""
        return heads([c for c in self.log.values() if key == _key(c)])

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
        companies = {change.company_id for change in self.log.values()}
        return {k: v for company in companies for k, v in self._shown_of(company).items()}

    def view_of(self, company_id: str) -> tuple[object, object]:
        """What is shown of one company file and what stands against it; the changes behind it."""
        behind = {n: c for n, c in self.log.items() if c.company_id == company_id}
        return self._shown_of(company_id), behind

    def _shown_of(self, company_id: str) -> dict[FieldKey, tuple[object, frozenset[ChangeName]]]:
        found = {}
        for key, changes in self.fields().items():
            if key[0] == company_id:
                present = heads(changes)
                found[key] = (winner(present).value, frozenset(head.name for head in present))
        return found

    def is_kept_aside(self, company_id: str) -> bool:
        """Whether the server keeps changes of this file in quarantine."""
        return any(self.uploads[name] is Upload.QUARANTINED for name in self._names(company_id))

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

    def settle(self, settlement: Settlement) -> Settled:
        for name in settlement.applied:
            self.uploads[name] = Upload.APPLIED
        for name, reason in settlement.quarantined:
            self.uploads[name] = Upload.QUARANTINED
            self.reasons[name] = reason
        staying = [gone for gone in settlement.gone if self._has_to_stay(gone)]
        erased = [g for g in settlement.gone if g not in staying and self._let_go(g)]
        for change in settlement.pulled:
            if change.company_id in self.purged:
                continue
            held = self.log.setdefault(change.name, change)
            if self.uploads.get(change.name) is not Upload.QUARANTINED or held == change:
                self.reasons.pop(change.name, None)
                self.uploads[change.name] = Upload.APPLIED
            self._hlc = observe(self._hlc, change.hlc)
        cursor = self._enrolment.cursor if staying and self._enrolment else None
        self._enrolment = settlement.enrolment
        if cursor is not None:
            self._enrolment = msgspec.structs.replace(self._enrolment, cursor=cursor)
        if self._open_batch and self._open_batch.batch_id == settlement.batch_id:
            self._open_batch = None
        return Settled(enrolment=self._enrolment, erased=tuple(erased))

    def _names(self, company_id: str) -> list[ChangeName]:
        return [name for name, change in self.log.items() if change.company_id == company_id]

    def _has_to_stay(self, gone: Gone) -> bool:
        waiting = {Upload.LOCAL, Upload.SENT}
        return gone.reason == "withdrawn" and any(
            self.uploads[name] in waiting for name in self._names(gone.company_id)
        )

    def _let_go(self, gone: Gone) -> bool:
        if gone.reason == "purged":
            self.purged[gone.company_id] = gone.erased_ms
        names = self._names(gone.company_id)
        attached = {sha for company, sha in self.referenced() if company == gone.company_id}
        for name in names:
            del self.log[name], self.uploads[name]
            self.reasons.pop(name, None)
        for sha256 in attached - {sha for _, sha in self.referenced()}:
            self.blobs.pop(sha256, None)
        self._confirmed = {b for b in self._confirmed if b[0] != gone.company_id}
        return bool(names)

    def offer_again(self, company_id: str | None = None) -> None:
        for name, upload in self.uploads.items():
            is_wanted = company_id in {None, self.log[name].company_id}
            if is_wanted and upload is not Upload.QUARANTINED:
                self.uploads[name] = Upload.LOCAL
        if company_id is None:
            self._confirmed.clear()

    def waiting(self) -> int:
        return sum(u in {Upload.LOCAL, Upload.SENT} for u in self.uploads.values())

    def tombstones(self) -> Sequence[Tombstone]:
        newest = sorted(self.purged.items(), key=lambda item: -item[1])
        return [Tombstone(company_id=c, erased_ms=ms, reason="purged") for c, ms in newest]

    def tallies(
        self, company_ids: Collection[str], *, recounted: bool = False
    ) -> Mapping[str, Tally]:
        held: dict[str, list[ChangeName]] = {company_id: [] for company_id in company_ids}
        for name, change in self.log.items():
            if self.uploads[name] is Upload.QUARANTINED:
                held.pop(change.company_id, None)
            elif change.company_id in held and self.uploads[name] is Upload.APPLIED:
                held[change.company_id].append(name)
        return {c: Tally().with_runs(runs(names)) for c, names in held.items()}

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


def _key(change: Change) -> FieldKey:
    return (change.company_id, change.entity, change.entity_id, change.field)

"""A ChangeStore in memory: small enough to be seen through, and to be copied like a disk image."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import msgspec

from sync.blocks import BlockError, all_names, changes_of, open_frame, read_block, read_outline
from sync.client.packing import pack
from sync.client.port import BlobName, Enrolment, OpenBatch, Parcel, Settled, Settlement
from sync.hybrid_clock import observe, tick
from sync.merge import heads, is_conflict, winner
from sync.protocol import Change, ChangeName, Gone, Tombstone
from sync.tally import Tally, runs

FieldKey = tuple[str, str, str, str]
"""company_id, entity, entity_id, field"""
Shown = dict[FieldKey, tuple[object, frozenset[ChangeName]]]
"""What is shown of a field, and the changes that nothing replaces."""
ATTACHMENT = "attachment"
REPORT = "report"


class Upload(Enum):
    """Waiting for the server, packed or not yet; the server's; or waiting for a person."""

    LOCAL = "local"
    APPLIED = "applied"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Arrived:
    """A frame kept as it came; only its outline was read."""

    company_id: str
    frame: bytes
    names: frozenset[ChangeName]


class MemoryStore:
    """One laptop's changes, attachments and enrolment.

    log: what is merged. arrived: frames that came and are not; the oldest first.
    """

    def __init__(self, draw_writer: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._draw_writer = draw_writer
        self._writer = draw_writer()
        self._n = 0
        self._hlc = 0
        self._enrolment: Enrolment | None = None
        self._open_batch: OpenBatch | None = None
        self._parcels: dict[int, Parcel] = {}
        self._last_parcel = 0
        self._confirmed: set[BlobName] = set()
        self.purged: dict[str, int] = {}
        self.log: dict[ChangeName, Change] = {}
        self.uploads: dict[ChangeName, Upload] = {}
        self.reasons: dict[ChangeName, str] = {}
        self.arrived: list[Arrived] = []
        self.blobs: dict[str, bytes] = {}
        self.parts: dict[str, bytes] = {}

    def copy(self) -> MemoryStore:
        """The store as a backup would hold it, opened again: it never reuses a writer."""
        other = MemoryStore(self._draw_writer)
        other._hlc, other._enrolment = self._hlc, self._enrolment
        other._open_batch, other._confirmed = self._open_batch, set(self._confirmed)
        other._parcels, other._last_parcel = dict(self._parcels), self._last_parcel
        other.purged, other.arrived = dict(self.purged), list(self.arrived)
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

    def write(
        self, company_id: str, entity: str, entity_id: str, field: str, value: object, now_ms: int
    ) -> list[Change]:
        """An edit, and all changes that it came to."""
        return [self.edit(company_id, entity, entity_id, field, value, now_ms)]

    def attach(self, company_id: str, entity_id: str, content: bytes, now_ms: int) -> str:
        """An attachment with its record; its hash."""
        sha256 = self.keep_blob(content)
        self.edit(company_id, ATTACHMENT, entity_id, "sha256", sha256, now_ms)
        return sha256

    def restarted(self) -> MemoryStore:
        """The store as it is found after the program was killed."""
        return self.copy()

    def close(self) -> None:
        """Nothing stays open."""

    def can_write(self, _entity: str) -> bool:
        """Whether this version knows the entity: what is kept in memory knows no schema."""
        return True

    def keep_blob(self, content: bytes) -> str:
        """Put bytes on the disk; their hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.blobs[sha256] = content
        return sha256

    def blob_names(self) -> set[str]:
        """Hashes of the attachments whose bytes are here."""
        return set(self.blobs)

    def lose_blob(self, sha256: str) -> None:
        """A file of the disk cannot be read any more."""
        del self.blobs[sha256]

    def frames_waiting(self) -> int:
        """How many frames are not merged."""
        return len(self.arrived)

    def damage_frame(self, which: int) -> frozenset[ChangeName]:
        """A frame that waits cannot be read any more; the names of what it brought."""
        damaged = self.arrived[which % len(self.arrived)]
        place = self.arrived.index(damaged)
        self.arrived[place] = replace(damaged, frame=damaged.frame[:-1])
        return damaged.names

    def held(self) -> set[ChangeName]:
        """The names of all that is here, merged or not."""
        return self.log.keys() | {name for arrived in self.arrived for name in arrived.names}

    def held_files(self) -> set[str]:
        """Company files of which anything is here."""
        return {c.company_id for c in self.log.values()} | {a.company_id for a in self.arrived}

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
        changes = [c for c in self.log.values() if key == _key(c)]
        return _shown(changes).value if changes else None

    def conflict(self, key: FieldKey) -> list[object]:
        """All values of a field in conflict, else nothing."""
        present = self.heads(key)
        return [head.value for head in present] if is_conflict(present) else []

    def state(self) -> Shown:
        """What is shown and what stands against it, for every field."""
        return {key: look(changes) for key, changes in self.fields().items()}

    def view_of(self, company_id: str) -> tuple[Shown, dict[ChangeName, Change]]:
        """What is shown of one company file and what stands against it; the changes behind it."""
        behind = {n: c for n, c in self.log.items() if c.company_id == company_id}
        return {key: v for key, v in self.state().items() if key[0] == company_id}, behind

    def is_kept_aside(self, company_id: str) -> bool:
        """Whether the server keeps changes of this file in quarantine."""
        return any(self.uploads[name] is Upload.QUARANTINED for name in self._names(company_id))

    def referenced(self) -> set[BlobName]:
        """All attachments that records name."""
        return {
            (key[0], str(_shown(changes).value))
            for key, changes in self.fields().items()
            if key[1] == ATTACHMENT
        }

    # ChangeStore

    def enrolment(self) -> Enrolment | None:
        return self._enrolment

    def save_enrolment(self, enrolment: Enrolment) -> None:
        self._enrolment = enrolment

    def prepare(self) -> None:
        """Pack what is not packed yet; what no server could take is kept aside."""
        packed = {name for parcel in self._parcels.values() for name in _names_in(parcel)}
        packing = pack(
            change
            for name, change in self.log.items()
            if self.uploads[name] is Upload.LOCAL and name not in packed
        )
        for name, reason in packing.unfit:
            self.uploads[name], self.reasons[name] = Upload.QUARANTINED, reason
        for fresh in packing.packed:
            self._last_parcel += 1
            self._parcels[self._last_parcel] = Parcel(
                id=self._last_parcel,
                company_id=fresh.company_id,
                frame=fresh.frame,
                runs=fresh.runs,
                count=fresh.count,
            )

    def outbox(self, limit_bytes: int) -> Sequence[Parcel]:
        self.prepare()
        found: list[Parcel] = []
        for parcel in self._parcels.values():
            limit_bytes -= len(parcel.frame)
            if found and limit_bytes < 0:
                break
            found.append(parcel)
        return found

    def parcels(self, ids: Iterable[int]) -> Sequence[Parcel]:
        return [self._parcels[n] for n in ids if n in self._parcels]

    def open_batch(self) -> OpenBatch | None:
        return self._open_batch

    def save_open_batch(self, batch: OpenBatch) -> None:
        self._open_batch = batch

    def settle(self, settlement: Settlement) -> Settled:
        for number in settlement.applied:
            self._leave_outbox(number, {})
        for kept in settlement.kept:
            self._leave_outbox(kept.parcel, kept.reasons)
        staying = [gone for gone in settlement.gone if self._has_to_stay(gone)]
        erased = [g for g in settlement.gone if g not in staying and self._let_go(g)]
        received: Counter[str] = Counter()
        for frame in settlement.frames:
            received.update(self._receive(frame))
        received.update(self._merge(settlement.pulled))
        before = self._enrolment.cursor if self._enrolment else 0
        cursor = before if staying or before < settlement.asked_from else None
        self._enrolment = settlement.enrolment
        if cursor is not None:
            self._enrolment = msgspec.structs.replace(self._enrolment, cursor=cursor)
        if self._open_batch and self._open_batch.batch_id == settlement.batch_id:
            self._open_batch = None
        came = {read_outline(open_frame(frame)).company_id for frame in settlement.frames}
        came |= {change.company_id for change in settlement.pulled}
        return Settled(
            enrolment=self._enrolment,
            erased=tuple(erased),
            received=dict(received),
            kept_out=frozenset(came & self.purged.keys()),
        )

    def _leave_outbox(self, number: int, kept: Mapping[int, str]) -> None:
        parcel = self._parcels.pop(number, None)
        for place, name in enumerate(_names_in(parcel) if parcel else ()):
            if place in kept:
                self.uploads[name], self.reasons[name] = Upload.QUARANTINED, kept[place]
            else:
                self.uploads[name] = Upload.APPLIED

    def _receive(self, frame: bytes) -> Mapping[str, int]:
        """Keep a frame as it is where that is not seen, else merge it."""
        plain = open_frame(frame)
        outline = read_outline(plain)
        if outline.company_id in self.purged:
            return {}
        names = frozenset(all_names(outline))
        if names & self.held() or any(kind[0] == ATTACHMENT for kind in outline.kinds):
            return self._merge(changes_of(read_block(plain)))
        self.arrived.append(Arrived(outline.company_id, frame, names))
        return {outline.company_id: outline.count}

    def _merge(self, changes: Iterable[Change]) -> Mapping[str, int]:
        """How many of each file were not here."""
        fresh: Counter[str] = Counter()
        here = self.held()
        for change in changes:
            if change.company_id in self.purged:
                continue
            fresh[change.company_id] += change.name not in here
            if self.log.setdefault(change.name, change) == change:
                self.reasons.pop(change.name, None)
                self.uploads[change.name] = Upload.APPLIED
            self._hlc = observe(self._hlc, change.hlc)
        return fresh

    def sort_in(self, limit: int = 1) -> int:
        for arrived in self.arrived[:limit]:
            self._sort_in(arrived)
        return len(self.arrived)

    def _sort_in(self, arrived: Arrived) -> None:
        self.arrived.remove(arrived)
        try:
            self._merge(changes_of(read_block(open_frame(arrived.frame))))
        except BlockError:
            if self._enrolment is not None:
                self._enrolment = msgspec.structs.replace(self._enrolment, cursor=0)

    def _names(self, company_id: str) -> list[ChangeName]:
        return [name for name, change in self.log.items() if change.company_id == company_id]

    def _has_to_stay(self, gone: Gone) -> bool:
        return gone.reason == "withdrawn" and any(
            self.uploads[name] is Upload.LOCAL for name in self._names(gone.company_id)
        )

    def _let_go(self, gone: Gone) -> bool:
        if gone.reason == "purged":
            self.purged[gone.company_id] = gone.erased_ms
        is_here = gone.company_id in self.held_files()
        attached = {sha for company, sha in self.referenced() if company == gone.company_id}
        for name in self._names(gone.company_id):
            del self.log[name], self.uploads[name]
            self.reasons.pop(name, None)
        self.arrived = [a for a in self.arrived if a.company_id != gone.company_id]
        self._parcels = {
            number: parcel
            for number, parcel in self._parcels.items()
            if parcel.company_id != gone.company_id
        }
        for sha256 in attached - {sha for _, sha in self.referenced()}:
            self.blobs.pop(sha256, None)
        self._confirmed = {b for b in self._confirmed if b[0] != gone.company_id}
        return is_here

    def offer_again(self, company_id: str | None = None) -> None:
        for arrived in list(self.arrived):
            if company_id in {None, arrived.company_id}:
                self._sort_in(arrived)
        for name, upload in self.uploads.items():
            is_wanted = company_id in {None, self.log[name].company_id}
            is_kept = upload is Upload.QUARANTINED
            if (is_wanted and upload is Upload.APPLIED) or (company_id is None and is_kept):
                self.uploads[name] = Upload.LOCAL
                self.reasons.pop(name, None)
        if company_id is None:
            self._confirmed.clear()

    def waiting(self) -> int:
        return sum(upload is Upload.LOCAL for upload in self.uploads.values())

    def tombstones(self) -> Sequence[Tombstone]:
        newest = sorted(self.purged.items(), key=lambda item: -item[1])
        return [Tombstone(company_id=c, erased_ms=ms, reason="purged") for c, ms in newest]

    def tallies(
        self, company_ids: Collection[str], *, recounted: bool = False
    ) -> Mapping[str, Tally]:
        held: dict[str, set[ChangeName]] = {company_id: set() for company_id in company_ids}
        for arrived in self.arrived:
            if arrived.company_id in held:
                held[arrived.company_id] |= arrived.names
        for name, change in self.log.items():
            if self.uploads[name] is Upload.QUARANTINED:
                held.pop(change.company_id, None)
            elif change.company_id in held and self.uploads[name] is Upload.APPLIED:
                held[change.company_id].add(name)
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


def _names_in(parcel: Parcel) -> list[ChangeName]:
    return [
        (writer, n) for writer, first, length in parcel.runs for n in range(first, first + length)
    ]


def look(changes: Sequence[Change]) -> tuple[object, frozenset[ChangeName]]:
    """What is shown of one field, and the changes that nothing replaces; given as they arrived."""
    return _shown(changes).value, frozenset(head.name for head in heads(changes))


def _shown(changes: Sequence[Change]) -> Change:
    """The change whose value is shown; what is written once stays as it was here first."""
    return changes[0] if changes[0].entity in {REPORT, ATTACHMENT} else winner(heads(changes))

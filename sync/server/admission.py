"""What becomes of each change that arrives; one bad change never stands in another's way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import (
    MAX_CHANGES,
    MAX_FILES_NAMED,
    BatchId,
    Change,
    ChangeName,
    Held,
    Label,
    Position,
    Reason,
    Tombstone,
    Uuid,
    Verdict,
    read_change,
)
from sync.server.access import mine_among, portions, works_with_files
from sync.server.devices import Caller
from sync.server.models import KnownChange
from sync.server.people_models import CompanyFile

DIGEST_BYTES = 16
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LooseChangeset(msgspec.Struct, frozen=True, kw_only=True):
    """A changeset whose changes are not read yet, so that a bad one spoils only itself."""

    company_id: str
    changes: tuple[msgspec.Raw, ...]


class LooseBatch(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.Batch` before its changes are read."""

    batch_id: BatchId
    changesets: tuple[LooseChangeset, ...]

    @property
    def change_count(self) -> int:
        """Changes in all changesets."""
        return sum(len(changeset.changes) for changeset in self.changesets)


class LooseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.SyncRequest` before its changes are read."""

    protocol: int
    device: Uuid
    server_id: Label
    server_epoch: Label
    cursor: Position
    last_reply: Label
    batch: LooseBatch | None = None
    erased: Annotated[tuple[Tombstone, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    check: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    again: Annotated[tuple[Uuid, ...], Meta(max_length=MAX_FILES_NAMED)] = ()
    waiting: Annotated[int, Meta(ge=0, lt=2**53)] = 0


@dataclass
class Admitted:
    """The fresh changes of one changeset, as they arrived, and the verdict on all of them.

    fresh: as bytes for the log; changes: the same, read; names: the same with their digests.
    seq: their place in the log, 0 before they have one.
    """

    company_id: str
    verdict: Verdict
    fresh: list[bytes] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    names: list[tuple[ChangeName, bytes]] = field(default_factory=list)
    quarantined: list[tuple[str, bytes]] = field(default_factory=list)
    seq: int = 0


def read_request(plain: bytes) -> LooseRequest:
    """The request. Raises wire.BodyUnreadableError when even its outline cannot be read."""
    request = wire.decode(plain, LooseRequest)
    if request.batch is not None and request.batch.change_count > MAX_CHANGES:
        raise wire.BodyUnreadableError("too many changes")
    return request


def admit(session: Session, caller: Caller, batch: LooseBatch) -> list[Admitted]:
    """A verdict for each changeset, by the caller's rights, the log, and each other.

    Holds only under the log's lock.
    """
    barred = barred_files(session, caller, {cs.company_id for cs in batch.changesets})
    return compare(session, caller.network_id, batch, barred)


def compare(
    session: Session, network_id: int, batch: LooseBatch, barred: Mapping[str, Reason]
) -> list[Admitted]:
    """A verdict for each changeset; `barred` are the company files that may not be written."""
    read = [
        [read_change(bytes(raw), changeset.company_id) for raw in changeset.changes]
        for changeset in batch.changesets
    ]
    known = _known(session, network_id, (c for cs in read for c in cs if isinstance(c, Change)))
    return [
        _admit_changeset(changeset, changes, known, barred.get(changeset.company_id))
        for changeset, changes in zip(batch.changesets, read, strict=True)
    ]


def barred_files(
    session: Session, caller: Caller, company_ids: Collection[str]
) -> dict[str, Reason]:
    """Those of these company files that the caller may not write, and why.

    A file that the network does not know yet is begun by whoever works with files.
    """
    known: dict[str, int | None] = {}
    for some in portions(sorted(company_ids)):
        rows = session.execute(
            select(CompanyFile.company_id, CompanyFile.purged_ms).where(
                CompanyFile.network_id == caller.network_id, CompanyFile.company_id.in_(some)
            )
        )
        known.update((company_id, purged_ms) for company_id, purged_ms in rows)
    writable = mine_among(session, caller, known.keys())
    if works_with_files(caller):
        writable |= {c for c in company_ids if c not in known}
    return {
        company_id: Reason.NOT_ASSIGNED if known.get(company_id) is None else Reason.PURGED
        for company_id in company_ids
        if company_id not in writable
    }


def _admit_changeset(
    changeset: LooseChangeset,
    changes: Sequence[Change | Reason],
    known: dict[ChangeName, bytes],
    barred: Reason | None,
) -> Admitted:
    if not UUID.fullmatch(changeset.company_id):
        return _refused(changeset, Reason.MALFORMED)
    if barred is Reason.PURGED:
        return _refused(changeset, barred)
    if barred is not None:
        return _set_aside(changeset, changes, known, barred)
    admitted = Admitted(changeset.company_id, Verdict(company_id="", outcome="applied"))
    held: list[Held] = []
    for index, (raw, change) in enumerate(zip(changeset.changes, changes, strict=True)):
        reason = change if isinstance(change, Reason) else _clash(change, known)
        if reason is not None:
            held.append(Held(index=index, reason=reason))
            admitted.quarantined.append((reason, bytes(raw)))
        elif isinstance(change, Change) and change.name not in known:
            digest = digest_of(change)
            known[change.name] = digest
            admitted.names.append((change.name, digest))
            admitted.fresh.append(bytes(raw))
            admitted.changes.append(change)
    admitted.verdict = _verdict(changeset.company_id, held, has_fresh=bool(admitted.fresh))
    return admitted


def _refused(changeset: LooseChangeset, reason: Reason) -> Admitted:
    verdict = Verdict(company_id=changeset.company_id, outcome="refused", reason=reason)
    return Admitted("", verdict)


def _set_aside(
    changeset: LooseChangeset,
    changes: Sequence[Change | Reason],
    known: dict[ChangeName, bytes],
    reason: Reason,
) -> Admitted:
    """All of a changeset, of which what the log does not hold is kept for a coordinator."""
    held = tuple(Held(index=index, reason=reason) for index in range(len(changes)))
    verdict = Verdict(
        company_id=changeset.company_id, outcome="quarantined", reason=reason, held=held
    )
    admitted = Admitted(changeset.company_id, verdict)
    for raw, change in zip(changeset.changes, changes, strict=True):
        if isinstance(change, Reason) or known.get(change.name) != digest_of(change):
            admitted.quarantined.append((reason, bytes(raw)))
    return admitted


def _verdict(company_id: str, held: Sequence[Held], *, has_fresh: bool) -> Verdict:
    if held:
        return Verdict(
            company_id=company_id,
            outcome="quarantined",
            reason=held[0].reason,
            held=tuple(held),
        )
    return Verdict(company_id=company_id, outcome="applied" if has_fresh else "duplicate")


def _clash(change: Change, known: dict[ChangeName, bytes]) -> Reason | None:
    present = known.get(change.name)
    return None if present is None or present == digest_of(change) else Reason.NAME_TAKEN


def digest_of(change: Change) -> bytes:
    """What tells a repeated change from another of the same name, key order aside."""
    encoded = msgspec.json.encode(change, order="deterministic")
    return hashlib.sha256(encoded).digest()[:DIGEST_BYTES]


def _known(session: Session, network_id: int, changes: Iterable[Change]) -> dict[ChangeName, bytes]:
    """Digests of those names that the log holds; asked by range, as writers count up."""
    spans: dict[str, tuple[int, int]] = {}
    for change in changes:
        low, high = spans.get(change.writer, (change.n, change.n))
        spans[change.writer] = (min(low, change.n), max(high, change.n))
    known: dict[ChangeName, bytes] = {}
    for writer, (low, high) in spans.items():
        rows = session.execute(
            select(KnownChange.n, KnownChange.digest).where(
                KnownChange.network_id == network_id,
                KnownChange.writer == writer,
                KnownChange.n.between(low, high),
            )
        )
        known.update(((writer, n), digest) for n, digest in rows)
    return known

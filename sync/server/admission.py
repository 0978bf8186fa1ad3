"""What becomes of each change that arrives; one bad change never stands in another's way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from sync import wire
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_CHANGES,
    BatchId,
    Change,
    ChangeName,
    Held,
    Label,
    Position,
    Reason,
    Uuid,
    Verdict,
    read_change,
)
from sync.server.models import KnownChange, LogEntry, QuarantinedChange

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


@dataclass
class Admitted:
    """The fresh changes of one changeset, as they arrived, and the verdict on all of them."""

    company_id: str
    verdict: Verdict
    fresh: list[bytes] = field(default_factory=list)
    names: list[tuple[ChangeName, bytes]] = field(default_factory=list)
    quarantined: list[tuple[str, bytes]] = field(default_factory=list)


def read_request(plain: bytes) -> LooseRequest:
    """The request. Raises wire.BodyUnreadableError when even its outline cannot be read."""
    request = wire.decode(plain, LooseRequest)
    if request.batch is not None and request.batch.change_count > MAX_CHANGES:
        raise wire.BodyUnreadableError("too many changes")
    return request


def admit(session: Session, network_id: int, batch: LooseBatch) -> list[Admitted]:
    """A verdict for each changeset, compared with the log and with each other.

    Holds only under the log's lock.
    """
    read = [
        [read_change(bytes(raw), changeset.company_id) for raw in changeset.changes]
        for changeset in batch.changesets
    ]
    known = _known(session, network_id, (c for cs in read for c in cs if isinstance(c, Change)))
    return [
        _admit_changeset(changeset, changes, known)
        for changeset, changes in zip(batch.changesets, read, strict=True)
    ]


def _admit_changeset(
    changeset: LooseChangeset, changes: Sequence[Change | Reason], known: dict[ChangeName, bytes]
) -> Admitted:
    if not UUID.fullmatch(changeset.company_id):
        refused = Verdict(
            company_id=changeset.company_id, outcome="refused", reason=Reason.MALFORMED
        )
        return Admitted("", refused)
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
    admitted.verdict = _verdict(changeset.company_id, held, has_fresh=bool(admitted.fresh))
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


def append(
    session: Session,
    *,
    network_id: int,
    device_id: str,
    head: int,
    admitted: Sequence[Admitted],
    now: int,
) -> int:
    """The log's new head, after the fresh changes were appended. Holds only under its lock."""
    entries, names = [], []
    for changeset in admitted:
        if not changeset.fresh:
            continue
        head += 1
        body = b"[" + b",".join(changeset.fresh) + b"]"
        entries.append(
            {
                "network_id": network_id,
                "seq": head,
                "company_id": changeset.company_id,
                "device_id": device_id,
                "received_ms": now,
                "change_count": len(changeset.fresh),
                "size": len(body),
                "body": wire.compress(body),
            }
        )
        names += [
            {"network_id": network_id, "writer": w, "n": n, "digest": digest, "seq": head}
            for (w, n), digest in changeset.names
        ]
    if entries:
        session.execute(insert(LogEntry), entries)
        session.execute(insert(KnownChange), names)
    return head


def keep_aside(
    session: Session, *, network_id: int, device_id: str, admitted: Sequence[Admitted], now: int
) -> None:
    """Write down what was quarantined, once, for a person to look at."""
    rows = {}
    for changeset in admitted:
        for reason, raw in changeset.quarantined:
            rows[hashlib.sha256(raw).digest()] = {
                "network_id": network_id,
                "device_id": device_id,
                "company_id": changeset.company_id,
                "reason": reason,
                "received_ms": now,
                "body": raw if len(raw) <= MAX_CHANGE_BYTES else b"",
            }
    if not rows:
        return
    present = session.execute(
        select(QuarantinedChange.digest).where(
            QuarantinedChange.network_id == network_id, QuarantinedChange.digest.in_(rows)
        )
    ).scalars()
    for digest in present:
        del rows[digest]
    if rows:
        session.execute(
            insert(QuarantinedChange), [row | {"digest": digest} for digest, row in rows.items()]
        )

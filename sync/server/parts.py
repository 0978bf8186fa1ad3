"""Parts of a batch that travel ahead of it, over several connections: kept until it is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from http import HTTPStatus

import msgspec
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from sync.blocks import BlockError, block_of, frame_of, open_frame
from sync.protocol import MAX_FRAME_BYTES, MAX_PLAIN_BYTES, Change, ProblemType
from sync.server.access import portions
from sync.server.arrival import plain_size
from sync.server.database import Database, now_ms
from sync.server.devices import Caller
from sync.server.frame_reading import company_of
from sync.server.models import Part, Registration, table_of
from sync.server.people_models import CompanyFile
from sync.server.problems import malformed, refusal, too_large
from sync.server.reading_ahead import AHEAD

KEPT_MS = 24 * 3_600_000
"""Without its batch until then a part is let go of."""
MOST_BYTES = 64 * 1024 * 1024
"""Parts that one laptop and its copies may have here: several of the largest batches."""
PARTS_LOCK = 0x41445054
"""First key of the advisory lock under which parts of a network come and are erased ("ADPT"); the
second is the network's id."""


def stage(database: Database, caller: Caller, sha256: str, body: bytes) -> None:
    """Keep a part for the caller's laptop; one that is here already stays. Raises RefusalError.

    Of a company file that was erased for good nothing is kept but that it was meant.
    """
    if hashlib.sha256(body).hexdigest() != sha256:
        raise refusal(
            ProblemType.PART_HASH,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "These bytes do not have this hash; send them again.",
        )
    frames = _frames(body)
    owners = _owners(frames)
    with database.writing() as session:
        _lock(session, caller.network_id)
        erased = _erased(session, caller.network_id, {*owners})
        if erased:
            frames = [
                _husk(owner) if owner in erased else frame
                for owner, frame in zip(owners, frames, strict=True)
            ]
            body = msgspec.msgpack.encode(frames)
        _enter(session, caller, sha256, body)
    AHEAD.read(frames)


def _lock(session: Session, network_id: int) -> None:
    """Wait until this transaction is the only one that keeps or erases parts of the network.

    Else two would see the same room, or a purge not see what comes just now. Whoever keeps
    a part takes no other lock after it. SQLite: BEGIN IMMEDIATE has already done it.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(
            text("SELECT pg_advisory_xact_lock(:lock, :network)"),
            {"lock": PARTS_LOCK, "network": network_id},
        )


def _owners(frames: Sequence[bytes]) -> list[str]:
    """The company file of each frame; "" where it cannot be read, or no batch may bring it."""
    owners, room = [], MAX_PLAIN_BYTES
    for frame in frames:
        room -= plain_size(frame)
        try:
            owners.append(company_of(open_frame(frame, MAX_FRAME_BYTES)) if room >= 0 else "")
        except BlockError:
            owners.append("")
    return owners


def _erased(session: Session, network_id: int, company_ids: Collection[str]) -> set[str]:
    """Those of these company files that were erased for good."""
    erased: set[str] = set()
    for some in portions(sorted(company_ids)):
        query = select(CompanyFile.company_id).where(
            CompanyFile.network_id == network_id,
            CompanyFile.company_id.in_(some),
            CompanyFile.purged_ms.is_not(None),
        )
        erased.update(session.scalars(query))
    return erased


def _husk(company_id: str) -> bytes:
    """What stands for a frame whose company file is erased: refused like it, without its content"""
    nothing = Change(
        writer="0" * 32,
        n=1,
        company_id=company_id,
        entity="company",
        entity_id=company_id,
        field="erased",
        value=None,
    )
    return frame_of(block_of([nothing]))


def _enter(session: Session, caller: Caller, sha256: str, body: bytes) -> None:
    mine = Part.registration_id == caller.registration_id
    now = now_ms()
    here = update(Part).where(mine, Part.sha256 == sha256).values(received_ms=now)
    if session.connection().execute(here).rowcount:
        return
    held = session.scalar(select(func.coalesce(func.sum(Part.size), 0)).where(mine)) or 0
    if held + len(body) > MOST_BYTES:
        raise too_large("Too many parts are waiting for their batch.")
    row = {
        "registration_id": caller.registration_id,
        "sha256": sha256,
        "body": body,
        "size": len(body),
        "received_ms": now,
    }
    session.connection().execute(insert(table_of(Part)), row)


def staged(session: Session, caller: Caller, hashes: Sequence[str]) -> list[bytes]:
    """The parts of these hashes, in this order. Raises RefusalError where one is not here."""
    mine = Part.registration_id == caller.registration_id
    query = select(Part.sha256, Part.body).where(mine, Part.sha256.in_(hashes))
    here = {part.sha256: part.body for part in session.execute(query)}
    if not here.keys() >= {*hashes}:
        raise refusal(
            ProblemType.PART_UNKNOWN,
            HTTPStatus.CONFLICT,
            "A part of this batch is not here; send the parts again, then the batch.",
        )
    return [here[sha256] for sha256 in hashes]


def frames_of(bodies: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The frames of each part."""
    return (_frames(body) for body in bodies)


def _frames(body: bytes) -> list[bytes]:
    try:
        return msgspec.msgpack.decode(body, type=list[bytes])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise malformed(str(error)) from error


def forget(session: Session, caller: Caller, hashes: Sequence[str]) -> None:
    """The batch that named them is answered."""
    if hashes:
        session.execute(
            delete(Part).where(
                Part.registration_id == caller.registration_id, Part.sha256.in_(hashes)
            )
        )


def forget_network(session: Session, network_id: int) -> None:
    """All parts of a network, one of which may hold what has to be erased; laptops repeat them."""
    _lock(session, network_id)
    laptops = select(Registration.id).where(Registration.network_id == network_id)
    session.execute(
        delete(Part)
        .where(Part.registration_id.in_(laptops))
        .execution_options(synchronize_session=False)
    )


def sweep(database: Database, now: int | None = None) -> int:
    """Let go of parts that no batch named in time; how many."""
    with database.writing() as session:
        old = delete(Part).where(Part.received_ms < (now or now_ms()) - KEPT_MS)
        return int(session.connection().execute(old).rowcount)

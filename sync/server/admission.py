"""What becomes of each change that arrives; one bad change never stands in another's way.

A frame of which no name is known goes into the log as it came, without a look at its changes one
by one; so does, to nothing, one that the log holds already in the same bytes. All else is compared
change by change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sync import wire
from sync.blocks import block_of
from sync.protocol import Change, ChangeName, Held, Reason, Run, Verdict
from sync.server.access import mine_among, works_with_files
from sync.server.among import among
from sync.server.arrival import Arrival, ArrivedFrame
from sync.server.devices import Caller
from sync.server.frame_reading import OF_INTEREST, weight_of
from sync.server.known import Known, digest_of
from sync.server.models import table_of
from sync.server.people_models import CompanyFile
from sync.spread import spread_of
from sync.tally import runs

Files = dict[str, dict[str, Any]]
"""Rows of company_file by company_id, as far as arriving changes ask for them or change them."""


_FILE = table_of(CompanyFile).c
_FILES = select(
    _FILE.network_id,
    _FILE.company_id,
    _FILE.name,
    _FILE.name_hlc,
    _FILE.change_count,
    _FILE.mark,
    _FILE.purged_ms,
).where(
    _FILE.network_id == bindparam("network"),
    among(_FILE.company_id, "companies"),
)


@dataclass
class Admitted:
    """The fresh changes of one part of a batch, and the verdict on all of it.

    kind, body, weight: what the log is to keep, see `models.LogEntry`, weight as its size. runs,
    count: the names of the fresh changes. of_interest: those of them that the server looks into.
    seq: their place in the log, 0 before they have one.
    """

    company_id: str
    verdict: Verdict
    kind: Literal["block", "changes"] = "block"
    body: bytes = b""
    weight: int = 0
    runs: Sequence[Run] = ()
    count: int = 0
    of_interest: Sequence[Change] = ()
    quarantined: list[tuple[str, bytes]] = field(default_factory=list)
    seq: int = 0


def admit(
    session: Session, caller: Caller, arrived: Sequence[Arrival], files: Files
) -> list[Admitted]:
    """A verdict for each part of a batch, by the caller's rights, the log, and each other.

    files: those of `arrived` that the network knows. Holds only under the log's lock.
    """
    named = {part.company_id for part in arrived if part.is_of_company}
    return compare(session, caller.network_id, arrived, barred(session, caller, named, files))


def compare(
    session: Session, network_id: int, arrived: Sequence[Arrival], barred: Mapping[str, Reason]
) -> list[Admitted]:
    """A verdict for each part; `barred` are the company files that may not be written."""
    known = Known(session, network_id, (run for part in arrived for run in part.runs))
    return [_admit(part, known, barred.get(part.company_id)) for part in arrived]


def files_among(session: Session, network_id: int, company_ids: Iterable[str]) -> Files:
    """Those of these company files that the network knows, the erased ones too."""
    asked_for = {"network": network_id, "companies": company_ids}
    rows = session.connection().execute(_FILES, asked_for).mappings()
    return {row["company_id"]: dict(row) for row in rows}


def barred(
    session: Session, caller: Caller, company_ids: Collection[str], files: Files
) -> dict[str, Reason]:
    """Those of these company files that the caller may not write, and why.

    A file that the network does not know yet is begun by whoever works with files.
    """
    writable = mine_among(session, caller, files.keys())
    if works_with_files(caller):
        writable |= {c for c in company_ids if c not in files}
    return {
        company_id: Reason.PURGED
        if company_id in files and files[company_id]["purged_ms"] is not None
        else Reason.NOT_ASSIGNED
        for company_id in company_ids
        if company_id not in writable
    }


def _admit(part: Arrival, known: Known, barred: Reason | None) -> Admitted:
    if not part.is_readable or not part.is_of_company:
        return _refused(part, Reason.MALFORMED)
    if barred is Reason.PURGED:
        return _refused(part, barred)
    if barred is not None:
        return _set_aside(part, known, barred)
    if isinstance(part, ArrivedFrame) and part.is_small:
        if known.is_news(part.runs):
            known.add(part.runs, part.changes, part.frame)
            return _as_it_came(part)
        if known.is_kept_as(part.frame, part.runs):
            return Admitted("", Verdict(company_id=part.company_id, outcome="duplicate"))
    return _compared(part, known)


def _as_it_came(part: ArrivedFrame) -> Admitted:
    return Admitted(
        part.company_id,
        Verdict(company_id=part.company_id, outcome="applied", fresh=part.count),
        body=part.frame,
        weight=part.weight,
        runs=part.runs,
        count=part.count,
        of_interest=part.of_interest,
    )


def _compared(part: Arrival, known: Known) -> Admitted:
    present = known.digests(part.runs)
    held: list[Held] = []
    quarantined: list[tuple[str, bytes]] = []
    fresh: list[bytes] = []
    changes: list[Change] = []
    for index, (raw, change) in enumerate(part.read()):
        reason = change if isinstance(change, Reason) else _clash(change, present)
        if reason is not None:
            held.append(Held(index=index, reason=reason))
            quarantined.append((reason, raw))
        elif isinstance(change, Change) and change.name not in present:
            present[change.name] = digest_of(change)
            fresh.append(raw)
            changes.append(change)
    admitted = Admitted(
        part.company_id,
        _verdict(part.company_id, held, fresh=len(fresh)),
        runs=runs(change.name for change in changes),
        count=len(fresh),
        of_interest=[c for c in changes if (c.entity, c.field) in OF_INTEREST],
        quarantined=quarantined,
    )
    if fresh:
        _pack(admitted, part, fresh, changes)
        known.add(admitted.runs, lambda: changes)
    return admitted


def _pack(
    admitted: Admitted, part: Arrival, fresh: Sequence[bytes], changes: Sequence[Change]
) -> None:
    """What came as columns is kept as columns, all else as it came, unknown members included."""
    if isinstance(part, ArrivedFrame):
        block = block_of(changes)
        plain = msgspec.json.encode(block)
        admitted.weight = weight_of(plain, spread_of(block))
    else:
        admitted.kind = "changes"
        plain = b"[" + b",".join(fresh) + b"]"
        admitted.weight = len(plain)
    admitted.body = wire.compress(plain)


def _refused(part: Arrival, reason: Reason) -> Admitted:
    verdict = Verdict(company_id=part.company_id, outcome="refused", reason=reason)
    return Admitted("", verdict)


def _set_aside(part: Arrival, known: Known, reason: Reason) -> Admitted:
    """All of a part, of which what the log does not hold is kept for a coordinator."""
    held = tuple(Held(index=index, reason=reason) for index in range(part.count))
    verdict = Verdict(company_id=part.company_id, outcome="quarantined", reason=reason, held=held)
    admitted = Admitted(part.company_id, verdict)
    present = known.digests(part.runs)
    for raw, change in part.read():
        if isinstance(change, Reason) or present.get(change.name) != digest_of(change):
            admitted.quarantined.append((reason, raw))
    return admitted


def _verdict(company_id: str, held: Sequence[Held], *, fresh: int) -> Verdict:
    if held:
        return Verdict(
            company_id=company_id,
            outcome="quarantined",
            reason=held[0].reason,
            held=tuple(held),
            fresh=fresh,
        )
    return Verdict(company_id=company_id, outcome="applied" if fresh else "duplicate", fresh=fresh)


def _clash(change: Change, known: dict[ChangeName, bytes]) -> Reason | None:
    present = known.get(change.name)
    return None if present is None or present == digest_of(change) else Reason.NAME_TAKEN

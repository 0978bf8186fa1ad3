"""What becomes of each change that arrives; one bad change never stands in another's way.

A block of which no name is known goes into the log as it came, without a look at its changes one
by one; all else is compared change by change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.blocks import changes_of
from sync.protocol import Block, Change, ChangeName, Held, Reason, Run, Verdict
from sync.server.access import mine_among, portions, works_with_files
from sync.server.arrival import Arrival
from sync.server.devices import Caller
from sync.server.known import Known, digest_of
from sync.server.people_models import CompanyFile
from sync.tally import runs


@dataclass
class Admitted:
    """The fresh changes of one part of a batch, and the verdict on all of it.

    Either `block`, which is fresh as a whole, with its bytes; or `changes`, with the bytes of each
    in `fresh`. seq: their place in the log, 0 before they have one.
    """

    company_id: str
    verdict: Verdict
    block: Block | None = None
    encoded: bytes = b""
    fresh: list[bytes] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    quarantined: list[tuple[str, bytes]] = field(default_factory=list)
    seq: int = 0

    @property
    def count(self) -> int:
        """How many changes are fresh."""
        return len(self.fresh) if self.block is None else self.block.count

    @property
    def body(self) -> bytes:
        """What the log keeps: the block, or an array of the changes as they came."""
        return self.encoded or b"[" + b",".join(self.fresh) + b"]"

    @property
    def runs(self) -> list[Run]:
        """The names of the fresh changes."""
        if self.block is not None:
            return self.block.names()
        return runs(change.name for change in self.changes)

    def all_changes(self) -> Iterable[Change]:
        """The fresh changes one by one."""
        return self.changes if self.block is None else changes_of(self.block)

    def of_kinds(self, kinds: Collection[tuple[str, str]]) -> Iterable[Change]:
        """The fresh changes of these (entity, field)."""
        if self.block is not None:
            return changes_of(self.block, kinds)
        return (c for c in self.changes if (c.entity, c.field) in kinds)


def admit(session: Session, caller: Caller, arrived: Sequence[Arrival]) -> list[Admitted]:
    """A verdict for each part of a batch, by the caller's rights, the log, and each other.

    Holds only under the log's lock.
    """
    barred = barred_files(session, caller, {part.company_id for part in arrived})
    return compare(session, caller.network_id, arrived, barred)


def compare(
    session: Session, network_id: int, arrived: Sequence[Arrival], barred: Mapping[str, Reason]
) -> list[Admitted]:
    """A verdict for each part; `barred` are the company files that may not be written."""
    known = Known(session, network_id, (run for part in arrived for run in part.runs))
    return [_admit(part, known, barred.get(part.company_id)) for part in arrived]


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


def _admit(part: Arrival, known: Known, barred: Reason | None) -> Admitted:
    if not part.is_readable or not part.is_of_company:
        return _refused(part, Reason.MALFORMED)
    if barred is Reason.PURGED:
        return _refused(part, barred)
    if barred is not None:
        return _set_aside(part, known, barred)
    if part.block is not None and part.is_small and known.is_news(part.runs):
        admitted = Admitted(
            part.company_id,
            Verdict(company_id=part.company_id, outcome="applied"),
            block=part.block,
            encoded=part.encoded,
        )
    else:
        admitted = _compared(part, known.digests(part.runs))
    known.add(admitted.runs, admitted.all_changes)
    return admitted


def _compared(part: Arrival, known: dict[ChangeName, bytes]) -> Admitted:
    admitted = Admitted(part.company_id, Verdict(company_id="", outcome="applied"))
    held: list[Held] = []
    for index, (raw, change) in enumerate(zip(part.raws, part.changes, strict=True)):
        reason = change if isinstance(change, Reason) else _clash(change, known)
        if reason is not None:
            held.append(Held(index=index, reason=reason))
            admitted.quarantined.append((reason, raw))
        elif isinstance(change, Change) and change.name not in known:
            known[change.name] = digest_of(change)
            admitted.fresh.append(raw)
            admitted.changes.append(change)
    admitted.verdict = _verdict(part.company_id, held, has_fresh=bool(admitted.fresh))
    return admitted


def _refused(part: Arrival, reason: Reason) -> Admitted:
    verdict = Verdict(company_id=part.company_id, outcome="refused", reason=reason)
    return Admitted("", verdict)


def _set_aside(part: Arrival, known: Known, reason: Reason) -> Admitted:
    """All of a part, of which what the log does not hold is kept for a coordinator."""
    held = tuple(Held(index=index, reason=reason) for index in range(part.count))
    verdict = Verdict(company_id=part.company_id, outcome="quarantined", reason=reason, held=held)
    admitted = Admitted(part.company_id, verdict)
    present = known.digests(part.runs)
    for raw, change in zip(part.raws, part.changes, strict=True):
        if isinstance(change, Reason) or present.get(change.name) != digest_of(change):
            admitted.quarantined.append((reason, raw))
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

"""How changes are packed for one request, and what the server's verdicts mean for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from sync.blocks import BlockError, block_of, changes_of, check, read_block
from sync.client.errors import ServerSaysNoError
from sync.client.reasons import in_german
from sync.protocol import (
    MAX_CHANGE_BYTES,
    MAX_CHANGES,
    MAX_PLAIN_BYTES,
    Change,
    ChangeName,
    Reason,
    SyncReply,
    Verdict,
    read_change,
)


class EncodedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.Batch` with its blocks encoded."""

    batch_id: str
    blocks: tuple[msgspec.Raw, ...]


@dataclass
class Parcel:
    """Blocks of changes, encoded, by company file, with their names in the same order.

    unfit: changes that no server could take; they are kept aside without being sent.
    """

    names: dict[str, list[ChangeName]] = field(default_factory=dict)
    encoded: dict[str, msgspec.Raw] = field(default_factory=dict)
    unfit: list[tuple[ChangeName, str]] = field(default_factory=list)
    size: int = 0

    @property
    def count(self) -> int:
        """How many changes travel."""
        return sum(map(len, self.names.values()))

    def all_names(self) -> tuple[ChangeName, ...]:
        """The names of all changes that travel."""
        return tuple(name for names in self.names.values() for name in names)

    def batch(self, batch_id: str) -> EncodedBatch:
        """What travels."""
        return EncodedBatch(batch_id=batch_id, blocks=tuple(self.encoded.values()))


def pack(changes: Iterable[Change], limit_bytes: int = MAX_PLAIN_BYTES // 2) -> Parcel:
    """The first changes, as far as their blocks fit into `limit_bytes`, at least one of them."""
    files: defaultdict[str, list[Change]] = defaultdict(list)
    for change in islice(changes, MAX_CHANGES):
        files[change.company_id].append(change)
    parcel = Parcel()
    for company_id, of_file in files.items():
        some, encoded = _fit(of_file, parcel)
        while len(some) > 1 and len(encoded) > limit_bytes:
            some = some[: len(some) // 2]
            encoded = msgspec.json.encode(block_of(some))
        if parcel.names and parcel.size + len(encoded) > limit_bytes:
            break
        if some:
            parcel.names[company_id] = [change.name for change in some]
            parcel.encoded[company_id] = msgspec.Raw(encoded)
            parcel.size += len(encoded)
    return parcel


def _fit(changes: list[Change], parcel: Parcel) -> tuple[list[Change], bytes]:
    """Those of a file's changes that a server can take, and their block; the others are noted."""
    try:
        encoded = msgspec.json.encode(block_of(changes))
        if len(encoded) <= MAX_CHANGE_BYTES:
            read_block(encoded)
            return changes, encoded
    except (TypeError, ValueError, OverflowError, RecursionError):
        pass  # some change is to blame: look at each
    fit = []
    for change in changes:
        reason = _unfit(change)
        if reason is None:
            fit.append(change)
        else:
            parcel.unfit.append((change.name, in_german(reason)))
    return fit, msgspec.json.encode(block_of(fit)) if fit else b""


def _unfit(change: Change) -> Reason | None:
    """Why no server could take this change."""
    try:
        encoded = msgspec.json.encode(change)
        msgspec.json.encode(block_of([change]))
    except (TypeError, ValueError, OverflowError, RecursionError):
        return Reason.MALFORMED
    checked = read_change(encoded, change.company_id)
    return checked if isinstance(checked, Reason) else None


@dataclass
class Result:
    """What a batch's verdicts mean, change by change."""

    applied: list[ChangeName] = field(default_factory=list)
    quarantined: list[tuple[ChangeName, str]] = field(default_factory=list)


def read_verdicts(parcel: Parcel, verdicts: Sequence[Verdict]) -> Result:
    """The result for each change of the parcel. Raises ServerSaysNoError when they do not fit."""
    if [v.company_id for v in verdicts] != list(parcel.names):
        raise ServerSaysNoError("verdicts do not fit the batch")
    result = Result()
    for verdict, names in zip(verdicts, parcel.names.values(), strict=True):
        held = {h.index: in_german(h.reason) for h in verdict.held}
        is_whole = verdict.outcome == "refused" or (verdict.outcome == "quarantined" and not held)
        for index, name in enumerate(names):
            if is_whole:
                result.quarantined.append((name, in_german(verdict.reason)))
            elif index in held:
                result.quarantined.append((name, held[index]))
            else:
                result.applied.append(name)
    return result


def pulled_changes(reply: SyncReply) -> tuple[Change, ...]:
    """What others changed. Raises ServerSaysNoError where a block's columns do not fit."""
    found = [change for changeset in reply.pulled for change in changeset.changes]
    for block in reply.blocks:
        try:
            check(block)
        except BlockError as error:
            raise ServerSaysNoError(str(error)) from error
        found.extend(changes_of(block))
    return tuple(found)

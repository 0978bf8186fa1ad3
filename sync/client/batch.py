"""How changes are packed for one request, and what the server's verdicts mean for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from sync.client.errors import ServerSaysNoError
from sync.client.reasons import in_german
from sync.protocol import (
    BATCH_BYTES,
    MAX_CHANGES,
    Change,
    ChangeName,
    Reason,
    Verdict,
    read_change,
)


class EncodedChangeset(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.Changeset` with its changes encoded."""

    company_id: str
    changes: tuple[msgspec.Raw, ...]


class EncodedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """`protocol.Batch` with its changes encoded."""

    batch_id: str
    changesets: tuple[EncodedChangeset, ...]


@dataclass
class Parcel:
    """Changes by company file, encoded, with their names in the same order.

    unfit: changes that no server could take; they are kept aside without being sent.
    """

    names: dict[str, list[ChangeName]] = field(default_factory=dict)
    encoded: dict[str, list[msgspec.Raw]] = field(default_factory=dict)
    unfit: list[tuple[ChangeName, str]] = field(default_factory=list)
    size: int = 0
    count: int = 0

    def all_names(self) -> tuple[ChangeName, ...]:
        """The names of all changes that travel."""
        return tuple(name for names in self.names.values() for name in names)

    def batch(self, batch_id: str) -> EncodedBatch:
        """What travels."""
        return EncodedBatch(
            batch_id=batch_id,
            changesets=tuple(
                EncodedChangeset(company_id=company_id, changes=tuple(changes))
                for company_id, changes in self.encoded.items()
            ),
        )


def pack(changes: Iterable[Change], limit_bytes: int = BATCH_BYTES) -> Parcel:
    """The first changes that fit into `limit_bytes`, at least one of them."""
    parcel = Parcel()
    for change in changes:
        encoded = _encoded(change)
        if isinstance(encoded, Reason):
            parcel.unfit.append((change.name, in_german(encoded)))
            continue
        is_full = parcel.size + len(encoded) > limit_bytes or parcel.count == MAX_CHANGES
        if parcel.count and is_full:
            break
        parcel.names.setdefault(change.company_id, []).append(change.name)
        parcel.encoded.setdefault(change.company_id, []).append(msgspec.Raw(encoded))
        parcel.size += len(encoded)
        parcel.count += 1
    return parcel


def _encoded(change: Change) -> bytes | Reason:
    try:
        encoded = msgspec.json.encode(change)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return Reason.MALFORMED
    checked = read_change(encoded, change.company_id)
    return checked if isinstance(checked, Reason) else encoded


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

"""What one request takes of the outbox, and what the server's verdicts mean for each parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from sync import wire
from sync.client.errors import ServerSaysNoError
from sync.client.port import KeptAside, Parcel
from sync.client.reasons import in_german
from sync.protocol import MAX_CHANGES, MAX_PLAIN_BYTES, Verdict


class EncodedBatch(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`protocol.Batch` as our own client fills it: parts or frames, never both."""

    batch_id: str
    parts: tuple[str, ...] = ()
    frames: tuple[bytes, ...] = ()


def what_fits(parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    """The first of these parcels, at least one, as far as a server takes them in one batch."""
    plain = MAX_PLAIN_BYTES // 4 * 3
    changes = MAX_CHANGES
    for place, parcel in enumerate(parcels):
        plain -= wire.plain_size(parcel.frame)
        changes -= parcel.count
        if place and (plain < 0 or changes < 0):
            return parcels[:place]
    return parcels


@dataclass
class Result:
    """What a batch's verdicts mean: by parcel, and in changes.

    fresh: how many the server did not have before.
    """

    applied: list[int] = field(default_factory=list)
    kept: list[KeptAside] = field(default_factory=list)
    sent: int = 0
    quarantined: int = 0
    fresh: int = 0


def read_verdicts(parcels: Sequence[Parcel], verdicts: Sequence[Verdict]) -> Result:
    """The result for each parcel. Raises ServerSaysNoError when they do not fit.

    A frame that the server cannot open belongs to no company file for it.
    """
    named = [v.company_id or p.company_id for v, p in zip(verdicts, parcels, strict=False)]
    if len(verdicts) != len(parcels) or named != [p.company_id for p in parcels]:
        raise ServerSaysNoError("verdicts do not fit the batch")
    result = Result()
    for verdict, parcel in zip(verdicts, parcels, strict=True):
        reasons = _kept_aside(verdict, parcel)
        if reasons:
            result.kept.append(KeptAside(parcel=parcel.id, reasons=reasons))
        else:
            result.applied.append(parcel.id)
        result.quarantined += len(reasons)
        result.sent += parcel.count - len(reasons)
        result.fresh += verdict.fresh
    return result


def _kept_aside(verdict: Verdict, parcel: Parcel) -> dict[int, str]:
    """Place within the parcel → why, of the changes that are not in the log."""
    if verdict.outcome == "refused" or (verdict.outcome == "quarantined" and not verdict.held):
        return dict.fromkeys(range(parcel.count), in_german(verdict.reason))
    return {
        held.index: in_german(held.reason)
        for held in verdict.held
        if 0 <= held.index < parcel.count
    }

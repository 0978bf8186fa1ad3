"""Signatures drawn but not sealed yet survive a crash, a flat battery and the lock (design §1).

They lie with the very content that was signed in the encrypted store of this laptop, nowhere else,
until the seal or until the advisor gives them up.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from desktop_advisor.report.frozen import from_json, to_json
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.reporting import DrawnSignature
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class PendingSignatures:
    """The content that was signed and who signed on which of its lines."""

    model: ReportModel
    signatures: Mapping[int, DrawnSignature]

    @property
    def last_signed_at(self) -> datetime:
        """When the last of them was drawn."""
        return max(drawn.signed_at for drawn in self.signatures.values())


class _Kept(msgspec.Struct, frozen=True):
    model: bytes
    signatures: dict[int, DrawnSignature]


def keep_signatures(
    place: Workplace,
    case_id: uuid.UUID,
    model: ReportModel,
    signatures: Mapping[int, DrawnSignature],
) -> None:
    """Remember them beside the content they stand under; none at all forgets both."""
    if not signatures:
        discard_signatures(place, case_id)
        return
    kept = _Kept(to_json(model), dict(signatures))
    place.store.save_secret(_name(case_id), msgspec.json.encode(kept))


def kept_signatures(place: Workplace, case_id: uuid.UUID) -> PendingSignatures | None:
    """What waits for its seal in this case, None where nothing does."""
    found = place.store.secret(_name(case_id))
    if found is None:
        return None
    kept = msgspec.json.decode(found, type=_Kept)
    return PendingSignatures(from_json(kept.model), kept.signatures)


def discard_signatures(place: Workplace, case_id: uuid.UUID) -> None:
    """Sealed or given up: they are not needed any more."""
    place.store.save_secret(_name(case_id), None)


def _name(case_id: uuid.UUID) -> str:
    return f"signing.{case_id}"

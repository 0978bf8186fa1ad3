"""What a run tells while it goes on, and at its end."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Phase(StrEnum):
    """The phases of a run, in their order."""

    CHECK = "check"
    REPEAT = "repeat"
    SEND_BLOBS = "send-blobs"
    EXCHANGE = "exchange"
    FETCH_BLOBS = "fetch-blobs"
    DONE = "done"


class Progress(Struct, frozen=True, kw_only=True):
    """Where a run is. done and total count attachments; total 0: not known beforehand.

    sent and received count changes so far; bytes are those of the bodies, as they travelled.
    """

    phase: Phase
    done: int = 0
    total: int = 0
    sent: int = 0
    received: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


class Outcome(Struct, kw_only=True):
    """What a run did.

    quarantined: changes that the server keeps aside, kept here and shown. touched: ids of the
    company files that others' changes arrived for, in which conflicts may have appeared. blobs
    missing: nobody has sent those bytes yet; refused: too large, or damaged here. clock_ahead_s: by
    how much this laptop's clock is ahead of the server's. The two `restored` flags say what the run
    found out and dealt with.
    """

    sent: int = 0
    received: int = 0
    quarantined: int = 0
    touched: set[str] = set()
    blobs_sent: int = 0
    blobs_received: int = 0
    blobs_missing: int = 0
    blobs_refused: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    requests: int = 0
    duration_s: float = 0.0
    clock_ahead_s: float = 0.0
    server_was_restored: bool = False
    device_was_restored: bool = False

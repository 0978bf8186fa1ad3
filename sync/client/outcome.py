"""What a run tells while it goes on, and at its end."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Phase(StrEnum):
    """The phases of a run, in their order; up and down take turns while both have something."""

    HELLO = "hello"
    CONTENT = "content"
    SEND_BLOBS = "send-blobs"
    SEND = "send"
    PULL = "pull"
    FETCH_BLOBS = "fetch-blobs"
    CHECK = "check"
    DONE = "done"


class Progress(Struct, frozen=True, kw_only=True):
    """Where a run is. total 0: not known beforehand.

    done and total count attachments while attachments travel, changes while changes are sent, and
    company files while they are checked.

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

    sent: changes that the server confirmed; fresh: those of them that it did not have before.
    quarantined: changes that the server keeps aside, kept here and shown. touched: ids of the
    company files that others' changes arrived for, in which conflicts may have appeared. withdrawn,
    purged: company files that left this laptop. differing: files of which both ends held different
    changes; they were exchanged whole. content_version: newest bundle of the network, 0 for none.
    blobs missing: nobody has sent those bytes yet; refused: too large, or damaged here.
    clock_ahead_s: by how much this laptop's clock is ahead of the server's. The two `restored`
    flags say what the run found out and dealt with.
    """

    sent: int = 0
    fresh: int = 0
    received: int = 0
    quarantined: int = 0
    touched: set[str] = set()
    withdrawn: set[str] = set()
    purged: set[str] = set()
    differing: set[str] = set()
    content_version: int = 0
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

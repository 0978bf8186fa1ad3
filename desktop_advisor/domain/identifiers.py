"""Identifiers made on the laptop (design §4)."""

from __future__ import annotations

import itertools
import os
import secrets
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


_BORN = itertools.count(secrets.randbelow(1 << 13))


def new_id(now: datetime) -> uuid.UUID:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then what makes ids sort by birth.

    Within a millisecond 12 bits of its fraction and 14 bits of a counter (§6.2, methods 3 and 1):
    people entered together keep their order. The last 48 bits are random.
    """
    micros = round(now.timestamp() * 1_000_000)
    millis, fraction = divmod(micros, 1000)
    high = 0x7000 | (fraction * 4096 // 1000)
    counted = 0x8000 | (next(_BORN) & 0x3FFF)
    parts = (millis.to_bytes(6, "big"), high.to_bytes(2, "big"), counted.to_bytes(2, "big"))
    return uuid.UUID(bytes=b"".join(parts) + os.urandom(6))


def answer_id(assessment: uuid.UUID, question: str) -> uuid.UUID:
    """The id of the answer to `question`: UUIDv5, so two laptops meet in the same row."""
    return uuid.uuid5(assessment, question)

"""Identifiers made on the laptop (design §4)."""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def new_id(now: datetime) -> uuid.UUID:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random, so ids sort by birth."""
    millis = int(now.timestamp() * 1000)
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return uuid.UUID(bytes=bytes(raw))


def answer_id(assessment: uuid.UUID, question: str) -> uuid.UUID:
    """The id of the answer to `question`: UUIDv5, so two laptops meet in the same row."""
    return uuid.uuid5(assessment, question)

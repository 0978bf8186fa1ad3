"""Message shapes and versions: the one contract of both ends (design §5, §6)."""

from __future__ import annotations

from typing import Any

import msgspec

PROTOCOL_VERSION = 1
"""Version 1 (2026-11): first protocol."""

ChangeName = tuple[str, int]
"""(writer, n): writer is 32 lower-case hex digits, n counts from 1 within it."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One committed edit of one field; immutable, named by (writer, n).

    company_id, entity_id: UUIDs as text. value: any JSON value, None for empty.
    bases: the changes this edit saw and replaces. hlc: hybrid logical clock, milliseconds since
    1970 times 65536 plus a counter. schema: the writer's schema number.
    """

    writer: str
    n: int
    company_id: str
    entity: str
    entity_id: str
    field: str
    value: Any
    bases: tuple[ChangeName, ...] = ()
    hlc: int = 0
    author: str = ""
    device: str = ""
    schema: int = 1

    @property
    def name(self) -> ChangeName:
        """The globally unique name of this change."""
        return (self.writer, self.n)

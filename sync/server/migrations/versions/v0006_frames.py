"""Blocks lie in the log as they travel, edit by edit; parts of batches have a place to wait.

A block of before said kind and stamp of each change; now those next to each other in one row with
one stamp share both. The replies kept for repetition are of the old form: a laptop that lost one is
registered anew and offers its changes again.
"""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import Any

import msgspec
import sqlalchemy as sa
import zstandard
from alembic import op

from sync.server.migrations.log_in_portions import log_rows

revision = "0006"
down_revision = "0005"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTER_BITS = 16


def upgrade() -> None:
    op.create_table(
        "part",
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_part_registration_id"
        ),
        sa.PrimaryKeyConstraint("registration_id", "sha256", name="pk_part"),
    )
    op.create_index("ix_part_received_ms", "part", ["received_ms"])
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # bodies are compressed already
        for table in ("log_entry", "part", "stored_reply"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN body SET STORAGE EXTERNAL")
    op.execute("DELETE FROM stored_reply")
    _rewrite_blocks(connection)


def _rewrite_blocks(connection: sa.Connection) -> None:
    rewritten = sa.text(
        "UPDATE log_entry SET kind = 'block', body = :body, size = :size "
        "WHERE network_id = :network AND seq = :seq"
    )
    for network_id, seq, body in log_rows(connection, "body", kinds=("changes",)):
        plain = _plain(bytes(body)) if body else b""
        if plain.startswith(b"{"):
            block = msgspec.json.encode(as_edits(msgspec.json.decode(plain)))
            frame = zstandard.ZstdCompressor().compress(block)
            row = {"body": frame, "size": len(block), "network": network_id, "seq": seq}
            connection.execute(rewritten, row)


def _plain(body: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(body).read()


def as_edits(old: dict[str, Any]) -> dict[str, Any]:
    """A block with kind, row and stamp of each change as one with those of each edit."""
    shapes: dict[tuple[int, ...], int] = {}
    edits, rows, stamps = [], [], []
    columns = zip(old["kind"], accumulate(old["row"]), accumulate(old["hlc"]), strict=True)
    for (row, stamp), same in groupby(columns, key=lambda change: change[1:]):
        shape = tuple(kind for kind, _, _ in same)
        edits.append(shapes.setdefault(shape, len(shapes)))
        rows.append(row)
        stamps.append(stamp)
    kept = ("company_id", "writers", "runs", "labels", "made", "kinds", "ids", "bases", "values")
    counters = ((place, stamp % 2**COUNTER_BITS) for place, stamp in enumerate(stamps))
    return {name: old[name] for name in kept} | {
        "shapes": list(shapes),
        "edits": edits,
        "row": _steps(rows),
        "ms": _steps([stamp >> COUNTER_BITS for stamp in stamps]),
        "counters": [counted for counted in counters if counted[1]],
    }


def _steps(numbers: list[int]) -> list[int]:
    return [after - before for before, after in zip([0, *numbers], numbers, strict=False)]

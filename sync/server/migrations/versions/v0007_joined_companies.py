"""Which company files were joined, so that the indicators count a company once.

What the log says of it so far is taken over; later changes are followed as they arrive.
"""

import sqlalchemy as sa
from alembic import op

from sync import wire
from sync.blocks import UUID
from sync.protocol import MAX_REPLY_BYTES
from sync.server.known import changes_in
from sync.server.migrations.log_in_portions import log_rows

revision = "0007"
down_revision = "0006"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    table = op.create_table(
        "joined_company",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("joined_to", sa.Text(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_joined_company_network_id"
        ),
        sa.PrimaryKeyConstraint("network_id", "company_id", name="pk_joined_company"),
    )
    connection = op.get_bind()
    entries = log_rows(connection, "kind", "body", kinds=("changes", "block"))
    newest: dict[tuple[int, str], tuple[int, str, int, str]] = {}
    for network_id, _, kind, packed in entries:
        body = bytes(packed)
        if b'"merged_into"' not in (wire.unpack(body, "zstd", MAX_REPLY_BYTES) if body else b""):
            continue
        for change in changes_in(kind, body):
            if (change.entity, change.field) != ("company", "merged_into"):
                continue
            is_id = isinstance(change.value, str) and UUID.fullmatch(change.value)
            value = change.value if is_id else ""
            place = (network_id, change.company_id)
            found = (change.hlc, change.writer, change.n, value)
            if change.entity_id == change.company_id:
                newest[place] = max(newest.get(place, found), found)
    if newest:
        op.bulk_insert(
            table,
            [
                {
                    "network_id": network_id,
                    "company_id": company_id,
                    "joined_to": value,
                    "hlc": hlc,
                    "writer": writer,
                    "n": n,
                }
                for (network_id, company_id), (hlc, writer, n, value) in newest.items()
            ],
        )

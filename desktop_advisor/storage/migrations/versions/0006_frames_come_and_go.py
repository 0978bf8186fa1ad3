"""Changes come and go as frames: what is packed to be sent, and what has arrived.

A batch that an older version has left open is closed by the next run, and its changes go anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    op.create_table(
        "outbox_parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("runs", sa.Text(), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("waiting_count", sa.Integer(), nullable=False),
        sa.Column("first_hlc", sa.Integer(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_parcel"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_parcel_company_id", "outbox_parcel", ["company_id"])
    op.create_table(
        "outbox_frame",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_frame"),
    )
    op.create_table(
        "arrived_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("runs", sa.Text(), nullable=False),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_arrived_frame"),
    )
    op.create_index("ix_arrived_frame_company_id", "arrived_frame", ["company_id"])
    op.execute("UPDATE change_log SET upload = 0 WHERE upload = 1")

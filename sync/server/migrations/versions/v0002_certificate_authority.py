"""The network certifies its advisors' sealing keys, and notes whom a code was given to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("enrolment_code", "registration"):
        op.add_column(table, sa.Column("person", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "certificate_authority",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_certificate_authority_network_id"
        ),
        sa.PrimaryKeyConstraint("network_id", name="pk_certificate_authority"),
    )
    op.create_table(
        "issued_certificate",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_issued_certificate_network_id"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_issued_certificate_registration_id"
        ),
        sa.PrimaryKeyConstraint("network_id", "serial", name="pk_issued_certificate"),
    )
    op.create_index(
        "ix_issued_certificate_registration_id", "issued_certificate", ["registration_id"]
    )

"""Baseline: identity, networks, devices, the log of changesets, stored replies, blobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _identity_and_networks()
    _devices()
    _log()
    _kept_aside_and_blobs()


def _identity_and_networks() -> None:
    op.create_table(
        "server_identity",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("server_id", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_server_identity"),
    )
    op.create_table(
        "network",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_network"),
        sa.UniqueConstraint("name", name="uq_network_name"),
    )


def _devices() -> None:
    op.create_table(
        "enrolment_code",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_enrolment_code_network_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment_code"),
        sa.UniqueConstraint("code_hash", name="uq_enrolment_code_code_hash"),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_registration_network_id"),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("token_hash", name="uq_registration_token_hash"),
    )
    op.create_index("ix_registration_network_id", "registration", ["network_id"])
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_reply", sa.Text(), nullable=False),
        sa.Column("own_from", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_device_network_id"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_device_registration_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_index("ix_device_network_id", "device", ["network_id"])
    op.create_index("ix_device_registration_id", "device", ["registration_id"])
    op.create_table(
        "stored_reply",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_stored_reply_device_id"),
        sa.PrimaryKeyConstraint("device_id", name="pk_stored_reply"),
    )


def _log() -> None:
    op.create_table(
        "log_entry",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("seq", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("change_count", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_log_entry_network_id"),
        sa.PrimaryKeyConstraint("network_id", "seq", name="pk_log_entry"),
    )
    op.create_index("ix_log_entry_company", "log_entry", ["network_id", "company_id", "seq"])
    op.create_table(
        "known_change",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("n", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "writer", "n", name="pk_known_change"),
        sqlite_with_rowid=False,
    )


def _kept_aside_and_blobs() -> None:
    op.create_table(
        "quarantined_change",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_quarantined_change_network_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quarantined_change"),
        sa.UniqueConstraint("network_id", "digest", name="uq_quarantined_change_network_id"),
    )
    op.create_table(
        "blob",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_blob_network_id"),
        sa.PrimaryKeyConstraint("network_id", "sha256", name="pk_blob"),
    )

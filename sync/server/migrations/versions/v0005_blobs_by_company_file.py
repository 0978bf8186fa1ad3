"""Attachments belong to a company file; their bytes may lie in the database.

Which file an attachment known so far belongs to is not written anywhere: it is kept with an empty
company_id, which nobody can ask for. Laptops ask about all of theirs once more after the update of
their own store, and send what the server does not know by its file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.rename_table("blob", "blob_before")
    if op.get_bind().dialect.name == "postgresql":  # where a key's name is taken by its index
        op.execute("ALTER TABLE blob_before RENAME CONSTRAINT pk_blob TO pk_blob_before")
        op.drop_constraint("fk_blob_network_id", "blob_before")
    op.create_table(
        "blob",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_blob_network_id"),
        sa.PrimaryKeyConstraint("network_id", "company_id", "sha256", name="pk_blob"),
    )
    op.create_index("ix_blob_sha256", "blob", ["sha256"])
    op.execute(
        "INSERT INTO blob (network_id, company_id, sha256, size, received_ms) "
        "SELECT network_id, '', sha256, size, received_ms FROM blob_before"
    )
    op.drop_table("blob_before")
    op.create_table(
        "blob_content",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("written_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blob_content"),
        sa.UniqueConstraint("name", name="uq_blob_content_name"),
    )
    op.create_table(
        "blob_piece",
        sa.Column("content_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("start", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["blob_content.id"], name="fk_blob_piece_content_id"
        ),
        sa.PrimaryKeyConstraint("content_id", "start", name="pk_blob_piece"),
    )

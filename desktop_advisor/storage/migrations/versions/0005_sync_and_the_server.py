"""The sync remembers: figures for the region, erased files, tallies, a journal, merged files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    with op.batch_alter_table("company") as company:
        company.add_column(sa.Column("merged_into", sa.LargeBinary(length=16), nullable=True))
        company.add_column(
            sa.Column("distinct_from", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("company") as company:
        company.alter_column("distinct_from", server_default=None)
    op.create_table(
        "case_figures",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_figures"),
    )
    op.create_index("ix_case_figures_case_id", "case_figures", ["case_id"])
    op.create_index("ix_case_figures_company_id", "case_figures", ["company_id"])
    op.create_table(
        "erased_file",
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("erased_at", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_erased_file"),
    )
    op.create_table(
        "file_tally",
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name="pk_file_tally"),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
    )
    op.drop_table("confirmed_file")  # the server is asked about every attachment once more
    op.create_table(
        "confirmed_file",
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("company_id", "sha256", name="pk_confirmed_file"),
    )

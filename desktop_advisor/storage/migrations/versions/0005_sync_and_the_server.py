"""The sync remembers: figures for the region, erased files, tallies, a journal, merged files.

The company table is made anew and left empty: it is a projection, and every upgrade rebuilds it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    op.drop_table("company")
    _create_company()
    _create_figures_and_memory()


def _create_company() -> None:
    op.create_table(
        "company",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("ags", sa.Text(), nullable=False),
        sa.Column("wz_code", sa.Text(), nullable=False),
        sa.Column("wz_edition", sa.Text(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=True),
        sa.Column("staff_units", sa.String(length=32), nullable=True),
        sa.Column("turnover_million", sa.String(length=32), nullable=True),
        sa.Column("balance_million", sa.String(length=32), nullable=True),
        sa.Column("has_works_council", sa.Boolean(), nullable=True),
        sa.Column("vat_id", sa.Text(), nullable=False),
        sa.Column("register_court", sa.Text(), nullable=False),
        sa.Column("register_number", sa.Text(), nullable=False),
        sa.Column("establishment_number", sa.Text(), nullable=False),
        sa.Column("products", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.LargeBinary(length=16), nullable=True),
        sa.Column("distinct_from", sa.JSON(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_index("ix_company_company_id", "company", ["company_id"])


def _create_figures_and_memory() -> None:
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

"""A case says its questionnaire, an attachment its answer; dissent and parked dimensions.

The changed tables are made anew and left empty: they are projections, and every upgrade rebuilds
them from the change log.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    op.drop_table("attachment")
    op.drop_table("consultation_case")
    _create_attachment()
    _create_consultation_case()
    _create_dissent()
    _create_parking()


def _create_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("assessment_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=True),
        *_envelope("attachment"),
    )
    op.create_index("ix_attachment_case_id", "attachment", ["case_id"])
    op.create_index("ix_attachment_company_id", "attachment", ["company_id"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])


def _create_consultation_case() -> None:
    op.create_table(
        "consultation_case",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        *_envelope("consultation_case"),
    )
    op.create_index("ix_consultation_case_company_id", "consultation_case", ["company_id"])


def _create_dissent() -> None:
    op.create_table(
        "dissent",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *_envelope("dissent"),
    )
    op.create_index("ix_dissent_case_id", "dissent", ["case_id"])
    op.create_index("ix_dissent_company_id", "dissent", ["company_id"])


def _create_parking() -> None:
    op.create_table(
        "parking",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        *_envelope("parking"),
    )
    op.create_index("ix_parking_case_id", "parking", ["case_id"])
    op.create_index("ix_parking_company_id", "parking", ["company_id"])


def _envelope(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )

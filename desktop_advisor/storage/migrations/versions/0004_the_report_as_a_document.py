"""The report can be edited, bound, upgraded and sent: passages, chapters, own parts, mail drafts.

The changed tables are made anew and left empty: they are projections, and every upgrade rebuilds
them from the change log.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    op.drop_table("report")
    op.drop_table("signature")
    _create_report()
    _create_signature()
    _create_passage()
    _create_report_chapter()
    _create_insertion()
    _create_mail_draft()


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("snapshot_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("replaces_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sealed_at", sa.String(length=32), nullable=True),
        sa.Column("sealed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("catalogue_version", sa.Text(), nullable=False),
        sa.Column("scoring_version", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("upgraded_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("upgraded_hash", sa.Text(), nullable=False),
        sa.Column("upgraded_at", sa.String(length=32), nullable=True),
        sa.Column("upgrade_note", sa.Text(), nullable=False),
        *_envelope("report"),
    )
    op.create_index("ix_report_case_id", "report", ["case_id"])
    op.create_index("ix_report_company_id", "report", ["company_id"])


def _create_signature() -> None:
    op.create_table(
        "signature",
        sa.Column("report_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.String(length=32), nullable=True),
        sa.Column("image_id", sa.LargeBinary(length=16), nullable=True),
        *_envelope("signature"),
    )
    op.create_index("ix_signature_company_id", "signature", ["company_id"])
    op.create_index("ix_signature_report_id", "signature", ["report_id"])


def _create_passage() -> None:
    op.create_table(
        "passage",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("perspective", sa.Text(), nullable=False),
        *_envelope("passage"),
    )
    op.create_index("ix_passage_case_id", "passage", ["case_id"])
    op.create_index("ix_passage_company_id", "passage", ["company_id"])


def _create_report_chapter() -> None:
    op.create_table(
        "report_chapter",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("chapter", sa.Text(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        *_envelope("report_chapter"),
    )
    op.create_index("ix_report_chapter_case_id", "report_chapter", ["case_id"])
    op.create_index("ix_report_chapter_company_id", "report_chapter", ["company_id"])


def _create_insertion() -> None:
    op.create_table(
        "insertion",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("chapter", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("perspective", sa.Text(), nullable=False),
        *_envelope("insertion"),
    )
    op.create_index("ix_insertion_case_id", "insertion", ["case_id"])
    op.create_index("ix_insertion_company_id", "insertion", ["company_id"])


def _create_mail_draft() -> None:
    op.create_table(
        "mail_draft",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_at", sa.String(length=32), nullable=True),
        *_envelope("mail_draft"),
    )
    op.create_index("ix_mail_draft_case_id", "mail_draft", ["case_id"])
    op.create_index("ix_mail_draft_company_id", "mail_draft", ["company_id"])


def _envelope(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )

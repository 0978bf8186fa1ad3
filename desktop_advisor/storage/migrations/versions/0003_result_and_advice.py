"""Result and advice keep what they rest on: targets, scenarios, releases, follow-up, aid, group.

The changed tables are made anew and left empty: they are projections, and every upgrade rebuilds
them from the change log.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forward only: the copy made before is the way back."""
    op.drop_table("company")
    op.drop_table("measure")
    op.drop_table("note")
    _create_company()
    _create_measure()
    _create_note()
    _create_target()
    _create_scenario()
    _create_release()
    _create_follow_up()
    _create_referral()
    _create_affiliate()
    _create_closed_year()
    _create_staff_count()
    _create_de_minimis_aid()


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
        *_envelope("company"),
    )
    op.create_index("ix_company_company_id", "company", ["company_id"])


def _create_measure() -> None:
    op.create_table(
        "measure",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("recommendation_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("effort", sa.Text(), nullable=False),
        sa.Column("benefit", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("depends_on", sa.LargeBinary(length=16), nullable=True),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("effect_on", sa.Date(), nullable=True),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *_envelope("measure"),
    )
    op.create_index("ix_measure_case_id", "measure", ["case_id"])
    op.create_index("ix_measure_company_id", "measure", ["company_id"])


def _create_note() -> None:
    op.create_table(
        "note",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("perspective", sa.Text(), nullable=False),
        sa.Column("written_at", sa.String(length=32), nullable=True),
        *_envelope("note"),
    )
    op.create_index("ix_note_case_id", "note", ["case_id"])
    op.create_index("ix_note_company_id", "note", ["company_id"])


def _create_target() -> None:
    op.create_table(
        "target",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("relevance", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        *_envelope("target"),
    )
    op.create_index("ix_target_case_id", "target", ["case_id"])
    op.create_index("ix_target_company_id", "target", ["company_id"])


def _create_scenario() -> None:
    op.create_table(
        "scenario",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("remaining", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *_envelope("scenario"),
    )
    op.create_index("ix_scenario_case_id", "scenario", ["case_id"])
    op.create_index("ix_scenario_company_id", "scenario", ["company_id"])


def _create_release() -> None:
    op.create_table(
        "release",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("perspective", sa.Text(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("released_at", sa.String(length=32), nullable=True),
        *_envelope("release"),
    )
    op.create_index("ix_release_case_id", "release", ["case_id"])
    op.create_index("ix_release_company_id", "release", ["company_id"])


def _create_follow_up() -> None:
    op.create_table(
        "follow_up",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        *_envelope("follow_up"),
    )
    op.create_index("ix_follow_up_case_id", "follow_up", ["case_id"])
    op.create_index("ix_follow_up_company_id", "follow_up", ["company_id"])


def _create_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("measure_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("consent_by", sa.Text(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("feedback_on", sa.Date(), nullable=True),
        *_envelope("referral"),
    )
    op.create_index("ix_referral_case_id", "referral", ["case_id"])
    op.create_index("ix_referral_company_id", "referral", ["company_id"])


def _create_affiliate() -> None:
    op.create_table(
        "affiliate",
        sa.Column("parent_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("capital", sa.String(length=32), nullable=True),
        sa.Column("votes", sa.String(length=32), nullable=True),
        sa.Column("controls", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("investor", sa.Text(), nullable=False),
        sa.Column("staff_units", sa.String(length=32), nullable=True),
        sa.Column("turnover_million", sa.String(length=32), nullable=True),
        sa.Column("balance_million", sa.String(length=32), nullable=True),
        *_envelope("affiliate"),
    )
    op.create_index("ix_affiliate_company_id", "affiliate", ["company_id"])


def _create_closed_year() -> None:
    op.create_table(
        "closed_year",
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("staff_units", sa.String(length=32), nullable=True),
        sa.Column("turnover_million", sa.String(length=32), nullable=True),
        sa.Column("balance_million", sa.String(length=32), nullable=True),
        sa.Column("owner_changed", sa.Boolean(), nullable=False),
        *_envelope("closed_year"),
    )
    op.create_index("ix_closed_year_company_id", "closed_year", ["company_id"])


def _create_staff_count() -> None:
    op.create_table(
        "staff_count",
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("full_time", sa.Integer(), nullable=True),
        sa.Column("up_to_30", sa.Integer(), nullable=True),
        sa.Column("up_to_20", sa.Integer(), nullable=True),
        sa.Column("up_to_10", sa.Integer(), nullable=True),
        sa.Column("apprentices", sa.Integer(), nullable=True),
        sa.Column("insured", sa.Integer(), nullable=True),
        sa.Column("owners", sa.Integer(), nullable=True),
        *_envelope("staff_count"),
    )
    op.create_index("ix_staff_count_company_id", "staff_count", ["company_id"])


def _create_de_minimis_aid() -> None:
    op.create_table(
        "de_minimis_aid",
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.String(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        *_envelope("de_minimis_aid"),
    )
    op.create_index("ix_de_minimis_aid_company_id", "de_minimis_aid", ["company_id"])


def _envelope(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )

"""What of the regional indicators was published, so that it changes by five companies or not."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "indicator_cell",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_indicator_cell_network_id"
        ),
        sa.PrimaryKeyConstraint("network_id", "kind", "label", name="pk_indicator_cell"),
    )

"""Teams, advisors, assignments, company files; runs of known changes; content; console; audit."""

import sqlalchemy as sa
from alembic import op

from sync.server.migrations.files_of_log import bring_files_along

revision = "0003"
down_revision = "0002"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _files_and_assignments()
    _log()
    _console_and_audit()
    _content_and_figures()
    _bring_people_along()
    bring_files_along(op.get_bind())
    op.drop_table("known_change")


def _people() -> None:
    op.create_table(
        "team",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shares_files", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_team_network_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("network_id", "name", name="uq_team_network_id"),
    )
    op.create_table(
        "advisor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("disabled_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_advisor_network_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_advisor_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_advisor"),
        sa.UniqueConstraint("network_id", "name", name="uq_advisor_network_id"),
    )
    op.create_index("ix_advisor_team_id", "advisor", ["team_id"])
    op.add_column("enrolment_code", sa.Column("advisor_id", sa.Text(), nullable=True))
    for column in (
        sa.Column("advisor_id", sa.Text(), nullable=False, server_default=""),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("wipe_ms", sa.BigInteger(), nullable=True),
        sa.Column("wiped_ms", sa.BigInteger(), nullable=True),
        sa.Column("unsent", sa.BigInteger(), nullable=True),
    ):
        op.add_column("registration", column)


def _files_and_assignments() -> None:
    op.create_table(
        "company_file",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_hlc", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("change_count", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("purged_ms", sa.BigInteger(), nullable=True),
        sa.Column("purge_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_company_file_network_id"),
        sa.PrimaryKeyConstraint("network_id", "company_id", name="pk_company_file"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("network_id", BIG_ID, nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("team_id", BIG_ID, nullable=True),
        sa.Column("advisor_id", sa.Text(), nullable=True),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_assignment_network_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_assignment_team_id"),
        sa.ForeignKeyConstraint(["advisor_id"], ["advisor.id"], name="fk_assignment_advisor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_company", "assignment", ["network_id", "company_id"])
    op.create_index("ix_assignment_team", "assignment", ["team_id"])
    op.create_index("ix_assignment_advisor", "assignment", ["advisor_id"])


def _log() -> None:
    for name in ("restored_from_ms", "restored_ms"):
        op.add_column("server_identity", sa.Column(name, sa.BigInteger(), nullable=True))
    for column in (
        sa.Column("kind", sa.Text(), nullable=False, server_default="changes"),
        sa.Column("to_team", sa.BigInteger(), nullable=True),
        sa.Column("to_advisor", sa.Text(), nullable=True),
    ):
        op.add_column("log_entry", column)
    op.create_table(
        "known_run",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("first", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "writer", "first", name="pk_known_run"),
        sqlite_with_rowid=False,
    )
    for column in (
        sa.Column("resolved_ms", sa.BigInteger(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("quarantined_change", column)


def _console_and_audit() -> None:
    op.create_table(
        "console_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("advisor_id", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["advisor_id"], ["advisor.id"], name="fk_console_session_advisor_id"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_console_session"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("network_id", BIG_ID, nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_audit_entry_network_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_network_id", "audit_entry", ["network_id"])


def _content_and_figures() -> None:
    op.create_table(
        "content_bundle",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("published_ms", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["network.id"], name="fk_content_bundle_network_id"
        ),
        sa.PrimaryKeyConstraint("network_id", "version", name="pk_content_bundle"),
    )
    op.create_table(
        "case_figure",
        sa.Column("network_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_case_figure_network_id"),
        sa.PrimaryKeyConstraint("network_id", "case_id", name="pk_case_figure"),
    )
    op.create_index("ix_case_figure_company_id", "case_figure", ["company_id"])


def _bring_people_along() -> None:
    """A sharing team for each network, in which every laptop so far has an advisor of its own."""
    run = op.get_bind().exec_driver_sql
    run(
        "INSERT INTO team (network_id, name, shares_files, created_ms) "
        "SELECT id, 'Beratung', TRUE, created_ms FROM network"
    )
    run(
        "INSERT INTO advisor (id, network_id, team_id, name, role, secret, created_ms) "
        "SELECT r.id, r.network_id, t.id, "
        "CASE WHEN r.person = '' THEN r.name ELSE r.person END || ' ' || substr(r.id, 1, 8), "
        "'advisor', CAST('' AS " + _bytes() + "), r.created_ms "
        "FROM registration r JOIN team t ON t.network_id = r.network_id"
    )
    run("UPDATE registration SET advisor_id = id, expires_ms = seen_ms + 34560000000")  # 400 days


def _bytes() -> str:
    return "BLOB" if op.get_bind().dialect.name == "sqlite" else "BYTEA"

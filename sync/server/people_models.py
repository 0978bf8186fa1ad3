"""Tables of people and rights: teams, advisors, company files, assignments, console, audit.

Times are milliseconds since 1970, UTC.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sync.server.models import BIG_ID, Base

ROLES = ("advisor", "coordinator", "auditor", "admin")
"""advisor: works with the files assigned to them. coordinator: also assigns files and sees the
indicators of their network. auditor: reads audit log and indicators, no company file. admin:
everything that concerns people, devices and content, no company file's content."""


class Team(Base):
    """A group of advisors. shares_files: what one of them begins is the whole team's."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    name: Mapped[str]
    shares_files: Mapped[bool]
    created_ms: Mapped[int]
    __table_args__ = (UniqueConstraint("network_id", "name"),)


class Advisor(Base):
    """A person of a network, with one role of ROLES; works on any number of laptops.

    secret: Argon2id of the console's passphrase, b"" where the person has none.
    """

    __tablename__ = "advisor"
    id: Mapped[str] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]
    secret: Mapped[bytes]
    created_ms: Mapped[int]
    disabled_ms: Mapped[int | None]
    __table_args__ = (UniqueConstraint("network_id", "name"),)


class CompanyFile(Base):
    """A company file as far as the server needs to know it.

    name: as the log shows it, "" before it is known. change_count, mark: `sync.tally` of all its
    changes, the mark as 16 hex digits. purged_ms: erased for good; purge_reason is all that stays.
    """

    __tablename__ = "company_file"
    network_id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    company_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    name_hlc: Mapped[int] = mapped_column(default=0)
    created_ms: Mapped[int]
    created_by: Mapped[str]
    change_count: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(default="0" * 16)
    purged_ms: Mapped[int | None]
    purge_reason: Mapped[str] = mapped_column(default="")


class Assignment(Base):
    """Who works with a company file: a team or one advisor, until ended_ms."""

    __tablename__ = "assignment"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    network_id: Mapped[int] = mapped_column(BIG_ID)
    company_id: Mapped[str]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    advisor_id: Mapped[str | None] = mapped_column(ForeignKey("advisor.id"))
    since_ms: Mapped[int]
    ended_ms: Mapped[int | None]
    __table_args__ = (
        Index("ix_assignment_company", "network_id", "company_id"),
        Index("ix_assignment_team", "team_id"),
        Index("ix_assignment_advisor", "advisor_id"),
    )


class ConsoleSession(Base):
    """Somebody signed in at the web console; the cookie's token is kept as hash only."""

    __tablename__ = "console_session"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    advisor_id: Mapped[str] = mapped_column(ForeignKey("advisor.id"))
    created_ms: Mapped[int]
    expires_ms: Mapped[int]


class AuditEntry(Base):
    """Who did what; never changed. network_id None: the whole server.

    actor: an advisor's name, "Kommandozeile", or "Gerät …". detail: JSON, never a field's value.
    """

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"), index=True)
    at_ms: Mapped[int]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]


class ContentBundle(Base):
    """A published bundle of forms, catalogues and the network's profile; versions count up.

    manifest: JSON that is signed; signature: ECDSA-SHA256 by the network's authority, DER.
    """

    __tablename__ = "content_bundle"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    published_ms: Mapped[int]
    published_by: Mapped[str]
    manifest: Mapped[bytes]
    signature: Mapped[bytes]
    body: Mapped[bytes]


class CaseFigure(Base):
    """What the indicators know of one case: the newest `case_figures` change of the log.

    body: JSON as the laptop wrote it. withdrawn with its company file.
    """

    __tablename__ = "case_figure"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[str] = mapped_column(index=True)
    hlc: Mapped[int]
    writer: Mapped[str]
    n: Mapped[int]
    body: Mapped[bytes]


class JoinedCompany(Base):
    """A company file that was joined to another of the same company; the newest change counts.

    joined_to: that file's id, "" once they were parted again.
    """

    __tablename__ = "joined_company"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    company_id: Mapped[str] = mapped_column(primary_key=True)
    joined_to: Mapped[str]
    hlc: Mapped[int]
    writer: Mapped[str]
    n: Mapped[int]


class IndicatorCell(Base):
    """One published number of the indicators: a row of a table, or a mean.

    body: the batches of companies behind it (`indicators.release`). changed_ms: when the published
    number last changed, None before it first was one.
    """

    __tablename__ = "indicator_cell"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    changed_ms: Mapped[int | None]

"""Tables of the central server. Times are milliseconds since 1970, UTC."""

from __future__ import annotations

from typing import ClassVar, cast

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BIG_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up only columns that are declared INTEGER."""


class Base(DeclarativeBase):
    """Declarative base with predictable constraint names."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: Text, bytes: LargeBinary, int: BigInteger}


def table_of(model: type[Base]) -> Table:
    """The model's table, for rows that are written by the thousand."""
    return cast("Table", model.__table__)


class ServerIdentity(Base):
    """The one row that says which server this is.

    epoch: random; drawn anew when the database was restored, so that devices offer again what the
    older copy lacks. restored_ms: when that was last; restored_from_ms: what happened from then on
    may be missing, as far as the clock was right. Both None: never restored.
    """

    __tablename__ = "server_identity"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    server_id: Mapped[str]
    epoch: Mapped[str]
    created_ms: Mapped[int]
    restored_from_ms: Mapped[int | None]
    restored_ms: Mapped[int | None]


class Network(Base):
    """A transformation network: the tenant. Nothing of one is ever visible to another."""

    __tablename__ = "network"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_ms: Mapped[int]


class EnrolmentCode(Base):
    """A one-time code, kept as hash only; registration_id says what it was used for.

    person: whom the administrator gave it to, "" where that was not written down.
    """

    __tablename__ = "enrolment_code"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    created_ms: Mapped[int]
    expires_ms: Mapped[int]
    registration_id: Mapped[str | None]
    person: Mapped[str] = mapped_column(default="")
    advisor_id: Mapped[str | None]


class Registration(Base):
    """What one code bought: a laptop, proven by its token, together with all copies of it.

    expires_ms: without contact until then the token is void. wipe_ms: an administrator wants the
    laptop's data gone; wiped_ms: it said that they are. unsent: changes that went with them.
    """

    __tablename__ = "registration"
    id: Mapped[str] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_ms: Mapped[int]
    seen_ms: Mapped[int]
    revoked_ms: Mapped[int | None]
    person: Mapped[str] = mapped_column(default="")
    advisor_id: Mapped[str] = mapped_column(default="", server_default="")
    expires_ms: Mapped[int] = mapped_column(default=0, server_default="0")
    wipe_ms: Mapped[int | None]
    wiped_ms: Mapped[int | None]
    unsent: Mapped[int | None]


class CertificateAuthority(Base):
    """What certifies the sealing keys of a network's advisors.

    certificate: DER. key: PKCS#8 under the passphrase that the server is started with.
    """

    __tablename__ = "certificate_authority"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    certificate: Mapped[bytes]
    key: Mapped[bytes]
    created_ms: Mapped[int]


class IssuedCertificate(Base):
    """A certificate of an authority, by its serial number in hex; revoked with its laptop."""

    __tablename__ = "issued_certificate"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    serial: Mapped[str] = mapped_column(primary_key=True)
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)
    subject: Mapped[str]
    issued_ms: Mapped[int]
    expires_ms: Mapped[int]
    revoked_ms: Mapped[int | None]


class Device(Base):
    """One life of a registered laptop; a restored or cloned one begins another.

    last_reply: id of the last stored reply, "" before the first. own_from: changes that came from
    this device at a later place in the log need not be sent back to it.
    """

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    created_ms: Mapped[int]
    last_reply: Mapped[str] = mapped_column(default="")
    own_from: Mapped[int] = mapped_column(default=0)


class StoredReply(Base):
    """The reply to a device's last batch, compressed; the same batch is answered by it again."""

    __tablename__ = "stored_reply"
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    batch_id: Mapped[str]
    body: Mapped[bytes]


class Part(Base):
    """A part of a batch that travelled ahead of it; gone once the batch is answered, or a day old.

    body: a MessagePack array of frames, which has been read once.
    """

    __tablename__ = "part"
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    size: Mapped[int]
    received_ms: Mapped[int] = mapped_column(index=True)


class LogEntry(Base):
    """What arrived of one company file at once, in a network's log; never changed, without gaps.

    kind: "block" or "changes", or an event without body: "granted" (the file's history up to here
    goes to those it was granted to; that of a large file by several entries next to each other,
    each from the place in its change_count on), "withdrawn", "purged". to_team, to_advisor: whom
    an event concerns. body: a block as the zstd frame that it travels as, or a JSON array of
    changes, compressed; b"" once it was erased. size: what it weighs in a reply, see
    `frame_reading.SPREAD_SHARE`: mostly its bytes before compression.
    """

    __tablename__ = "log_entry"
    network_id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    company_id: Mapped[str]
    device_id: Mapped[str]
    received_ms: Mapped[int]
    change_count: Mapped[int]
    size: Mapped[int]
    body: Mapped[bytes]
    kind: Mapped[str] = mapped_column(default="changes", server_default="changes")
    to_team: Mapped[int | None]
    to_advisor: Mapped[str | None]
    __table_args__ = (Index("ix_log_entry_company", "network_id", "company_id", "seq"),)


class KnownRun(Base):
    """Consecutive changes of one writer that one log entry holds: first to last, both included."""

    __tablename__ = "known_run"
    network_id: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    writer: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    last: Mapped[int]
    company_id: Mapped[str]
    seq: Mapped[int]
    __table_args__ = ({"sqlite_with_rowid": False},)


class QuarantinedChange(Base):
    """A change that was not taken, as it arrived; empty body when it was too large to keep.

    resolution: "", or what a person decided: "retried", "dropped".
    """

    __tablename__ = "quarantined_change"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    device_id: Mapped[str]
    company_id: Mapped[str]
    reason: Mapped[str]
    received_ms: Mapped[int]
    digest: Mapped[bytes]
    body: Mapped[bytes]
    resolved_ms: Mapped[int | None]
    resolution: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (UniqueConstraint("network_id", "digest"),)


class Blob(Base):
    """Attachment bytes that a company file has; they lie in the blob store under their hash.

    company_id is "" for those of a time when that was not written down; nobody can ask for them.
    """

    __tablename__ = "blob"
    network_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("network.id"), primary_key=True, autoincrement=False
    )
    company_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)
    size: Mapped[int]
    received_ms: Mapped[int]

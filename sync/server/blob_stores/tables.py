"""Tables of attachment bytes that lie in the database itself."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from sync.server.models import BIG_ID, Base


class BlobContent(Base):
    """Bytes that are whole, under their hash, or an upload, under "partial/" and its name.

    size: bytes that are here. written_ms: when the last of them came.
    """

    __tablename__ = "blob_content"
    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    written_ms: Mapped[int]


class BlobPiece(Base):
    """At most 1 MiB of them, from `start` on."""

    __tablename__ = "blob_piece"
    content_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("blob_content.id"), primary_key=True, autoincrement=False
    )
    start: Mapped[int] = mapped_column(BIG_ID, primary_key=True, autoincrement=False)
    size: Mapped[int]
    content: Mapped[bytes]

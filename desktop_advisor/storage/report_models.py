"""Tables of the company file for the report: edited passages, chapters, own parts, mail drafts."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from desktop_advisor.storage.records import Base, Entity


class Passage(Entity, Base):
    """A generated text of one case's report as the advisor changed it.

    Its id is UUIDv5 of case and key. key: as `report.passages` names the place. original: the
    generated text that was changed. text: "" leaves the passage out. perspective: "br" where the
    works council's view was open while it was written, so that it is covered with it.
    """

    __tablename__ = "passage"
    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "wording": ("original", "text", "perspective"),
    }
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(default="")
    original: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    perspective: Mapped[str] = mapped_column(default="")


class ReportChapter(Entity, Base):
    """Whether a chapter is printed in one case's report. Its id is UUIDv5 of case and chapter."""

    __tablename__ = "report_chapter"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    chapter: Mapped[str] = mapped_column(default="")
    is_shown: Mapped[bool] = mapped_column(default=True)


class Insertion(Entity, Base):
    """The advisor's own paragraph or photo at the end of a chapter.

    rank: order within the chapter, from 1. attachment_id: the photo, None for a paragraph; caption:
    below the photo. perspective: as in `Passage`.
    """

    __tablename__ = "insertion"
    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "content": ("text", "attachment_id", "caption", "perspective"),
    }
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    chapter: Mapped[str] = mapped_column(default="")
    rank: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[uuid.UUID | None]
    caption: Mapped[str] = mapped_column(default="")
    perspective: Mapped[str] = mapped_column(default="")


class MailDraft(Entity, Base):
    """A mail that waits for a network. state: waiting, handed_over (to the mail program), dropped.

    attachments: ids of the files to be sent along.
    """

    __tablename__ = "mail_draft"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    attachments: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="waiting")
    written_at: Mapped[datetime | None]

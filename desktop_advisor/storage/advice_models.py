"""Tables of the company file for result and advice: targets, scenarios, follow-up, aid, group."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from desktop_advisor.storage.records import Base, Entity


class Target(Entity, Base):
    """Soll and relevance of one dimension in one case, and where the advisor ranks it (domain §3).

    Its id is UUIDv5 of case, form and dimension. level: 0–5; relevance: 1–5; None not set.
    rank: the advisor's own place in the order, 1 first, None as computed; reason: why.
    """

    __tablename__ = "target"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    form_id: Mapped[str] = mapped_column(default="")
    dimension: Mapped[str] = mapped_column(default="")
    level: Mapped[Decimal | None]
    relevance: Mapped[int | None]
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class Scenario(Entity, Base):
    """How much of today's combustion volume is assumed to be left in a year, in one case.

    Its id is UUIDv5 of case and year. remaining: share 0–1, None for the bundled assumption.
    """

    __tablename__ = "scenario"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    year: Mapped[int | None]
    remaining: Mapped[Decimal | None]
    note: Mapped[str] = mapped_column(default="")


class Release(Entity, Base):
    """Whether a side lets the other side see its view of a case (domain §3, §6).

    Its id is UUIDv5 of case and perspective. released_by: who said so, a name.
    """

    __tablename__ = "release"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    perspective: Mapped[str] = mapped_column(default="br")
    released: Mapped[bool] = mapped_column(default=False)
    released_by: Mapped[str] = mapped_column(default="")
    released_at: Mapped[datetime | None]


class FollowUp(Entity, Base):
    """Wiedervorlage: a talk 3, 6 or 12 months after the report. state: open, done, dropped.

    Its id is UUIDv5 of case and months.
    """

    __tablename__ = "follow_up"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    months: Mapped[int | None]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    done_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class Referral(Entity, Base):
    """Verweis: warm handover to a named body, with consent and feedback (domain §1, stage 5).

    state: planned, agreed (consent given), sent, answered, dropped. offer: id of the catalogue's
    contact, "" for another recipient. consent_by: who agreed, a name.
    """

    __tablename__ = "referral"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    measure_id: Mapped[uuid.UUID | None]
    offer: Mapped[str] = mapped_column(default="")
    recipient: Mapped[str] = mapped_column(default="")
    concern: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="planned")
    consent_by: Mapped[str] = mapped_column(default="")
    consent_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    feedback: Mapped[str] = mapped_column(default="")
    feedback_on: Mapped[date | None]


class Affiliate(Entity, Base):
    """Another enterprise, person or body in the group of the company (domain §4).

    parent_id: the affiliate it hangs on, None for the company itself. is_owner: it holds shares of
    the one it hangs on; else the other way round. capital, votes: 0–100 %. controls: dominant
    influence by appointment, contract or agreement whatever the shares. investor: "" or why it may
    stay out between 25 and 50 % (venture, angel, university, institutional, municipality).
    staff_units in JAE, money in € million; None not known.
    """

    __tablename__ = "affiliate"
    parent_id: Mapped[uuid.UUID | None]
    name: Mapped[str] = mapped_column(default="")
    is_owner: Mapped[bool] = mapped_column(default=True)
    capital: Mapped[Decimal | None]
    votes: Mapped[Decimal | None]
    controls: Mapped[bool] = mapped_column(default=False)
    is_public: Mapped[bool] = mapped_column(default=False)
    investor: Mapped[str] = mapped_column(default="")
    staff_units: Mapped[Decimal | None]
    turnover_million: Mapped[Decimal | None]
    balance_million: Mapped[Decimal | None]


class ClosedYear(Entity, Base):
    """Figures of an earlier closed business year, for the two-year rule (domain §4).

    Its id is UUIDv5 of company and year. staff_units in JAE, money in € million.
    """

    __tablename__ = "closed_year"
    year: Mapped[int | None]
    staff_units: Mapped[Decimal | None]
    turnover_million: Mapped[Decimal | None]
    balance_million: Mapped[Decimal | None]
    owner_changed: Mapped[bool] = mapped_column(default=False)


class StaffCount(Entity, Base):
    """Persons by weekly hours, from which the different headcounts follow (domain §4).

    Its id is UUIDv5 of the company. Persons; None not known.
    """

    __tablename__ = "staff_count"
    as_of: Mapped[date | None]
    full_time: Mapped[int | None]
    up_to_30: Mapped[int | None]
    up_to_20: Mapped[int | None]
    up_to_10: Mapped[int | None]
    apprentices: Mapped[int | None]
    insured: Mapped[int | None]
    owners: Mapped[int | None]


class DeMinimisAid(Entity, Base):
    """A de minimis aid granted to the single undertaking (domain §5; Regulation (EU) 2023/2831)."""

    __tablename__ = "de_minimis_aid"
    granted_on: Mapped[date | None]
    amount: Mapped[Decimal | None]
    body: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")

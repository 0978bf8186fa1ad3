"""Typed tables of the company file (design §4): a projection of the change log.

Every row belongs to one company file. Every column is logged, one change per field, except that a
`GROUPS` entry logs several columns as one field, because they only make sense together, and that
`STAMPED` columns follow from the log. Deletion is a field. A column's default is never logged, so
it may not change once a version is out.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desktop_advisor.domain.answers import AnswerState, Evidence, Response
from desktop_advisor.domain.identifiers import answer_id
from desktop_advisor.storage.advice_models import (
    Affiliate,
    ClosedYear,
    DeMinimisAid,
    FollowUp,
    Referral,
    Release,
    Scenario,
    StaffCount,
    Target,
)
from desktop_advisor.storage.records import Base, Entity, Record
from desktop_advisor.storage.report_models import Insertion, MailDraft, Passage, ReportChapter
from desktop_advisor.storage.sync_models import CaseFigures

SCHEMA = 5
"""Number of the entity shapes, written into every change."""


class Company(Entity, Base):
    """Unternehmen: the legal entity the company file is about; its id is the company_id.

    merged_into: the file of the same company in which this one is shown, None for its own.
    distinct_from: ids of files that somebody said are other companies, however alike they look.
    """

    __tablename__ = "company"
    COMPUTED: ClassVar[frozenset[str]] = frozenset({"distinct_from"})
    # Said on both rows: of two lists the later stands, and the other row still names the pair.
    name: Mapped[str] = mapped_column(default="")
    legal_form: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    ags: Mapped[str] = mapped_column(default="")
    wz_code: Mapped[str] = mapped_column(default="")
    wz_edition: Mapped[str] = mapped_column(default="2008")
    heads: Mapped[int | None]
    staff_units: Mapped[Decimal | None]
    turnover_million: Mapped[Decimal | None]
    balance_million: Mapped[Decimal | None]
    has_works_council: Mapped[bool | None]
    vat_id: Mapped[str] = mapped_column(default="")
    register_court: Mapped[str] = mapped_column(default="")
    register_number: Mapped[str] = mapped_column(default="")
    establishment_number: Mapped[str] = mapped_column(default="")
    products: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    merged_into: Mapped[uuid.UUID | None]
    distinct_from: Mapped[list[str]] = mapped_column(default=list)


class Site(Entity, Base):
    """Betrieb: a place where the company works."""

    __tablename__ = "site"
    name: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    ags: Mapped[str] = mapped_column(default="")
    heads: Mapped[int | None]


class Contact(Entity, Base):
    """A person of the company the advisor talks to."""

    __tablename__ = "contact"
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")


class Case(Entity, Base):
    """Beratungsfall: one mandate, from first contact to follow-up.

    questionnaire: name of the form the case is asked with; "" is the Kurzcheck.
    """

    __tablename__ = "consultation_case"
    title: Mapped[str] = mapped_column(default="")
    occasion: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    questionnaire: Mapped[str] = mapped_column(default="")


class Visit(Entity, Base):
    """Termin. state: planned, running, interrupted, done."""

    __tablename__ = "visit"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    hours: Mapped[Decimal | None]
    state: Mapped[str] = mapped_column(default="planned")


class Participant(Entity, Base):
    """Somebody who took part in a visit; role is a Perspective value or free text."""

    __tablename__ = "participant"
    visit_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")


class Consent(Entity, Base):
    """One purpose of data processing; default off (domain §6)."""

    __tablename__ = "consent"
    visit_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(default="")
    granted: Mapped[bool] = mapped_column(default=False)
    given_by: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime | None]
    text_version: Mapped[str] = mapped_column(default="")


class Assessment(Entity, Base):
    """One questionnaire filled from one perspective. state: open, done.

    Its id is UUIDv5 of case, form and perspective: two laptops that begin it meet in one row.
    """

    __tablename__ = "assessment"
    COMPUTED: ClassVar[frozenset[str]] = frozenset(
        {"visit_id", "form_version", "form_hash", "started_at"}
    )
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    visit_id: Mapped[uuid.UUID | None]
    form_id: Mapped[str] = mapped_column(default="")
    form_version: Mapped[str] = mapped_column(default="")
    form_hash: Mapped[str] = mapped_column(default="")
    perspective: Mapped[str] = mapped_column(default="gf")
    respondents: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="open")


class Answer(Record, Base):
    """The answer to one question; its id is derived, so two laptops meet in the same row."""

    __tablename__ = "answer"
    __table_args__ = ({"sqlite_with_rowid": False},)
    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "key": ("assessment_id", "question"),
        "response": ("state", "value", "reason"),
    }
    STAMPED: ClassVar[dict[str, str]] = {"answered_at": "response"}
    assessment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str] = mapped_column(default=str(AnswerState.OPEN))
    value: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default=str(Evidence.CLAIMED))
    note: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    @property
    def id(self) -> uuid.UUID:
        """UUIDv5 of assessment and question."""
        return answer_id(self.assessment_id, self.question)

    @property
    def response(self) -> Response:
        """State, value and reason as one value."""
        return Response(AnswerState(self.state), self.value, self.reason)


class Recommendation(Entity, Base):
    """A fired rule and what the advisor decided; its id is UUIDv5 of case and rule.

    decision: open, accepted, edited, postponed, rejected. fired_by: question or fact → its value.
    """

    __tablename__ = "recommendation"
    COMPUTED: ClassVar[frozenset[str]] = frozenset({"fired_by", "offers", "is_current"})
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    rule: Mapped[str] = mapped_column(default="")
    audience: Mapped[str] = mapped_column(default="company")
    dimension: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    fired_by: Mapped[dict[str, Any]] = mapped_column(default=dict)
    offers: Mapped[list[str]] = mapped_column(default=list)
    is_current: Mapped[bool] = mapped_column(default=True)
    decision: Mapped[str] = mapped_column(default="open")
    reason: Mapped[str] = mapped_column(default="")


class Measure(Entity, Base):
    """Maßnahme of the action plan. state: agreed, running, done, dropped.

    depends_on: the measure that has to be done first. benefit: what it is for, before it is done;
    effect: what it brought, as found on effect_on (Wirkungsprüfung), both in words.
    """

    __tablename__ = "measure"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    recommendation_id: Mapped[uuid.UUID | None]
    dimension: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    steps: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    effort: Mapped[str] = mapped_column(default="")
    benefit: Mapped[str] = mapped_column(default="")
    metric: Mapped[str] = mapped_column(default="")
    depends_on: Mapped[uuid.UUID | None]
    effect: Mapped[str] = mapped_column(default="")
    effect_on: Mapped[date | None]
    offers: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="agreed")


class Attachment(Entity, Base):
    """A file by its hash; the bytes lie encrypted beside the database.

    case_id, assessment_id, question: the answer it evidences; None and "" where it belongs to
    something else (a report, a signature) or to the conversation as a whole.
    """

    __tablename__ = "attachment"
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int] = mapped_column(default=0)
    media_type: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    assessment_id: Mapped[uuid.UUID | None]
    question: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime | None]


class Report(Entity, Base):
    """Beratungsbericht. state: sealed (drafts are not stored: they are composed anew each time).

    content_hash: SHA-256 of the frozen content. attachment_id: the PDF as sealed, file_hash its
    SHA-256. snapshot_id: the frozen content as JSON. replaces_id: the version this one corrects,
    reason: why. forms: title, version and hash of each questionnaire. level: B-B, B-T or B-LT.
    upgraded_id, upgraded_hash: the same file with time stamp and proofs, None and "" before;
    upgrade_note: why that failed the last time, "" where it did not.
    """

    __tablename__ = "report"
    COMPUTED: ClassVar[frozenset[str]] = frozenset(
        {"level", "upgraded_id", "upgraded_hash", "upgraded_at", "upgrade_note"}
    )
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(default="sealed")
    content_hash: Mapped[str] = mapped_column(default="")
    file_hash: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[uuid.UUID | None]
    snapshot_id: Mapped[uuid.UUID | None]
    replaces_id: Mapped[uuid.UUID | None]
    sealed_at: Mapped[datetime | None]
    sealed_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    forms: Mapped[str] = mapped_column(default="")
    catalogue_version: Mapped[str] = mapped_column(default="")
    scoring_version: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="B-B")
    upgraded_id: Mapped[uuid.UUID | None]
    upgraded_hash: Mapped[str] = mapped_column(default="")
    upgraded_at: Mapped[datetime | None]
    upgrade_note: Mapped[str] = mapped_column(default="")


class Signature(Entity, Base):
    """A drawn signature: typed name, role and function, the picture as attachment, no dynamics."""

    __tablename__ = "signature"
    report_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime | None]
    image_id: Mapped[uuid.UUID | None]


class Note(Entity, Base):
    """A note of the visit; tagged to a dimension or question now, later or never.

    perspective: who spoke while it was written, "" where it belongs to nobody's talk.
    """

    __tablename__ = "note"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(default="")
    dimension: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    perspective: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime | None]


class Dissent(Entity, Base):
    """What the table makes of a question its sides see differently (domain §3, Gesprächsanlass).

    Its id is UUIDv5 of case, form and question. revealed: shown side by side before both answered.
    """

    __tablename__ = "dissent"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    form_id: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    revealed: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")


class Parking(Entity, Base):
    """A dimension put aside in one case, for every perspective: printed as not considered.

    Its id is UUIDv5 of case, form and dimension.
    """

    __tablename__ = "parking"
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    form_id: Mapped[str] = mapped_column(default="")
    dimension: Mapped[str] = mapped_column(default="")
    parked: Mapped[bool] = mapped_column(default=False)


ENTITIES: dict[str, type[Base]] = {
    "company": Company,
    "site": Site,
    "contact": Contact,
    "case": Case,
    "visit": Visit,
    "participant": Participant,
    "consent": Consent,
    "assessment": Assessment,
    "answer": Answer,
    "recommendation": Recommendation,
    "measure": Measure,
    "attachment": Attachment,
    "report": Report,
    "signature": Signature,
    "note": Note,
    "dissent": Dissent,
    "parking": Parking,
    "target": Target,
    "scenario": Scenario,
    "release": Release,
    "follow_up": FollowUp,
    "referral": Referral,
    "affiliate": Affiliate,
    "closed_year": ClosedYear,
    "staff_count": StaffCount,
    "de_minimis_aid": DeMinimisAid,
    "passage": Passage,
    "report_chapter": ReportChapter,
    "insertion": Insertion,
    "mail_draft": MailDraft,
    "case_figures": CaseFigures,
}
"""Entity name in the change log → its table."""

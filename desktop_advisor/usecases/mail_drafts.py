"""Mails that are written at the firm, without a network, and sent at the office.

KnownError
└── RecipientUnknown, MailGone
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Attachment, Company, Contact, Report
from desktop_advisor.storage.report_models import MailDraft
from desktop_advisor.usecases.drives import put_file
from desktop_advisor.usecases.mail_text import Enclosure, is_address, mail_file
from desktop_advisor.usecases.reporting import read_report
from desktop_advisor.usecases.settings import show_settings
from desktop_advisor.usecases.workplace import Workplace

WAITING, HANDED_OVER, DROPPED = "waiting", "handed_over", "dropped"


class RecipientUnknown(KnownError):
    """The address is no contact's of the company; others learn of it by a referral only."""

    def __init__(self, company: str) -> None:
        super().__init__(
            f"Diese Adresse gehört zu keinem Kontakt von „{company}“.",
            safe="Es wurde nichts vorbereitet und nichts weitergegeben.",
            todo="Tragen Sie die Person mit E-Mail-Adresse unter Kontakte ein. Andere Stellen "
            "erhalten Angaben nur über einen Verweis mit Einwilligung.",
        )


class MailGone(KnownError):
    """The draft, its report or its company is no longer there."""

    def __init__(self) -> None:
        super().__init__(
            "Diesen Entwurf gibt es nicht mehr.",
            safe="Es wurde nichts gesendet.",
            todo="Bereiten Sie die E-Mail beim Bericht neu vor.",
        )


@dataclass(frozen=True)
class Recipient:
    """A contact of the company who has an address."""

    name: str
    function: str
    email: str


@dataclass(frozen=True)
class MailView:
    """A draft. enclosed: file names. warning: what speaks against sending it, "" for nothing."""

    draft_id: uuid.UUID
    company_id: uuid.UUID
    case_id: uuid.UUID | None
    company: str
    recipient: str
    subject: str
    text: str
    enclosed: tuple[str, ...]
    state: str
    written_at: datetime | None
    warning: str


def mail_recipients(place: Workplace, company_id: uuid.UUID) -> list[Recipient]:
    """To whom the company's report may go: its own contacts that have an address, as entered."""
    with place.store.read() as session:
        return _recipients(session, company_id)


def write_mail(place: Workplace, report_id: uuid.UUID, email: str) -> uuid.UUID:
    """Prepare the mail with the sealed report; the draft's id. Raises RecipientUnknown."""
    with place.store.edit(place.author) as session:
        report = session.get_one(Report, report_id)
        company = session.get_one(Company, report.company_id)
        found = {r.email: r for r in _recipients(session, company.id)}.get(email.strip())
        if found is None:
            raise RecipientUnknown(company.name)
        draft = MailDraft(
            id=new_id(place.clock()),
            company_id=company.id,
            case_id=report.case_id,
            recipient=found.email,
            subject=f"Ihr Beratungsbericht, Fassung {report.version}",
            text=_words(place, found, company.name, report),
            attachments=[str(report.attachment_id)],
            state=WAITING,
            written_at=place.clock(),
        )
        session.add(draft)
        return draft.id


def edit_mail(place: Workplace, draft_id: uuid.UUID, *, subject: str, text: str) -> None:
    """Keep what the advisor wrote instead. Raises MailGone."""
    with place.store.edit(place.author) as session:
        draft = _found(session, draft_id)
        draft.subject, draft.text = subject.strip(), text.strip()


def waiting_mails(place: Workplace) -> list[MailView]:
    """What waits for a network, oldest first."""
    query = select(MailDraft).where(MailDraft.deleted.is_(False), MailDraft.state == WAITING)
    with place.store.read() as session:
        rows = session.scalars(query.order_by(MailDraft.id)).all()
        return [view for row in rows if (view := _view(session, row)) is not None]


def show_mail(place: Workplace, draft_id: uuid.UUID) -> MailView:
    """One draft in whatever state. Raises MailGone."""
    with place.store.read() as session:
        view = _view(session, _found(session, draft_id))
    if view is None:
        raise MailGone
    return view


def hand_over_mail(place: Workplace, draft_id: uuid.UUID, folder: Path) -> Path:
    """Write the .eml there for the mail program and count the draft as handed over.

    Raises MailGone, RecipientUnknown where the contact was taken away since, and the errors of
    `drives.put_file`; the draft then waits on.
    """
    with place.store.read() as session:
        draft = _found(session, draft_id)
        company = session.get(Company, draft.company_id)
        if company is None or company.deleted:
            raise MailGone
        known = {r.email: r for r in _recipients(session, draft.company_id)}
        found = known.get(draft.recipient)
        if found is None:
            raise RecipientUnknown(company.name)
        subject, text, rows = draft.subject, draft.text, _reports(session, draft)
    settings = show_settings(place)
    made = mail_file(
        sender=(settings.author, settings.email),
        recipient=(found.name, found.email),
        subject=subject,
        text=text,
        enclosures=[Enclosure(n, "application/pdf", read_report(place, i)) for i, n in rows],
        at=place.clock(),
        boundary=f"=_{draft_id.hex}",
    )
    path = put_file(folder, f"{subject or 'E-Mail'}.eml", made)
    _turn(place, draft_id, HANDED_OVER)
    return path


def drop_mail(place: Workplace, draft_id: uuid.UUID) -> None:
    """It is not to be sent; `put_mail_back` makes it wait again. Raises MailGone."""
    _turn(place, draft_id, DROPPED)


def put_mail_back(place: Workplace, draft_id: uuid.UUID) -> None:
    """Undo handing over or dropping. Raises MailGone."""
    _turn(place, draft_id, WAITING)


def _turn(place: Workplace, draft_id: uuid.UUID, state: str) -> None:
    with place.store.edit(place.author) as session:
        draft = _found(session, draft_id)
        if draft.state != state:
            draft.state = state


def _found(session: Session, draft_id: uuid.UUID) -> MailDraft:
    draft = session.get(MailDraft, draft_id)
    if draft is None or draft.deleted:
        raise MailGone
    return draft


def _recipients(session: Session, company_id: uuid.UUID) -> list[Recipient]:
    query = select(Contact).where(Contact.company_id == company_id, Contact.deleted.is_(False))
    return [
        Recipient(person.name, person.function, person.email.strip())
        for person in session.scalars(query.order_by(Contact.id))
        if is_address(person.email.strip())
    ]


def _reports(session: Session, draft: MailDraft) -> list[tuple[uuid.UUID, str]]:
    """Report and file name of each enclosure; the report knows its file with the time stamp."""
    ids = [uuid.UUID(text) for text in draft.attachments]
    query = (
        select(Report, Attachment)
        .join(Attachment, Attachment.id == Report.attachment_id)
        .where(Report.attachment_id.in_(ids), Report.deleted.is_(False))
    )
    found = [(report.id, file.file_name) for report, file in session.execute(query)]
    if len(found) != len(ids):
        raise MailGone
    return found


def _view(session: Session, draft: MailDraft) -> MailView | None:
    """None where the company is gone, and its mails with it."""
    company = session.get(Company, draft.company_id)
    if company is None or company.deleted:
        return None
    files = [session.get(Attachment, uuid.UUID(text)) for text in draft.attachments]
    return MailView(
        draft_id=draft.id,
        company_id=company.id,
        case_id=draft.case_id,
        company=company.name,
        recipient=draft.recipient,
        subject=draft.subject,
        text=draft.text,
        enclosed=tuple(file.file_name for file in files if file is not None),
        state=draft.state,
        written_at=draft.written_at,
        warning=_warning(session, draft),
    )


def _warning(session: Session, draft: MailDraft) -> str:
    known = {recipient.email for recipient in _recipients(session, draft.company_id)}
    if draft.recipient not in known:
        return "Die Adresse gehört zu keinem Kontakt mehr."
    ids = [uuid.UUID(text) for text in draft.attachments]
    query = select(Report).where(Report.attachment_id.in_(ids))
    for report in session.scalars(query):
        later = select(Report.version).where(Report.replaces_id == report.id)
        newer = session.scalars(later.where(Report.deleted.is_(False))).first()
        if newer is not None:
            return f"Inzwischen gibt es Fassung {newer}."
    return ""


def _words(place: Workplace, to: Recipient, company: str, report: Report) -> str:
    settings = show_settings(place)
    reach = " · ".join(part for part in (settings.phone, settings.email) if part)
    lines = (
        f"Guten Tag {to.name.strip()}," if to.name.strip() else "Guten Tag,",
        "",
        f"anbei erhalten Sie den Beratungsbericht für {company}, Fassung {report.version}.",
        "",
        "Die PDF-Datei ist gesiegelt: Eine nachträgliche Änderung ist erkennbar. Bitte bewahren "
        "Sie sie unverändert auf.",
        f"SHA-256 der Datei: {report.upgraded_hash or report.file_hash}",
        "",
        "Für Fragen zu den Empfehlungen und zum Maßnahmenplan bin ich gerne für Sie da.",
        "",
        "Mit freundlichen Grüßen",
        settings.author,
        place.profile.name,
        reach,
    )
    return "\n".join(lines).strip()

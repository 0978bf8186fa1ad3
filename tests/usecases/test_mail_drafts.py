"""The mail that waits for a network: written at the firm, handed over at the office."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop_advisor.storage.models import Attachment, Case, Contact, Report
from desktop_advisor.usecases.drives import DriveMissing
from desktop_advisor.usecases.mail_drafts import (
    DROPPED,
    HANDED_OVER,
    WAITING,
    RecipientUnknown,
    drop_mail,
    edit_mail,
    hand_over_mail,
    mail_recipients,
    put_mail_back,
    show_mail,
    waiting_mails,
    write_mail,
)
from desktop_advisor.usecases.mail_text import Enclosure, is_address, mail_file
from desktop_advisor.usecases.reporting import read_report
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.workplace import Workplace

_EMAIL = "martin.uhlig@guss.example"
_AT = datetime(2026, 11, 24, 11, 45, tzinfo=UTC)


@pytest.fixture
def contact_id(place: Workplace, company_id: uuid.UUID) -> uuid.UUID:
    made = uuid.uuid4()
    with place.store.edit(place.author) as session:
        session.add(
            Contact(id=made, company_id=company_id, name="Martin Uhlig", role="gf", email=_EMAIL)
        )
        session.add(Contact(id=uuid.uuid4(), company_id=company_id, name="Ohne", email="kein"))
    return made


def _keep(place: Workplace, case_id: uuid.UUID, replaces: uuid.UUID | None = None) -> uuid.UUID:
    """A file that stands for a sealed report; what sealing does is tested elsewhere."""
    content, report_id = b"%PDF-1.7 sealed", uuid.uuid4()
    with place.store.edit(place.author) as session:
        company_id = session.get_one(Case, case_id).company_id
        file = Attachment(
            id=uuid.uuid4(),
            company_id=company_id,
            sha256=place.store.files.add(content),
            size=len(content),
            media_type="application/pdf",
            file_name="Beratungsbericht-Gießerei.pdf",
        )
        report = Report(
            id=report_id,
            company_id=company_id,
            case_id=case_id,
            version=1 if replaces is None else 2,
            replaces_id=replaces,
            attachment_id=file.id,
            file_hash=file.sha256,
        )
        session.add_all((file, report))
    return report_id


@pytest.fixture
def draft_id(place: Workplace, case_id: uuid.UUID, contact_id: uuid.UUID) -> uuid.UUID:
    assert contact_id
    return write_mail(place, _keep(place, case_id), _EMAIL)


def _opened(content: bytes) -> EmailMessage:
    opened = message_from_bytes(content, policy=SMTP)
    assert isinstance(opened, EmailMessage)
    return opened


def test_a_mail_is_handed_over_with_the_sealed_report_in_it(
    place: Workplace, draft_id: uuid.UUID, tmp_path: Path
) -> None:
    (waiting,) = waiting_mails(place)
    assert waiting.draft_id == draft_id
    assert "Guten Tag Martin Uhlig" in waiting.text
    assert waiting.warning == ""
    path = hand_over_mail(place, draft_id, tmp_path)
    mail = _opened(path.read_bytes())
    assert path.name == "Ihr Beratungsbericht, Fassung 1.eml"
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == f"Martin Uhlig <{_EMAIL}>"
    (enclosed,) = mail.iter_attachments()
    assert enclosed.get_filename() == waiting.enclosed[0]
    with place.store.read() as session:
        (report,) = session.scalars(select(Report))
    assert enclosed.get_content() == read_report(place, report.id)
    assert waiting_mails(place) == []
    assert show_mail(place, draft_id).state == HANDED_OVER


def test_handing_over_and_dropping_can_be_undone(
    place: Workplace, draft_id: uuid.UUID, tmp_path: Path
) -> None:
    for step, state in (
        (lambda: hand_over_mail(place, draft_id, tmp_path), HANDED_OVER),
        (lambda: drop_mail(place, draft_id), DROPPED),
    ):
        step()
        assert show_mail(place, draft_id).state == state
        put_mail_back(place, draft_id)
        assert show_mail(place, draft_id).state == WAITING
    edit_mail(place, draft_id, subject="Anders", text="Kurz.")
    assert [m.subject for m in waiting_mails(place)] == ["Anders"]


def test_a_drive_that_is_gone_leaves_the_mail_waiting(
    place: Workplace, draft_id: uuid.UUID, tmp_path: Path
) -> None:
    with pytest.raises(DriveMissing):
        hand_over_mail(place, draft_id, tmp_path / "gone")
    assert show_mail(place, draft_id).state == WAITING


def test_only_a_contact_of_the_company_gets_its_report(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID, contact_id: uuid.UUID
) -> None:
    assert [r.email for r in mail_recipients(place, company_id)] == [_EMAIL]
    report_id = _keep(place, case_id)
    with pytest.raises(RecipientUnknown, match="Verweis mit Einwilligung"):
        write_mail(place, report_id, "bank@example.org")
    assert waiting_mails(place) == []


def test_a_contact_taken_away_or_a_newer_version_is_said_before_sending(
    place: Workplace, case_id: uuid.UUID, contact_id: uuid.UUID, draft_id: uuid.UUID, tmp_path: Path
) -> None:
    with place.store.read() as session:
        first = session.scalars(select(Report.id)).one()
    _keep(place, case_id, replaces=first)
    assert waiting_mails(place)[0].warning == "Inzwischen gibt es Fassung 2."
    with place.store.edit(place.author) as session:
        session.get_one(Contact, contact_id).deleted = True
    assert waiting_mails(place)[0].warning == "Die Adresse gehört zu keinem Kontakt mehr."
    with pytest.raises(RecipientUnknown):
        hand_over_mail(place, draft_id, tmp_path)
    assert list(tmp_path.glob("*.eml")) == []


def test_today_counts_the_mails_that_wait(place: Workplace, draft_id: uuid.UUID) -> None:
    def counts() -> list[int]:
        return [t.count for t in show_today(place).todos if t.kind == "mails"]

    assert counts() == [1]
    drop_mail(place, draft_id)
    assert counts() == []


@given(words=st.text(max_size=80))
@settings(max_examples=30, deadline=None)
@example(words="Uhlig\r\nBcc: alle@example.org")
@example(words="=?utf-8?q?a=0ABcc:_x=40y.example?=")
@example(words="\u2028Bcc: x@y.example\x00")
@example(words="")
def test_no_words_write_a_header(words: str) -> None:
    made = mail_file(
        sender=(words, "a@b.example"),
        recipient=(words, _EMAIL),
        subject=words,
        text=words,
        enclosures=[Enclosure(f"{words}.pdf", "application/pdf", b"%PDF")],
        at=_AT,
        boundary="=_0",
    )
    mail = _opened(made)
    expected = {"X-Unsent", "From", "To", "Subject", "Date", "MIME-Version", "Content-Type"}
    assert set(mail.keys()) == expected
    assert [a.addr_spec for a in mail["To"].addresses] == [_EMAIL]
    assert [part.get_content() for part in mail.iter_attachments()] == [b"%PDF"]


@pytest.mark.parametrize(
    "text",
    ["", "kein", "a@b", "a@b.de, c@d.de", "a@b.de\nBcc: x@y.de", "ä@b.de", "<a@b.de>", "a@b..de"],
)
def test_what_is_no_single_address_is_refused(text: str) -> None:
    assert not is_address(text)

"""Mails that wait: seen on Synchronisieren, handed over to the mail program, dropped, undone."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.storage.models import Attachment, Contact, Report
from desktop_advisor.ui.synchronise.mails import Mails
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.mail_drafts import waiting_mails, write_mail
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

_EMAIL = "leitung@guss.example"


@pytest.fixture
def mails(qtbot: QtBot, place: Workplace) -> Mails:
    """One mail with a sealed file that stands for a report."""
    company_id = foundry(place)
    case_id = show_company_file(place, company_id).case_id
    content = b"%PDF-1.7 sealed"
    with place.store.edit(place.author) as session:
        file = Attachment(
            id=uuid.uuid4(),
            company_id=company_id,
            sha256=place.store.files.add(content),
            size=len(content),
            media_type="application/pdf",
            file_name="Beratungsbericht.pdf",
        )
        report = Report(
            id=uuid.uuid4(),
            company_id=company_id,
            case_id=case_id,
            attachment_id=file.id,
            file_hash=file.sha256,
        )
        contact = Contact(id=uuid.uuid4(), company_id=company_id, name="Leitung", email=_EMAIL)
        session.add_all((file, report, contact))
        report_id = report.id
    write_mail(place, report_id, _EMAIL)
    card = Mails(place)
    qtbot.addWidget(card)
    card.resize(900, 400)
    card.refresh()
    card.show()
    return card


def _press(card: Mails, begins: str) -> None:
    buttons = card.findChildren(QPushButton)
    next(b for b in buttons if b.text().startswith(begins) and b.isVisible()).click()


def test_a_mail_is_opened_in_the_mail_program_and_waits_no_longer(
    qtbot: QtBot,
    place: Workplace,
    mails: Mails,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    with qtbot.waitSignal(mails.changed):
        _press(mails, "Übergeben")
    (file,) = tmp_path.glob("*.eml")
    assert opened == [str(file)]
    assert waiting_mails(place) == []
    with qtbot.waitSignal(mails.changed):
        _press(mails, "Rückgängig")
    assert len(waiting_mails(place)) == 1


def test_a_dropped_mail_comes_back_on_undo(qtbot: QtBot, place: Workplace, mails: Mails) -> None:
    with qtbot.waitSignal(mails.changed):
        _press(mails, "Verwerfen")
    assert waiting_mails(place) == []
    assert mails.list.rows == []
    assert mails.isVisible()
    with qtbot.waitSignal(mails.changed):
        _press(mails, "Rückgängig")
    assert [row.title.text() for row in mails.list.rows] == ["Ihr Beratungsbericht, Fassung 1"]


def test_a_folder_that_is_gone_is_said_and_the_mail_waits_on(
    qtbot: QtBot, place: Workplace, mails: Mails, tmp_path: Path
) -> None:
    (waiting,) = waiting_mails(place)
    mails.hand_over(waiting, tmp_path / "gone")
    qtbot.waitUntil(lambda: "nicht erreichbar" in mails.trouble.accessibleName())
    assert waiting_mails(place) == [waiting]

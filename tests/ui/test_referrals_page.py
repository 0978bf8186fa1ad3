"""Verweise on screen: one next action per row, consent first, and a note to read before it goes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.referrals.page import ReferralsPage
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.today.screen import TodayScreen
from desktop_advisor.ui.widgets import ListRow
from desktop_advisor.usecases.referrals import (
    ReferralDraft,
    add_referral,
    agree_referral,
    list_referrals,
    send_referral,
)
from tests.ui.consultation import (
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    tell,
    visible_words,
    window_at,
)
from tests.ui.test_every_screen import clipped, unnamed


@pytest.fixture
def visit(bare_place: object) -> Consultation:
    return begin(bare_place)  # type: ignore[arg-type]


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.ADVICE, "referrals"))
    yield made
    close(made)


@pytest.fixture
def page(window: MainWindow) -> ReferralsPage:
    return screen_of(window, AdviceScreen).referrals


def write(page: ReferralsPage, key: str, text: str) -> None:
    form = page.adding.form if page.adding else page.question.form if page.question else None
    assert form is not None
    edit = form.edit(key)
    assert isinstance(edit, QLineEdit | QPlainTextEdit)
    if isinstance(edit, QLineEdit):
        edit.setText(text)
    else:
        edit.setPlainText(text)


def state(visit: Consultation) -> list[str]:
    return [view.state for view in list_referrals(visit.place, visit.case_id)]


def press(page: ReferralsPage, key: str) -> None:
    (block,) = page.blocks.values()
    block.buttons[key].click()


def add_helpdesk(visit: Consultation) -> uuid.UUID:
    draft = ReferralDraft(offer="itas-helpdesk", concern="Elektroantrieb")
    return add_referral(visit.place, visit.case_id, draft)


def test_an_empty_page_says_what_to_do_next(page: ReferralsPage) -> None:
    assert page.nothing.isVisible()
    page.nothing.button.click()

    assert page.adding is not None
    first = page.adding.found.rows[0]
    assert isinstance(first, ListRow)
    assert first.title.text() == "Helpdesk ITAS"


def test_a_contact_of_the_catalogue_is_referred_to_and_led_to_its_answer(
    page: ReferralsPage, visit: Consultation
) -> None:
    page.ask_new()
    assert page.adding is not None
    first = page.adding.found.rows[0]
    QTest.keyClick(first, Qt.Key.Key_Return)
    write(page, "concern", "Umstellung auf Elektroantrieb")
    page.adding.take.click()
    assert state(visit) == ["planned"]

    press(page, "agree")
    write(page, "by", "Sabine Hartmann")
    assert page.question is not None
    page.question.take.click()
    assert state(visit) == ["agreed"]

    press(page, "send")
    page.question.take.click()
    assert state(visit) == ["sent"]

    press(page, "feedback")
    write(page, "words", "Termin am 9. Dezember")
    page.question.take.click()
    (view,) = list_referrals(visit.place, visit.case_id)
    assert (view.recipient, view.feedback) == ("Helpdesk ITAS", "Termin am 9. Dezember")


def test_consent_without_a_name_is_not_taken(page: ReferralsPage, visit: Consultation) -> None:
    add_helpdesk(visit)
    page.refresh()
    press(page, "agree")
    assert page.question is not None
    page.question.take.click()

    assert state(visit) == ["planned"]
    assert page.question.form.lines["by"].error.text() == "Bitte ausfüllen."


def test_there_is_no_note_and_no_handing_over_before_the_consent(
    page: ReferralsPage, visit: Consultation
) -> None:
    add_helpdesk(visit)
    page.refresh()
    (block,) = page.blocks.values()

    assert set(block.buttons) == {"agree", "edit", "drop"}
    page.act(block.view, "note")
    assert "liegt keine Einwilligung vor" in visible_words(page)
    assert "Es wurde nichts weitergegeben." in visible_words(page)


def test_the_note_is_read_copied_and_saved(
    qtbot: QtBot, page: ReferralsPage, visit: Consultation, tmp_path: Path
) -> None:
    agree_referral(visit.place, add_helpdesk(visit), "Sabine Hartmann")
    page.refresh()
    press(page, "note")
    assert page.note is not None
    page.note.copy.click()
    assert QApplication.clipboard().text().startswith("Betreff: Übergabe eines Anliegens")

    target = tmp_path / "notiz.pdf"
    page.note.write(target)
    settle(qtbot)
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in visible_words(page)


def test_ctrl_z_takes_back_the_last_step(
    qtbot: QtBot, page: ReferralsPage, visit: Consultation
) -> None:
    agree_referral(visit.place, add_helpdesk(visit), "Sabine Hartmann")
    page.refresh()
    QTest.keyClick(page.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert state(visit) == ["planned"]
    assert "Zurückgenommen" in visible_words(page)
    page.undo()
    page.undo()
    assert page.nothing.isVisible()
    assert "nichts mehr zurückzunehmen" in visible_words(page)


def test_escape_closes_the_question_and_not_the_screen(
    page: ReferralsPage, visit: Consultation, window: MainWindow
) -> None:
    add_helpdesk(visit)
    page.refresh()
    press(page, "agree")
    assert page.question is not None
    QTest.keyClick(page.question.form.edit("by"), Qt.Key.Key_Escape)

    assert page.question is None
    assert isinstance(window.screen_shown, AdviceScreen)


def test_a_contact_beside_a_recommendation_leads_to_a_filled_form(
    qtbot: QtBot, visit: Consultation
) -> None:
    tell(visit)
    window = window_at(qtbot, visit.place, visit.destination(Where.ADVICE))
    screen = screen_of(window, AdviceScreen)
    assert screen.advice is not None
    view = next(v for v in screen.advice.views if any(h.offer.kind == "contact" for h in v.hints))
    screen.open(view)
    contact = next(h.offer for h in view.hints if h.offer.kind == "contact")
    assert screen.card is not None
    screen.card.referral_pressed.emit(contact.id)

    adding = screen.referrals.adding
    assert adding is not None
    draft = adding.draft()
    assert draft is not None
    assert (draft.offer, draft.recipient) == (contact.id, contact.title)
    assert draft.concern == view.title
    close(window)


def test_heute_leads_to_an_answer_that_fails_to_come(qtbot: QtBot, visit: Consultation) -> None:
    key = add_helpdesk(visit)
    agree_referral(visit.place, key, "Sabine Hartmann", date(2026, 11, 1))
    send_referral(visit.place, key, date(2026, 11, 2))
    screen = TodayScreen(visit.place, Destination(Where.TODAY))
    qtbot.addWidget(screen)
    screen.refresh()
    wanted: list[Destination] = []
    screen.navigate.connect(wanted.append)
    (row,) = screen.follow_ups.rows
    assert isinstance(row, ListRow)
    row.pressed.emit()

    assert (wanted[0].where, wanted[0].focus) == (Where.ADVICE, "referrals")


@pytest.mark.parametrize(("width", "scale"), [(1024, 1.0), (1366, 1.5)])
def test_no_word_is_clipped_and_nothing_unnamed(
    qtbot: QtBot, qapp: QApplication, visit: Consultation, width: int, scale: float
) -> None:
    agree_referral(visit.place, add_helpdesk(visit), "Sabine Hartmann")
    apply_theme(qapp, LIGHT, scale)
    window = window_at(qtbot, visit.place, visit.destination(Where.ADVICE, "referrals"))
    window.resize(width, 768)
    page = screen_of(window, AdviceScreen).referrals
    for open_part in (page.ask_new, lambda: press(page, "send"), lambda: press(page, "note")):
        open_part()
        qtbot.waitUntil(lambda: clipped(window) == [], timeout=2000)
        assert unnamed(window) == []
    close(window)


def test_a_planned_referral_is_changed_in_the_same_form(
    page: ReferralsPage, visit: Consultation
) -> None:
    add_helpdesk(visit)
    page.refresh()
    press(page, "edit")
    write(page, "concern", "Nachfolge")
    assert page.adding is not None
    page.adding.take.click()

    (view,) = list_referrals(visit.place, visit.case_id)
    assert (view.recipient, view.concern) == ("Helpdesk ITAS", "Nachfolge")
    assert view.contact is not None
